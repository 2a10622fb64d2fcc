using System.Data.Common;
using Dapper;
using Matching.Rules;
using Matching.Rules.Preselection;
using Matching.Web.Platform;
using Matching.Web.Platform.Mail;
using MediatR;

namespace Matching.Web.Preselection.Interviews;

/// <summary>
/// POST /preselections/{id}/creneaux: the facilitator proposes, chooses, moves or cancels a day and hour, or notes an absence; the contact of the
/// company is written to. GET /preselections/{id}/entretiens/{numero}/entretien.ics: the same for a calendar.
/// </summary>
public static class ChangeSlot
{
    public sealed record Command(PreselectionId Id, SlotChange Change, SignedIn User) : IRequest<Result<bool>>;

    public sealed record CalendarQuery(PreselectionId Id, int Number, SignedIn User) : IRequest<Result<(InterviewSlot Slot, string Title)>>;

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapPost("/preselections/{id:guid}/creneaux", async (Guid id, PostedForm form, SignedIn user, IMediator mediator, CancellationToken ct) =>
        {
            var change = SlotChange.Read(form);
            var result = form.Errors.Any ? Result.Refused(form.Errors.All) : await mediator.Send(new Command(new PreselectionId(id), change, user), ct);
            return await result.Match(
                _ => Task.FromResult(Page.SeeOther($"/preselections/{id}", change.Done)),
                () => Task.FromResult(Page.Missing()),
                refusals => ShowPreselection.PageAsync(new PreselectionId(id), user, mediator, form, refusals, ct));
        }).RequireAuthorization(Policies.Facilitator);
        app.MapGet("/preselections/{id:guid}/entretiens/{numero:int}/entretien.ics", async (Guid id, int numero, SignedIn user, IMediator mediator, MailSettings settings, CancellationToken ct) =>
            (await mediator.Send(new CalendarQuery(new PreselectionId(id), numero, user), ct)).ToPage(found => InterviewCalendar.File(
                found.Slot, $"Entretien : {found.Title}", $"La fiche de suivi : {settings.Site}/preselections/{id}", settings.MessageDomain)))
            .RequireAuthorization(Policies.FacilitatorOrStructure);
    }

    public sealed class Handler(Database database, EventLog log, FrenchCalendar calendar, MailQueue mails)
        : IRequestHandler<Command, Result<bool>>, IRequestHandler<CalendarQuery, Result<(InterviewSlot Slot, string Title)>>
    {
        public Task<Result<bool>> Handle(Command request, CancellationToken cancellationToken) =>
            database.WriteAsync<Result<bool>>(
                async (db, tx) =>
                {
                    await PreselectionStore.TakeTurnAsync(db, tx, request.Id, cancellationToken);
                    var stored = await PreselectionStore.FindAsync(db, request.Id, cancellationToken, tx);
                    if (stored?.RoleOf(request.User) is not PreselectionActor.Facilitator)
                    {
                        return Result.Missing;
                    }

                    var author = new StepAuthor(PreselectionActor.Facilitator, request.User.DisplayName, request.User);
                    if (await request.Change.ApplyAsync(db, tx, log, stored, author, calendar.Now, cancellationToken) is { } refusal)
                    {
                        return Result.Refused("", refusal);
                    }

                    await TellCompanyAsync(stored, request.User, db, tx, cancellationToken);
                    return true;
                },
                cancellationToken);

        public async Task<Result<(InterviewSlot Slot, string Title)>> Handle(CalendarQuery request, CancellationToken cancellationToken)
        {
            await using var db = await database.OpenAsync(cancellationToken);
            var stored = await PreselectionStore.FindAsync(db, request.Id, cancellationToken);
            return stored?.RoleOf(request.User) is null || (await SlotStore.OfAsync(db, request.Id, cancellationToken)).FirstOrDefault(it => it.Number == request.Number) is not { } slot
                ? Result.Missing
                : Result.Found((slot, stored.PostingTitle));
        }

        // By the newest link that is still good; without an address the facilitator tells it by telephone.
        private async Task TellCompanyAsync(StoredPreselection stored, SignedIn user, DbConnection db, DbTransaction tx, CancellationToken ct)
        {
            var link = await db.QueryFirstOrDefaultAsync<(Guid Id, string Email)?>(new CommandDefinition(
                """
                select l.id, l.contact_email
                from company_link l
                join company_link_person p on p.link_id = l.id
                where p.preselection_id = @Id and l.revoked_at is null and l.expires_on >= @Today and l.contact_email is not null
                order by l.created_at desc, l.id limit 1
                """,
                new { stored.Id, calendar.Today }, tx, cancellationToken: ct));
            if (link is not { } found)
            {
                return;
            }

            await mails.ToAddressAsync(
                db, tx, found.Email,
                new MailDraft(
                    MailKind.CompanyNews, "Un entretien est proposé ou change",
                    ["Le facilitateur de la clause sociale a proposé, fixé, déplacé ou annulé un entretien. La page du dossier vous dit lequel, et vous y répondez."],
                    "Voir les entretiens", $"/e/{MailSecrets.CompanyLink(found.Id)}", $"entretien:{stored.Id}:{calendar.Now.UtcTicks}"),
                ct, (user.UserId, $"/preselections/{stored.Id}"));
        }
    }
}
