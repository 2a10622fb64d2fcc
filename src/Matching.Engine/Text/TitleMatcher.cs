namespace Matching.Engine.Text;

/// <summary>A text that stands for an id. Several labels may share an id.</summary>
public sealed record TitleLabel(string Id, string Text);

/// <summary>
/// The best label of an id. <paramref name="Score"/> (0 to 1) is how near it is; <paramref name="Confidence"/> (0 to 1) also
/// counts how far the other ids are: two equal candidates share it.
/// </summary>
public sealed record TitleMatch(string Id, string Label, double Score, double Confidence);

/// <summary>Best first. When <paramref name="Known"/> is false the honest answer is "je ne sais pas", candidates or not.</summary>
public sealed record TitleAnswer(bool Known, IReadOnlyList<TitleMatch> Matches);

/// <summary>
/// Finds the labels nearest to a free text: BM25 over stems, and cosine over character n-grams of 3 to 5 within stems for
/// typing errors and compounds, in equal parts. Gender is removed by the stems, so "Boulanger / Boulangère" is one word.
/// The same labels and text always give the same answer. Safe to use from several threads.
/// </summary>
public sealed class TitleMatcher
{
    /// <summary>Characters read of a text; titles are shorter, and a pasted page must not cost more.</summary>
    public const int CharacterLimit = 300;

    /// <summary>From this confidence on, the first match is taken as known.</summary>
    public const double KnownFrom = 0.4;

    private const double K1 = 1.2;
    private const double B = 0.75;
    private const double LeastScore = 0.1;
    private const int Sharing = 10;
    private const double Sharpness = 12;

    private readonly TitleLabel[] _labels;
    private readonly Synonyms _abbreviations;
    private readonly LabelTerms _words;
    private readonly LabelTerms _grams;
    private readonly double[] _lengthPenalties;
    private readonly double[] _gramNorms;

    public TitleMatcher(IEnumerable<TitleLabel> labels, Synonyms? abbreviations = null)
    {
        _labels = [.. labels];
        _abbreviations = abbreviations ?? Synonyms.None;
        var stems = Array.ConvertAll(_labels, label => Stems(label.Text));
        var grams = Array.ConvertAll(stems, Grams);
        _words = new LabelTerms(stems);
        _grams = new LabelTerms(grams);
        var mean = stems.Length == 0 ? 1 : Math.Max(1, stems.Average(one => one.Length));
        _lengthPenalties = Array.ConvertAll(stems, one => K1 * (1 - B + (B * one.Length / mean)));
        _gramNorms = Array.ConvertAll(grams, one => Norm(one, _grams));
    }

    /// <summary>The nearest ids, <paramref name="limit"/> at most. Never throws; a text without a near label has none.</summary>
    public TitleAnswer Match(string text, int limit = 5)
    {
        var stems = Stems(Expanded(text.Length > CharacterLimit ? text[..CharacterLimit] : text));
        if (stems.Length == 0 || _labels.Length == 0)
        {
            return new TitleAnswer(Known: false, []);
        }
        var scores = Fuse(stems);
        var bestLabel = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var label = 0; label < scores.Length; label++)
        {
            if (scores[label] >= LeastScore
                && (!bestLabel.TryGetValue(_labels[label].Id, out var other) || scores[label] > scores[other]))
            {
                bestLabel[_labels[label].Id] = label;
            }
        }
        var nearest = bestLabel.Values
            .OrderByDescending(label => scores[label]).ThenBy(label => _labels[label].Id, StringComparer.Ordinal)
            .Take(Math.Max(limit, Sharing)).ToList();
        // Raised to a power, near-ties share the confidence and clear winners keep it.
        var shared = nearest.Take(Sharing).Sum(label => Math.Pow(scores[label], Sharpness));
        var matches = nearest.Take(Math.Max(0, limit)).Select(label => new TitleMatch(
            _labels[label].Id,
            _labels[label].Text,
            scores[label],
            scores[label] * Math.Pow(scores[label], Sharpness) / shared)).ToList();
        return new TitleAnswer(matches.Count > 0 && matches[0].Confidence >= KnownFrom, matches);
    }

    private double[] Fuse(string[] stems)
    {
        var scores = new double[_labels.Length];
        // A label of mean length holding every word scores 1 on words; shorter ones would pass 1 and are capped.
        var allWords = stems.Sum(_words.Rarity);
        foreach (var stem in stems)
        {
            var points = _words.Rarity(stem) * (K1 + 1) / allWords;
            foreach (var label in _words.LabelsWith(stem))
            {
                scores[label] += points / (1 + _lengthPenalties[label]);
            }
        }
        for (var label = 0; label < scores.Length; label++)
        {
            scores[label] = Math.Min(1, scores[label]) / 2;
        }
        var grams = Grams(stems);
        var norm = Norm(grams, _grams);
        foreach (var gram in grams)
        {
            var rarity = _grams.Rarity(gram);
            var points = rarity * rarity / norm / 2;
            foreach (var label in _grams.LabelsWith(gram))
            {
                scores[label] += points / _gramNorms[label];
            }
        }
        return scores;
    }

    /// <summary>Abbreviations followed by what they mean; those that no label uses are replaced.</summary>
    private string Expanded(string text)
    {
        var words = Words.Of(text);
        var parts = new List<string>();
        for (var at = 0; at < words.Count;)
        {
            var meanings = _abbreviations.At(words, at).ToList();
            var count = meanings.Count == 0 ? 1 : meanings.Max(one => one.WordCount);
            var known = _words.Knows(FrenchStem.Of(words[at].Text));
            if (meanings.Count == 0 || known)
            {
                parts.Add(text.Substring(words[at].Start, words[at + count - 1].Start + words[at + count - 1].Length - words[at].Start));
            }
            parts.AddRange(meanings.Where(one => one.WordCount == count).Select(one => one.Meant));
            at += count;
        }
        return string.Join(' ', parts);
    }

    private static string[] Stems(string text) =>
        [.. FrenchAnalyzer.Tokens(text).Select(token => token.Stem).Distinct(StringComparer.Ordinal)];

    private static string[] Grams(string[] stems)
    {
        var grams = new HashSet<string>(StringComparer.Ordinal);
        foreach (var stem in stems)
        {
            var marked = $"_{stem}_";
            for (var length = 3; length <= 5; length++)
            {
                for (var at = 0; at + length <= marked.Length; at++)
                {
                    grams.Add(marked.Substring(at, length));
                }
            }
        }
        return [.. grams];
    }

    private static double Norm(string[] grams, LabelTerms terms)
    {
        double sum = 0;
        foreach (var gram in grams)
        {
            sum += terms.Rarity(gram) * terms.Rarity(gram);
        }
        return Math.Max(double.Epsilon, Math.Sqrt(sum));
    }
}
