using Matching.Rules.Markets;

namespace Matching.Rules.Tests.Markets;

public sealed class CommitmentsTests
{
    private static readonly DateOnly Today = new(2026, 11, 25);

    private static readonly CommitmentFinding Kept = new("TENU", Today, "Tuteur présent lors de la visite.");

    [Fact]
    [Trait("règle", "engagement.constat")]
    public void A_finding_of_today_that_says_what_was_seen_is_written()
    {
        Assert.Empty(Commitments.Refusals(Kept, Today));
        Assert.Equal("jour", Assert.Single(Commitments.Refusals(Kept with { Day = Today.AddDays(1) }, Today)).Field);
        Assert.Equal("constat", Assert.Single(Commitments.Refusals(Kept with { Words = "Vu." }, Today)).Field);
    }

    [Fact]
    [Trait("règle", "engagement.themes")]
    public void The_six_themes_are_those_that_the_bilan_asks_about() => Assert.Equal(
        ["ENCADREMENT", "TUTORAT", "ACCOMPAGNEMENT", "FORMATION", "PERENNISATION", "SANTE_SECURITE"], Commitments.Themes.Select(theme => theme.Code));

    [Fact]
    public void The_latest_day_counts_and_on_one_day_the_last_written()
    {
        var early = Kept with { Day = Today.AddDays(-30), Finding = "NON_TENU" };
        var again = Kept with { Finding = "PARTIEL" };
        Assert.Equal("TENU", Commitments.Last([Kept, early])!.Finding);
        Assert.Equal("PARTIEL", Commitments.Last([early, Kept, again])!.Finding);
        Assert.Null(Commitments.Last([]));
    }

    [Fact]
    [Trait("règle", "engagement.bilan")]
    public void A_commitment_without_a_finding_says_so_and_when_its_day_has_passed()
    {
        Assert.Equal("Aucun constat", Commitments.StateLabel(null, null, Today));
        Assert.Equal("Aucun constat", Commitments.StateLabel(null, Today, Today));
        Assert.Equal("Aucun constat, échéance passée", Commitments.StateLabel(null, Today.AddDays(-1), Today));
        Assert.Equal("Tenu", Commitments.StateLabel(Kept, Today.AddDays(-1), Today));
    }
}
