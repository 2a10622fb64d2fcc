using System.Data.Common;
using Dapper;
using Matching.Rules;
using Matching.Rules.Postings;
using Matching.Rules.Preselection;
using Matching.Web.Platform;
using Matching.Web.Platform.Mail;
using Matching.Web.Platform.Records;
using MediatR;

namespace Matching.Web.Preselection.Replacements;

/// <summary>
/// POST /preselections/{id}/remplacement: the posting is open again with what is left, the people ticked are asked by their structure, the
/// company and the partners are told. All of it, or nothing.
/// </summary>
public static class AskNextPeople
{
    private const string AlreadyDone = "Ce remplacement est déjà lancé : ce qui a été fait est ci-dessous.";

    /// <param name="People">Those to ask, in line as the page showed them.</param>
    public sealed record Command(
        PreselectionId Id, int Posts, int? Hours, IReadOnlyList<PersonId> People, bool TellsCompany, bool TellsPartners, SignedIn User) : IRequest<Result<Answer>>;

    /// <param name="PartnersTold">How many partners are written to; null when it was not asked.</param>
    public sealed record Answer(PostingId Posting, int Asked, bool CompanyTold, int? PartnersTold);

    public static void Map(IEndpointRouteBuilder app) =>
        app.MapPost("/preselections/{id:guid}/remplacement", async (Guid id, PostedForm form, SignedIn user, IMediator mediator, CancellationToken ct) =>
        {
            var posts = form.WholeNumber("nombre_postes", "Postes à pourvoir", 1, 500);
            var hours = form.OptionalWholeNumber("heures_insertion", "Heures d’insertion restantes", 1, 1_000_000);
            var people = form.Ids("personne").Select(person => new PersonId(person)).ToList();
            var result = form.Errors.Any
                ? Result.Refused(form.Errors.All)
                : await mediator.Send(
                    new Command(new PreselectionId(id), posts!.Value, hours, people, form.Checked("prevenir_entreprise"), form.Checked("prevenir_partenaires"), user), ct);
            return await result.Match(
                answer => Task.FromResult(Page.SeeOther($"/preselections/{id}/remplacement", Said(answer))),
                () => Task.FromResult(Page.Missing()),
                refusals => FindReplacement.PageAsync(new PreselectionId(id), user, mediator, form, refusals, ct));
        }).RequireAuthorization(Policies.Facilitator);

    private static string Said(Answer answer) => string.Join(' ', new[]
    {
        "Offre ouverte avec ce qui reste à faire.",
        answer.Asked switch { 0 => "Personne n’est encore demandé.", 1 => "1 personne est demandée à sa structure.", _ => $"{answer.Asked} personnes sont demandées à leur structure." },
        answer.CompanyTold ? "L’entreprise est prévenue par courriel." : null,
        answer.PartnersTold switch { null => null, 0 => "Aucun courriel ne part vers les partenaires : aucun autre ne reçoit ces courriels.", 1 => "1 courriel part vers les partenaires.", _ => $"{answer.PartnersTold} courriels partent vers les partenaires." },
    }.OfType<string>());

    public sealed class Handler(Database database, ChangeFeed feed, EventLog log, MailQueue mails, FrenchCalendar calendar) : IRequestHandler<Command, Result<Answer>>
    {
        public async Task<Result<Answer>> Handle(Command request, CancellationToken cancellationToken)
        {
            var seen = await FindReplacement.LoadAsync(database, request.Id, request.User, calendar.Today, cancellationToken);
            if (!seen.IsFound)
            {
                return seen.Map(_ => new Answer(default, 0, false, 0));
            }

            var view = seen.Value;
            var asked = view.Line.Where(it => request.People.Contains(it.PersonId)).ToList();
            if (asked.Count < request.People.Count)
            {
                return Result.Missing;
            }

            return Refusal(view, asked) is { } refusal ? Result.Refused(refusal.Field, refusal.Sentence)
                : await database.WriteAsync((db, tx) => AskAsync(request, view, asked, db, tx, cancellationToken), cancellationToken);
        }

        private static (string Field, string Sentence)? Refusal(FindReplacement.Answer view, List<InLine> asked) =>
            view.Done is not null ? ("", AlreadyDone)
            : view.MarketEnd < view.Today ? ("", "Le marché, ou le lot, est terminé : aucune heure ne compterait plus pour la clause.")
            : asked.FirstOrDefault(it => NextInLine.IsWithCompany(it.State)) is { } there ? ("personne", $"{there.ShownAs} : l’entreprise a déjà sa fiche. Relancez l’entreprise.")
            : asked.FirstOrDefault(it => it.WhyNot is not null) is { } busy ? ("personne", $"{busy.ShownAs} {busy.WhyNot} Décochez cette personne.")
            : null;

