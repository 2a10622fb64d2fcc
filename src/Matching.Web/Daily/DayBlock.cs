using System.Globalization;

namespace Matching.Web.Daily;

/// <summary>One thing of the day.</summary>
/// <param name="On">The day it is due, or since which it waits; the order of its block.</param>
/// <param name="Path">Where the act is done.</param>
/// <param name="Mark">A short word beside it, and its tone; null when there is nothing to say.</param>
public sealed record DayItem(DateOnly On, string Title, string Detail, string Path, (string Words, string Tone)? Mark = null);

/// <summary>The things of one kind, the first due first.</summary>
/// <param name="Code">Anchor of the block on the page.</param>
/// <param name="EmptyWords">Said kindly when there is nothing.</param>
/// <param name="MorePath">Where all of them are.</param>
/// <param name="One">Words of the digest for a single one; <paramref name="Many"/> follows a number.</param>
/// <param name="IsAct">Whether its reader has something to do; else it only informs.</param>
public sealed record DayBlock(string Code, string Title, string EmptyWords, string MorePath, string One, string Many, IReadOnlyList<DayItem> Items, bool IsAct = true)
{
    /// <summary>Read at most for one block.</summary>
    public const int Limit = 200;

    /// <summary>Shown at most on the page; the rest is one click away.</summary>
    public const int Shown = 12;

    /// <summary>"3 réponses d’entreprises attendues"; the digest says no more.</summary>
    public string CountWords => Items.Count == 1 ? One : $"{(Items.Count == Limit ? $"{Limit} ou plus" : Items.Count.ToString(CultureInfo.InvariantCulture))} {Many}";
}

/// <summary>Dates as people read them in a list of the day.</summary>
internal static class DayWords
{
    public static string Day(DateOnly day) => day.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture);

    public static string Since(DateOnly day, DateOnly today) => (today.DayNumber - day.DayNumber) switch
    {
        <= 0 => "depuis aujourd’hui",
        1 => "depuis hier",
        var days => $"depuis {days} jours",
    };

    public static string Counted(int count, string one, string many) => count == 1 ? one : $"{count.ToString(CultureInfo.InvariantCulture)} {many}";

    /// <summary>How a day that is due reads from today.</summary>
    public static (string Words, string Tone) Due(DateOnly day, DateOnly today) => (day.DayNumber - today.DayNumber) switch
    {
        < -1 => ($"En retard de {today.DayNumber - day.DayNumber} jours", "wrong"),
        -1 => ("En retard d’un jour", "wrong"),
        0 => ("Aujourd’hui", "warn"),
        1 => ("Demain", "info"),
        var days => ($"Dans {days} jours", ""),
    };
}
