using Dapper;
using Matching.Rules;
using Matching.Rules.Postings;
using Matching.Web.Platform;
using Matching.Web.Platform.Records;
using Matching.Web.Platform.Reference;
using MediatR;

namespace Matching.Web.Postings;

/// <summary>GET /offres/{id}/versions/{version}: what a version changed from the one before it.</summary>
public static class CompareVersions
{
    public sealed record Query(SignedIn Me, PostingId Id, int Version) : IRequest<Result<Answer>>;

    public sealed record Answer(PostingId Id, string Title, int Version, DateTimeOffset At, string ByName, IReadOnlyList<TermsChange> Changes);

    public static void Map(IEndpointRouteBuilder app) => app.MapGet("/offres/{id:guid}/versions/{version:int}", async (
        Guid id, int version, SignedIn me, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new Query(me, new PostingId(id), version), ct)).ToPage(answer => Page.Of<CompareVersionsPage>(new { Answer = answer })))
        .RequireAuthorization(Policies.Facilitator);

    public sealed class Handler(Database database, OccupationTitles occupations, Communes communes) : IRequestHandler<Query, Result<Answer>>
    {
        public async Task<Result<Answer>> Handle(Query request, CancellationToken cancellationToken)
        {
            await using var db = await database.OpenAsync(cancellationToken);
            var posting = await StoredPosting.FindAsync(db, request.Id, cancellationToken);
            if (posting is null || posting.FacilitatorId != request.Me.OrganizationId || request.Version < 2)
            {
                return Result.Missing;
            }

            var rows = (await db.QueryAsync<Row>(new CommandDefinition(
                "select version, at, by_name, terms_json from posting_version where posting_id = @Id and version in (@Version, @before) order by version limit 2",
                new { request.Id, request.Version, before = request.Version - 1 }, cancellationToken: cancellationToken))).AsList();
            if (rows.Count < 2)
            {
                return Result.Missing;
            }

            var changes = TermsChange.Between(RecordJson.Read<DraftTerms>(rows[0].TermsJson), RecordJson.Read<DraftTerms>(rows[1].TermsJson));
            return new Answer(
                posting.Id, posting.Terms.Title, request.Version, rows[1].At, rows[1].ByName,
                [.. changes.Select(change => change with { Before = Named(change.Label, change.Before), After = Named(change.Label, change.After) })]);
        }

        private string Named(string label, string value) => label switch
        {
            "Métier" => occupations.ByCode(value) is { } occupation ? $"{occupation.Label} ({value})" : value,
            "Commune" => communes.ByInsee(value)?.Name ?? value,
            _ => value,
        };

        private sealed class Row
        {
            public int Version { get; init; }
            public DateTimeOffset At { get; init; }
            public string ByName { get; init; } = "";
            public string TermsJson { get; init; } = "";
        }
    }
}
