using System.Globalization;
using System.Text.RegularExpressions;

namespace Matching.Rules.Postings.Reading;

/// <summary>First and last day of the post. Taken only when a day is given and the words around say what it is; a date that does not exist is not taken.</summary>
internal static partial class DateReading
{
    private const int YearsLookedAt = 3;
    private static readonly string[] Months = ["janv", "fevr", "mars", "avr", "mai", "juin", "juil", "aout", "sept", "oct", "nov", "dec"];
    private static readonly string[] WeekDays = ["dimanche", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi"];

    public static (Extracted<DateOnly>? Start, Extracted<DateOnly>? End) Read(FoldedText text, DateOnly day)
    {
        var found = Written().Matches(text.Text);
        Match? start = null, end = null;
        for (var i = 0; i < found.Count; i++)
        {
            var before = WeekDay().Replace(text.Before(found[i].Index, 60), "");
            var isAfterStart = i > 0 && start == found[i - 1] && RangeLink().IsMatch(text.Text[(start.Index + start.Length)..found[i].Index]);
            if (end is null && (isAfterStart || (EndWords().IsMatch(before) && !OtherWords().IsMatch(before))))
            {
                end = found[i];
            }
            else if (start is null && !OtherWords().IsMatch(before) && (StartWords().IsMatch(before) || OpensRange(text, found, i) || OpensVagueRange(text, found[i], before) || StartsALength(text, found[i])))
            {
                start = found[i];
            }
        }

        var bare = end is null ? BareRange().Matches(text.Text).FirstOrDefault(one => !OtherWords().IsMatch(text.Before(one.Index, 60))) : null;
        if (start is null || bare is not null && bare.Index + bare.Length >= start.Index)
        {
            // "du 21 au 31 décembre": the month and the year are said once, after the last day.
            if (bare is not null && found.FirstOrDefault(one => one.Index == bare.Groups["end"].Index) is { } lastOfRange
                && Resolve(lastOfRange, day) is { } until && Day(until.Year, until.Month, FirstNumber(bare)) is { } from && from <= until)
            {
                return (text.Extract(from, bare.Groups["from"]), text.Extract(until, lastOfRange));
            }
        }

        var last = end is null ? null : Resolve(end, start is null ? day : Resolve(start, day) ?? day);
        var first = start is null ? null : Resolve(start, day);
        if (first is not null && last is not null && start!.Groups["y"].Length == 0 && end!.Groups["y"].Length > 0 && first.Value.AddYears(1) < last)
        {
            // "du 7 décembre au 26 février 2027": the year said once, at the end.
            first = Resolve(start, last.Value.AddYears(-1).AddDays(1)) ?? first;
        }

        return (first is null ? null : text.Extract(first.Value, start!), last is null || last < first ? null : text.Extract(last.Value, end!));
    }

    // Two days joined by "au" or an arrow are a period, whatever stands before.
    private static bool OpensRange(FoldedText text, MatchCollection found, int i) =>
        i + 1 < found.Count && RangeLink().IsMatch(text.Text[(found[i].Index + found[i].Length)..found[i + 1].Index]);

    // "Du lundi 11 janvier pour 3 mois".
    private static bool StartsALength(FoldedText text, Match written) =>
        text.Before(written.Index, 4).EndsWith("du ", StringComparison.Ordinal) && Length().IsMatch(text.Text[(written.Index + written.Length)..]);

    // "du 6 janvier à fin mars": the end has no day, the start has one.
    private static bool OpensVagueRange(FoldedText text, Match date, string before) =>
        before.EndsWith("du ", StringComparison.Ordinal) && VagueEnd().IsMatch(text.Text[(date.Index + date.Length)..]);

    private static int FirstNumber(Match range) => range.Groups["d0"].Value.StartsWith("1er", StringComparison.Ordinal) ? 1 : int.Parse(range.Groups["d0"].Value, CultureInfo.InvariantCulture);

    // Null when the day does not exist. Without a year: the next such day on or after "from", and the right day of the week when one is said.
    private static DateOnly? Resolve(Match written, DateOnly from)
    {
        if (written.Groups["iso"].Success)
        {
            return DateOnly.TryParseExact(written.Groups["iso"].Value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var iso) ? iso : null;
        }

        var dayOfMonth = written.Groups["d"].Value.StartsWith("1er", StringComparison.Ordinal) || written.Groups["d"].Value == "premier" ? 1
            : int.Parse(written.Groups["d"].Value, CultureInfo.InvariantCulture);
        var month = written.Groups["m"].Success ? int.Parse(written.Groups["m"].Value, CultureInfo.InvariantCulture)
            : 1 + Array.FindIndex(Months, name => name.StartsWith(written.Groups["name"].Value[..Math.Min(3, written.Groups["name"].Length)], StringComparison.Ordinal)
                && (written.Groups["name"].Value.Length < 4 || name.Length < 4 || written.Groups["name"].Value[..4] == name[..4]));
        if (written.Groups["y"].Length > 0)
        {
            var year = int.Parse(written.Groups["y"].Value, CultureInfo.InvariantCulture);
            return Day(year < 100 ? 2000 + year : year, month, dayOfMonth);
        }

        var coming = Enumerable.Range(from.Year, YearsLookedAt).Select(year => Day(year, month, dayOfMonth)).OfType<DateOnly>().Where(date => date >= from).ToList();
        var weekDay = Array.IndexOf(WeekDays, written.Groups["week"].Value);
        return coming.Where(date => weekDay >= 0 && (int)date.DayOfWeek == weekDay).Cast<DateOnly?>().FirstOrDefault() ?? coming.Cast<DateOnly?>().FirstOrDefault();
    }

    private static DateOnly? Day(int year, int month, int day) =>
        year is >= 2000 and <= 2100 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month) ? new DateOnly(year, month, day) : null;

