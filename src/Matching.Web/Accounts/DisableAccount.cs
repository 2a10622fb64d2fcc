using Dapper;
using Matching.Web.Platform;
using MediatR;

namespace Matching.Web.Accounts;

/// <summary>POST /administration/comptes/{id}/desactiver: the account can no longer sign in; its name stays in the history.</summary>
public static class DisableAccount
{
    public sealed record Command(Guid Id, SignedIn By) : IRequest<Result<Guid>>;

    public static void Map(IEndpointRouteBuilder app) => app
        .MapPost("/administration/comptes/{id:guid}/desactiver", async (Guid id, SignedIn by, IMediator mediator, CancellationToken ct) =>
            (await mediator.Send(new Command(id, by), ct)).ToPage(_ => Page.SeeOther("/administration/comptes", "Compte désactivé.")))
        .RequireAuthorization(Policies.Administrator);

    public sealed class Handler(Database database, EventLog events, FrenchCalendar calendar) : IRequestHandler<Command, Result<Guid>>
    {
        public async Task<Result<Guid>> Handle(Command request, CancellationToken cancellationToken)
        {
            if (request.Id == request.By.UserId)
            {
                return Result.Refused("", "Vous ne pouvez pas désactiver votre propre compte : demandez-le à un autre compte d’administration.");
            }

            return await database.WriteAsync<Result<Guid>>(
                async (db, tx) =>
                {
                    // The new stamp ends the sessions that are open.
                    var found = await db.ExecuteAsync(new CommandDefinition(
                        "update app_user set disabled_at = @Now, security_stamp = @stamp, concurrency_stamp = @stamp where id = @Id and disabled_at is null",
                        new { request.Id, calendar.Now, stamp = Guid.CreateVersion7().ToString() }, tx, cancellationToken: cancellationToken));
                    if (found == 0)
                    {
                        return Result.Missing;
                    }

                    await events.AppendAsync(db, tx, "compte", request.Id, "compte.desactive", request.By, new { }, cancellationToken);
                    return request.Id;
                },
                cancellationToken);
        }
    }
}
