using System.Globalization;

namespace Matching.Features;

/// <summary>A number of things, in French: below two, the singular.</summary>
public static class FrenchCount
{
    private static readonly CultureInfo French = CultureInfo.GetCultureInfo("fr-FR");

    /// <param name="things">In the singular; each of its words takes an s.</param>
    public static string Of(int count, string things)
    {
        ArgumentNullException.ThrowIfNull(things);
        return Of(count, things, things.Replace(" ", "s ", StringComparison.Ordinal) + "s");
    }

    public static string Of(int count, string one, string many) => string.Create(CultureInfo.InvariantCulture, $"{count} {(count < 2 ? one : many)}");

    /// <summary>With its thousands apart, as pages show it: "1 920 personnes".</summary>
    public static string Grouped(int count, string one, string many) => string.Create(French, $"{count:N0} {(count < 2 ? one : many)}");
}
