using System.Globalization;
using System.Text;

namespace Matching.Rules;

/// <summary>The form in which French names and labels are compared: lower case, no accents, words joined by single spaces.</summary>
public static class FrenchKey
{
    private const int OnStack = 128;

    /// <summary>The accented letters of French and its neighbours, each read once.</summary>
    private static readonly string[] Latin = [.. Enumerable.Range(0, 0x180).Select(c => Read((char)c))];

    /// <summary>"Saint-Ozille-sur-l’Ivrette" gives "saint ozille sur l ivrette"; "cœur" gives "coeur". Empty when no letter nor digit.</summary>
    public static string Of(string? text)
    {
        text ??= "";

        // Read for every word of a pool: no text is made for a letter. A ligature gives two letters.
        var key = text.Length <= OnStack ? stackalloc char[2 * OnStack] : new char[2 * text.Length];
        var length = 0;
        foreach (var c in text)
        {
            if (char.IsAsciiLetterOrDigit(c))
            {
                key[length++] = char.ToLowerInvariant(c);
            }
            else if (c >= 128 && Plain(c) is { Length: > 0 } plain && char.IsLetterOrDigit(plain[0]))
            {
                plain.CopyTo(key[length..]);
                length += plain.Length;
            }
            else if (length > 0 && key[length - 1] != ' ' && !IsMark(c))
            {
                key[length++] = ' ';
            }
        }

        return key[..length].TrimEnd(' ').ToString();
    }

    /// <summary>As <see cref="Of"/>, with the short forms of place names written in full: "St-Ozille s/ Ivrette" gives "saint ozille sur ivrette".</summary>
    public static string OfPlace(string? text)
    {
        var words = Of(text).Split(' ');
        for (var i = 0; i < words.Length; i++)
        {
            words[i] = words[i] switch { "st" => "saint", "ste" => "sainte", "s" when i > 0 => "sur", var word => word };
        }

        return string.Join(' ', words);
    }

    /// <summary>One letter in lower case without its accent; two for ligatures; "" for a combining mark.</summary>
    internal static string Plain(char c) => c < Latin.Length ? Latin[c] : Read(c);

    private static string Read(char c)
    {
        if (c < 128)
        {
            return char.ToLowerInvariant(c).ToString();
        }

        switch (c)
        {
            case 'œ' or 'Œ':
                return "oe";
            case 'æ' or 'Æ':
                return "ae";
            case '’' or '‘' or 'ʼ':
                return "'";
            case '\u00a0' or '\u202f' or '\u2009':
                return " ";
            case '–' or '—' or '‑' or '‐' or '−':
                return "-";
            default:
                if (IsMark(c) || char.IsSurrogate(c))
                {
                    return IsMark(c) ? "" : " ";
                }

                var first = c.ToString().Normalize(NormalizationForm.FormD)[0];
                return char.ToLowerInvariant(first).ToString();
        }
    }

    private static bool IsMark(char c) => CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.NonSpacingMark;
}
