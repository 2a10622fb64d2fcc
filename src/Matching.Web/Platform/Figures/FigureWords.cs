using System.Globalization;
using Matching.Rules;

namespace Matching.Web.Platform.Figures;

/// <summary>Numbers, shares and periods as the pages of figures write them.</summary>
public static class FigureWords
{
    private static readonly CultureInfo French = CultureInfo.GetCultureInfo("fr-FR");

    public static string Number(int number) => number.ToString("N0", French);

    /// <summary>From thousandths: <c>12,5 %</c>.</summary>
    public static string Percent(int permille) => (permille / 10m).ToString("0.#", French) + "\u00a0%";

    public static string Period(DatePeriod period) => period.End is { } end
        ? $"du {Day(period.Start)} au {Day(end)}" : $"depuis le {Day(period.Start)}";

    /// <summary>From cents: <c>1 500 €</c>, <c>0,50 €</c>.</summary>
    public static string Euros(long cents) => (cents / 100m).ToString(cents % 100 == 0 ? "N0" : "N2", French) + "\u00a0€";

    public static string Day(DateOnly day) => day.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture);
}
