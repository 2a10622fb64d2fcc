using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Matching.Engine.Explanations;
using Matching.Features;
using Matching.Rules.Ranking;

namespace Matching.Web.Ranking;

/// <summary>A line of a list about to be shown. <paramref name="Side"/> is null in a list of one model.</summary>
public sealed record ListLine(RankedRow<PooledPerson> Row, DraftSide? Side);

/// <summary>What is shown for a posting: the order of the model in service or, while another alternates with it, what the two choose in turn.</summary>
/// <param name="Seed">Null in a list of one model.</param>
/// <param name="Shadow">What the model on trial would show, when it works in the shadow; never shown.</param>
public sealed record ListDraft(IReadOnlyList<ListLine> Lines, long? Seed, IReadOnlyList<RankedRow<PooledPerson>> Shadow)
{
    public static ListDraft Of(SearchedPosting found, Guid reader, int limit)
    {
        ArgumentNullException.ThrowIfNull(found);
        var own = found.Ranking.Top(limit);
        if (found.Trial is not { } trial)
        {
            return new ListDraft([.. own.Select(row => new ListLine(row, null))], null, []);
        }

        var others = trial.Top(limit);
        if (found.Models.TrialState != ModelState.Interleaved)
        {
            return new ListDraft([.. own.Select(row => new ListLine(row, null))], null, others);
        }

        // The same reader finds the same list again; another reader, or another pair of models, throws other coins.
        var seed = BinaryPrimitives.ReadInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes($"{found.Posting.Id} {reader} {found.Models.Model.Version} {found.Models.Trial!.Version}")));
        var drafted = TeamDraft.Of(own, others, row => row.Id, seed, limit);
        return new ListDraft([.. drafted.Select((it, at) => new ListLine(it.Item with { Rank = at + 1 }, it.Side))], seed, []);
    }
}
