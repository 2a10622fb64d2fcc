using Matching.Rules.Hours;
using Matching.Rules.Reporting;

namespace Matching.Web.Dashboards;

/// <summary>What a cell holds, which decides how the page writes it and how the workbook stores it.</summary>
public enum CellKind
{
    Text,
    Count,
    Minutes,
    Permille,
    Month,
}

/// <summary>One cell: a text, or a number of its kind; a masked number has only its veil, a missing one nothing.</summary>
public readonly record struct FigureCell(CellKind Kind, int? Number, string Text, CalendarMonth Month)
{
    public static FigureCell Of(string text) => new(CellKind.Text, null, text, default);

    public static FigureCell Of(CalendarMonth month) => new(CellKind.Month, null, month.Label, month);

    public static FigureCell Count(Figure figure, int below) => Of(CellKind.Count, figure, below);

    public static FigureCell Minutes(Figure figure, int below) => Of(CellKind.Minutes, figure, below);

    public static FigureCell Minutes(int minutes) => new(CellKind.Minutes, minutes, HoursText.Show(minutes), default);

    public static FigureCell Permille(int? permille) => new(CellKind.Permille, permille, permille is { } share ? DashboardWords.Percent(share) : "–", default);

    private static FigureCell Of(CellKind kind, Figure figure, int below) => figure.Shown is not { } shown ? new(kind, null, figure.Veil(below), default)
        : kind == CellKind.Minutes ? Minutes(shown) : new(kind, shown, DashboardWords.Number(shown), default);
}

/// <summary>A table of figures as the page shows it and the workbook holds it: one sheet.</summary>
/// <param name="Note">What the reader must know; null when the table speaks for itself.</param>
public sealed record FigureTable(string Code, string Title, IReadOnlyList<(string Title, CellKind Kind)> Columns, IReadOnlyList<IReadOnlyList<FigureCell>> Rows, string? Note);

/// <summary>From the monthly table to the tables that people read. A structure sees its own part: targets are left out.</summary>
public static class FigureTables
{
    public static IReadOnlyList<FigureTable> Of(MonthlyTable table, bool isOwnPart)
    {
        ArgumentNullException.ThrowIfNull(table);
        var below = table.MaskedBelow ?? 0;
        return [Lots(table, isOwnPart, below), .. table.Breakdowns.Select(it => Breakdown(table, it, below)), Progress(table, isOwnPart)];
    }

    private static FigureTable Lots(MonthlyTable table, bool isOwnPart, int below)
    {
        IReadOnlyList<(string Title, CellKind Kind)> columns =
        [
            ("Lot", CellKind.Text), ("Objectif", CellKind.Minutes), ("Faites dans le mois", CellKind.Minutes), ("Cumul", CellKind.Minutes),
            ("Restent à faire", CellKind.Minutes), ("Réalisé", CellKind.Permille), ("Prévision", CellKind.Minutes), ("Déclarées, à valider", CellKind.Minutes),
            ("Personnes", CellKind.Count), ("Contrats", CellKind.Count),
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

    private static FigureTable Breakdown(MonthlyTable table, Breakdown breakdown, int below)
    {
        IReadOnlyList<(string Title, CellKind Kind)> columns =
            [("Catégorie", CellKind.Text), ("Personnes", CellKind.Count), ("Contrats", CellKind.Count), ("Faites dans le mois", CellKind.Minutes), ("Cumul", CellKind.Minutes)];

        // Outside, the hours of one month would tell those of the few people who worked in it.
        int[] kept = table.MaskedBelow is null ? [0, 1, 2, 3, 4] : [0, 1, 2, 4];
        var rows = breakdown.Lines.Select(line => (IReadOnlyList<FigureCell>)
        [
            FigureCell.Of(line.Label), FigureCell.Count(line.People, below), FigureCell.Count(line.Contracts, below),
            FigureCell.Minutes(line.MonthMinutes, below), FigureCell.Minutes(line.CumulativeMinutes, below),
        ]);
        return new FigureTable(breakdown.Code, breakdown.Title, [.. kept.Select(i => columns[i])], [.. rows.Select(row => kept.Select(i => row[i]).ToList())], NoteOf(table, breakdown));
    }

    private static string? NoteOf(MonthlyTable table, Breakdown breakdown) =>
        breakdown.IsPartial ? "Seulement les personnes que vous accompagnez : cette information sur les autres personnes que vous employez ne vous est pas transmise."
        : breakdown.IsWithheld ? "Effectifs trop petits pour montrer cette ventilation sans désigner une personne."
        : breakdown.Lines.Count == 0 ? "Aucun contrat à cette date."
        : breakdown.AsOf is { } month && month != table.Month ? $"Situation à la fin de {month.Label} : depuis, trop peu de personnes ont changé pour montrer le détail." : null;

    private static FigureTable Progress(MonthlyTable table, bool isOwnPart)
    {
        IReadOnlyList<(string Title, CellKind Kind)> columns =
            [("Mois", CellKind.Month), ("Faites dans le mois", CellKind.Minutes), ("Cumul", CellKind.Minutes), ("Réalisé", CellKind.Permille), ("Temps écoulé", CellKind.Permille)];
        var rows = table.Progress.Select(it => (IReadOnlyList<FigureCell>)
        [
            FigureCell.Of(it.Month), FigureCell.Minutes(it.MonthMinutes), FigureCell.Minutes(it.CumulativeMinutes),
            FigureCell.Permille(it.DonePermille), FigureCell.Permille(it.ElapsedPermille),
        ]);
        var kept = isOwnPart ? 3 : columns.Count;
        return new FigureTable("avancement", "Avancement mois par mois", [.. columns.Take(kept)], [.. rows.Select(row => row.Take(kept).ToList())], null);
    }
}
