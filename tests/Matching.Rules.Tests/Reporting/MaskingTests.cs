using Matching.Rules.Markets;
using Matching.Rules.People;
using Matching.Rules.Reporting;
using static Matching.Rules.Tests.Hours.Ledger;

namespace Matching.Rules.Tests.Reporting;

public sealed class MaskingTests
{
    [Fact]
    [Trait("règle", "tableau.petits-effectifs")]
    public void A_line_of_few_people_is_masked_with_its_contracts_and_its_hours()
    {
        var table = Outside(women: 3, men: 12, unknown: 7);
        var lines = table.Breakdowns.Single(it => it.Code == "sexe").Lines;
        Assert.Equal(["F", "M", "NON_RENSEIGNE"], lines.Select(it => it.Code));
        Assert.Equal((Figure.Small, Figure.Hidden, Figure.Hidden, Figure.Hidden), (lines[0].People, lines[0].Contracts, lines[0].MonthMinutes, lines[0].CumulativeMinutes));
    }

    [Fact]
    [Trait("règle", "tableau.petits-effectifs")]
    public void A_second_line_is_masked_so_that_the_first_cannot_be_subtracted_from_the_total()
    {
        var lines = Outside(women: 3, men: 12, unknown: 7).Breakdowns.Single(it => it.Code == "sexe").Lines;
        Assert.Equal([null, 12, null], lines.Select(it => it.People.Shown));
        Assert.Equal(Figure.Hidden, lines[2].People);
    }

    [Fact]
    public void Lines_of_five_people_are_shown()
    {
        var lines = Outside(women: 5, men: 6, unknown: 0).Breakdowns.Single(it => it.Code == "sexe").Lines;
        Assert.Equal([5, 6], lines.Select(it => it.People.Shown));
    }

    [Fact]
    public void Under_five_people_in_all_only_the_hours_owed_and_done_are_shown()
    {
        var table = Outside(women: 2, men: 2, unknown: 0);
        Assert.Equal((Figure.Small, Figure.Hidden), (table.Whole.People, table.Whole.Contracts));
        Assert.All(table.Breakdowns, it => Assert.True(it.IsWithheld && it.Lines.Count == 0));
        Assert.Equal(600 + 601 + 602 + 603, table.Whole.CumulativeMinutes);
    }

    [Fact]
    public void A_lonely_line_whose_total_would_tell_it_is_withheld()
    {
        // Six people of whom one is a woman: the other line is 5, so 1 + 5 = 6 would be the only reading.
        Assert.True(Outside(women: 1, men: 5, unknown: 0).Breakdowns.Single(it => it.Code == "sexe").IsWithheld);
    }

    [Fact]
    public void A_marche_without_anyone_has_nothing_to_mask() =>
        Assert.Equal(0, Outside(0, 0, 0).Whole.People.Shown);

    [Fact]
    public void No_masked_number_of_people_can_be_worked_out_from_what_is_shown()
    {
        var random = new Random(11);
        for (var round = 0; round < 400; round++)
        {
            var below = random.Next(2, 6);
            var cells = Enumerable.Range(0, random.Next(1, 5)).Select(_ => random.Next(0, 9)).Select(people => new Cell(people, people + (people == 0 ? 0 : random.Next(3)))).ToList();
            var (people, contracts) = (cells.Sum(it => it.People), cells.Sum(it => it.Contracts));
            if (MaskingChoice.Of(cells, people, contracts, below) is { } masked)
            {
                AssertEveryMaskedCellHasTwoReadings(cells, masked, people, contracts, below);
            }
        }
    }

    // Tries every table that a reader could imagine: same threshold, same totals, same shown lines.
    private static void AssertEveryMaskedCellHasTwoReadings(List<Cell> cells, IReadOnlyList<bool> masked, int people, int contracts, int below)
    {
        var seen = cells.Select(_ => new HashSet<int>()).ToList();
        Imagine(0, 0, 0, []);
        for (var i = 0; i < cells.Count; i++)
        {
            Assert.True(!masked[i] || seen[i].Count > 1, $"{string.Join(", ", cells)} : ligne {i} devinée au seuil {below}");
            Assert.True(masked[i] || cells[i].People == 0 || cells[i].People >= below);
        }

        void Imagine(int index, int peopleSoFar, int least, List<int> imagined)
        {
            if (index == cells.Count)
            {
                var room = contracts - cells.Where((_, i) => !masked[i]).Sum(it => it.Contracts);
                if (peopleSoFar == people && least <= room)
                {
                    for (var i = 0; i < imagined.Count; i++)
                    {
                        seen[i].Add(imagined[i]);
                    }
                }

                return;
            }

            var cell = cells[index];
            var (low, high) = !masked[index] ? (cell.People, cell.People) : cell.People < below ? (1, below - 1) : (below, people);
            for (var value = low; value <= high && peopleSoFar + value <= people; value++)
            {
                Imagine(index + 1, peopleSoFar + value, least + (masked[index] ? value : 0), [.. imagined, value]);
            }
        }
    }

    // What leaves when a marché is read outside for the first time.
    private static MonthlyTable Outside(int women, int men, int unknown)
    {
        var market = Market("2026-01-01", "2026-12-31");
        var lot = new Lot(LotId.New(), market.Id, 1, "Déploiement", 300, [], null, null);
        var people = Enumerable.Repeat(Sex.F, women).Concat(Enumerable.Repeat(Sex.M, men)).Concat(Enumerable.Repeat(Sex.Unknown, unknown));
        var contracts = people.Select((sex, i) => MonthlyTableTests.Reported(lot, sex, Entry("2026-02", 600 + i))).ToList();
        var releases = Release.Due(null, Month("2026-03"), Month("2026-03"),
            month => [.. contracts.Select(it => ReleasedContract.Of(it, Facets.All, it.Hours.CountedUntil(month)))], 5);
        return OutsideTables.Of(MonthlyTables.Build(market, [lot], contracts, Month("2026-03")), [lot], releases, new OutsideReader(5, Facets.OfMonth));
    }
}
