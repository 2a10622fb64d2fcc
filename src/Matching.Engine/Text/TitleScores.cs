using System.Collections.Concurrent;

namespace Matching.Engine.Text;

/// <summary>
/// How near each label is to a title, 0 to 1, from four readings: the words of the title that the label holds and the words of
/// the label that the title holds (rare words count more, near words in part), their letters (cosine of n-grams of 3 to 5),
/// and the first word, which names the trade.
/// </summary>
internal sealed class TitleScores
{
    // Chosen together on ROME titles left out of the labels; they sum to 1, so that a label equal to the title scores 1.
    private const float OfTitle = 0.4f;
    private const float OfLabel = 0.15f;
    private const float OfLetters = 0.35f;
    private const float OfFirstWord = 0.1f;
    private const float OfOtherWay = 0.9f;
    private const int ShortestPart = 3;
    private const int LongestPart = 5;

    private readonly IReadOnlyList<string[]> _stems;
    private readonly TermIndex _words;
    private readonly TermIndex _parts;
    private readonly WordNearness _nearness;
    private readonly int[] _firstWords;
    private readonly float[] _wordWeights;
    private readonly float[] _partNorms;
    private readonly ConcurrentBag<Readings> _spare = [];

    public TitleScores(IReadOnlyList<string[]> labels, RelatedWords related)
    {
        _stems = labels;
        _words = new TermIndex(labels);
        var parts = labels.Select(stems => WordParts.Of(stems, ShortestPart, LongestPart)).ToArray();
        _parts = new TermIndex(parts);
        _nearness = new WordNearness(_words, related);
        _firstWords = [.. labels.Select(stems => stems.Length == 0 ? -1 : _words.NumberOf(stems[0]))];
        _wordWeights = [.. labels.Select(stems => Math.Max(float.Epsilon, stems.Sum(stem => _words.Rarity(_words.NumberOf(stem)))))];
        _partNorms = Array.ConvertAll(parts, one => Norm([.. one.Select(_parts.NumberOf)]));
    }

    /// <summary>How much of what either label says the other says too, by count of their words: 1 for the same words.</summary>
    public float Shared(int one, int other)
    {
        var (mine, theirs) = (_stems[one], _stems[other]);
        var both = mine.Count(stem => Array.IndexOf(theirs, stem) >= 0);
        return both == 0 ? 0 : (float)both / (mine.Length + theirs.Length - both);
    }

    public bool Knows(string stem) => _words.NumberOf(stem) >= 0;

    /// <summary>The score of every label, in their order, valid until the action returns.</summary>
    /// <param name="ways">The title as it was said, then other ways to say it, which count a little less.</param>
    public TAnswer Read<TAnswer>(IReadOnlyList<string[]> ways, Func<float[], TAnswer> answer)
    {
        var readings = _spare.TryTake(out var spare) ? spare : new Readings(_firstWords.Length, _words.Terms.Count);
        try
        {
            for (var way = 0; way < ways.Count; way++)
            {
                ReadWords(ways[way], readings);
                ReadLetters(ways[way], readings.Letters);
                Keep(readings, way == 0 ? 1 : OfOtherWay);
                readings.ClearWay();
            }
            return answer(readings.Scores);
        }
        finally
        {
            readings.ClearWay();
            Array.Clear(readings.Scores);
            _spare.Add(readings);
        }
    }

    /// <summary>A label keeps the best of the ways to say the title.</summary>
    private void Keep(Readings readings, float weight)
    {
        for (var label = 0; label < readings.Scores.Length; label++)
        {
            var score = (OfTitle * readings.Title[label]) + (OfLabel * readings.Label[label] / _wordWeights[label])
                + (OfLetters * readings.Letters[label] / _partNorms[label]) + (OfFirstWord * readings.FirstWord[label]);
            // A little more than 1 may come from rounding.
            readings.Scores[label] = Math.Max(readings.Scores[label], weight * Math.Min(1, score));
        }
    }

    private void ReadWords(string[] stems, Readings readings)
    {
        var total = stems.Sum(stem => _words.Rarity(_words.NumberOf(stem)));
        for (var at = 0; at < stems.Length; at++)
        {
            var share = _words.Rarity(_words.NumberOf(stems[at])) / total;
            foreach (var (word, nearness) in _nearness.To(stems[at]))
            {
                if (readings.WordMet[word] == 0)
                {
                    readings.WordsMet.Add(word);
                }
                readings.WordMet[word] = Math.Max(readings.WordMet[word], nearness);
                foreach (var label in _words.HoldersOf(word))
                {
                    if (at == 0 && _firstWords[label] == word)
                    {
                        readings.FirstWord[label] = nearness;
                    }
                    // Only the nearest word of the label counts for a word of the title.
                    if (nearness > readings.Nearest[label])
                    {
                        readings.Title[label] += share * (nearness - readings.Nearest[label]);
                        readings.Nearest[label] = nearness;
                    }
                }
            }
            Array.Clear(readings.Nearest);
        }
        foreach (var word in readings.WordsMet)
        {
            var weight = _words.Rarity(word) * readings.WordMet[word];
            foreach (var label in _words.HoldersOf(word))
            {
                readings.Label[label] += weight;
            }
        }
    }

    private void ReadLetters(string[] stems, float[] letters)
    {
        var parts = Array.ConvertAll(WordParts.Of(stems, ShortestPart, LongestPart), _parts.NumberOf);
        var norm = Norm(parts);
        foreach (var part in parts)
        {
            if (part < 0)
            {
                continue;
            }
            var weight = _parts.Rarity(part) * _parts.Rarity(part) / norm;
            foreach (var label in _parts.HoldersOf(part))
            {
                letters[label] += weight;
            }
        }
    }

    private float Norm(int[] parts)
    {
        double sum = 0;
        foreach (var part in parts)
        {
            sum += _parts.Rarity(part) * _parts.Rarity(part);
        }
        return (float)Math.Max(float.Epsilon, Math.Sqrt(sum));
    }

    /// <summary>Room to score every label, used again from one title to the next.</summary>
    private sealed class Readings(int labels, int words)
    {
        public float[] Scores { get; } = new float[labels];

        public float[] Title { get; } = new float[labels];

        public float[] Label { get; } = new float[labels];

        public float[] Letters { get; } = new float[labels];

        public float[] FirstWord { get; } = new float[labels];

        public float[] Nearest { get; } = new float[labels];

        public float[] WordMet { get; } = new float[words];

        public List<int> WordsMet { get; } = [];

        public void ClearWay()
        {
            foreach (var values in new[] { Title, Label, Letters, FirstWord, Nearest, WordMet })
            {
                Array.Clear(values);
            }
            WordsMet.Clear();
        }
    }
}
