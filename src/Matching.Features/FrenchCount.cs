using System.Globalization;

namespace Matching.Features;

/// <summary>A number of things, in French: below two, the singular.</summary>
public static class FrenchCount
{
    /// <param name="things">In the singular; each of its words takes an s.</param>
    public static string Of(int count, string things)
    {
        ArgumentNullException.ThrowIfNull(things);
        return Of(count, things, things.Replace(" ", "s ", StringComparison.Ordinal) + "s");
    }

    public static string Of(int count, string one, string many) => string.Create(CultureInfo.InvariantCulture, $"{count} {(count < 2 ? one : many)}");
}
