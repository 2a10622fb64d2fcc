using System.Globalization;
using System.Text.RegularExpressions;

namespace Matching.Rules.People;

/// <summary>Days and months as people and spreadsheets write them: 05/11/2026, 5-11-2026, 2026-11-05, with or without midnight behind.</summary>
public static partial class WrittenDays
{
    public const string HowToWrite = "Écrire jour/mois/année, par exemple 05/11/2026.";
    private const int FirstSerial = 9_133;
    private const int LastSerial = 73_050;
    private static readonly CultureInfo French = CultureInfo.GetCultureInfo("fr-FR");

    /// <summary>Reads a day; otherwise says in French what is wrong with it.</summary>
    public static bool TryRead(string text, out DateOnly day, out string wrong)
    {
        (day, wrong) = (default, "");
        var match = DayFirst().Match(text);
        if (!match.Success)
        {
            match = YearFirst().Match(text);
        }

        if (!match.Success)
        {
            wrong = TwoDigitYear().IsMatch(text) ? "L’année a deux chiffres : on ne sait pas de quel siècle il s’agit." : "Ce n’est pas une date.";
            return false;
        }

        var (d, m, y) = (Part(match, "d"), Part(match, "m"), Part(match, "y"));
        if (m is < 1 or > 12)
        {
            wrong = $"Cette date n’existe pas : il n’y a pas de mois {m}.";
            return false;
        }

        if (y is < 1900 or > 2100)
        {
            wrong = $"L’année {y} n’est pas possible.";
            return false;
        }

        if (d < 1 || d > DateTime.DaysInMonth(y, m))
        {
            wrong = $"Cette date n’existe pas : {French.DateTimeFormat.GetMonthName(m)} {y} compte {DateTime.DaysInMonth(y, m)} jours.";
            return false;
        }

        day = new DateOnly(y, m, d);
        return true;
    }

    /// <summary>
    /// Reads the number that a spreadsheet keeps for a day when the cell lost its date format: 46000 is 9 December 2025. Only numbers of days between
    /// 1925 and 2099: no year written alone is among them.
    /// </summary>
    public static bool TryReadSerial(string text, out DateOnly day)
    {
        ArgumentNullException.ThrowIfNull(text);
        var isSerial = text.Length is 4 or 5 && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days is >= FirstSerial and <= LastSerial;
        day = isSerial ? new DateOnly(1899, 12, 30).AddDays(int.Parse(text, CultureInfo.InvariantCulture)) : default;
        return isSerial;
    }

    /// <summary>Reads a month, <c>2024-06</c> or <c>06/2024</c>, or a whole day of it, as its first day.</summary>
    public static bool TryReadMonth(string text, out DateOnly firstDay)
    {
        var match = Month().Match(text);
        if (match.Success && Part(match, "m") is >= 1 and <= 12 and var m && Part(match, "y") is >= 1900 and <= 2100 and var y)
        {
            firstDay = new DateOnly(y, m, 1);
            return true;
        }

        var read = TryRead(text, out firstDay, out _);
        firstDay = read ? new DateOnly(firstDay.Year, firstDay.Month, 1) : default;
        return read;
    }

    private static int Part(Match match, string name) => int.Parse(match.Groups[name].ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^(?<d>[0-9]{1,2})[/.\- ](?<m>[0-9]{1,2})[/.\- ](?<y>[0-9]{4})(?:[ T]0{1,2}:00(?::00)?)?$", RegexOptions.CultureInvariant)]
    private static partial Regex DayFirst();

    [GeneratedRegex(@"^(?<y>[0-9]{4})[/.\-](?<m>[0-9]{1,2})[/.\-](?<d>[0-9]{1,2})(?:[ T]0{1,2}:00(?::00(?:\.0+)?)?Z?)?$", RegexOptions.CultureInvariant)]
    private static partial Regex YearFirst();

    [GeneratedRegex(@"^[0-9]{1,2}[/.\- ][0-9]{1,2}[/.\- ][0-9]{2}$", RegexOptions.CultureInvariant)]
    private static partial Regex TwoDigitYear();

    [GeneratedRegex(@"^(?:(?<y>[0-9]{4})[/.\-](?<m>[0-9]{1,2})|(?<m>[0-9]{1,2})[/.\-](?<y>[0-9]{4}))$", RegexOptions.CultureInvariant)]
    private static partial Regex Month();
}
