using Matching.Rules.Preselection;
using Matching.Web.Platform;
using Matching.Web.Platform.Mail;
using MediatR;

namespace Matching.Web.Preselection;

/// <summary>POST /e/{secret}: the company meets, keeps or does not keep one of the people sent to it; it can change its mind until the hire.</summary>
public static class AnswerAsCompany
{
    /// <param name="Position">Place of the file in the link.</param>
    /// <param name="From">The state that the page showed.</param>
    public sealed record Command(
        string Secret, int Position, PreselectionState From, PreselectionState To, string? ReasonCode, string? Comment, DateTimeOffset? InterviewAt)
        : IRequest<Result<bool>>;

    public static void Map(IEndpointRouteBuilder app) =>
        app.MapPost("/e/{secret}", async (
            string secret, PostedForm form, SignedIn? reader, IMediator mediator, HttpContext context, CancellationToken ct) =>
        {
            ShowCompanyPage.Protect(context.Response);
            var position = form.WholeNumber("fiche", "Fiche", 1, TransmitFiles.MaximumPeople);
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
                : await mediator.Send(new Command(secret, position!.Value, from, to, reason, comment, interview), ct);
            return await result.Match(
                _ => Task.FromResult(Page.SeeOther($"/e/{secret}#fiche-{position}", "Votre réponse est enregistrée. Vous pouvez la changer jusqu’à l’embauche.")),
                () => ShowCompanyPage.PageAsync(secret, reader, mediator, context, form, NotInThisLink, ct),
                refusals => ShowCompanyPage.PageAsync(secret, reader, mediator, context, form, refusals, ct));
        }).RequireAuthorization(Policies.Anyone).RequireRateLimiting(PreselectionEndpoints.LinkLimit).ExcludeFromDescription();

    private static IReadOnlyList<Refusal> NotInThisLink { get; } =
        [new("", "Votre réponse n’a pas été enregistrée : cette fiche n’est pas, ou plus, dans ce lien. Rechargez la page, puis recommencez.")];

    public sealed class Handler(Database database, EventLog log, FrenchCalendar calendar, MailQueue mails) : IRequestHandler<Command, Result<bool>>
    {
        public Task<Result<bool>> Handle(Command request, CancellationToken cancellationToken) =>
            database.WriteAsync<Result<bool>>(
                async (db, tx) =>
                {
                    var link = await CompanyLinks.FindAsync(db, request.Secret, cancellationToken, tx);
                    if (link is null || !link.IsValidOn(calendar.Today))
                    {
                        return Result.Missing;
                    }

                    var place = (await CompanyFiles.OfLinkAsync(db, link.Id, cancellationToken, tx)).FirstOrDefault(p => p.Position == request.Position);
                    var stored = place is null ? null : await PreselectionStore.FindAsync(db, place.PreselectionId, cancellationToken, tx);
                    if (stored is null)
                    {
                        return Result.Missing;
                    }

                    // What happened to someone who left the company's hands is not its business.
                    if (!PreselectionStates.InCompanyHands.Contains(stored.State))
                    {
                        return Result.Refused($"fiche-{request.Position}", "Cette personne n’est plus proposée pour ce poste.");
                    }

                    var author = new StepAuthor(PreselectionActor.Company, $"{link.ContactName} (entreprise, par son lien)", null);
                    var step = new PreselectionStep(request.From, request.To, author, request.ReasonCode, request.Comment, request.InterviewAt);
                    if (await PreselectionStore.MoveAsync(db, tx, log, stored.Id, step, calendar.Now, cancellationToken) is { } refusal)
                    {
                        return Result.Refused($"fiche-{request.Position}", refusal);
                    }

                    await mails.ToOrganizationAsync(db, tx, stored.FacilitatorId, Roles.Facilitator, MailToFacilitator(link, stored), cancellationToken);
                    return true;
                },
                cancellationToken);

        // Answers come one file after the other: one mail a day and a link is enough to make the facilitator look.
        private MailDraft MailToFacilitator(CompanyLink link, StoredPreselection stored) => new(
            MailKind.CompanyAnswered,
            "Une entreprise a répondu à un dossier",
            ["Une entreprise a répondu à un dossier que vous lui avez transmis. Ses réponses sont sur le tableau de l’offre."],
            "Voir ses réponses", $"/offres/{stored.PostingId}/preselections",
            string.Create(System.Globalization.CultureInfo.InvariantCulture, $"reponse:{link.Id}:{calendar.Today:yyyy-MM-dd}"));
    }
}
