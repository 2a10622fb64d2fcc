using Matching.Rules.Ranking;

namespace Matching.Rules.Tests.Ranking;

public sealed class ModelLifeTests
{
    private static readonly GateFigures Open = new(40, 25, 0.01, -0.004, 0.02, true, []);

    [Theory]
    [Trait("règle", "modele.etapes")]
    [InlineData(ModelState.Candidate, ModelState.Shadow, true)]
    [InlineData(ModelState.Retired, ModelState.Shadow, true)]
    [InlineData(ModelState.Shadow, ModelState.Interleaved, true)]
    [InlineData(ModelState.Interleaved, ModelState.Serving, true)]
    [InlineData(ModelState.Shadow, ModelState.Retired, true)]
    [InlineData(ModelState.Candidate, ModelState.Interleaved, false)]
    [InlineData(ModelState.Candidate, ModelState.Serving, false)]
    [InlineData(ModelState.Shadow, ModelState.Serving, false)]
    [InlineData(ModelState.Serving, ModelState.Retired, false)]
    [InlineData(ModelState.Serving, ModelState.Shadow, false)]
    public void A_model_skips_no_step(ModelState from, ModelState to, bool may) => Assert.Equal(may, ModelLife.Check(from, to, null, Open) is null);

    [Fact]
    public void One_model_is_on_trial_at_a_time() => Assert.Contains("La version 2 est déjà à l’essai", ModelLife.Check(ModelState.Candidate, ModelState.Shadow, "2", null), StringComparison.Ordinal);

    [Fact]
    [Trait("règle", "modele.porte")]
    public void The_gate_opens_above_its_bound_and_says_why_it_stays_shut()
    {
        Assert.Empty(ModelLife.GateRefusals(Open));
        Assert.Contains("−0,005", Assert.Single(ModelLife.GateRefusals(Open with { Low = -0.005 })).Replace('-', '−'), StringComparison.Ordinal);
        Assert.Contains("au moins 20", Assert.Single(ModelLife.GateRefusals(Open with { Postings = 19 })), StringComparison.Ordinal);
        Assert.Contains("rien ne peut être jugé", Assert.Single(ModelLife.GateRefusals(Open with { Lists = 0 })), StringComparison.Ordinal);
        Assert.Contains("contre son sens", Assert.Single(ModelLife.GateRefusals(Open with { IsMonotone = false })), StringComparison.Ordinal);
        Assert.Contains("Sexe, Femmes", Assert.Single(ModelLife.GateRefusals(Open with { UnfairGroups = ["Sexe, Femmes"] })), StringComparison.Ordinal);
        Assert.NotNull(ModelLife.Check(ModelState.Shadow, ModelState.Interleaved, null, null));
        Assert.NotNull(ModelLife.Check(ModelState.Shadow, ModelState.Interleaved, null, Open with { Low = -0.1 }));
    }

    [Theory]
    [Trait("règle", "modele.promotion")]
    [InlineData(429, 351, true)]
    [InlineData(390, 390, false)]
    [InlineData(429, 350, false)]
    public void Alternating_shows_something_from_780_decisive_lists_won_in_majority(int won, int lost, bool isShown) => Assert.Equal(isShown, ModelLife.IsShown(new DraftResult(1000, won, lost)));
}
