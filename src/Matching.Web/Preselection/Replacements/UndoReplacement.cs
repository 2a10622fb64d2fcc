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
/// POST /preselections/{id}/remplacement/annulation: a replacement launched by mistake is taken back while nobody answered. The posting and the
/// people are as before, the mails that wait do not leave, who was told is told again. All of it, or nothing.
/// </summary>
public static class UndoReplacement
{
    private const int PeopleLimit = 1_000;

    public sealed record Command(PreselectionId Id, SignedIn User) : IRequest<Result<Answer>>;

    /// <param name="Withdrawn">Mails that had not left.</param>
    /// <param name="Told">Mails that leave to those who had one.</param>
    public sealed record Answer(PostingState Posting, int Withdrawn, int Told);

    /// <summary>What a replacement changes of its posting, as it was before.</summary>
    public sealed record PostingBefore(PostingState State, int Posts, int? InsertionHours, WorkDone AtReopening, DateTimeOffset? PublishedAt)
    {
        public static PostingBefore Of(StoredPosting posting)
        {
            ArgumentNullException.ThrowIfNull(posting);
            return new(posting.State, posting.Terms.Posts, posting.Terms.InsertionHours, posting.AtReopening, posting.PublishedAt);
        }
    }

    public static void Map(IEndpointRouteBuilder app) =>
        app.MapPost("/preselections/{id:guid}/remplacement/annulation", async (Guid id, SignedIn user, IMediator mediator, CancellationToken ct) =>
        {
            var result = await mediator.Send(new Command(new PreselectionId(id), user), ct);
            return await result.Match(
                answer => Task.FromResult(Page.SeeOther($"/preselections/{id}/remplacement", Said(answer))),
                () => Task.FromResult(Page.Missing()),
                refusals => FindReplacement.PageAsync(new PreselectionId(id), user, mediator, null, refusals, ct));
        }).RequireAuthorization(Policies.Facilitator);

    /// <summary>Null when this user may take it back now; else the French sentence.</summary>
    public static async Task<string?> CheckAsync(DbConnection db, DbTransaction? tx, FindReplacement.Made made, StoredPosting posting, SignedIn user, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(made);
        ArgumentNullException.ThrowIfNull(posting);
        var moved = await db.QuerySingleAsync<int>(new CommandDefinition(
            """
            select (select count(*) from preselection s where s.posting_id = @PostingId and s.updated_at > @At)
                + (select count(*) from suggestion g where g.posting_id = @PostingId and g.suggested_at > @At and g.taken_back_at is null and g.declined_at is null)
            """,
            new { PostingId = posting.Id, made.At }, tx, cancellationToken: ct));
        var asked = await AskedAsync(db, tx, made.Id, ct);
        var isAsLeft = posting.State == PostingState.Published && posting.Version == made.PostingVersion && posting.UpdatedAt == made.At;
        return UndoneReplacements.Check(new LaunchedReplacement(
            made.ById == user.UserId, moved > 0 || asked.Any(it => it.State != it.Before && it.State != PreselectionState.Proposed), isAsLeft, made.PostingBefore is not null));
    }

    private static string Said(Answer answer) => string.Join(' ', new[]
    {
        $"Remplacement annulé : l’offre est de nouveau « {answer.Posting.Label()} » et chacun a repris sa place.",
        answer.Withdrawn switch { 0 => null, 1 => "1 courriel qui n’était pas parti est retiré.", _ => $"{answer.Withdrawn} courriels qui n’étaient pas partis sont retirés." },
        answer.Told switch { 0 => null, 1 => "1 courriel prévient de l’annulation.", _ => $"{answer.Told} courriels préviennent de l’annulation." },
    }.OfType<string>());

    private static async Task<IReadOnlyList<Asked>> AskedAsync(DbConnection db, DbTransaction? tx, Guid replacement, CancellationToken ct) =>
        [.. (await db.QueryAsync<(PreselectionId Id, string State, string? Before)>(new CommandDefinition(
            $"""
            select s.id, s.state, p.state_before from replacement_person p join preselection s on s.id = p.preselection_id
            where p.replacement_id = @replacement order by s.id limit {PeopleLimit}
            """,
            new { replacement }, tx, cancellationToken: ct)))
            .Select(row => new Asked(row.Id, PreselectionStates.Parse(row.State), row.Before is null ? null : PreselectionStates.Parse(row.Before)))];

