using Matching.Rules.Preselection;
using Matching.Web.Platform;
using Matching.Web.Platform.Mail;
using MediatR;

namespace Matching.Web.Preselection.Interviews;

/// <summary>
/// POST /e/{secret}/creneaux: the company proposes, chooses, moves or cancels a day and hour, or says that the person did not come.
/// GET /e/{secret}/entretiens/{fiche}/{numero}/entretien.ics: the same for its calendar.
/// </summary>
public static class ChangeSlotAsCompany
{
    public sealed record Command(CompanyVisit Visit, int Position, SlotChange Change, string Author) : IRequest<Result<bool>>;

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapPost("/e/{secret}/creneaux", async (CompanyVisit visit, PostedForm form, SignedIn? reader, IMediator mediator, HttpContext context, CancellationToken ct) =>
        {
            ShowCompanyPage.Protect(context.Response);
            var position = form.WholeNumber("fiche", "Fiche", 1, TransmitFiles.MaximumPeople);
            var author = CompanyName.Read(form);
            var change = SlotChange.Read(form);
            var result = form.Errors.Any ? Result.Refused(form.Errors.All) : await mediator.Send(new Command(visit, position!.Value, change, author), ct);
            return await result.Match(
                _ =>
                {
                    CompanyName.Keep(context, author);
                    return Task.FromResult(Page.SeeOther($"/e/{visit.Secret}#fiche-{position}", change.Done));
                },
                () => ShowCompanyPage.PageAsync(visit, reader, mediator, context, form, AnswerAsCompany.NotInThisLink, ct),
                refusals => ShowCompanyPage.PageAsync(visit, reader, mediator, context, form, refusals, ct));
        }).RequireAuthorization(Policies.Anyone).RequireRateLimiting(PreselectionEndpoints.LinkLimit).ExcludeFromDescription();
        app.MapGet("/e/{secret}/entretiens/{fiche:int}/{numero:int}/entretien.ics", async (
            CompanyVisit visit, int fiche, int numero, IMediator mediator, MailSettings settings, HttpContext context, CancellationToken ct) =>
        {
            ShowCompanyPage.Protect(context.Response);
            var page = await mediator.Send(new ShowCompanyPage.Query(visit, false), ct);
            var slot = page.IsFound ? page.Value.Shown?.Files.FirstOrDefault(file => file.Position == fiche)?.Slots.FirstOrDefault(it => it.Number == numero) : null;
            return slot is null
                ? Page.Of<CompanyLinkClosed>(status: StatusCodes.Status404NotFound)
                : InterviewCalendar.File(
                    slot, $"Entretien : {page.Value.Shown!.PostingTitle}, fiche {fiche}", $"Votre contact : {page.Value.Shown.Facilitator.Words}", settings.MessageDomain);
        }).RequireAuthorization(Policies.Anyone).RequireRateLimiting(PreselectionEndpoints.LinkLimit).ExcludeFromDescription();
    }

    public sealed class Handler(Database database, EventLog log, FrenchCalendar calendar, MailQueue mails, CompanyDoor door) : IRequestHandler<Command, Result<bool>>
    {
        public Task<Result<bool>> Handle(Command request, CancellationToken cancellationToken) =>
            database.WriteAsync<Result<bool>>(
                async (db, tx) =>
                {
                    var (link, stored, refusal) = await AnswerAsCompany.FindAsync(db, tx, door, request.Visit, request.Position, calendar.Today, cancellationToken);
                    if (stored is null)
                    {
                        return refusal is null ? Result.Missing : Result.Refused($"fiche-{request.Position}", refusal);
                    }

                    var author = new StepAuthor(PreselectionActor.Company, CompanyName.ByCompany(request.Author), null);
                    if (await request.Change.ApplyAsync(db, tx, log, stored, author, calendar.Now, cancellationToken) is { } no)
                    {
                        return Result.Refused($"fiche-{request.Position}", no);
                    }

                    await AnswerAsCompany.TellFacilitatorAsync(db, tx, mails, link!, stored, calendar.Today, cancellationToken);
                    return true;
                },
                cancellationToken);
    }
}
