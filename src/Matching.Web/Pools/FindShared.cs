using System.Data.Common;
using Dapper;
using Matching.Rules;
using Matching.Rules.People;
using Matching.Web.Platform;
using MediatR;

namespace Matching.Web.Pools;

/// <summary>
/// GET /viviers/partages: people of one's pool whom another structure seems to follow too, for both are published under the same names and birth date.
/// A structure reads its own record and the name of the other structure, nothing else.
/// </summary>
public static class FindShared
{
    private const int ShownAtOnce = 30;
    private const int RowsLookedAt = 200_000;

    public sealed record Query(OrganizationId Pool) : IRequest<Answer>;

    public sealed record Answer(IReadOnlyList<Pair> Open, int OpenCount, IReadOnlyList<Pair> Answered);

    /// <param name="Id">One's own record.</param>
    /// <param name="OtherId">The record of the other structure: an id, and nothing that it names.</param>
    /// <param name="Said">What this structure answered: OUI, NON or null.</param>
    /// <param name="IsLinked">Both said yes.</param>
    public sealed record Pair(Guid Id, Guid OtherId, string FullName, string Reference, string OtherStructure, string? Said, DateTimeOffset? At, string? By, bool IsLinked);

    public static void Map(IEndpointRouteBuilder app) => app.MapGet("/viviers/partages", async (SignedIn me, IMediator mediator, CancellationToken ct) =>
        Page.Of<FindSharedPage>(new { Shared = await mediator.Send(new Query(me.OrganizationId), ct) })).RequireAuthorization(Policies.Structure);

    /// <summary>The pairs of a pool that may be one person; the names are compared as in one pool.</summary>
    internal static async Task<IReadOnlyList<Pair>> PairsAsync(DbConnection db, DbTransaction? tx, OrganizationId pool, Guid? own, CancellationToken ct)
    {
        // Whoever is asked about is published by both: nobody learns of a person whom a structure keeps to itself.
        var rows = await db.QueryAsync<Row>(new CommandDefinition(
            $"""
            select a.id, b.id as other_id, a.last_name, a.first_name, b.last_name as other_last, b.first_name as other_first, a.reference, o.name as other_structure,
                f.first_answer, f.first_at, f.first_by, f.second_answer, f.second_at, f.second_by, case when f.first_id = a.id then 1 else 0 end as is_first
            from person a
            join person b on b.birth_date = a.birth_date and b.organization_id <> a.organization_id and b.published_at is not null and b.withdrawn_at is null
            join organization o on o.id = b.organization_id
            left join shared_person f on (f.first_id = a.id and f.second_id = b.id) or (f.first_id = b.id and f.second_id = a.id)
            where a.organization_id = @pool and (a.id = @own or @own is null) and a.published_at is not null and a.withdrawn_at is null
            order by a.last_name, a.first_name, a.id, b.id limit {RowsLookedAt}
            """,
            new { pool, own }, tx, cancellationToken: ct));
        return [.. rows.Where(row => ProbableDuplicates.NamesKey(row.LastName, row.FirstName) == ProbableDuplicates.NamesKey(row.OtherLast, row.OtherFirst)).Select(row => row.ToPair())];
    }

    public sealed class Handler(Database database) : IRequestHandler<Query, Answer>
    {
        public async Task<Answer> Handle(Query request, CancellationToken cancellationToken)
        {
            await using var db = await database.OpenAsync(cancellationToken);
            var pairs = await PairsAsync(db, null, request.Pool, null, cancellationToken);
            var open = pairs.Where(pair => pair.Said is null).ToList();
            return new Answer([.. open.Take(ShownAtOnce)], open.Count, [.. pairs.Where(pair => pair.Said is not null).OrderByDescending(pair => pair.At).Take(ShownAtOnce * 4)]);
        }
    }

    private sealed class Row
    {
        public Guid Id { get; init; }
        public Guid OtherId { get; init; }
        public string LastName { get; init; } = "";
        public string FirstName { get; init; } = "";
        public string OtherLast { get; init; } = "";
        public string OtherFirst { get; init; } = "";
        public string Reference { get; init; } = "";
        public string OtherStructure { get; init; } = "";
        public string? FirstAnswer { get; init; }
        public DateTimeOffset? FirstAt { get; init; }
        public string? FirstBy { get; init; }
        public string? SecondAnswer { get; init; }
        public DateTimeOffset? SecondAt { get; init; }
        public string? SecondBy { get; init; }
        public int IsFirst { get; init; }

        public Pair ToPair()
        {
            var (said, at, by) = IsFirst == 1 ? (FirstAnswer, FirstAt, FirstBy) : (SecondAnswer, SecondAt, SecondBy);
            return new Pair(Id, OtherId, $"{FirstName} {LastName}", Reference, OtherStructure, said, at, by, FirstAnswer == AnswerShared.Yes && SecondAnswer == AnswerShared.Yes);
        }
    }
}
