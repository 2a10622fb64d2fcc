using System.Globalization;

namespace Matching.Rules.Tests;

/// <summary>Days as the tables of the tests write them.</summary>
internal static class Days
{
    public static DateOnly Of(string day) => DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static DateOnly? OrNull(string? day) => day is null ? null : Of(day);
}
