namespace Matching.Engine.Text;

/// <summary>A stem and the span of the original text it comes from (UTF-16 units).</summary>
public readonly record struct Token(string Stem, int Start, int Length);

/// <summary>
/// French text to stems: folded, stop words dropped, number and gender removed. Codes stay whole: "CACES R482 A" gives
/// caces, r482 and r482a; "permis B" gives permi and permisb; "2x8" is one token.
/// </summary>
public static class FrenchAnalyzer
{
    /// <summary>Tokens kept of one text.</summary>
    public const int TokenLimit = 4096;

    private static readonly HashSet<string> StopWords =
    [
        .. ("a ai ainsi alors as au aucun aucune aussi autre autres aux avec avez avoir avons c ce cela ces cet cette ceux chaque chez "
        + "comme d dans de des donc dont du elle elles en encore entre es est et etaient etait ete etes etre eu h il ils j je l la le "
        + "les leur leurs lui m ma mais me meme mes moi mon n ne ni nos notre nous on ont ou par pas plus pour qu que quel quelle quelles "
        + "quels qui s sa se sera seront ses si soit sommes son sont sous suis sur t ta te tes toi ton tous tout toute toutes tres tu un "
        + "une vers vos votre vous y").Split(' '),
    ];

    /// <summary>Words that may stand between a code and its categories: "R482 catégories A et C".</summary>
    private static readonly HashSet<string> CategoryLinks = ["categorie", "categories", "cat", "et", "ou"];

    /// <summary>Never throws; an empty text, or only stop words, gives no token.</summary>
    public static IReadOnlyList<Token> Tokens(string text) =>
        [.. Stems(text, new WordMemory()).Select(found => new Token(found.Stem.Text, found.Start, found.Length))];

    /// <summary>The same, in the list of the memory: read them before the next text.</summary>
    internal static List<FoundStem> Stems(string text, WordMemory memory)
    {
        var words = Words.Of(text, memory);
        var found = memory.Found;
        found.Clear();
        for (var at = 0; at < words.Count && found.Count < TokenLimit; at++)
        {
            var word = words[at];
            if (word.Known.IsCode)
            {
                found.Add(new FoundStem(memory.StemOf(word.Text), word.Start, word.Length));
                at = AddCategories(memory, words, at, text);
            }
            else if (word.Text.Length == 1 && !word.IsNumber)
            {
                if (at > 0 && QualifiesPrevious(word, words[at - 1], text))
                {
                    found.Add(new FoundStem(memory.StemOf(words[at - 1].Text + word.Text), word.Start, word.Length));
                }
            }
            else if (word.Known.StemIn(memory) is { } stem)
            {
                found.Add(new FoundStem(stem, word.Start, word.Length));
            }
        }
        return found;
    }

    public static bool IsStopWord(string folded) => StopWords.Contains(folded);

    /// <summary>Adds one token for each category that follows the code; returns the position of the last word used.</summary>
    private static int AddCategories(WordMemory memory, List<Word> words, int code, string text)
    {
        var used = code;
        for (var at = code + 1; at < words.Count && at <= code + 12; at++)
        {
            var word = words[at];
            if (IsCategory(word, text))
            {
                memory.Found.Add(new FoundStem(memory.StemOf(words[code].Text + word.Text), word.Start, word.Length));
                used = at;
            }
            else if (!CategoryLinks.Contains(word.Text))
            {
                break;
            }
        }
        return used;
    }

    /// <summary>A, B1, 3, 1B; "à" is a preposition.</summary>
    private static bool IsCategory(Word word, string text) =>
        text[word.Start] is not ('à' or 'À')
        && (word.Text.Length == 1 || (word.Text.Length == 2 && word.Text.Any(char.IsAsciiDigit) && word.Text.Any(char.IsAsciiLetter)));

    /// <summary>
    /// A lone letter that names a kind of the word before ("permis B", "permis b"), not a preposition or a lost elision.
    /// </summary>
    private static bool QualifiesPrevious(Word letter, Word previous, string text)
    {
        var original = text[letter.Start];
        if (previous.Text.Length < 3 || StopWords.Contains(previous.Text) || !char.IsAsciiLetter(original))
        {
            return false;
        }
        if (original == 'A')
        {
            // "AIDE A DOMICILE" is written without accents: the letter is a preposition there.
            return !char.IsUpper(text[previous.Start + previous.Length - 1]);
        }
        return char.IsUpper(original) || !"adjlmnosty".Contains(original, StringComparison.Ordinal);
    }
}
