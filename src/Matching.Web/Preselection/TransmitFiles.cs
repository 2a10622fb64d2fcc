using System.Data.Common;
using Dapper;
using Matching.Rules;
using Matching.Rules.Postings;
using Matching.Rules.Preselection;
using Matching.Web.Platform;
using Matching.Web.Platform.Mail;
using Matching.Web.Platform.Records;
using Matching.Web.Preselection.Dossiers;
using MediatR;

namespace Matching.Web.Preselection;

/// <summary>
/// POST /offres/{id}/transmettre: the chosen files go to the company by a secret link, shown once to copy. Only people whose eligibility
/// is validated for the marché may be transmitted.
/// </summary>
public static class TransmitFiles
{
    /// <summary>More files than a company reads for one posting.</summary>
    public const int MaximumPeople = 30;

    internal const string NotEligible = "son éligibilité n’est pas validée pour ce marché. Validez-la avant de transmettre sa fiche.";

    /// <param name="From">The state that the page showed.</param>
    /// <param name="Words">What the facilitator says of this person to the company.</param>
    public sealed record Chosen(PreselectionId Id, PreselectionState From, string? Words);

    /// <param name="Key">Drawn with the form: the same form sent twice makes one link.</param>
    public sealed record Command(
        PostingId PostingId, IReadOnlyList<Chosen> People, string ContactName, string? ContactEmail, string? Words, bool IsAnonymous,
        DateOnly AnswerBefore, DateOnly ExpiresOn, Guid Key, SignedIn User, bool AsksCode = false) : IRequest<Result<Answer>>;

    /// <summary>A secret of the link, known only here and now; the mail to the contact will carry another.</summary>
    public sealed record Answer(string Secret);

    public static void Map(IEndpointRouteBuilder app) =>
        app.MapPost("/offres/{id:guid}/transmettre", async (
            Guid id, PostedForm form, SignedIn user, IMediator mediator, FrenchCalendar calendar, MailSettings settings, HttpRequest request, CancellationToken ct) =>
        {
            var command = TransmissionForm.Read(new PostingId(id), form, user, calendar.Today, settings);
            var result = form.Errors.Any ? Result.Refused(form.Errors.All) : await mediator.Send(command, ct);
            return await result.Match(
                answer => ShowTransmission.PageAsync(
                    command.PostingId, user, mediator, null, [], $"{request.Scheme}://{request.Host}/e/{answer.Secret}", ct),
                () => Task.FromResult(Page.Missing()),
                refusals => ShowTransmission.PageAsync(command.PostingId, user, mediator, form, refusals, null, ct));
        }).RequireAuthorization(Policies.Facilitator);

    public sealed class Handler(Database database, EventLog log, FrenchCalendar calendar, MailQueue mails, DossierBuilder builder) : IRequestHandler<Command, Result<Answer>>
    {
        private const string Before = "before_link";

        public async Task<Result<Answer>> Handle(Command request, CancellationToken cancellationToken)
        {
            var text = await builder.BuildAsync(request, cancellationToken);
            return await database.WriteAsync((db, tx) => TransmitAsync(request, text, db, tx, cancellationToken), cancellationToken);
        }

