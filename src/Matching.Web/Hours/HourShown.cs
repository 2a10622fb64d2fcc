using System.Globalization;
using Matching.Rules;

namespace Matching.Web.Hours;

/// <summary>Days and periods as the pages of hours write them.</summary>
public static class HourShown
{
    public static CultureInfo French { get; } = CultureInfo.GetCultureInfo("fr-FR");

    public static string Day(DateOnly day) => day.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture);

    public static string Period(DatePeriod period) => period.End is { } end ? $"du {Day(period.Start)} au {Day(end)}" : $"depuis le {Day(period.Start)}";
}
