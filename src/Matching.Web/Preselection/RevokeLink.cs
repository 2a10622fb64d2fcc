using Dapper;
using Matching.Rules;
using Matching.Web.Platform;
using MediatR;

namespace Matching.Web.Preselection;

/// <summary>POST /offres/{id}/liens/{linkId}/revocation: the company's link stops working at once.</summary>
public static class RevokeLink
{
    public sealed record Command(PostingId PostingId, Guid LinkId, SignedIn User) : IRequest<Result<bool>>;

    public static void Map(IEndpointRouteBuilder app) =>
        app.MapPost("/offres/{id:guid}/liens/{linkId:guid}/revocation", async (Guid id, Guid linkId, SignedIn user, IMediator mediator, CancellationToken ct) =>
        {
            var result = await mediator.Send(new Command(new PostingId(id), linkId, user), ct);
            return result.ToPage(isNew => Page.SeeOther(
                $"/offres/{id}/transmettre", isNew ? "Lien révoqué : il ne s’ouvre plus." : "Ce lien était déjà révoqué."));
        }).RequireAuthorization(Policies.Facilitator);

    public sealed class Handler(Database database, EventLog log, FrenchCalendar calendar) : IRequestHandler<Command, Result<bool>>
    {
        public Task<Result<bool>> Handle(Command request, CancellationToken cancellationToken) =>
            database.WriteAsync<Result<bool>>(
                async (db, tx) =>
                {
                    if (!await CompanyLinks.BelongsAsync(db, request.LinkId, request.PostingId, request.User.OrganizationId, cancellationToken, tx))
                    {
                        return Result.Missing;
                    }

                    var revoked = await db.ExecuteAsync(new CommandDefinition(
                        "update company_link set revoked_at = @Now where id = @LinkId and revoked_at is null",
                        new { request.LinkId, calendar.Now }, tx, cancellationToken: cancellationToken));
                    if (revoked == 1)
                    {
                        await log.AppendAsync(db, tx, "company_link", request.LinkId, "revocation", request.User, new { offre = request.PostingId.Value }, cancellationToken);
                    }

                    return revoked == 1;
                },
                cancellationToken);
    }
}
