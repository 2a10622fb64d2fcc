using Matching.Rules.Hours;
using Matching.Rules.Reporting;

namespace Matching.Web.Platform.Figures;

/// <summary>What a cell holds, which decides how the page writes it and how the workbook stores it.</summary>
public enum CellKind
{
    Text,
    Count,
    Minutes,
    Permille,
    Month,
    Cents,
    Day,
}

/// <summary>One cell: a text, or a number of its kind; a masked number has only its veil, a missing one nothing.</summary>
public readonly record struct FigureCell(CellKind Kind, long? Number, string Text, CalendarMonth Month)
{
    /// <summary>A number that is masked: its text says how.</summary>
    public bool IsVeiled { get; private init; }

    public static FigureCell Of(string text) => new(CellKind.Text, null, text, default);

    public static FigureCell Of(CalendarMonth month) => new(CellKind.Month, null, month.Label, month);

    /// <summary>A day; nothing when it is not known.</summary>
    public static FigureCell Day(DateOnly? day) => new(CellKind.Day, day?.DayNumber, day is { } known ? FigureWords.Day(known) : "–", default);

    /// <summary>An amount of money; nothing when it is not known.</summary>
    public static FigureCell Euros(long? cents) => new(CellKind.Cents, cents, cents is { } known ? FigureWords.Euros(known) : "–", default);

    /// <summary>A number that has no meaning here.</summary>
    public static FigureCell Blank { get; } = new(CellKind.Count, null, "–", default);

    public static FigureCell Count(Figure figure, int below) => Of(CellKind.Count, figure, below);

    public static FigureCell Minutes(Figure figure, int below) => Of(CellKind.Minutes, figure, below);

    public static FigureCell Count(int count) => new(CellKind.Count, count, FigureWords.Number(count), default);

    public static FigureCell Minutes(int minutes) => new(CellKind.Minutes, minutes, HoursText.Show(minutes), default);

    public static FigureCell Permille(int? permille) => new(CellKind.Permille, permille, permille is { } share ? FigureWords.Percent(share) : "–", default);

    /// <summary>A share of two numbers, masked when either is.</summary>
    public static FigureCell Share(Figure part, Figure whole, int below) => part.Shown is { } some && whole.Shown is { } all ? Permille(MonthlyTable.Permille(some, all))
        : new(CellKind.Permille, null, (part.Shown is null ? part : whole).Veil(below), default) { IsVeiled = true };

    private static FigureCell Of(CellKind kind, Figure figure, int below) => figure.Shown is not { } shown ? new(kind, null, figure.Veil(below), default) { IsVeiled = true }
        : kind == CellKind.Minutes ? Minutes(shown) : Count(shown);
}

/// <param name="Key">The name of the column in JSON.</param>
public sealed record FigureColumn(string Key, string Title, CellKind Kind);

/// <summary>A table of figures as the page shows it and the workbook holds it: one sheet.</summary>
/// <param name="Note">What the reader must know; null when the table speaks for itself.</param>
/// <param name="Chart">The column that is also drawn; null for none.</param>
public sealed record FigureTable(
    string Code, string Title, IReadOnlyList<FigureColumn> Columns, IReadOnlyList<IReadOnlyList<FigureCell>> Rows, string? Note, int? Chart = null);