    [GeneratedRegex(
        @"\b(?<iso>20\d\d-\d\d-\d\d)\b"
        + @"|\b(?<d>\d{1,2})\s?(?<sep>[/.-])\s?(?<m>\d{1,2})\s?\k<sep>\s?(?<y>20\d\d|\d\d)\b"
        + @"|(?<=\b(?:du|au|le|partir du|compter du)\s+)(?<d>\d{1,2})/(?<m>\d{1,2})\b(?!\s?[/h\d])"
        + @"|\b(?:(?<week>lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)\s+)?(?<d>1er|premier|\d{1,2})\s+"
        + @"(?<name>janv(?:ier)?|fevr?(?:ier)?|mars|avr(?:il)?|mai|juin|juil(?:let)?|aout|sept(?:embre)?|oct(?:obre)?|nov(?:embre)?|dec(?:embre)?)\b\.?(?:\s+(?<y>20\d\d))?",
        RegexOptions.CultureInvariant)]
    private static partial Regex Written();

    [GeneratedRegex(@"^,?\s*(?:et\s+)?(?:pour|pendant|durant|sur)\s+(?:une duree de\s+|environ\s+)?(?:\d{1,2}|un|une|deux|trois|quatre|cinq|six|neuf|douze)\s+(?:mois|semaines?|ans?|jours?)\b", RegexOptions.CultureInvariant)]
    private static partial Regex Length();

    [GeneratedRegex(@"\bdu (?<from>(?:(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche) )?(?<d0>1er|\d{1,2})) au (?=(?:(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche) )?\d{1,2}(?:er)? [a-z]{3})(?<end>)", RegexOptions.CultureInvariant)]
    private static partial Regex BareRange();

    // "lundi 4/01": the day of the week stands between the words and the date.
    [GeneratedRegex(@"\b(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)\s+$", RegexOptions.CultureInvariant)]
    private static partial Regex WeekDay();

    [GeneratedRegex(@"^\s*(?:jusqu'?\s?(?:a|au|en)|a (?:la )?(?:fin|mi)|a (?:debut )?(?:janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre))\b", RegexOptions.CultureInvariant)]
    private static partial Regex VagueEnd();

    [GeneratedRegex(@"^\s*,?\s*(?:inclus\s*)?(?:et\s+)?(?:jusqu'?\s?au|au|a|-|→|=>|->|>)\s*(?:le\s+)?$", RegexOptions.CultureInvariant)]
    private static partial Regex RangeLink();

    [GeneratedRegex(
        @"(?:a pourvoir(?: des)?|a (?:compter|partir) (?:du|de|d')|\bdes\b|demarr\w*|\bdebut\w*(?: (?:de (?:la |l')?|du |des |d')\w+)?|commen\w+|prise (?:de|du) (?:poste|service|fonctions?)|embauche|date d'(?:entree|embauche)|arrivee|entree(?: en (?:poste|fonctions?))?|ouverture du poste|recrutement|disponible|disponibilite|dispo|integration|mission|contrat|\bcdd|\bcdi|\bcddi|interim)"
        + @"\s*(?:prevue?s?|souhaitee?s?|estimee?s?|fixee?s?|immediate?|imperati\w+)?\s*[:(=]?\s*(?:a compter|a partir)?\s*(?:le|au|du|des le|des|pour le|pr|pour|vers le|de)?\s*$|\bdepart le\s*$|\b(?:vous|tu|il|elle|on|nous) (?:demarr|commenc|debut)\w+ (?:le )?$|\bperiode\s*:?\s*(?:du )?$|\b(?:pour|pr) (?:le )?$|\b(?:on|nous) (?:demarr|commen)\w+[^.\n]{0,30} $",
        RegexOptions.CultureInvariant)]
    private static partial Regex StartWords();

    [GeneratedRegex(@"(?:jusqu'?\s?(?:au|a)|\bfin\b(?: (?:de|du) \w+)?|termin\w*|echeance|s'acheve)\s*(?:prevue?s?|estimee?s?)?\s*[:(=]?\s*(?:le|au)?\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex EndWords();

    // Deadlines and meetings are days of something else.
    [GeneratedRegex(@"(?:avant|d'ici|plus tard|limite|reunion|visite|entretiens?|candidatures?|candidater|postuler|dossiers?|reponses?|repondre|notifie\w*|publie\w*|paru\w*|parution|diffus\w+|mise? a jour|forum|job ?dating|session|information collective|jury|cv|inscri\w+|offre (?:du|valable)|valable|cloture|depos\w+|recrutement collectif)\s*(?:\w+\s+){0,2}(?:de \w+\s*)?[:(]?\s*(?:jusqu'?\s?(?:au|a))?\s*(?:le|du|au)?\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex OtherWords();
}
