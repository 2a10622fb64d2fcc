using System.Text;

namespace Matching.Engine.Text;

/// <summary>
/// What is added to a title to say both genders at once: "conducteur(trice)", "employé·e·s", "vendeur/euse", "H/F". Read as words
/// they would be rare ones that no label holds.
/// </summary>
internal static class GenderMarks
{
    private const int LongestEnding = 6;

    private static readonly HashSet<string> Endings = new(StringComparer.Ordinal)
    {
        "e", "es", "ee", "ees", "s", "ne", "nes", "enne", "ennes", "le", "les", "elle", "te", "tes", "ette", "se", "ses", "euse", "euses", "rice", "rices",
        "trice", "trices", "drice", "ere", "eres", "iere", "ieres", "re", "esse", "esses", "fe", "ve", "ive", "ives", "onne", "ienne", "iennes", "eure", "eures",
    };

    public static string Without(string text)
    {
        if (text.AsSpan().IndexOfAny("(·•/-") < 0)
        {
            return text;
        }
        var kept = new StringBuilder(text.Length);
        for (var at = 0; at < text.Length;)
        {
            var end = at > 0 && char.IsLetter(text[at - 1]) && text[at] is ('(' or '·' or '•' or '/') ? EndingFrom(text, at) : at;
            end = IsEither(text, at) ? at + 3 : end;
            if (end > at)
            {
                at = end;
                continue;
            }
            kept.Append(text[at]);
            at++;
        }
        return kept.ToString();
    }

    /// <summary>H/F, F/H.</summary>
    private static bool IsEither(string text, int at) =>
        at + 2 < text.Length && text[at + 1] is ('/' or '-') && (char.ToUpperInvariant(text[at]), char.ToUpperInvariant(text[at + 2])) is ('H', 'F') or ('F', 'H')
        && (at == 0 || !char.IsLetter(text[at - 1])) && (at + 3 == text.Length || !char.IsLetter(text[at + 3]));

    /// <summary>Where the ending that starts with this mark stops; the mark itself when none does.</summary>
    private static int EndingFrom(string text, int mark)
    {
        var end = mark + 1;
        while (end < text.Length && end <= mark + LongestEnding && char.IsLetter(text[end]))
        {
            end++;
        }
        var closed = text[mark] == '(' ? end < text.Length && text[end] == ')' : end == text.Length || !char.IsLetter(text[end]);
        return closed && end > mark + 1 && Endings.Contains(Folding.Fold(text.AsSpan(mark + 1, end - mark - 1))) ? (text[mark] == '(' ? end + 1 : end) : mark;
    }
}