        private async Task<Result<Answer>> AskAsync(
            Command request, FindReplacement.Answer view, List<InLine> asked, DbConnection db, DbTransaction tx, CancellationToken ct)
        {
            var (id, now) = (Guid.CreateVersion7(), calendar.Now);
            var posting = (await StoredPosting.FindAsync(db, view.Posting.Id, ct, tx))!;
            var contact = request.TellsCompany ? view.Contact : null;
            var isFirst = await db.ExecuteAsync(new CommandDefinition(
                """
                insert into replacement (id, preselection_id, posting_id, posting_version, posting_before, at, by_id, by_name, company_told, partners_told)
                values (@id, @left, @posting, @version, @before, @now, @UserId, @DisplayName, @company, @partners) on conflict (preselection_id) do nothing
                """,
                new { id, left = view.Left.Id, posting = posting.Id, version = posting.Version + 1, before = RecordJson.Write(UndoReplacement.PostingBefore.Of(posting)), now, request.User.UserId, request.User.DisplayName, company = contact is not null, partners = request.TellsPartners },
                tx, cancellationToken: ct)) == 1;
            if (!isFirst)
            {
                return Result.Refused("", AlreadyDone);
            }

            await posting.ReviseAsync(db, tx, feed, log, PostingState.Published, new RemainingPosts(request.Posts, request.Hours, view.Work), request.User, now, ct);
            foreach (var person in asked)
            {
                var path = await AskAgainAsync(person, posting.Id, request.User, id, now, db, tx, ct);
                await db.ExecuteAsync(new CommandDefinition(
                    "insert into replacement_person (replacement_id, preselection_id, state_before) values (@id, @path, @before)", new { id, path, before = person.State?.Code() }, tx, cancellationToken: ct));
            }

            var told = await TellAsync(id, posting.Id, contact, asked, request.TellsPartners, db, tx, ct);
            await db.ExecuteAsync(new CommandDefinition("update replacement set partners_written = @told where id = @id", new { told, id }, tx, cancellationToken: ct));
            await log.AppendAsync(db, tx, "preselection", view.Left.Id.Value, "remplacement", request.User,
                new { offre = posting.Id.Value, postes = request.Posts, heures = request.Hours, demandees = asked.Select(it => it.PersonId.Value) }, ct);
            return new Answer(posting.Id, asked.Count, contact is not null, request.TellsPartners ? told : null);
        }

        /// <summary>A path begins, comes back to its first step, or stays where its structure already answers; with a line of history each time.</summary>
        private async Task<PreselectionId> AskAgainAsync(
            InLine person, PostingId posting, SignedIn user, Guid replacement, DateTimeOffset now, DbConnection db, DbTransaction tx, CancellationToken ct)
        {
            var id = person.Id ?? await PathStarts.BeginAsync(db, tx, log, posting, person.PersonId, person.List, user, now, ct)
                ?? throw new InvalidOperationException("A person of the ranked list was on the posting already.");
            if (person.State is { } from && Transitions.Find(from, PreselectionState.Proposed, PreselectionActor.Facilitator) is not null)
            {
                var author = new StepAuthor(PreselectionActor.Facilitator, user.DisplayName, user);
                if (await PreselectionStore.MoveAsync(db, tx, log, id, new PreselectionStep(from, PreselectionState.Proposed, author), now, ct) is { } refusal)
                {
                    throw new InvalidOperationException(refusal);
                }
            }

            var stored = (await PreselectionStore.FindAsync(db, id, ct, tx))!;
            await PreselectionStore.WriteNoteAsync(
                db, tx, stored, user, user.DisplayName, "Demandée pour un remplacement : la structure est priée de dire si la personne est disponible.", $"remplacement:{replacement}", now, ct);
            return id;
        }

        /// <summary>The structures of the people asked, the company's contact, the other structures of the territory; answers how many partners were written to.</summary>
        private async Task<int> TellAsync(
            Guid replacement, PostingId posting, CompanyLink? contact, IReadOnlyList<InLine> asked, bool tellsPartners, DbConnection db, DbTransaction tx, CancellationToken ct)
        {
            var pools = asked.Select(it => it.PoolId).ToHashSet();
            foreach (var pool in pools)
            {
                await mails.ToOrganizationAsync(db, tx, pool, Roles.Structure, ReplacementMails.ToStructure(replacement), ct);
            }

            if (contact is not null)
            {
                await mails.ToAddressAsync(db, tx, contact.ContactEmail!, ReplacementMails.ToCompany(replacement, contact.Id), ct);
            }

            var told = 0;
            foreach (var partner in tellsPartners ? (await Visibility.StructuresOfAsync(db, tx, posting, ct)).Where(it => !pools.Contains(it)) : [])
            {
                told += await mails.ToOrganizationAsync(db, tx, partner, Roles.Structure, ReplacementMails.ToPartner(replacement, posting), ct);
            }

            return told;
        }
    }
}
