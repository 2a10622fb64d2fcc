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
/// Finds the labels nearest to a free text, by words, letters and the first word (see <see cref="TitleScores"/>). Gender is removed
/// by the stems, so "Boulanger / Boulangère" is one word. The same labels and text always give the same answer. Safe to use from
/// several threads.
/// </summary>
public sealed class TitleMatcher
{
    /// <summary>Characters read of a text; titles are shorter, and a pasted page must not cost more.</summary>
    public const int CharacterLimit = 300;

    /// <summary>From this confidence on, the first match is taken as known: right two times in three or more on titles nobody had seen.</summary>
    public const double KnownFrom = 0.6;

    private const float LeastNearness = 0.15f;
    private const int Sharing = 10;

    // Of a label written as the title is: others may have the same stems, or stand nearer to what its abbreviations mean.
    private const float AboveAll = 2;

    // Chosen on ROME titles whose right answer was another title of the same occupation.
    private const double Sameness = 0.75;

    /// <summary>Matches among which a varied answer chooses, for each that it gives.</summary>
    private const int ChosenAmong = 4;

    private readonly TitleLabel[] _labels;
    private readonly string[] _ids;
    private readonly int[] _idOfLabel;
    private readonly Synonyms _abbreviations;
    private readonly SamePhrases _same;
    private readonly ILookup<string, int> _labelsWritten;
    private readonly TitleScores _scores;

