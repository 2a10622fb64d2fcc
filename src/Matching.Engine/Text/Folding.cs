using System.Globalization;
using System.Text;

namespace Matching.Engine.Text;

/// <summary>One spelling for what people type in many: no case, no accent, no ligature, no full-width letter.</summary>
public static class Folding
{
    /// <summary>Folded text; characters that are neither letters nor digits are kept as they are.</summary>
    public static string Fold(ReadOnlySpan<char> text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var character in text)
        {
            Append(folded, character);
        }
        return folded.ToString();
    }

    private static void Append(StringBuilder folded, char character)
    {
        if (char.IsAscii(character))
        {
            folded.Append(char.ToLowerInvariant(character));
            return;
        }
        switch (character)
        {
            case 'œ' or 'Œ':
                folded.Append("oe");
                return;
            case 'æ' or 'Æ':
                folded.Append("ae");
                return;
            case 'ß':
                folded.Append("ss");
                return;
            case '×':
                folded.Append('x');
                return;
        }
        if (char.IsSurrogate(character))
        {
            // Half of a pair cannot be normalised alone, and the letters outside the basic plane are not French.
            folded.Append(character);
            return;
        }
        foreach (var part in character.ToString().Normalize(NormalizationForm.FormKD))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(part) != UnicodeCategory.NonSpacingMark)
            {
                folded.Append(char.ToLowerInvariant(part));
            }
        }
    }
}
