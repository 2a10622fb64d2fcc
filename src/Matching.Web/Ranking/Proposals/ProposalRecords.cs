using System.Data.Common;
using Dapper;
using Matching.Features;
using Matching.Rules;
using Matching.Web.Platform;

namespace Matching.Web.Ranking.Proposals;

/// <summary>The last proposal of a facilitator, with its proof.</summary>
public sealed record ProposalRun(DateTimeOffset ComputedAt, string ComputedFrom, string ModelVersion, int Postings, int Posts, int People, long Value, double Bound)
{
    public double Gap => Bound > 0 ? (Bound - Value) / Bound : 0;
}

/// <summary>Where the last proposal puts someone.</summary>
public sealed record Proposed(PostingId PostingId, string Title, PersonId PersonId, int Rank, int Score, double Price);

/// <summary>Reads and replaces the proposal of a facilitator.</summary>
public static class ProposalRecords
{
    private const int Limit = 20_000;

    public static Task<ProposalRun?> RunAsync(DbConnection db, OrganizationId facilitator, CancellationToken ct) => db.QuerySingleOrDefaultAsync<ProposalRun>(new CommandDefinition(
        "select computed_at, computed_from, model_version, postings, posts, people, value, bound from proposal_run where facilitator_id = @facilitator", new { facilitator }, cancellationToken: ct))!;

    /// <summary>By posting, the best placed in its list first.</summary>
    public static async Task<IReadOnlyList<Proposed>> AllAsync(DbConnection db, OrganizationId facilitator, CancellationToken ct) =>
    [
        .. await db.QueryAsync<Proposed>(new CommandDefinition(
            $"""
            select p.posting_id, o.title, p.person_id, p.rank, p.score, p.price from proposal p join posting o on o.id = p.posting_id
            where p.facilitator_id = @facilitator order by o.title, o.id, p.rank, p.person_id limit {Limit}
            """,
            new { facilitator }, cancellationToken: ct)),
    ];

    /// <summary>Of these people, those that the proposal gives to a posting; 200 at most.</summary>
    public static async Task<IReadOnlyList<Proposed>> OfPeopleAsync(DbConnection db, OrganizationId facilitator, IEnumerable<Guid> people, CancellationToken ct) =>
    [
        .. await db.QueryAsync<Proposed>(new CommandDefinition(
            $"""
            select p.posting_id, o.title, p.person_id, p.rank, p.score, p.price from proposal p join posting o on o.id = p.posting_id
            where p.facilitator_id = @facilitator and p.person_id {db.In("@ids")} order by p.person_id limit {JointProposals.MostTakers}
            """,
            new { facilitator, ids = people.Take(JointProposals.MostTakers).ToArray() }, cancellationToken: ct)),
    ];

    public static async Task ReplaceAsync(
        DbConnection db, DbTransaction tx, OrganizationId facilitator, ProposalRun run, JointProposal proposal, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(proposal);
        await db.ExecuteAsync(new CommandDefinition(
            """
            insert into proposal_run (facilitator_id, computed_at, computed_from, model_version, postings, posts, people, value, bound)
            values (@facilitator, @ComputedAt, @ComputedFrom, @ModelVersion, @Postings, @Posts, @People, @Value, @Bound)
            on conflict (facilitator_id) do update set computed_at = excluded.computed_at, computed_from = excluded.computed_from, model_version = excluded.model_version,
                postings = excluded.postings, posts = excluded.posts, people = excluded.people, value = excluded.value, bound = excluded.bound
            """,
            new { facilitator, run.ComputedAt, run.ComputedFrom, run.ModelVersion, run.Postings, run.Posts, run.People, run.Value, run.Bound }, tx, cancellationToken: ct));
        await db.ExecuteAsync(new CommandDefinition("delete from proposal where facilitator_id = @facilitator", new { facilitator }, tx, cancellationToken: ct));
        await db.ExecuteAsync(new CommandDefinition(
            """
            insert into proposal (facilitator_id, posting_id, person_id, rank, score, price)
            values (@facilitator, @Posting, @Person, @Rank, @Score, @Price)
            """,
            proposal.People.Select(it => new { facilitator, it.Posting, it.Person, it.Rank, it.Score, it.Price }), tx, cancellationToken: ct));
    }
}
