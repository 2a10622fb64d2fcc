namespace Matching.Engine.Text;

/// <summary>
/// What was already worked out about the words of earlier texts, so that reading many texts does not fold and stem each word
/// again. For one thread; a bound on what is kept makes odd texts cost time, not memory.
/// </summary>
internal sealed class WordMemory
{
    private const int MostWords = 1 << 17;

    private readonly Dictionary<string, (string Folded, int Skipped)> _folded = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (string Folded, int Skipped)>.AlternateLookup<ReadOnlySpan<char>> _foldedBySpan;
    private readonly Dictionary<string, string?> _stems = new(StringComparer.Ordinal);

    public WordMemory() => _foldedBySpan = _folded.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Filled again by each text.</summary>
    public List<Word> Words { get; } = [];

    /// <summary>Filled again by each text.</summary>
    public List<Token> Tokens { get; } = [];

    /// <summary>The folded word without its elided article, and the letters of the article; an empty word is none.</summary>
    public (string Folded, int Skipped) Fold(ReadOnlySpan<char> written)
    {
        if (!_foldedBySpan.TryGetValue(written, out var known))
        {
            known = Text.Words.WithoutElision(written);
            if (_folded.Count < MostWords)
            {
                _foldedBySpan[written] = known;
            }
        }
        return known;
    }

    /// <summary>Null for a stop word.</summary>
    public string? StemOf(string folded)
    {
        if (!_stems.TryGetValue(folded, out var stem))
        {
            stem = FrenchAnalyzer.IsStopWord(folded) ? null : FrenchStem.Of(folded);
            if (_stems.Count < MostWords)
            {
                _stems[folded] = stem;
            }
        }
        return stem;
    }
}
