using Dapper;
using Matching.Rules;
using Matching.Rules.Markets;
using Matching.Web.Platform;
using Matching.Web.Platform.Records;
using MediatR;

namespace Matching.Web.Postings;

/// <summary>GET /offres/{id}: a posting, for its facilitator; once published, for the structures of its territory.</summary>
public static class ShowPosting
{
    private const int VersionLimit = 50;

    public sealed record Query(SignedIn Me, PostingId Id) : IRequest<Result<Answer>>;

    /// <param name="ReferencesKept">The referentials its codes were chosen in: "ROME 4.60, communes 2026"; "" for what is built in.</param>
    public sealed record VersionLine(int Version, DateTimeOffset At, string ByName, string ReferencesKept);

    /// <param name="IsOwn">Whether the reader may change it.</param>
    public sealed record Answer(StoredPosting Posting, Market Market, Lot Lot, bool IsOwn, IReadOnlyList<VersionLine> Versions);

    public static void Map(IEndpointRouteBuilder app) => app.MapGet("/offres/{id:guid}", async (Guid id, SignedIn me, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new Query(me, new PostingId(id)), ct)).ToPage(answer => Page.Of<ShowPostingPage>(new { Answer = answer })))
        .RequireAuthorization(Policies.FacilitatorOrStructure);

    public sealed class Handler(Database database) : IRequestHandler<Query, Result<Answer>>
    {
        public async Task<Result<Answer>> Handle(Query request, CancellationToken cancellationToken)
        {
            await using var db = await database.OpenAsync(cancellationToken);
            var posting = await StoredPosting.FindAsync(db, request.Id, cancellationToken);
            var isOwn = posting is not null && request.Me.Role == Roles.Facilitator && posting.FacilitatorId == request.Me.OrganizationId;
            if (posting is null || (!isOwn && !await IsOpenToAsync(request, db, cancellationToken)))
            {
                return Result.Missing;
            }

            var market = await MarketRecords.FindAsync(db, posting.MarketId, cancellationToken);
            var lot = await MarketRecords.FindLotAsync(db, posting.LotId, cancellationToken);
            var versions = await db.QueryAsync<VersionLine>(new CommandDefinition(
                "select version, at, by_name, reference_versions as references_kept from posting_version where posting_id = @Id order by version desc limit @VersionLimit",
                new { request.Id, VersionLimit }, cancellationToken: cancellationToken));
            return new Answer(posting, market!, lot!, isOwn, [.. versions]);
        }

        private static async Task<bool> IsOpenToAsync(Query request, System.Data.Common.DbConnection db, CancellationToken ct) =>
            request.Me.Role == Roles.Structure && await db.QuerySingleAsync<int>(new CommandDefinition(
                $"select count(*) from posting p where p.id = @Id and {Visibility.PostingOpenInTerritory}", new { request.Id, org = request.Me.OrganizationId }, cancellationToken: ct)) > 0;
    }
}
