using System.Globalization;
using System.Text.RegularExpressions;

namespace Matching.Rules.Hours;

/// <summary>Hours as people write them, to and from whole minutes.</summary>
public static partial class HoursText
{
    /// <summary>What a field of hours says when it cannot be read.</summary>
    public const string Expected = "Écrivez par exemple 151:40, 151 h 40, 151,67 ou 35.";

    /// <summary>No amount beyond 10,000 h is read: far above what one month holds, and small enough to be added up.</summary>
    public const int MaximumMinutes = 10_000 * 60;

    /// <summary>
    /// Reads <c>151:40</c>, <c>151 h 40</c>, <c>151h</c>, <c>151,67</c> or <c>151</c> (a sign allowed, so that the rule on negative hours can speak).
    /// Decimal hours are rounded to the nearest minute: 151,67 h is 151 h 40. False for anything else, or beyond 10,000 h.
    /// </summary>
    public static bool TryParse(string? text, out int minutes)
    {
        minutes = 0;
        var plain = string.Concat((text ?? "").Where(c => !char.IsWhiteSpace(c))).Replace('−', '-');
        if (plain.Length is 0 or > 12)
        {
            return false;
        }

        if (Clock().Match(plain) is { Success: true } clock)
        {
            var whole = (int.Parse(clock.Groups["h"].ValueSpan, CultureInfo.InvariantCulture) * 60)
                + (clock.Groups["m"].Length == 0 ? 0 : int.Parse(clock.Groups["m"].ValueSpan, CultureInfo.InvariantCulture));
            minutes = clock.Groups["sign"].Value == "-" ? -whole : whole;
            return true;
        }

        if (Decimal().IsMatch(plain))
        {
            var hours = decimal.Parse(plain.Replace(',', '.'), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
            minutes = (int)decimal.Round(hours * 60, MidpointRounding.AwayFromZero);
            return true;
        }

        return false;
    }

    /// <summary>For people: <c>151 h 40</c>, <c>35 h</c>, <c>−1 h 30</c>; thousands apart by a narrow no-break space.</summary>
    public static string Show(int minutes)
    {
        var (hours, rest) = Math.DivRem(Math.Abs((long)minutes), 60);
        var sign = minutes < 0 ? "−" : "";
        var whole = hours.ToString("N0", CultureInfo.GetCultureInfo("fr-FR"));
        return rest == 0 ? $"{sign}{whole}\u00a0h" : $"{sign}{whole}\u00a0h\u00a0{rest:00}";
    }

    [GeneratedRegex("^(?<sign>[-+]?)(?<h>[0-9]{1,4})(?:[hH]|:)(?<m>[0-5][0-9])?$", RegexOptions.CultureInvariant)]
    private static partial Regex Clock();

    [GeneratedRegex("^[-+]?[0-9]{1,4}([.,][0-9]{1,4})?$", RegexOptions.CultureInvariant)]
    private static partial Regex Decimal();
}
