using System.Data.Common;
using Dapper;
using Matching.Features;
using Matching.Rules;
using Matching.Rules.Preselection;
using Matching.Web.Platform;

namespace Matching.Web.Ranking.Proposals;

/// <summary>Computes the proposal of a facilitator over its open postings together, when what it was computed from has changed.</summary>
public sealed class ProposalComputer(Database database, CandidateSearch search, ActiveModel active, ChangeFeed feed, FrenchCalendar calendar) : IDisposable
{
    private const int MostPostings = 500;

    // One at a time: what was read last is what is kept.
    private readonly SemaphoreSlim turn = new(1, 1);

    /// <summary>The run in force: the last one, or a new one when it is out of date or asked for.</summary>
    public async Task<ProposalRun> CurrentAsync(OrganizationId facilitator, bool again, CancellationToken ct)
    {
        await turn.WaitAsync(ct);
        try
        {
            return await ComputeAsync(facilitator, again, ct);
        }
        finally
        {
            turn.Release();
        }
    }

    public void Dispose() => turn.Dispose();

    private async Task<ProposalRun> ComputeAsync(OrganizationId facilitator, bool again, CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        var from = await StateAsync(db, facilitator, ct);
        if (!again && await ProposalRecords.RunAsync(db, facilitator, ct) is { } last && last.ComputedFrom == from)
        {
            return last;
        }

        var posts = new List<OpenPost>();
        var trainings = search.NewTrainings();
        foreach (var (id, _, left) in await PostingsAsync(db, facilitator, ct))
        {
            if (left > 0 && await search.RunAsync(db, id, facilitator, trainings, ct) is { } found)
            {
                // Whom a person has set aside for this posting is not proposed again.
                posts.Add(new OpenPost(id.Value, left, [.. found.Ranking.Top(JointProposals.MostTakers)
                    .Where(row => !found.StatesHere.TryGetValue(row.Id, out var state) || state.IsPending())
                    .Select(row => new PossibleTaker(row.Id, row.Rank, row.Score))]));
            }
        }

        var model = active.Model;
        var proposal = JointProposals.Of(posts, model.LowestScore);
        var run = new ProposalRun(
            calendar.Now, from, model.Version, posts.Count, posts.Sum(post => post.Posts), posts.SelectMany(post => post.Takers.Select(taker => taker.Person)).Distinct().Count(), proposal.Value, proposal.Bound);
        await database.WriteAsync((connection, tx) => ProposalRecords.ReplaceAsync(connection, tx, facilitator, run, proposal, ct), ct);
        return run;
    }

    // Everything that a list depends on: the day, the model, the people, the postings, and what was decided.
    private async Task<string> StateAsync(DbConnection db, OrganizationId facilitator, CancellationToken ct)
    {
        var people = await feed.MarkAsync(db, ct);
        var decided = await db.QuerySingleAsync<(int Count, string? Last)>(new CommandDefinition(
            "select cast(count(*) as integer), cast(max(updated_at) as text) from preselection where facilitator_id = @facilitator", new { facilitator }, cancellationToken: ct));
        var postings = await PostingsAsync(db, facilitator, ct);
        var model = (await active.CurrentAsync(db, ct)).Model.Version;
        return $"{calendar.Today:yyyyMMdd} {model} {people} {decided.Count}.{decided.Last} {string.Join(' ', postings.Select(it => $"{it.Id}.{it.Version}.{it.Left}"))}";
    }

    private static async Task<IReadOnlyList<(PostingId Id, int Version, int Left)>> PostingsAsync(DbConnection db, OrganizationId facilitator, CancellationToken ct) =>
    [
        .. (await db.QueryAsync<(PostingId Id, int Version, int Posts, int Hired)>(new CommandDefinition(
            """
            select o.id, o.version, o.posts, cast((select count(*) from preselection p where p.posting_id = o.id and p.state = @hired) as integer)
            from posting o where o.facilitator_id = @facilitator and o.state = 'PUBLISHED' order by o.id limit @MostPostings
            """,
            new { facilitator, MostPostings, hired = PreselectionState.Hired.Code() }, cancellationToken: ct)))
            .Select(row => (row.Id, row.Version, Math.Max(0, row.Posts - row.Hired))),
    ];
}
