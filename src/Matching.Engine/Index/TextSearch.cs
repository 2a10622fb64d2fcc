using Matching.Engine.Columns;
using Matching.Engine.Filters;
using Matching.Engine.Text;

namespace Matching.Engine.Index;

/// <summary>Searches the texts of one snapshot. Rows that hold none of the words are not found.</summary>
public sealed class TextSearch<TFacts>
{
    private readonly Snapshot<TFacts> _snapshot;
    private readonly IReadOnlyList<QueryWord> _words;
    private readonly TextScorer _scorer;

    public TextSearch(Snapshot<TFacts> snapshot, TextQuery query)
    {
        _snapshot = snapshot;
        var bm25 = new Bm25(snapshot.Segments);
        _words = QueryWords.Of(query, snapshot.Segments, bm25);
        _scorer = new TextScorer(bm25, _words);
    }

    /// <summary>
    /// The best rows that pass every filter, and how many were found in all. None for a limit of 0 or less. Equal scores
    /// are ordered by a hash of the id.
    /// </summary>
    public (IReadOnlyList<TextHit> Hits, int Found) Best(int limit, params IReadOnlyList<Filter> filters)
    {
        var kept = new PriorityQueue<TextHit, (double Score, IdHash Hash)>(Comparer<(double Score, IdHash Hash)>.Create(
            (one, other) => one.Score != other.Score ? one.Score.CompareTo(other.Score) : other.Hash.CompareTo(one.Hash)));
        var found = 0;
        var rows = RowScores.Rent(_snapshot.Segments.Count == 0 ? 0 : _snapshot.Segments.Max(view => view.Segment.Count));
        foreach (var view in _snapshot.Segments)
        {
            _scorer.Accumulate(view.Segment, FilterOutcome.Of(view.Segment, view.Live, filters, []).Passing, rows);
            found += rows.Touched.Length;
            foreach (var row in rows.Touched)
            {
                var score = rows.Scores[row];
                if (kept.Count == limit && (limit <= 0 || score < kept.Peek().Score))
                {
                    continue;
                }
                var id = view.Segment.Ids[row];
                kept.Enqueue(new TextHit(id, score), (score, IdHash.Mix(id, salt: 0)));
                if (kept.Count > limit)
                {
                    kept.Dequeue();
                }
            }
            rows.Clear();
        }
        rows.Return();
        var hits = new TextHit[kept.Count];
        for (var at = hits.Length - 1; at >= 0; at--)
        {
            hits[at] = kept.Dequeue();
        }
        return (hits, found);
    }

    /// <summary>The words this row holds and their points; null for an id the snapshot does not hold.</summary>
    public TextExplanation? Explain(Guid id)
    {
        if (_snapshot.Locate(id) is not (var segment, var row))
        {
            return null;
        }
        var (score, words) = _scorer.Explain(_snapshot.Segments[segment].Segment, row);
        return new TextExplanation(id, score, words);
    }

    /// <summary>The parts of any text that the query's words meet, in order, not overlapping.</summary>
    public IReadOnlyList<Highlight> Highlights(string text)
    {
        var stems = _words.SelectMany(word => word.Alternatives).SelectMany(way => way.Stems).ToHashSet(StringComparer.Ordinal);
        var spans = new List<Highlight>();
        foreach (var token in FrenchAnalyzer.Tokens(text).Where(token => stems.Contains(token.Stem)))
        {
            if (spans.Count == 0 || token.Start >= spans[^1].Start + spans[^1].Length)
            {
                spans.Add(new Highlight(token.Start, token.Length));
            }
        }
        return spans;
    }
}
