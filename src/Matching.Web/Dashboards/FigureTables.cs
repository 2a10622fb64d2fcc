using Matching.Rules.Hours;
using Matching.Rules.Reporting;
using Matching.Web.Platform.Figures;

namespace Matching.Web.Dashboards;

/// <summary>From the monthly table to the tables that people read. A structure sees its own part: targets are left out.</summary>
public static class FigureTables
{
    /// <summary>Hours by public and by way are read at a glance: they are drawn too.</summary>
    private static readonly string[] Drawn = [Facets.Public.Code, Facets.Way.Code];

    /// <summary>The whole document, for the page and the files.</summary>
    public static FigureDocument Document(MonthlyTable table, bool isOwnPart)
    {
        ArgumentNullException.ThrowIfNull(table);
        string[] masked = table.MaskedBelow is { } below ? [$"Les effectifs de moins de {below} personnes sont masqués, ainsi que ce qui permettrait de les retrouver. {Release.InGroups.Sentence}"] : [];
        return new FigureDocument(
            table.Subject, $"Marché {table.Reference}, {FigureWords.Period(table.Period)}. Situation à la fin de {table.Month.Label}.", Of(table, isOwnPart),
            [.. masked, $"{CountedHours.Validated.Sentence} {MonthlyTable.PeopleOnce.Sentence} {(isOwnPart ? "" : MonthlyTable.Forecast.Sentence)}".Trim()],
            $"tableau-de-bord-{table.Month.Code}");
    }

    public static IReadOnlyList<FigureTable> Of(MonthlyTable table, bool isOwnPart)
    {
        ArgumentNullException.ThrowIfNull(table);
        var below = table.MaskedBelow ?? 0;
        return [Lots(table, isOwnPart, below), .. table.Breakdowns.Select(it => Breakdown(table, it, below)), Progress(table, isOwnPart)];
    }

    private static FigureTable Lots(MonthlyTable table, bool isOwnPart, int below)
    {
        IReadOnlyList<FigureColumn> columns =
        [
            new("lot", "Lot", CellKind.Text), new("objectif_minutes", "Objectif", CellKind.Minutes), new("minutes_mois", "Faites dans le mois", CellKind.Minutes),
            new("minutes_cumul", "Cumul", CellKind.Minutes), new("restent_minutes", "Restent à faire", CellKind.Minutes), new("realise_pour_mille", "Réalisé", CellKind.Permille),
            new("prevision_minutes", "Prévision", CellKind.Minutes), new("minutes_a_valider", "Déclarées, à valider", CellKind.Minutes),
            new("personnes", "Personnes", CellKind.Count), new("contrats", "Contrats", CellKind.Count),
        ];
        IReadOnlyList<FigureCell> Row(LotLine line) =>
        [
            FigureCell.Of(line.Number is { } number ? $"Lot {number} : {line.Title}" : line.Title), FigureCell.Minutes(line.TargetMinutes), FigureCell.Minutes(line.MonthMinutes),
            FigureCell.Minutes(line.CumulativeMinutes), FigureCell.Minutes(line.RemainingMinutes), FigureCell.Permille(line.DonePermille), FigureCell.Minutes(line.ForecastMinutes),
            FigureCell.Minutes(line.PendingMinutes), FigureCell.Count(line.People, below), FigureCell.Count(line.Contracts, below),
        ];
        var rows = table.Lots.Append(table.Whole).Select(Row);

        // Compared with a part, the target of a lot, what remains and the share done would mislead.
        int[] kept = isOwnPart ? [0, 2, 3, 7, 8, 9] : [.. Enumerable.Range(0, columns.Count)];
        return new FigureTable("lots", "Heures par lot", [.. kept.Select(i => columns[i])], [.. rows.Select(row => kept.Select(i => row[i]).ToList())],
            isOwnPart ? "Votre part : les contrats des personnes que vous accompagnez ou employez."
            : table.PeopleAsOf is { } asOf && asOf != table.Month ? $"Personnes et contrats : situation à la fin de {asOf.Label}." : null);
    }

    /// <param name="withMonth">Whether the hours of the month have a column; never outside.</param>
    internal static FigureTable Breakdown(MonthlyTable table, Breakdown breakdown, int below, bool withMonth = true)
    {
        IReadOnlyList<FigureColumn> columns =
        [
            new("categorie", "Catégorie", CellKind.Text), new("personnes", "Personnes", CellKind.Count), new("contrats", "Contrats", CellKind.Count),
            new("minutes_mois", "Faites dans le mois", CellKind.Minutes), new("minutes_cumul", "Cumul", CellKind.Minutes),
        ];

        // Outside, the hours of one month would tell those of the few people who worked in it.
        int[] kept = table.MaskedBelow is null && withMonth ? [0, 1, 2, 3, 4] : [0, 1, 2, 4];
        var rows = breakdown.Lines.Select(line => (IReadOnlyList<FigureCell>)
        [
            FigureCell.Of(line.Label), FigureCell.Count(line.People, below), FigureCell.Count(line.Contracts, below),
            FigureCell.Minutes(line.MonthMinutes, below), FigureCell.Minutes(line.CumulativeMinutes, below),
        ]);
        return new FigureTable(breakdown.Code, breakdown.Title, [.. kept.Select(i => columns[i])], [.. rows.Select(row => kept.Select(i => row[i]).ToList())], NoteOf(table, breakdown),
            Drawn.Contains(breakdown.Code) ? kept.Length - 1 : null);
    }

    private static string? NoteOf(MonthlyTable table, Breakdown breakdown) =>
        breakdown.IsPartial ? "Seulement les personnes que vous accompagnez : cette information sur les autres personnes que vous employez ne vous est pas transmise."
        : breakdown.IsWithheld ? "Effectifs trop petits pour montrer cette ventilation sans désigner une personne."
        : breakdown.Lines.Count == 0 ? "Aucun contrat à cette date."
        : breakdown.AsOf is { } month && month != table.Month ? $"Situation à la fin de {month.Label} : depuis, trop peu de personnes ont changé pour montrer le détail." : null;

    private static FigureTable Progress(MonthlyTable table, bool isOwnPart)
    {
        IReadOnlyList<FigureColumn> columns =
        [
            new("mois", "Mois", CellKind.Month), new("minutes_mois", "Faites dans le mois", CellKind.Minutes), new("minutes_cumul", "Cumul", CellKind.Minutes),
            new("realise_pour_mille", "Réalisé", CellKind.Permille), new("temps_ecoule_pour_mille", "Temps écoulé", CellKind.Permille),
        ];
        var rows = table.Progress.Select(it => (IReadOnlyList<FigureCell>)
        [
            FigureCell.Of(it.Month), FigureCell.Minutes(it.MonthMinutes), FigureCell.Minutes(it.CumulativeMinutes),
            FigureCell.Permille(it.DonePermille), FigureCell.Permille(it.ElapsedPermille),
        ]);
        var kept = isOwnPart ? 3 : columns.Count;
        return new FigureTable("avancement", "Avancement mois par mois", [.. columns.Take(kept)], [.. rows.Select(row => row.Take(kept).ToList())], null, Chart: 1);
    }
}
