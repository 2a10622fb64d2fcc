using System.Globalization;

namespace Matching.Rules.Hours;

/// <summary>A month of a year, known by its first day; hours are declared, counted and reported by it.</summary>
public readonly record struct CalendarMonth : IComparable<CalendarMonth>
{
    private static readonly CultureInfo French = CultureInfo.GetCultureInfo("fr-FR");

    private CalendarMonth(DateOnly firstDay) => FirstDay = firstDay;

    public DateOnly FirstDay { get; }

    public DateOnly LastDay => FirstDay.AddMonths(1).AddDays(-1);

    /// <summary>The ISO form of files and URLs: <c>2026-11</c>.</summary>
    public string Code => FirstDay.ToString("yyyy-MM", CultureInfo.InvariantCulture);

    /// <summary>As people say it: "novembre 2026".</summary>
    public string Label => FirstDay.ToString("MMMM yyyy", French);

    public static CalendarMonth Of(DateOnly day) => new(new DateOnly(day.Year, day.Month, 1));

    /// <summary>Reads <c>2026-11</c> between the years 2000 and 2100; false otherwise.</summary>
    public static bool TryParse(string? text, out CalendarMonth month)
    {
        var read = DateOnly.TryParseExact((text ?? "").Trim() + "-01", "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day);
        month = read ? Of(day) : default;
        return read && day.Year is >= 2000 and <= 2100;
    }

    public CalendarMonth Next() => new(FirstDay.AddMonths(1));

    /// <summary>The days of this month that lie in a period, 0 to 31.</summary>
    public int DaysIn(DatePeriod period) => DaysBetween(
        period.Start > FirstDay ? period.Start : FirstDay,
        period.End is { } end && end < LastDay ? end : LastDay);

    public int CompareTo(CalendarMonth other) => FirstDay.CompareTo(other.FirstDay);

    public static bool operator <(CalendarMonth left, CalendarMonth right) => left.CompareTo(right) < 0;

    public static bool operator >(CalendarMonth left, CalendarMonth right) => left.CompareTo(right) > 0;

    public static bool operator <=(CalendarMonth left, CalendarMonth right) => left.CompareTo(right) <= 0;

    public static bool operator >=(CalendarMonth left, CalendarMonth right) => left.CompareTo(right) >= 0;

    public override string ToString() => Code;

    private static int DaysBetween(DateOnly first, DateOnly last) => last < first ? 0 : last.DayNumber - first.DayNumber + 1;
}