    /// <param name="Before">Null when the replacement began their path.</param>
    private sealed record Asked(PreselectionId Id, PreselectionState State, PreselectionState? Before);

    public sealed class Handler(Database database, MailSender sender, MailQueue mails, ChangeFeed feed, EventLog log, FrenchCalendar calendar) : IRequestHandler<Command, Result<Answer>>
    {
        public async Task<Result<Answer>> Handle(Command request, CancellationToken cancellationToken)
        {
            ArgumentNullException.ThrowIfNull(request);
            var seen = await FindReplacement.LoadAsync(database, request.Id, request.User, calendar.Today, cancellationToken);
            if (!seen.IsFound)
            {
                return seen.Map(_ => new Answer(default, 0, 0));
            }

            return seen.Value.Done is null ? Result.Refused("", UndoneReplacements.AlreadyUndone, UndoneReplacements.WhileNobodyAnswered)
                : await sender.BetweenSendingsAsync(() => database.WriteAsync((db, tx) => UndoAsync(request.User, seen.Value, db, tx, cancellationToken), cancellationToken), cancellationToken)
                ?? Result.Refused("", "Des courriels sont en train de partir : recommencez dans quelques secondes.");
        }

        private async Task<Result<Answer>> UndoAsync(SignedIn user, FindReplacement.Answer view, DbConnection db, DbTransaction tx, CancellationToken ct)
        {
            var (made, now) = (view.Done!, calendar.Now);
            await TakeTurnAsync(db, tx, made.Id, view.Posting.Id, ct);
            var posting = (await StoredPosting.FindAsync(db, view.Posting.Id, ct, tx))!;
            if (await CheckAsync(db, tx, made, posting, user, ct) is { } refusal)
            {
                return Result.Refused("", refusal, UndoneReplacements.WhileNobodyAnswered);
            }

            var asked = await AskedAsync(db, tx, made.Id, ct);
            if (!await PutAsideAsync(db, tx, made, view.Left.Id, now, ct))
            {
                return Result.Refused("", UndoneReplacements.AlreadyUndone, UndoneReplacements.WhileNobodyAnswered);
            }

            var before = RecordJson.Read<PostingBefore>(made.PostingBefore!);
            await (posting with { PublishedAt = before.PublishedAt }).ReviseAsync(
                db, tx, feed, log, before.State, new RemainingPosts(before.Posts, before.InsertionHours, before.AtReopening), user, now, ct);
            await BackAsync(db, tx, asked, made.Id, user, now, ct);
            var (withdrawn, gone) = await MailQueue.WithdrawAsync(db, tx, ReplacementMails.KeyStart(made.Id), made.At, ct);
            var told = await TellAsync(db, tx, made.Id, gone, view.Contact, ct);

            // A company whose link is over has no page to read: the facilitator's page says to call it.
            var isCompanyUntold = gone.Any(it => it.UserId is null && it.Recipient != view.Contact?.ContactEmail);
            await db.ExecuteAsync(new CommandDefinition("update replacement_undone set company_untold = @isCompanyUntold where id = @Id", new { isCompanyUntold, made.Id }, tx, cancellationToken: ct));
            await log.AppendAsync(db, tx, "preselection", view.Left.Id.Value, "remplacement.annulation", user, new { offre = posting.Id.Value, remplacement = made.Id, retires = withdrawn, prevenus = told }, ct);
            return new Answer(before.State, withdrawn, told);
        }

        // Nobody answers nor changes the posting between the check and the end of the transaction.
        private static async Task TakeTurnAsync(DbConnection db, DbTransaction tx, Guid replacement, PostingId posting, CancellationToken ct)
        {
            await db.ExecuteAsync(new CommandDefinition("update posting set version = version where id = @posting", new { posting }, tx, cancellationToken: ct));
            foreach (var it in await AskedAsync(db, tx, replacement, ct))
            {
                await PreselectionStore.TakeTurnAsync(db, tx, it.Id, ct);
            }
        }

