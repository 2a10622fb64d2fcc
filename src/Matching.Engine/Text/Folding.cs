using System.Globalization;
using System.Text;

namespace Matching.Engine.Text;

/// <summary>One spelling for what people type in many: no case, no accent, no ligature, no full-width letter.</summary>
public static class Folding
{
    // French fits in the first 384 characters: normalising each letter on its own would be most of the cost of indexing.
    private static readonly string[] Known = [.. Enumerable.Range(0, 0x180).Select(code => FoldOne((char)code))];

    /// <summary>Folded text; characters that are neither letters nor digits are kept as they are.</summary>
    public static string Fold(ReadOnlySpan<char> text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var character in text)
        {
            folded.Append(character < Known.Length ? Known[character] : FoldOne(character));
        }
        return folded.ToString();
    }

    private static string FoldOne(char character)
    {
        switch (character)
        {
            case 'œ' or 'Œ':
                return "oe";
            case 'æ' or 'Æ':
                return "ae";
            case 'ß':
                return "ss";
            case '×':
                return "x";
        }
        // Half of a surrogate pair cannot be normalised alone, and the letters outside the basic plane are not French.
        return char.IsSurrogate(character)
            ? character.ToString()
            : new string([.. character.ToString().Normalize(NormalizationForm.FormKD)
                .Where(part => CharUnicodeInfo.GetUnicodeCategory(part) != UnicodeCategory.NonSpacingMark)
                .Select(char.ToLowerInvariant)]);
    }
}
