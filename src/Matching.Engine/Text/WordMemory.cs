namespace Matching.Engine.Text;

/// <summary>
/// What was already worked out about the words of earlier texts, so that reading many texts does not fold and stem each word
/// again. For one thread; a bound on what is kept makes odd texts cost time, not memory.
/// </summary>
internal sealed class WordMemory
{
    private const int MostWords = 1 << 17;

    private readonly Dictionary<string, KnownWord> _written = new(StringComparer.Ordinal);
    private readonly Dictionary<string, KnownWord>.AlternateLookup<ReadOnlySpan<char>> _writtenBySpan;
    private readonly Dictionary<string, KnownStem> _stems = new(StringComparer.Ordinal);

    public WordMemory() => _writtenBySpan = _written.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Filled again by each text.</summary>
    public List<Word> Words { get; } = [];

    /// <summary>Filled again by each text.</summary>
    public List<FoundStem> Found { get; } = [];

    /// <summary>A word as it is written, an elided article before it included.</summary>
    public KnownWord Of(ReadOnlySpan<char> written)
    {
        if (!_writtenBySpan.TryGetValue(written, out var known))
        {
            known = Text.Words.WithoutElision(written);
            if (_written.Count < MostWords)
            {
                _writtenBySpan[written] = known;
            }
        }
        return known;
    }

    public KnownStem StemOf(string text)
    {
        if (!_stems.TryGetValue(text, out var stem))
        {
            stem = new KnownStem(text);
            if (_stems.Count < MostWords)
            {
                _stems[text] = stem;
            }
        }
        return stem;
    }
}

/// <summary>A word folded, without its elided article: <paramref name="skipped"/> letters before it. Empty when what was written holds no word.</summary>
internal sealed class KnownWord(string folded, int skipped)
{
    private KnownStem? _stem;
    private bool _isStemmed;

    public string Folded { get; } = folded;

    public int Skipped { get; } = skipped;

    public bool IsNumber { get; } = folded.AsSpan().IndexOfAnyExceptInRange('0', '9') < 0;

    /// <summary>A letter and at least two digits: R482, R489.</summary>
    public bool IsCode { get; } = folded.Length >= 3 && char.IsAsciiLetter(folded[0]) && folded.AsSpan(1).IndexOfAnyExceptInRange('0', '9') < 0;

    public bool StartsWithDigit { get; } = folded.Length > 0 && char.IsAsciiDigit(folded[0]);

    /// <summary>Null for a stop word.</summary>
    public KnownStem? StemIn(WordMemory memory)
    {
        if (!_isStemmed)
        {
            (_stem, _isStemmed) = (FrenchAnalyzer.IsStopWord(Folded) ? null : memory.StemOf(FrenchStem.Of(Folded)), true);
        }
        return _stem;
    }
}

/// <summary>A stem, and its number in the index being made: -1 until it is given one.</summary>
internal sealed class KnownStem(string text)
{
    public string Text { get; } = text;

    public int Number { get; set; } = -1;
}

/// <summary>A stem and the span of the text it comes from (UTF-16 units).</summary>
internal readonly record struct FoundStem(KnownStem Stem, int Start, int Length);