        private async Task<Result<Answer>> TransmitAsync(Command request, Result<DossierText> text, DbConnection db, DbTransaction tx, CancellationToken ct)
        {
            var posting = await PostingRecords.FindAsync(db, request.PostingId, ct, tx);
            if (posting is null || posting.FacilitatorId != request.User.OrganizationId)
            {
                return Result.Missing;
            }

            var known = await PreselectionLists.OnPostingAsync(db, posting.Id, request.People.Select(chosen => chosen.Id), ct, tx);
            if (request.People.Any(chosen => !known.ContainsKey(chosen.Id)))
            {
                return Result.Missing;
            }

            var (secret, hash) = DrawnSecret.Draw();
            var linkId = Guid.CreateVersion7();
            await tx.SaveAsync(Before, ct);
            if (!await InsertLinkAsync(request, linkId, hash, db, tx, ct))
            {
                return Result.Refused("", "Ce formulaire a déjà été envoyé et son lien existe : il figure dans la liste ci-dessous.");
            }

            var author = new StepAuthor(PreselectionActor.Facilitator, request.User.DisplayName, request.User);
            for (var i = 0; i < request.People.Count; i++)
            {
                var chosen = request.People[i];
                if (await SendAsync(chosen, known[chosen.Id], posting, author, db, tx, ct) is { } refusal)
                {
                    await tx.RollbackAsync(Before, ct);
                    return Result.Refused("preselection", $"{known[chosen.Id].PersonName} : {refusal}");
                }

                await db.ExecuteAsync(new CommandDefinition(
                    "insert into company_link_person (link_id, preselection_id, position, words) values (@linkId, @Id, @position, @Words)",
                    new { linkId, chosen.Id, position = i + 1, chosen.Words }, tx, cancellationToken: ct));
            }

            // The steps refuse first, with their own reasons; what is left to refuse is what only the text knows.
            if (!text.IsFound)
            {
                return text.Map(_ => new Answer(""));
            }

            await DossierRecords.AddAsync(db, tx, linkId, text.Value, calendar.Now, ct);
            if (request.ContactEmail is { } address)
            {
                await mails.ToAddressAsync(db, tx, address, MailToContact(linkId, request.AnswerBefore), ct);
            }

            await log.AppendAsync(db, tx, "company_link", linkId, "transmission", request.User,
                new { offre = posting.Id.Value, preselections = request.People.Select(chosen => chosen.Id.Value), expire_le = request.ExpiresOn }, ct);
            return new Answer(secret);
        }

        // Neither who is proposed nor for which post: a mail is read over a shoulder, and forwarded.
        private static MailDraft MailToContact(Guid linkId, DateOnly answerBefore) => new(
            MailKind.FileTransmitted,
            "Des candidatures attendent votre réponse",
            [
                "Le facilitateur de la clause sociale vous transmet un dossier pour un poste de votre entreprise.",
                string.Create(System.Globalization.CultureInfo.InvariantCulture, $"Merci de répondre avant le {answerBefore:dd/MM/yyyy}. Aucun compte n’est nécessaire ; ce lien est réservé à vous seul."),
            ],
            "Lire le dossier et répondre", $"/e/{MailSecrets.CompanyLink(linkId)}", FileMails.SendingKey(linkId));

        /// <summary>Null when the file may go and the person moved if needed; else why not.</summary>
        private async Task<string?> SendAsync(
            Chosen chosen, StoredPreselection person, Posting posting, StepAuthor author, DbConnection db, DbTransaction tx, CancellationToken ct)
        {
            if (await EligibilityRecords.CoveringAsync(db, person.PersonId, posting.MarketId, calendar.Today, ct, tx) is not { } decision)
            {
                return NotEligible;
            }

            if (await MarketRecords.FindLotAsync(db, posting.LotId, ct, tx) is { } lot && !decision.Opens(lot))
            {
                return "ce lot ne retient qu’une partie des publics du marché, et aucun n’était justifié à la validation.";
            }

            if (chosen.From != PreselectionState.Preselected && ShowTransmission.Transmissible.Contains(chosen.From) && person.State == chosen.From)
            {
                return null;
            }

            var step = new PreselectionStep(chosen.From, PreselectionState.Transmitted, author);
            return await PreselectionStore.MoveAsync(db, tx, log, chosen.Id, step, calendar.Now, ct);
        }

        /// <summary>False when this very form already made its link.</summary>
        private async Task<bool> InsertLinkAsync(Command request, Guid linkId, string hash, DbConnection db, DbTransaction tx, CancellationToken ct) =>
            await db.ExecuteAsync(new CommandDefinition(
                """
                insert into company_link (id, posting_id, secret_hash, contact_name, contact_email, facilitator_words, is_anonymous,
                    answer_before, expires_on, created_at, created_by, revoked_at, submission_key, asks_code)
                values (@linkId, @PostingId, @hash, @ContactName, @ContactEmail, @Words, @IsAnonymous,
                    @AnswerBefore, @ExpiresOn, @Now, @DisplayName, null, @key, @AsksCode)
                on conflict do nothing
                """,
                new
                {
                    linkId,
                    request.PostingId,
                    hash,
                    request.ContactName,
                    request.ContactEmail,
                    request.Words,
                    request.IsAnonymous,
                    request.AnswerBefore,
                    request.ExpiresOn,
                    calendar.Now,
                    request.User.DisplayName,
                    key = request.Key.ToString(),
                    request.AsksCode,
                },
                tx, cancellationToken: ct)) == 1;
    }
}
