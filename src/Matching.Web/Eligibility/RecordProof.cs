using Dapper;
using Matching.Rules;
using Matching.Rules.Eligibility;
using Matching.Rules.People;
using Matching.Web.Platform;
using MediatR;

namespace Matching.Web.Eligibility;

/// <summary>POST /personnes/{id}/eligibilite/justificatifs: a proof that the facilitator has seen. The document itself is not kept.</summary>
public static class RecordProof
{
    public sealed record Command(PersonId PersonId, MarketId MarketId, SeenProof Proof, string? IssuedBy, SignedIn User) : IRequest<Result<bool>>;

    public static void Map(IEndpointRouteBuilder app) =>
        app.MapPost("/personnes/{id:guid}/eligibilite/justificatifs", async (Guid id, PostedForm form, SignedIn user, IMediator mediator, CancellationToken ct) =>
        {
            if (!Guid.TryParse(form["marche"], out var market))
            {
                return Page.Missing();
            }

            var code = form.Choice("justificatif", "Justificatif", PublicCategories.DeclarableCodes);
            var day = form.Day("vu_le", "Vu le");
            var end = form.Checked("sans_fin") ? SeenProof.NoEnd : form.OptionalDay("fin_validite", "Fin de validité");
            var issuer = form["delivre_par"].Length == 0 ? null : form.Choice("delivre_par", "Délivré par", Attestors.All.Select(row => row.Code));
            var result = form.Errors.Any
                ? Result.Refused(form.Errors.All)
                : await mediator.Send(new Command(new PersonId(id), new MarketId(market), new SeenProof(code, day!.Value, end), issuer, user), ct);
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

                    if (Fault(request, found.Person) is { } fault)
                    {
                        return Result.Refused(fault.Field, fault.Sentence);
                    }

                    var added = await db.ExecuteAsync(new CommandDefinition(
                        """
                        insert into seen_proof (id, person_id, code, seen_on, ends_on, issued_by, seen_by, seen_by_id, at)
                        select @id, @PersonId, @Code, @SeenOn, @EndsOn, @IssuedBy, @DisplayName, @UserId, @Now
                        where not exists (
                            select 1 from seen_proof where person_id = @PersonId and code = @Code and seen_on = @SeenOn
                              and coalesce(ends_on, @none) = coalesce(@EndsOn, @none))
                        """,
                        new
                        {
                            id = Guid.CreateVersion7(),
                            request.PersonId,
                            request.Proof.Code,
                            request.Proof.SeenOn,
                            request.Proof.EndsOn,
                            none = DateOnly.MinValue,
                            request.IssuedBy,
                            request.User.DisplayName,
                            request.User.UserId,
                            calendar.Now,
                        },
                        tx, cancellationToken: cancellationToken));
                    if (added == 1)
                    {
                        await changes.AppendAsync(db, tx, "person", [request.PersonId.Value], cancellationToken);
                        await log.AppendAsync(db, tx, "person", request.PersonId.Value, "justificatif_vu", request.User, new { vu_le = request.Proof.SeenOn }, cancellationToken);
                    }

                    return added == 1;
                },
                cancellationToken);

        private Refusal? Fault(Command request, Person person)
        {
            var (proof, document) = (request.Proof, PublicCategories.OfDeclared(request.Proof.Code)!.Document);
            return proof.SeenOn > calendar.Today || proof.SeenOn < person.Identity.BirthDate
                    ? new("vu_le", "Un justificatif se note une fois vu : choisissez aujourd’hui ou un jour passé.")
                : document.Validity == ProofValidity.InForce && proof.EndsOn is null && proof.Code != "IAE"
                    ? new("fin_validite", "Ce justificatif a une fin de validité : notez-la, ou cochez « Sans limite de durée » si le document l’indique.")
                : proof.EndsOn < proof.SeenOn ? new("fin_validite", "Ce justificatif était déjà échu le jour où il a été vu : demandez-en un en cours de validité.")
                : request.IssuedBy is { } issuer && !document.AttestedBy.Contains(issuer)
                    ? new("delivre_par", $"Ce public est attesté par : {string.Join(", ", document.AttestedBy.Select(Attestors.Label))}.")
                : null;
        }
    }
}
