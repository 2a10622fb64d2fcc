using Matching.Rules.Preselection;

namespace Matching.Rules.Tests.Preselection;

public sealed class UndoneReplacementTests
{
    private static readonly LaunchedReplacement Own = new(IsOwn: true, IsAnswered: false, IsPostingAsLeft: true, IsRemembered: true);

    [Fact]
    [Trait("règle", "remplacement.annulation")]
    public void Ones_replacement_is_taken_back_while_nobody_answered() => Assert.Null(UndoneReplacements.Check(Own));

    [Fact]
    public void Nothing_else_is_taken_back()
    {
        Assert.Contains("la personne qui l’a lancé", UndoneReplacements.Check(Own with { IsOwn = false }), StringComparison.Ordinal);
        Assert.Contains("Quelqu’un a déjà répondu", UndoneReplacements.Check(Own with { IsAnswered = true }), StringComparison.Ordinal);
        Assert.Contains("L’offre a été modifiée", UndoneReplacements.Check(Own with { IsPostingAsLeft = false }), StringComparison.Ordinal);
        Assert.Contains("avant que l’annulation existe", UndoneReplacements.Check(Own with { IsRemembered = false }), StringComparison.Ordinal);
        Assert.Contains("déjà annulé", UndoneReplacements.Check(null), StringComparison.Ordinal);
    }
}
