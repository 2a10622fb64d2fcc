using Matching.Rules.Reporting;
using static Matching.Rules.Tests.Hours.Ledger;

namespace Matching.Rules.Tests.Reporting;

public sealed class NestedBreakdownTests
{
    private const int Below = 5;

    [Fact]
    [Trait("règle", "tableau.ventilations-emboitees")]
    public void Work_study_beside_the_kinds_of_contract_does_not_give_back_a_masked_kind()
    {
        // 3 apprentices are masked, and the 6 permanent contracts with them; 15 in work-study less the 12 shown would be the 3.
        var release = Of(("CDI", "NON", 6), ("CDD", "NON", 20), ("APPRENTISSAGE", "OUI", 3), ("PROFESSIONNALISATION", "OUI", 12));
        var fine = Shown(release, "type_contrat");
        Assert.Equal(["APPRENTISSAGE", "CDI"], fine.Lines.Where(line => line.IsMasked).Select(line => line.Code));
        Assert.True(Guarded(release).IsWithheld);
    }

    [Fact]
    public void It_is_shown_when_the_masked_kinds_lie_together_or_when_none_is_masked()
    {
        Assert.False(Guarded(Of(("CDI", "NON", 30), ("CDD", "NON", 20), ("APPRENTISSAGE", "OUI", 3), ("PROFESSIONNALISATION", "OUI", 6))).IsWithheld);
        Assert.False(Guarded(Of(("CDI", "NON", 30), ("CDD", "NON", 20), ("APPRENTISSAGE", "OUI", 9), ("PROFESSIONNALISATION", "OUI", 6))).IsWithheld);
    }

    [Fact]
    public void Two_breakdowns_that_do_not_gather_each_other_leave_a_small_crossing_uncertain()
    {
        // What two margins of the same people say of a crossing, by the bounds of Fréchet, over every table of two lines by two up to 12 people.
        for (var a = 0; a <= 12; a++)
        {
            for (var b = 0; a + b <= 12; b++)
            {
                for (var c = 0; a + b + c <= 12; c++)
                {
                    for (var d = 0; a + b + c + d <= 12; d++)
                    {
                        var (row, column, all) = (a + b, a + c, a + b + c + d);
                        var isShown = new[] { row, all - row, column, all - column }.All(people => people is 0 or >= Below);
                        if (isShown && a is > 0 and < Below)
                        {
                            Assert.True(Math.Min(row, column) > Math.Max(0, row + column - all), $"{a} {b} {c} {d}");
                        }
                    }
                }
            }
        }
    }

    [Fact]
    public void Every_pair_names_breakdowns_of_which_the_fine_one_decides_the_coarse_one()
    {
        var known = Consolidations.Facets.Concat(Facets.All).Select(facet => facet.Code).ToHashSet();
        Assert.All(NestedBreakdowns.Pairs, pair => Assert.True(known.Contains(pair.Fine) && known.Contains(pair.Coarse)));
    }

    private static Breakdown Guarded(Release release)
    {
        var tables = new[] { "type_contrat", "alternance" }.Select(code => new Breakdown(code, code, [], IsWithheld: false)).ToList();
        return NestedBreakdowns.Guarded(tables, code => Shown(release, code), Below).Single(it => it.Code == "alternance");
    }

    private static ShownCells Shown(Release release, string code) => OutsideOf(release, code)!;

    private static ShownCells? OutsideOf(Release release, string code) => ShownCells.History([release], it => it.Cells[code], Below)[0];

    private static Release Of(params (string Kind, string WorkStudy, int People)[] rows) => new(1, Month("2026-06"),
    [
        .. rows.SelectMany(row => Enumerable.Range(0, row.People).Select(_ => new ReleasedContract(
            ContractId.New(), PersonId.New(), default, new Dictionary<string, string> { ["type_contrat"] = row.Kind, ["alternance"] = row.WorkStudy }, 600))),
    ]);
}
