using System.Data.Common;
using System.Globalization;
using Matching.Rules.Preselection;
using Matching.Web.Platform;
using Matching.Web.Platform.Mail;
using Matching.Web.Platform.Records;
using MediatR;

namespace Matching.Web.Preselection;

/// <summary>
/// POST /e/{secret}: the company meets, keeps or does not keep one of the people sent to it; it can change its mind until the hire. Two people of
/// the company may answer from the same page: both answers are in the history, the last has the last word.
/// </summary>
public static class AnswerAsCompany
{
    /// <param name="Position">Place of the file in the link.</param>
    /// <param name="From">The state that the page showed.</param>
    /// <param name="Author">The name of who answers, as typed.</param>
    /// <param name="Key">Of the form: the same one sent twice is one answer; null when the caller has none.</param>
    public sealed record Command(
        CompanyVisit Visit, int Position, PreselectionState From, PreselectionState To, string Author, string? ReasonCode, string? Comment, DateTimeOffset? InterviewAt,
        string? Key = null) : IRequest<Result<Answer>>;

    /// <param name="IsLate">Whether the day asked for the answer had passed.</param>
    public sealed record Answer(bool IsLate);

    public static IReadOnlyList<Refusal> NotInThisLink { get; } =
        [new("", "Votre réponse n’a pas été enregistrée : cette fiche n’est pas, ou plus, dans ce lien. Rechargez la page, puis recommencez.")];

    public static void Map(IEndpointRouteBuilder app) =>
        app.MapPost("/e/{secret}", async (
            CompanyVisit visit, PostedForm form, SignedIn? reader, IMediator mediator, HttpContext context, CancellationToken ct) =>
        {
            ShowCompanyPage.Protect(context.Response);
            var position = form.WholeNumber("fiche", "Fiche", 1, TransmitFiles.MaximumPeople);
            var author = CompanyName.Read(form);
            var interview = form["reponse"] == PreselectionState.Interview.Verb() ? InterviewTime.Read(form) : null;
            var comment = form.OptionalText("commentaire", "Commentaire", PreselectionStore.NoteLength);
            if (!PreselectionStates.TryParse(form["depuis"], out var from) | !PreselectionStates.TryParseVerb(form["reponse"], out var to))
            {
                form.Errors.Add("reponse", "Choisissez une réponse : rencontrer, retenir ou ne pas retenir.");
            }

            // The list of reasons stands beside the three answers: it only counts for a refusal.
            var reason = to == PreselectionState.Declined && form["motif"].Length > 0 ? form["motif"] : null;
            var result = form.Errors.Any
                ? Result.Refused(form.Errors.All)
                : await mediator.Send(new Command(visit, position!.Value, from, to, author, reason, comment, interview, form.OptionalText("envoi", "Formulaire", 100)), ct);
            return await result.Match(
                answer =>
                {
                    CompanyName.Keep(context, author);
                    return Task.FromResult(Page.SeeOther(
                        $"/e/{visit.Secret}#fiche-{position}",
                        answer.IsLate
                            ? "Votre réponse est enregistrée, après la date demandée : votre contact a pu avancer entre-temps, il vous le dira."
                            : "Votre réponse est enregistrée. Vous pouvez la changer jusqu’à l’embauche."));
                },
                () => ShowCompanyPage.PageAsync(visit, reader, mediator, context, form, NotInThisLink, ct),
                refusals => ShowCompanyPage.PageAsync(visit, reader, mediator, context, form, refusals, ct));
        }).RequireAuthorization(Policies.Anyone).RequireRateLimiting(PreselectionEndpoints.LinkLimit).ExcludeFromDescription();

    /// <summary>
    /// The person at this place of the link, its turn taken: whoever answers at the same time waits. No one and no sentence when the link does
    /// not open or has no such place; no one and a sentence when the person is no longer proposed.
    /// </summary>
    public static async Task<(CompanyLink? Link, StoredPreselection? Stored, string? Refusal)> FindAsync(
        DbConnection db, DbTransaction tx, CompanyDoor door, CompanyVisit visit, int position, DateOnly today, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(door);
        var (state, link) = await door.OpenAsync(db, visit, ct, tx);
        var place = state == DoorState.Open ? (await CompanyFiles.OfLinkAsync(db, link!.Id, ct, tx)).FirstOrDefault(it => it.Position == position) : null;
        if (place is null)
        {
            return (null, null, null);
        }

        await PreselectionStore.TakeTurnAsync(db, tx, place.PreselectionId, ct);
        var stored = (await PreselectionStore.FindAsync(db, place.PreselectionId, ct, tx))!;

        // What happened to someone who left the company's hands is not its business.
        return PreselectionStates.InCompanyHands.Contains(stored.State)
            && await EligibilityRecords.CoveringAsync(db, stored.PersonId, stored.MarketId, today, ct, tx) is not null
            ? (link, stored, null)
            : (link, null, DossierText.Gone);
    }

