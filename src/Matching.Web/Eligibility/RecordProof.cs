using Dapper;
using Matching.Rules;
using Matching.Rules.Eligibility;
using Matching.Web.Platform;
using MediatR;

namespace Matching.Web.Eligibility;

/// <summary>POST /personnes/{id}/eligibilite/justificatifs: a proof that the facilitator has seen. The document itself is not kept.</summary>
public static class RecordProof
{
    public sealed record Command(PersonId PersonId, MarketId MarketId, string Code, DateOnly SeenOn, SignedIn User) : IRequest<Result<bool>>;

    public static void Map(IEndpointRouteBuilder app) =>
        app.MapPost("/personnes/{id:guid}/eligibilite/justificatifs", async (Guid id, PostedForm form, SignedIn user, IMediator mediator, CancellationToken ct) =>
        {
            if (!Guid.TryParse(form["marche"], out var market))
            {
                return Page.Missing();
            }

            var code = form.Choice("justificatif", "Justificatif", PublicCategories.DeclarableCodes);
            var day = form.Day("vu_le", "Vu le");
            var result = form.Errors.Any
                ? Result.Refused(form.Errors.All)
                : await mediator.Send(new Command(new PersonId(id), new MarketId(market), code, day!.Value, user), ct);
            return await result.Match(
                isNew => Task.FromResult(Page.SeeOther(
                    $"/personnes/{id}/eligibilite?marche={market}", isNew ? "Justificatif enregistré." : "Ce justificatif était déjà enregistré.")),
                () => Task.FromResult(Page.Missing()),
                refusals => ShowEligibility.PageAsync(new PersonId(id), new MarketId(market), user, mediator, form, refusals, ct));
        }).RequireAuthorization(Policies.Facilitator);

    public sealed class Handler(Database database, EventLog log, ChangeFeed changes, FrenchCalendar calendar) : IRequestHandler<Command, Result<bool>>
    {
        public Task<Result<bool>> Handle(Command request, CancellationToken cancellationToken) =>
            database.WriteAsync<Result<bool>>(
                async (db, tx) =>
                {
                    if (await ShowEligibility.FindAsync(db, tx, request.PersonId, request.MarketId, request.User, cancellationToken) is not { } found)
                    {
                        return Result.Missing;
                    }

                    if (request.SeenOn > calendar.Today || request.SeenOn < found.Person.Identity.BirthDate)
                    {
                        return Result.Refused("vu_le", "Un justificatif se note une fois vu : choisissez aujourd’hui ou un jour passé.");
                    }

                    var added = await db.ExecuteAsync(new CommandDefinition(
                        """
                        insert into seen_proof (id, person_id, code, seen_on, seen_by, seen_by_id, at)
                        select @id, @PersonId, @Code, @SeenOn, @DisplayName, @UserId, @Now
                        where not exists (select 1 from seen_proof where person_id = @PersonId and code = @Code and seen_on = @SeenOn)
                        """,
                        new
                        {
                            id = Guid.CreateVersion7(),
                            request.PersonId,
                            request.Code,
                            request.SeenOn,
                            request.User.DisplayName,
                            request.User.UserId,
                            calendar.Now,
                        },
                        tx, cancellationToken: cancellationToken));
                    if (added == 1)
                    {
                        await changes.AppendAsync(db, tx, "person", [request.PersonId.Value], cancellationToken);
                        await log.AppendAsync(db, tx, "person", request.PersonId.Value, "justificatif_vu", request.User, new { vu_le = request.SeenOn }, cancellationToken);
                    }

                    return added == 1;
                },
                cancellationToken);
    }
}
