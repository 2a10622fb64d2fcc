using Matching.Engine.Columns;
using Matching.Engine.Filters;

namespace Matching.Engine.Index;

/// <summary>Texts alone, without columns: the store and the search of the ranking, seen as a text index.</summary>
public sealed class TextIndex : ITextIndex
{
    private readonly RowStore<TextDocument> _store = new(new RowSchema([]));

    public void Apply(IReadOnlyList<TextDocument> upserts, IReadOnlyList<Guid> deletions) => _store.Apply(
        [.. upserts.Select(document => new Row<TextDocument>(document.Id, [], [], [], document.Text, document))], deletions);

    public IReadOnlyList<TextHit> Search(TextQuery query, int limit, IReadOnlySet<Guid>? among = null) =>
        new TextSearch<TextDocument>(_store.Current, query)
            .Best(limit, among is null ? [] : [Filter.IdsOnly("among", among)]).Hits;

    public IReadOnlyList<double> Score(TextQuery query, IReadOnlyList<Guid> ids)
    {
        var search = new TextSearch<TextDocument>(_store.Current, query);
        return [.. ids.Select(id => search.Explain(id)?.Score ?? 0)];
    }

    public TextExplanation? Explain(TextQuery query, Guid id) => new TextSearch<TextDocument>(_store.Current, query).Explain(id);
}
