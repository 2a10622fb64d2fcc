namespace Matching.Rules.Reporting;

/// <summary>
/// Breakdowns of which one gathers the lines of the other: "in work-study" is the sum of two kinds of contract. Beside each other, a line
/// shown by the coarse one could give back the only line that the fine one masks in it.
/// </summary>
public static class NestedBreakdowns
{
    public static Rule NotCrossed { get; } = new(
        "tableau.ventilations-emboitees",
        "Hors du facilitateur, une ventilation qui regroupe les lignes d’une autre n’est montrée que si leur croisement ne rend aucun effectif masqué.",
        Rule.ToConfirm + " (usage statistique)");

    /// <summary>The fine breakdown, then the coarse one that its lines decide.</summary>
    public static IReadOnlyList<(string Fine, string Coarse)> Pairs { get; } =
        [("type_contrat", "cdi"), ("type_contrat", "alternance"), ("type_employeur", "siae"), ("structure", "type_employeur"), ("structure", "siae")];

    /// <summary>The breakdowns with those withheld that would undo a mask of another.</summary>
    /// <param name="shownOf">What a breakdown shows, by its code; null when it shows nothing.</param>
    public static IReadOnlyList<Breakdown> Guarded(IReadOnlyList<Breakdown> tables, Func<string, ShownCells?> shownOf, int below)
    {
        ArgumentNullException.ThrowIfNull(tables);
        ArgumentNullException.ThrowIfNull(shownOf);
        var codes = tables.Select(table => table.Code).ToHashSet();
        var undone = Pairs.Where(pair => codes.Contains(pair.Fine) && codes.Contains(pair.Coarse)
                && shownOf(pair.Fine) is { } fine && shownOf(pair.Coarse) is { } coarse && Undoes(coarse, pair.Coarse, fine, pair.Fine, below))
            .Select(pair => pair.Coarse).ToHashSet();
        return [.. tables.Select(table => undone.Contains(table.Code) ? table with { Lines = [], IsWithheld = true, AsOf = null } : table)];
    }

    /// <summary>Whether the lines of the coarse breakdown leave less than two readings to a masked line of the fine one.</summary>
    private static bool Undoes(ShownCells coarse, string coarseCode, ShownCells fine, string fineCode, int below)
    {
        if (fine.Lines.All(line => !line.IsMasked))
        {
            return false;
        }

        // Two states of the people cannot be laid over each other: the coarse one waits until both are of the same.
        if (fine.Release.Number != coarse.Release.Number)
        {
            return true;
        }

        var contracts = fine.Release.Contracts;
        return coarse.Lines.Where(line => !line.IsMasked).Any(line =>
        {
            var inside = contracts.Where(it => it.Cells.GetValueOrDefault(coarseCode, Facets.Unknown) == line.Code)
                .Select(it => it.Cells.GetValueOrDefault(fineCode, Facets.Unknown)).ToHashSet();
            var lines = fine.Lines.Where(one => inside.Contains(one.Code)).ToList();
            return !MaskingChoice.IsSafe([.. lines.Select(one => new Cell(one.People, one.Contracts))], [.. lines.Select(one => one.IsMasked)], line.People, line.Contracts, below);
        });
    }
}
