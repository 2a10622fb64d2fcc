namespace Matching.Rules.Tests.People;

/// <summary>Days of one life, set side by side: what cannot be is refused, what may be is kept and said.</summary>
public sealed class PoolLifeTests
{
    [Theory]
    [InlineData("experiences", "F1703:12:1990-01", "commence avant la naissance")]
    [InlineData("experiences", "F1703:500:2026-01", "commence avant la naissance")]
    [InlineData("experiences", "F1703:600", "commence avant la naissance")]
    [InlineData("inscrit_depuis", "13/03/1992", "avant la naissance")]
    [InlineData("information_donnee_le", "13/03/1992", "avant la naissance")]
    [InlineData("criteres", "DELD:13/03/1992", "avant la naissance")]
    [InlineData("justificatifs", "DELD:13/03/1992", "avant la naissance")]
    public void Nothing_of_a_person_is_before_the_birth(string column, string value, string expected)
    {
        var error = Assert.Single(PoolRows.Check((column, value)).Errors);

        Assert.Equal(column, error.Column);
        Assert.Contains(expected, error.Wrong, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("F1703:2026-06", "31/05/2026", 1)]
    [InlineData("F1703:2026-05", "31/05/2026", 0)]
    [InlineData("F1703:2026-06|Maçon:2026-07|F1703:2026-01", "31/05/2026", 2)]
    public void An_agreement_given_before_the_end_of_a_mission_is_kept_and_to_be_checked(string missions, string agreedOn, int doubts)
    {
        var row = PoolRows.Check(("missions_reussies", missions), ("accord_missions_le", agreedOn));

        Assert.NotNull(row.Person!.Work.Past);
        Assert.Equal(doubts, row.Warnings.Count(it => it.Column == "missions_reussies" && it.Wrong.StartsWith("À vérifier", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("F1703:12:2006-02", true)]
    [InlineData("F1703:12:2007-02", false)]
    [InlineData("F1703:250", true)]
    [InlineData("F1703:249", false)]
    public void An_experience_begun_in_childhood_is_kept_and_to_be_checked(string written, bool isDoubtful)
    {
        var row = PoolRows.Check(("experiences", written));

        Assert.Single(row.Person!.Work.Experiences);
        Assert.Equal(isDoubtful, row.Warnings.Any(it => it.Column == "experiences" && it.Wrong.StartsWith("À vérifier", StringComparison.Ordinal)));
    }
}
