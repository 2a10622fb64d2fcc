using Dapper;
using Matching.Rules;
using Matching.Web.Platform;
using MediatR;

namespace Matching.Web.Pools;

/// <summary>
/// POST /viviers/personnes/{id}/retirer and /publier, DELETE /api/v1/viviers/{pool}/personnes/{reference}: a person leaves the published
/// pool, or comes back. A later import never undoes a withdrawal.
/// </summary>
public static class WithdrawPerson
{
    public sealed record Command(OrganizationId Pool, Guid? Id, string? Reference, bool IsWithdrawn, SignedIn By) : IRequest<Result<PersonId>>;

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapPost("/viviers/personnes/{id:guid}/retirer", async (Guid id, SignedIn me, IMediator mediator, CancellationToken ct) =>
            (await mediator.Send(new Command(me.OrganizationId, id, null, true, me), ct))
                .ToPage(person => Page.SeeOther($"/viviers/personnes/{person}", "Personne retirée : elle n’apparaît plus dans aucune liste."))).RequireAuthorization(Policies.Structure);
        app.MapPost("/viviers/personnes/{id:guid}/publier", async (Guid id, SignedIn me, IMediator mediator, CancellationToken ct) =>
            (await mediator.Send(new Command(me.OrganizationId, id, null, false, me), ct))
                .ToPage(person => Page.SeeOther($"/viviers/personnes/{person}", "Personne remise dans le vivier."))).RequireAuthorization(Policies.Structure);
        app.MapApi(Policies.Structure).MapDelete("/viviers/{pool:guid}/personnes/{reference}", async (Guid pool, string reference, SignedIn me, IMediator mediator, CancellationToken ct) =>
            pool != me.OrganizationId.Value
                ? Problems.Missing()
                : (await mediator.Send(new Command(me.OrganizationId, null, reference, true, me), ct)).Match(_ => TypedResults.NoContent(), Problems.Missing, Problems.Refused));
    }

    public sealed class Handler(Database database, ChangeFeed feed, EventLog log, FrenchCalendar calendar) : IRequestHandler<Command, Result<PersonId>>
    {
        public Task<Result<PersonId>> Handle(Command request, CancellationToken cancellationToken) => database.WriteAsync<Result<PersonId>>(
            async (db, tx) =>
            {
                var found = await db.QuerySingleOrDefaultAsync<Found>(new CommandDefinition(
                    "select id, informed_on from person where organization_id = @Pool and (id = @Id or reference = @Reference)",
                    new { request.Pool, request.Id, request.Reference }, tx, cancellationToken: cancellationToken));
                if (found is null)
                {
                    return Result.Missing;
                }

                if (!request.IsWithdrawn && found.InformedOn is null)
                {
                    return Result.Refused("information_donnee_le", "Cette personne ne peut pas être publiée : la date à laquelle elle a été informée manque. L’ajouter par un import.");
                }

                if (!request.IsWithdrawn && await db.QuerySingleAsync<int>(new CommandDefinition(
                    "select count(*) from pool_pair where decision = 'FUSION' and kept_id <> @Id and (first_id = @Id or second_id = @Id)",
                    new { found.Id }, tx, cancellationToken: cancellationToken)) > 0)
                {
                    return Result.Refused("", "Cette fiche a été réunie avec une autre : annuler d’abord cette décision dans « Fiches en double ».");
                }

                await db.ExecuteAsync(new CommandDefinition(
                    request.IsWithdrawn
                        ? "update person set withdrawn_at = coalesce(withdrawn_at, @now), updated_at = @now where id = @Id"
                        : """
                          update person set withdrawn_at = null, updated_at = @now,
                              published_at = case when exists (select 1 from pool_publication z where z.organization_id = person.organization_id) then coalesce(published_at, @now) end
                          where id = @Id
                          """,
                    new { now = calendar.Now, found.Id }, tx, cancellationToken: cancellationToken));
                await feed.AppendAsync(db, tx, "person", [found.Id.Value], cancellationToken);
                await log.AppendAsync(db, tx, "person", found.Id.Value, request.IsWithdrawn ? "personne.retiree" : "personne.remise", request.By, new { }, cancellationToken);
                return found.Id;
            },
            cancellationToken);
    }

    private sealed record Found(PersonId Id, DateOnly? InformedOn);
}
