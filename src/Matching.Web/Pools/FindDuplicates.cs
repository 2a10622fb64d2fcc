using Dapper;
using Matching.Rules;
using Matching.Rules.People;
using Matching.Web.Platform;
using Matching.Web.Platform.Records;
using MediatR;

namespace Matching.Web.Pools;

/// <summary>GET /viviers/doublons: records of one's pool that may be the same person, side by side, and what was decided of others.</summary>
public static class FindDuplicates
{
    private const int PairsShown = 20;
    private const int PairsLookedAt = 2_000;

    public sealed record Query(OrganizationId Pool) : IRequest<Answer>;

    public sealed record Answer(IReadOnlyList<Pair> Open, int OpenCount, IReadOnlyList<Decided> Decided);

    public sealed record Pair(StoredPerson First, StoredPerson Second, string Why);

    public sealed record Decided(
        Guid FirstId, Guid SecondId, string Decision, Guid? KeptId, DateTimeOffset DecidedAt, string DecidedBy, string FirstReference, string SecondReference);

    public static void Map(IEndpointRouteBuilder app) => app
        .MapGet("/viviers/doublons", async (SignedIn me, IMediator mediator, CancellationToken ct) =>
            Page.Of<FindDuplicatesPage>(new { Duplicates = await mediator.Send(new Query(me.OrganizationId), ct) })).RequireAuthorization(Policies.Structure);

    public sealed class Handler(Database database) : IRequestHandler<Query, Answer>
    {
        public async Task<Answer> Handle(Query request, CancellationToken cancellationToken)
        {
            await using var db = await database.OpenAsync(cancellationToken);
            var traits = await db.QueryAsync<DuplicateTraits>(new CommandDefinition(
                """
                select id, last_name, first_name, birth_date, phone, email from person
                where organization_id = @Pool and withdrawn_at is null order by id limit 200000
                """,
                new { request.Pool }, cancellationToken: cancellationToken));
            var decided = (await db.QueryAsync<Decided>(new CommandDefinition(
                $"""
                select d.first_id, d.second_id, d.decision, d.kept_id, d.decided_at, d.decided_by, a.reference as first_reference, b.reference as second_reference
                from pool_pair d join person a on a.id = d.first_id join person b on b.id = d.second_id
                where d.organization_id = @Pool order by d.decided_at desc, d.first_id limit {PairsLookedAt}
                """,
                new { request.Pool }, cancellationToken: cancellationToken))).AsList();
            var known = decided.Select(pair => (pair.FirstId, pair.SecondId)).ToHashSet();
            var open = ProbableDuplicates.Find(traits, PairsLookedAt).Where(pair => !known.Contains((pair.FirstId, pair.SecondId))).ToList();
            var shown = open.Take(PairsShown).ToList();
            var people = (await PersonRecords.ReadAsync(db, shown.SelectMany(pair => new[] { new PersonId(pair.FirstId), new PersonId(pair.SecondId) }), cancellationToken))
                .ToDictionary(stored => stored.Person.Id.Value);
            return new Answer([.. shown.Select(pair => new Pair(people[pair.FirstId], people[pair.SecondId], pair.Why))], open.Count, [.. decided.Take(PairsShown)]);
        }
    }
}
