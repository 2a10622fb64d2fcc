namespace Matching.Engine.Index;

/// <summary>A text to be found, by id.</summary>
public sealed record TextDocument(Guid Id, string Text);

/// <summary>
/// What any text index must do, said by one set of tests so that another index can stand in its place. Scores are BM25 with
/// k1 = 1.2 and b = 0.75 over the documents present.
/// </summary>
public interface ITextIndex
{
    /// <summary>Deletes, then adds or replaces; visible to the next call.</summary>
    void Apply(IReadOnlyList<TextDocument> upserts, IReadOnlyList<Guid> deletions);

    /// <summary>The best documents, best first; only among the given ids when they are given.</summary>
    IReadOnlyList<TextHit> Search(TextQuery query, int limit, IReadOnlySet<Guid>? among = null);

    /// <summary>The score of each id, in their order; 0 when the id is unknown or holds no word.</summary>
    IReadOnlyList<double> Score(TextQuery query, IReadOnlyList<Guid> ids);

    /// <summary>Why a document scores what it scores; null when unknown.</summary>
    TextExplanation? Explain(TextQuery query, Guid id);
}
