using System.Globalization;

namespace Matching.Engine.Text;

/// <summary>A folded word and where it stands in the original text (UTF-16 units).</summary>
internal readonly record struct Word(KnownWord Known, int Start, int Length)
{
    public string Text => Known.Folded;

    public bool IsNumber => Known.IsNumber;
}

/// <summary>Cuts a text into folded words: apostrophes, hyphens, codes and shift patterns as French writes them.</summary>
internal static class Words
{
    /// <summary>Longer texts are read up to here: nobody's own words are longer, and a pasted file must not stall an index.</summary>
    public const int CharacterLimit = 20_000;

    private static readonly HashSet<string> Elided =
        ["l", "d", "j", "m", "t", "s", "n", "c", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu", "quelqu", "presqu"];

    public static List<Word> Of(string text) => Of(text, new WordMemory());

    /// <summary>The words of a text, in the list of the memory unless parts were joined.</summary>
    public static List<Word> Of(string text, WordMemory memory)
    {
        var words = memory.Words;
        words.Clear();
        var end = Math.Min(text.Length, CharacterLimit);
        var numbers = false;
        for (var at = 0; at < end;)
        {
            if (!IsWordCharacter(text, at, end))
            {
                at++;
                continue;
            }
            var start = at;
            while (at < end && (IsAlwaysInside(text[at]) || IsWordCharacter(text, at, end)))
            {
                at++;
            }
            var known = memory.Of(text.AsSpan(start, at - start));
            if (known.Folded.Length > 0)
            {
                words.Add(new Word(known, start + known.Skipped, at - start - known.Skipped));
                numbers |= known.StartsWithDigit;
            }
        }
        return numbers ? JoinParts(words, text) : words;
    }

    /// <summary>What most letters of a text are, asked first.</summary>
    private static bool IsAlwaysInside(char character) => (uint)((character | 0x20) - 'a') <= 'z' - 'a';

    private static bool IsWordCharacter(string text, int at, int end)
    {
        var character = text[at];
        if (character == ' ')
        {
            return false;
        }
        if (char.IsLetterOrDigit(character))
        {
            return true;
        }
        var category = char.GetUnicodeCategory(character);
        if (category is UnicodeCategory.NonSpacingMark)
        {
            return at > 0 && char.IsLetter(text[at - 1]);
        }
        var inside = at > 0 && at + 1 < end;
        return inside && (IsApostrophe(character)
            ? char.IsLetter(text[at - 1]) && char.IsLetterOrDigit(text[at + 1])
            : character is '×' or '*' && char.IsDigit(text[at - 1]) && char.IsDigit(text[at + 1]));
    }

    private static bool IsApostrophe(char character) => character is '\'' or '’' or 'ʼ' or '′' or '`';

    /// <summary>Drops elided articles ("l'atelier"); other apostrophes are inside one word ("aujourd'hui").</summary>
    public static KnownWord WithoutElision(ReadOnlySpan<char> written)
    {
        var start = 0;
        for (var at = 0; at < written.Length; at++)
        {
            if (IsApostrophe(written[at]) && Elided.Contains(Folding.Fold(written[start..at])))
            {
                start = at + 1;
            }
        }
        var folded = Folding.Fold(written[start..]);
        if (!folded.All(char.IsLetterOrDigit))
        {
            folded = new string([.. folded.Replace('*', 'x').Where(char.IsLetterOrDigit)]);
        }
        return new KnownWord(folded, start);
    }

    /// <summary>"R 482" and "R.482" are R482; "2 x 8" is 2x8.</summary>
    private static List<Word> JoinParts(List<Word> words, string text)
    {
        var joined = new List<Word>(words.Count);
        for (var at = 0; at < words.Count; at++)
        {
            var word = words[at];
            if (at + 2 < words.Count && word.IsNumber && words[at + 1].Text == "x" && words[at + 2].IsNumber)
            {
                joined.Add(Span(word, words[at + 2], $"{word.Text}x{words[at + 2].Text}"));
                at += 2;
            }
            else if (at + 1 < words.Count && IsCodeLetter(word) && words[at + 1] is { IsNumber: true, Text.Length: >= 3 } number
                && number.Start == word.Start + word.Length + 1 && text[number.Start - 1] is ' ' or '.' or '\u00A0' or '-')
            {
                joined.Add(Span(word, number, word.Text + number.Text));
                at++;
            }
            else
            {
                joined.Add(word);
            }
        }
        return joined;
    }

    private static bool IsCodeLetter(Word word) => word.Text.Length == 1 && char.IsAsciiLetter(word.Text[0]) && word.Text != "a";

    private static Word Span(Word first, Word last, string text) => new(new KnownWord(text, 0), first.Start, last.Start + last.Length - first.Start);
}
