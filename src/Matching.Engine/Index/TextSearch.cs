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
    private readonly Bm25 _bm25;
    private readonly bool _isBlank;

    public TextSearch(Snapshot<TFacts> snapshot, TextQuery query)
    {
        _snapshot = snapshot;
        _isBlank = string.IsNullOrWhiteSpace(query.Text);
        _bm25 = new Bm25(snapshot.Segments);
        _words = QueryWords.Of(query, snapshot.Segments, _bm25);
        _scorer = new TextScorer(_bm25, _words);
    }

    /// <summary>
    /// The best rows that pass every filter, and how many were found in all. None for a limit of 0 or less. Equal scores
    /// are ordered by a hash of the id.
    /// </summary>
    public (IReadOnlyList<TextHit> Hits, int Found) Best(int limit, params IReadOnlyList<Filter> filters)
    {
        var best = new BestHits(limit);
        var rows = RowScores.Rent(MostRows());
        var bounded = limit <= BoundedSearch.MostHits && _scorer.OnlyStems() is { } stems ? new BoundedSearch(_bm25, stems) : null;
        foreach (var view in _snapshot.Segments)
        {
            var passing = FilterOutcome.Scope(view.Segment, view.Live, filters);
            if (bounded is not null)
            {
                bounded.AddBest(view.Segment, passing, rows, best);
                rows.Clear();
                continue;
            }
            _scorer.Accumulate(view.Segment, passing, rows);
            foreach (var row in rows.Touched)
            {
                best.Add(view.Segment.Ids[row], rows.Scores[row]);
            }
            rows.Clear();
        }
        rows.Return();
        return (best.Take(), best.Seen);
    }

    /// <summary>
    /// The best rows of the scope that pass every facet, with the counts of each facet. A query without any text finds the whole
    /// scope, so that facets can be walked; one whose words mean nothing finds nothing.
    /// </summary>
    public TextPage Page(int limit, IReadOnlyList<Filter> scope, IReadOnlyList<Facet> facets)
    {
        var best = new BestHits(limit);
        var rows = RowScores.Rent(MostRows());
        var counts = new int[facets.Sum(facet => facet.Values.Count)];
        foreach (var view in _snapshot.Segments)
        {
            var found = FilterOutcome.Scope(view.Segment, view.Live, scope);
            if (!_isBlank)
            {
                _scorer.Accumulate(view.Segment, found, rows);
                Array.Clear(found);
                foreach (var row in rows.Touched)
                {
                    Bitmap.Set(found, row);
                }
            }
            var bitmaps = new FacetBitmaps(view.Segment, found, facets);
            bitmaps.Count(found, counts);
            var passing = bitmaps.Passing(found, but: -1);
            foreach (var row in Bitmap.Rows(passing, Bitmap.Count(passing)))
            {
                best.Add(view.Segment.Ids[row], rows.Scores[row]);
            }
            rows.Clear();
        }
        rows.Return();
        var values = facets.SelectMany(facet => facet.Values, (facet, value) => (facet.Name, value.Filter));
        return new TextPage(best.Take(), best.Seen, [.. values.Select((it, at) => new FacetCount(it.Name, it.Filter.Name, counts[at]))]);
    }

    private int MostRows() => _snapshot.Segments.Count == 0 ? 0 : _snapshot.Segments.Max(view => view.Segment.Count);

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
