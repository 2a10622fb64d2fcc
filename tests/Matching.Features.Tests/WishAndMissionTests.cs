using System.Globalization;
using Matching.Rules.People;
using Matching.Rules.Postings;
using static Matching.Features.Tests.Coded;

namespace Matching.Features.Tests;

/// <summary>The length of contract that a person wishes, and the good missions that they let count.</summary>
public sealed class WishAndMissionTests
{
    [Theory]
    [InlineData(null, "non renseignée")]
    [InlineData(13, "moins de la moitié")]
    [InlineData(12, "moins de la moitié")]
    [InlineData(11, "plus court")]
    [InlineData(8, "plus court")]
    [InlineData(7, "proche")]
    [InlineData(3, "proche")]
    [InlineData(2, "plus du double")]
    public void A_post_of_nearly_six_months_is_held_against_the_length_wished(int? months, string expected) =>
        Assert.Contains(expected, SentenceOf("duration_fit", Wishing(months is null ? null : new WishedContract(months))), StringComparison.Ordinal);

    [Theory]
    [InlineData(WorkContractKind.Cdi, null, "proche", "plus du double")]
    [InlineData(WorkContractKind.Cdd, "2028-01-04", "plus court", "plus du double")]
    [InlineData(WorkContractKind.Cdd, "2028-01-03", "plus court", "proche")]
    [InlineData(WorkContractKind.Cdd, "2028-01-02", "moins de la moitié", "proche")]
    [InlineData(WorkContractKind.Cdd, null, "non écrite", "non écrite")]
    public void A_wish_without_end_is_met_by_a_contract_without_end(WorkContractKind contract, string? end, string open, string sixMonths)
    {
        var posting = Invented.Posting with { Contract = contract, EndsOn = end is null ? null : DateOnly.Parse(end, CultureInfo.InvariantCulture) };
        Assert.Contains(open, SentenceOf("duration_fit", Wishing(new WishedContract(null)), posting), StringComparison.Ordinal);
        Assert.Contains(sixMonths, SentenceOf("duration_fit", Wishing(new WishedContract(6)), posting), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("F1703", 2)]
    [InlineData("F1608", 2)]
    [InlineData("F1704", 1)]
    [InlineData("K2204", 0)]
    public void A_good_mission_counts_in_its_sector(string rome, int expected) =>
        Assert.Equal(expected, CodeOf("prior_pos", After(new GoodMission("écrit", Invented.Rome(rome), new DateOnly(2026, 3, 1)))));

    [Fact]
    public void A_good_mission_counts_for_five_years_and_not_without_the_word_of_the_person()
    {
        Assert.Equal(2, CodeOf("prior_pos", After(new GoodMission("maçon", Invented.Mason, new DateOnly(2021, 11, 1)))));
        Assert.Equal(0, CodeOf("prior_pos", After(new GoodMission("maçon", Invented.Mason, new DateOnly(2021, 10, 1)))));
        Assert.Equal(0, CodeOf("prior_pos", After(new GoodMission("autre", null, new DateOnly(2026, 10, 1)))));
        Assert.Equal(0, CodeOf("prior_pos", Invented.Person));
    }

    private static Person Wishing(WishedContract? wish) => Invented.With(w => w with { Contract = wish });

    private static Person After(params IReadOnlyList<GoodMission> missions) => Invented.With(w => w with { Past = new AgreedMissions(Invented.Day, missions) });
}
