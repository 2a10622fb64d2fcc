using System.Data.Common;
using Dapper;
using Matching.Rules;
using Matching.Rules.Postings;
using Matching.Rules.Preselection;
using Matching.Web.Platform;
using Matching.Web.Platform.Records;
using MediatR;

namespace Matching.Web.Preselection.Replacements;

/// <summary>
/// GET /preselections/{id}/remplacement: after someone left, what is left of the post, who is next in line, and who is told. One page, once.
/// </summary>
public sealed partial class FindReplacement
{
    public sealed record Query(PreselectionId Id, SignedIn User) : IRequest<Result<Answer>>;

    /// <param name="LastDay">The last day of the person who left, included.</param>
    /// <param name="Contract">Their last contract: its hours end on that day.</param>
    /// <param name="Contact">The person of the company who will be told by mail; null when no link with an address is still good.</param>
    /// <param name="Done">The replacement already looked for; null when it was not.</param>
    /// <param name="WhyKept">Why it cannot be taken back by this user; null when it can.</param>
    /// <param name="Undone">The last one that was taken back; null when none was.</param>
    public sealed record Answer(
        StoredPreselection Left, DateOnly LastDay, Guid Contract, StoredPosting Posting, WorkDone Work, int Posts, int? Hours, IReadOnlyList<InLine> Line,
        IReadOnlyDictionary<OrganizationId, string> Structures, CompanyLink? Contact, Made? Done, string? WhyKept, TakenBack? Undone, DateOnly MarketEnd, DateOnly Today)
    {
        /// <summary>Who can be asked now.</summary>
        public IEnumerable<InLine> Free => Line.Where(it => it.WhyNot is null && !NextInLine.IsWithCompany(it.State));
    }

    /// <summary>A replacement as it was looked for.</summary>
    /// <param name="PartnersTold">Whether the partners were to be told.</param>
    /// <param name="PartnersWritten">How many mails left to them; null when it was not noted yet.</param>
    public sealed record Made(
        Guid Id, DateTimeOffset At, Guid ById, string ByName, int PostingVersion, string? PostingBefore, bool CompanyTold, bool PartnersTold, int? PartnersWritten, long Asked);

    /// <param name="CompanyUntold">Whether the company that was told of it could not be told by mail.</param>
    public sealed record TakenBack(DateTimeOffset At, string ByName, DateTimeOffset UndoneAt, bool CompanyUntold);

    public static void Map(IEndpointRouteBuilder app) =>
        app.MapGet("/preselections/{id:guid}/remplacement", (Guid id, SignedIn user, IMediator mediator, CancellationToken ct) =>
            PageAsync(new PreselectionId(id), user, mediator, null, [], ct)).RequireAuthorization(Policies.Facilitator);

    /// <summary>The page, with what was typed and why it was refused when it was.</summary>
    public static async Task<IResult> PageAsync(
        PreselectionId id, SignedIn user, IMediator mediator, PostedForm? form, IReadOnlyList<Refusal> refusals, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(mediator);
        var result = await mediator.Send(new Query(id, user), ct);
        return result.ToPage(view =>
        {
            var shown = form ?? Blank(view);
            var status = PostedAgain.StatusOf(shown, refusals);
            return Page.Of<FindReplacement>(new { View = view, Form = shown }, status);
        });
    }

    private static PostedForm Blank(Answer view) => PostedForm.Of(
        ("nombre_postes", $"{view.Posts}"), ("heures_insertion", view.Hours is > 0 and var hours ? $"{hours}" : ""), ("prevenir_entreprise", "on"), ("prevenir_partenaires", "on"));

    /// <summary>Null when it is unknown or another facilitator's; refused when nobody left.</summary>
    public static async Task<Result<Answer>> LoadAsync(Database database, PreselectionId id, SignedIn user, DateOnly today, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(database);
        await using var db = await database.OpenAsync(ct);
        var left = await PreselectionStore.FindAsync(db, id, ct);
        if (left?.RoleOf(user) != PreselectionActor.Facilitator || await StoredPosting.FindAsync(db, left!.PostingId, ct) is not { } posting)
        {
            return Result.Missing;
        }

        var last = await db.QueryFirstOrDefaultAsync<(Guid Id, DateOnly? EndedOn)>(new CommandDefinition(
            $"select id, ended_on from work_contract where id = ({EndContract.LastOfHire})", new { left.Id }, cancellationToken: ct));
        if (left.State != PreselectionState.Ended || last.EndedOn is not { } lastDay)
        {
            return Result.Refused("", $"Un remplacement se cherche quand la fin du contrat est enregistrée ; cette personne est « {left.State.Label()} ».");
        }

        var work = await posting.WorkDoneAsync(db, today, ct);
        var (posts, hours) = RemainingWork.Of(posting.Terms.Posts, posting.Terms.InsertionHours, work, posting.AtReopening);
        var line = await LineUp.ReadAsync(db, posting, today, ct);
        var links = await CompanyLinks.OfPostingAsync(db, posting.Id, ct);
        var market = (await MarketRecords.FindAsync(db, posting.MarketId, ct))!;
        var lot = (await MarketRecords.FindLotAsync(db, posting.LotId, ct))!;
        var done = await MadeAsync(db, id, ct);
        return new Answer(
            left, lastDay, last.Id, posting, work, posts, hours, line, await OrganizationRecords.NamesAsync(db, line.Select(it => it.PoolId), ct),
            links.FirstOrDefault(it => it.IsValidOn(today) && it.ContactEmail is not null), done, done is null ? null : await UndoReplacement.CheckAsync(db, null, done, posting, user, ct), await TakenBackAsync(db, id, ct), market.For(lot).Period.End ?? DateOnly.MaxValue, today);
    }

    private static Task<Made?> MadeAsync(DbConnection db, PreselectionId id, CancellationToken ct) =>
        db.QuerySingleOrDefaultAsync<Made?>(new CommandDefinition(
            """
            select r.id, r.at, r.by_id, r.by_name, r.posting_version, r.posting_before, r.company_told, r.partners_told, r.partners_written, (select count(*) from replacement_person p where p.replacement_id = r.id) as asked
            from replacement r where r.preselection_id = @id
            """,
            new { id }, cancellationToken: ct));

    private static Task<TakenBack?> TakenBackAsync(DbConnection db, PreselectionId id, CancellationToken ct) =>
        db.QueryFirstOrDefaultAsync<TakenBack?>(new CommandDefinition(
            "select at, by_name, undone_at, company_untold from replacement_undone where preselection_id = @id order by undone_at desc, id desc limit 1", new { id }, cancellationToken: ct));

    public sealed class Handler(Database database, FrenchCalendar calendar) : IRequestHandler<Query, Result<Answer>>
    {
        public Task<Result<Answer>> Handle(Query request, CancellationToken cancellationToken)
        {
            ArgumentNullException.ThrowIfNull(request);
            return LoadAsync(database, request.Id, request.User, calendar.Today, cancellationToken);
        }
    }
}