        /// <summary>From the replacements that are on to those taken back; false when another did it meanwhile.</summary>
        private static async Task<bool> PutAsideAsync(DbConnection db, DbTransaction tx, FindReplacement.Made made, PreselectionId left, DateTimeOffset now, CancellationToken ct)
        {
            await db.ExecuteAsync(new CommandDefinition("delete from replacement_person where replacement_id = @Id", new { made.Id }, tx, cancellationToken: ct));
            await db.ExecuteAsync(new CommandDefinition(
                "insert into replacement_undone (id, preselection_id, at, by_name, undone_at) values (@Id, @left, @At, @ByName, @now) on conflict do nothing",
                new { made.Id, left, made.At, made.ByName, now }, tx, cancellationToken: ct));
            return await db.ExecuteAsync(new CommandDefinition("delete from replacement where id = @Id", new { made.Id }, tx, cancellationToken: ct)) == 1;
        }

        /// <summary>Each to their place: a step taken back, a path that ends where it began, or a line of history for who had not moved.</summary>
        private async Task BackAsync(DbConnection db, DbTransaction tx, IReadOnlyList<Asked> asked, Guid replacement, SignedIn user, DateTimeOffset now, CancellationToken ct)
        {
            const string words = "Le remplacement est annulé : il n’y a plus à répondre.";
            var all = await PreselectionLists.OfIdsAsync(db, asked.Select(it => it.Id), ct, tx);
            List<(StoredPreselection, TakenStep)> moved =
                [.. asked.Where(it => it.Before is not null && it.Before != it.State).Select(it => (all[it.Id], new TakenStep(it.Before!.Value, it.State, PreselectionActor.Facilitator, true, true, false)))];
            await UndoStep.BackAsync(db, tx, log, moved, words, user, now, ct);
            foreach (var it in asked.Where(it => it.Before == it.State))
            {
                await PreselectionStore.WriteNoteAsync(db, tx, all[it.Id], user, user.DisplayName, words, $"remplacement-annule:{replacement}", now, ct);
            }

            foreach (var it in asked.Where(it => it.Before is null))
            {
                var step = new PreselectionStep(it.State, PreselectionState.Withdrawn, new StepAuthor(PreselectionActor.Facilitator, user.DisplayName, user), Reasons.ReplacementUndone, words, IsUndo: true);
                await db.ExecuteAsync(new CommandDefinition(
                    "update preselection set state = @to, reason_code = @ReasonCode, updated_at = @now where id = @Id", new { it.Id, to = step.To.Code(), step.ReasonCode, now }, tx, cancellationToken: ct));
                await PreselectionStore.WriteStepAsync(db, tx, it.Id, it.State, step, now, ct);
                await log.AppendAsync(db, tx, "preselection", it.Id.Value, "annulation", user, new { de = it.State.Code(), vers = step.To.Code() }, ct);
            }
        }

        /// <summary>Who received a mail of the replacement receives one that takes it back; of a company whose link ended, the page says to telephone.</summary>
        private async Task<int> TellAsync(DbConnection db, DbTransaction tx, Guid replacement, IReadOnlyList<MailQueue.Gone> gone, CompanyLink? contact, CancellationToken ct)
        {
            var told = 0;
            foreach (var user in gone.Select(it => it.UserId).OfType<Guid>().Distinct())
            {
                told += await mails.ToUserAsync(db, tx, user, ReplacementMails.Undone(replacement), ct) ? 1 : 0;
            }

            foreach (var address in gone.Where(it => it.UserId is null && it.Recipient == contact?.ContactEmail).Select(it => it.Recipient).Distinct())
            {
                told += await mails.ToAddressAsync(db, tx, address, ReplacementMails.UndoneToCompany(replacement, contact!.Id), ct) ? 1 : 0;
            }

            return told;
        }
    }
}