    /// <summary>Answers come one file after the other: one mail a day and a link is enough to make the facilitator look.</summary>
    public static Task<int> TellFacilitatorAsync(DbConnection db, DbTransaction tx, MailQueue mails, CompanyLink link, StoredPreselection stored, DateOnly today, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(mails);
        ArgumentNullException.ThrowIfNull(link);
        ArgumentNullException.ThrowIfNull(stored);
        var draft = new MailDraft(
            MailKind.CompanyAnswered,
            "Une entreprise a répondu à un dossier",
            ["Une entreprise a répondu à un dossier que vous lui avez transmis. Ses réponses sont sur le tableau de l’offre."],
            "Voir ses réponses", $"/offres/{stored.PostingId}/preselections",
            string.Create(CultureInfo.InvariantCulture, $"reponse:{link.Id}:{today:yyyy-MM-dd}"));
        return mails.ToOrganizationAsync(db, tx, stored.FacilitatorId, Roles.Facilitator, draft, ct);
    }

    public sealed class Handler(Database database, EventLog log, FrenchCalendar calendar, MailQueue mails, CompanyDoor door) : IRequestHandler<Command, Result<Answer>>
    {
        public Task<Result<Answer>> Handle(Command request, CancellationToken cancellationToken) =>
            database.WriteAsync((db, tx) => AnswerAsync(request, db, tx, cancellationToken), cancellationToken);

        private async Task<Result<Answer>> AnswerAsync(Command request, DbConnection db, DbTransaction tx, CancellationToken ct)
        {
            var (link, stored, gone) = await FindAsync(db, tx, door, request.Visit, request.Position, calendar.Today, ct);
            if (stored is null)
            {
                return gone is null ? Result.Missing : Result.Refused($"fiche-{request.Position}", gone);
            }

            var answer = new Answer(calendar.Today > link!.AnswerBefore);
            if (request.Key is not null && await PreselectionStore.IsAnsweredAsync(db, tx, stored.Id, request.Key, ct))
            {
                return answer;
            }

            var author = new StepAuthor(PreselectionActor.Company, CompanyName.ByCompany(request.Author), null);
            if (await TakeAsync(request, stored, author, db, tx, ct) is { } refusal)
            {
                return Result.Refused($"fiche-{request.Position}", refusal);
            }

            await TellFacilitatorAsync(db, tx, mails, link, stored, calendar.Today, ct);
            return answer;
        }

        // Someone answered since this page was read: the answer stands all the same, from where things are now.
        private async Task<string?> TakeAsync(Command request, StoredPreselection stored, StepAuthor author, DbConnection db, DbTransaction tx, CancellationToken ct)
        {
            var step = new PreselectionStep(stored.State, request.To, author, request.ReasonCode, request.Comment, request.InterviewAt, AnswerKey: request.Key);
            if (stored.State == request.From || !IsConfirmed(request, stored))
            {
                return await PreselectionStore.MoveAsync(db, tx, log, stored.Id, step, calendar.Now, ct);
            }

            await PreselectionStore.WriteStepAsync(db, tx, stored.Id, stored.State, step with { Note = request.Comment ?? "Même réponse." }, calendar.Now, ct);
            await log.AppendAsync(db, tx, "preselection", stored.Id.Value, "reponse.confirmee", null, new { etat = stored.State.Code(), par = author.Actor.ToString() }, ct);
            return null;
        }

        // The same answer as a colleague's, without another date: there is nothing to move, and a date already given stays.
        private static bool IsConfirmed(Command request, StoredPreselection stored) =>
            request.To == stored.State && request.InterviewAt is null && stored.State is PreselectionState.Chosen or PreselectionState.Interview;
    }
}
