namespace Matching.Engine.Text;

/// <summary>
/// A light stem: number and gender only, so that "vendeuses" meets "vendeur" while "vente" stays itself. Verbs are left
/// alone: a wrong meeting costs more than a missed one when the list is about people. Works on folded words.
/// </summary>
public static class FrenchStem
{
    private const int ShortestStemmed = 4;
    private const int ShortestStem = 3;

    // Feminines that no ending rule reaches.
    private static readonly Dictionary<string, string> Irregular = new(StringComparer.Ordinal)
    {
        ["hotesse"] = "hot",
        ["hotesses"] = "hot",
        ["maitresse"] = "maitr",
        ["maitresses"] = "maitr",
        ["contremaitresse"] = "contremaitr",
        ["doctoresse"] = "docteu",
        ["yeux"] = "oeil",
        ["oeil"] = "oeil",
    };

    // The longest ending first; the first that fits is applied once. The number is the least length of the whole word.
    private static readonly (string Ending, string Becomes, int Least)[] Endings =
    [
        ("trice", "teu", 7), ("drice", "deu", 8),
        ("yaux", "yau", 6), ("eaux", "eau", 5), ("aux", "al", 6), ("ail", "al", 6),
        ("euse", "eu", 6), ("eure", "eu", 6), ("eur", "eu", 5), ("eux", "eu", 4), ("oux", "ou", 4), ("eau", "eau", 3),
        ("ive", "if", 5), ("que", "c", 8),
    ];

    /// <summary>The stem of a folded word; words with digits and words of three letters or fewer are their own stem.</summary>
    public static string Of(string word)
    {
        if (word.Length < ShortestStemmed || word.AsSpan().ContainsAnyInRange('0', '9'))
        {
            return word;
        }
        if (Irregular.TryGetValue(word, out var known))
        {
            return known;
        }
        var singular = word.EndsWith('s') && !word.EndsWith("ss", StringComparison.Ordinal) ? word[..^1] : word;
        foreach (var (ending, becomes, least) in Endings)
        {
            if (singular.Length >= least && singular.EndsWith(ending, StringComparison.Ordinal))
            {
                return singular[..^ending.Length] + becomes;
            }
        }
        return Masculine(singular);
    }

    /// <summary>Drops mute e's, then what the feminine had doubled or the masculine had lost ("maçonne", "française").</summary>
    private static string Masculine(string word)
    {
        var length = word.Length;
        while (length > ShortestStem && word[length - 1] == 'e')
        {
            length--;
        }
        if (length < word.Length && length > ShortestStem && word[length - 1] == word[length - 2] && word[length - 1] is 'n' or 'l' or 't' or 'f')
        {
            length--;
        }
        // "française" and "français" lose the s that the plural rule takes from the second; "casse" must not become "case".
        if (length > ShortestStem && word[length - 1] == 's' && word[length - 2] != 's')
        {
            length--;
        }
        return word[..length];
    }
}