    /// <param name="abbreviations">What short forms mean ("AS", "aide-soignant").</param>
    /// <param name="related">Words that may stand for one another.</param>
    /// <param name="same">Phrases that name the same trade.</param>
    public TitleMatcher(IEnumerable<TitleLabel> labels, Synonyms? abbreviations = null, RelatedWords? related = null, SamePhrases? same = null)
    {
        _labels = [.. labels];
        _abbreviations = abbreviations ?? Synonyms.None;
        _same = same ?? SamePhrases.None;
        // Numbered in their own order, so that equal scores come in the order of the ids.
        _ids = [.. _labels.Select(label => label.Id).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        _idOfLabel = Array.ConvertAll(_labels, label => Array.BinarySearch(_ids, label.Id, StringComparer.Ordinal));
        _labelsWritten = Enumerable.Range(0, _labels.Length).ToLookup(label => Written(_labels[label].Text), StringComparer.Ordinal);
        _scores = new TitleScores(Array.ConvertAll(_labels, label => Stems(label.Text)), related ?? RelatedWords.None);
    }

    /// <summary>The nearest ids, <paramref name="limit"/> at most, a label that is written the same first. Never throws; a text without a near label has none.</summary>
    /// <param name="varied">
    /// A label that says again what one above it said comes lower, and so does its score: for lists where each label has an id of its own.
    /// </param>
    public TitleAnswer Match(string text, int limit = 5, bool varied = false)
    {
        var (stems, asWritten) = (Stems(Expanded(Read(text))), Written(text));
        var written = asWritten.Length == 0 ? [] : _labelsWritten[asWritten];
        if (_labels.Length == 0 || (stems.Length == 0 && !written.Any()))
        {
            return new TitleAnswer(Known: false, []);
        }
        var among = varied ? Math.Max(limit, (int)Math.Min(_labels.Length, (long)limit * ChosenAmong)) : limit;
        var nearest = _scores.Read(stems.Length == 0 ? [] : [stems, .. _same.OtherWays(stems, _scores.Knows)], scores =>
        {
            foreach (var label in written)
            {
                scores[label] = AboveAll;
            }
            return Nearest(scores, Math.Max(among, Sharing));
        });
        var rivals = nearest.Take(Sharing).Select(one => one.Score).ToArray();
        var matches = (varied ? Varied(nearest, limit) : nearest.Take(Math.Max(0, limit)).Select(one => (one.Label, one.Score, Shown: one.Score)))
            .Select(one => new TitleMatch(_labels[one.Label].Id, _labels[one.Label].Text, one.Shown, Math.Min(one.Shown, Confidence(one.Score, rivals)))).ToList();
        return new TitleAnswer(matches.Count > 0 && matches[0].Confidence >= KnownFrom, matches);
    }

    /// <summary>
    /// How likely a match is to be the right one, from its score and from its share among its rivals: a logistic regression fitted
    /// on ROME titles, half of them left out of the labels. Matches as good as one another share it.
    /// </summary>
    private static double Confidence(double score, double[] rivals)
    {
        const int Sharpness = 12;
        var share = Math.Pow(score, Sharpness) / rivals.Sum(rival => Math.Pow(rival, Sharpness));
        var likely = 1 / (1 + Math.Exp(2.4 - (6.5 * score) - (2.5 * Math.Log(share))));
        return Math.Min(score, likely) / Math.Max(1, rivals.Count(rival => Math.Abs(rival - score) < 1e-6));
    }

    /// <summary>One after the other, the label that is nearest and says something else than those before it.</summary>
    private List<(int Label, double Score, double Shown)> Varied(List<(int Label, double Score)> nearest, int limit)
    {
        var left = nearest.Select(one => (one.Label, one.Score, Same: 0f)).ToList();
        var chosen = new List<(int, double, double)>();
        // The scores squared are those of the labels: the root was taken to be shown.
        static double Lowered((int Label, double Score, float Same) one) => one.Score * Math.Sqrt(1 - (Sameness * one.Same * one.Same));
        while (chosen.Count < limit && left.Count > 0)
        {
            var best = 0;
            for (var at = 1; at < left.Count; at++)
            {
                best = Lowered(left[at]) > Lowered(left[best]) ? at : best;
            }
            var (label, score, _) = left[best];
            chosen.Add((label, score, Lowered(left[best])));
            left.RemoveAt(best);
            for (var at = 0; at < left.Count; at++)
            {
                left[at] = left[at] with { Same = Math.Max(left[at].Same, _scores.Shared(label, left[at].Label)) };
            }
        }
        return chosen;
    }

    /// <summary>The best label of each id, best first.</summary>
    private List<(int Label, double Score)> Nearest(float[] scores, int limit)
    {
        var bestLabels = new int[_ids.Length];
        var best = new PriorityQueue<int, (float Score, int Id)>(Comparer<(float Score, int Id)>.Create(
            (one, other) => one.Score != other.Score ? one.Score.CompareTo(other.Score) : other.Id.CompareTo(one.Id)));
        for (var label = 0; label < scores.Length; label++)
        {
            ref var known = ref bestLabels[_idOfLabel[label]];
            if (scores[label] >= LeastNearness && (known == 0 || scores[label] > scores[known - 1]))
            {
                known = label + 1;
            }
        }
        for (var id = 0; id < bestLabels.Length; id++)
        {
            if (bestLabels[id] == 0)
            {
                continue;
            }
            var label = bestLabels[id] - 1;
            if (best.Count < limit)
            {
                best.Enqueue(label, (scores[label], id));
            }
            else
            {
                best.EnqueueDequeue(label, (scores[label], id));
            }
        }
        var sorted = new (int Label, double Score)[best.Count];
        for (var at = sorted.Length - 1; at >= 0; at--)
        {
            var label = best.Dequeue();
            // The root spreads the low end, where most titles that nobody knows yet stand; the order is the same.
            sorted[at] = (label, Math.Sqrt(Math.Min(1, scores[label])));
        }
        return [.. sorted];
    }

    /// <summary>Abbreviations followed by what they mean; those that no label uses are replaced.</summary>
    private string Expanded(string text)
    {
        text = GenderMarks.Without(text);
        var words = Words.Of(text);
        var parts = new List<string>();
        for (var at = 0; at < words.Count;)
        {
            var meanings = _abbreviations.At(words, at).ToList();
            var count = meanings.Count == 0 ? 1 : meanings.Max(one => one.WordCount);
            var known = _scores.Knows(FrenchStem.Of(words[at].Text));
            if (meanings.Count == 0 || known)
            {
                parts.Add(text.Substring(words[at].Start, words[at + count - 1].Start + words[at + count - 1].Length - words[at].Start));
            }
            parts.AddRange(meanings.Where(one => one.WordCount == count).Select(one => one.Meant));
            at += count;
        }
        return string.Join(' ', parts);
    }

    private static string Read(string text) => text.Length > CharacterLimit ? text[..CharacterLimit] : text;

    /// <summary>What two texts have in common that are written the same, but for case and accents.</summary>
    private static string Written(string text) => Folding.Fold(Read(text).AsSpan().Trim());

    private static string[] Stems(string text) =>
        [.. FrenchAnalyzer.Tokens(GenderMarks.Without(text)).Select(token => token.Stem).Distinct(StringComparer.Ordinal)];
}
