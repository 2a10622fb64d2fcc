using Dapper;
using Matching.Rules;
using Matching.Rules.Preselection;
using Matching.Web.Platform;
using Matching.Web.Platform.Mail;
using Matching.Web.Platform.Records;
using Matching.Web.Preselection.Dossiers;
using Matching.Web.Preselection.Interviews;
using MediatR;

namespace Matching.Web.Preselection;

/// <summary>GET /e/{secret}: what a company sees by its link, without account. A wrong, revoked or expired link says the same and nothing else.</summary>
public sealed partial class ShowCompanyPage
{
    /// <param name="IsOpening">Whether to count it: not when someone of the service looks, nor when an answer was refused.</param>
    public sealed record Query(CompanyVisit Visit, bool IsOpening) : IRequest<Result<Answer>>;

    /// <param name="Shown">The page, when the door is open.</param>
    /// <param name="Code">Where the code goes and whom to call, when one is asked for.</param>
    public sealed record Answer(DoorState Door, View? Shown, CodeAsked? Code);

    public sealed record CodeAsked(string Address, FacilitatorContact Contact, bool HasMail);

    /// <summary>Everything the page holds. Files are known to the company by their place in the list, never by our ids.</summary>
    public sealed record View(
        string Secret,
        string PostingTitle,
        DateOnly? StartsOn,
        FacilitatorContact Facilitator,
        string ContactName,
        string? Words,
        DateOnly AnswerBefore,
        DateOnly ExpiresOn,
        DateTimeOffset Now,
        bool HasDossier,
        bool HasPdf,
        CompanyDuties? Duties,
        IReadOnlyList<File> Files)
    {
        public DateOnly Today => FrenchCalendar.DayOf(Now);
    }

    /// <param name="Card">Null when the person is no longer proposed to the company: then nothing of them is shown.</param>
    /// <param name="Answers">The newest first.</param>
    public sealed record File(
        int Position, PreselectionState State, CompanyCard? Card, string? Reason, DateTimeOffset? InterviewAt, IReadOnlyList<Transition> Steps,
        IReadOnlyList<InterviewSlot> Slots, IReadOnlyList<AnswerLine> Answers);

    public static void Map(IEndpointRouteBuilder app) =>
        app.MapGet("/e/{secret}", (CompanyVisit visit, SignedIn? reader, IMediator mediator, HttpContext context, CancellationToken ct) =>
            PageAsync(visit, reader, mediator, context, PostedForm.Of(), [], ct))
            .RequireAuthorization(Policies.Anyone).RequireRateLimiting(PreselectionEndpoints.LinkLimit).ExcludeFromDescription();

    /// <summary>The page, with what was typed and why it was refused when it was; never indexed, kept or told to another site.</summary>
    public static async Task<IResult> PageAsync(
        CompanyVisit visit, SignedIn? reader, IMediator mediator, HttpContext context, PostedForm form, IReadOnlyList<Refusal> refusals, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(visit);
        ArgumentNullException.ThrowIfNull(mediator);
        ArgumentNullException.ThrowIfNull(context);
        Protect(context.Response);
        var result = await mediator.Send(new Query(visit, reader is null && refusals.Count == 0 && HttpMethods.IsGet(context.Request.Method)), ct);
        var status = PostedAgain.StatusOf(form, refusals);
        return result.Match(
            answer => answer switch
            {
                { Shown: { } view } => Page.Of<ShowCompanyPage>(new { Shown = view, visit.Name, Form = form }, status),
                { Code: { } code } => Page.Of<CompanyCodePage>(new { visit.Secret, code.Address, code.Contact, code.HasMail, Form = form }, status),
                _ => Page.Of<CompanyLinkClosed>(new { Form = form }, StatusCodes.Status410Gone),
            },
            () => Page.Of<CompanyLinkClosed>(new { Form = form }, StatusCodes.Status404NotFound),
            Page.Refused);
    }

    /// <summary>The address holds the secret: it must not leave by a referrer, a search engine or a cache.</summary>
    public static void Protect(HttpResponse response)
    {
        ArgumentNullException.ThrowIfNull(response);
        response.Headers["Referrer-Policy"] = "no-referrer";
        response.Headers["X-Robots-Tag"] = "noindex, nofollow, noarchive";
        response.Headers.CacheControl = "no-store";
    }

    public sealed class Handler(
        Database database, EventLog log, FrenchCalendar calendar, CompanyCards cards, CompanyDoor door, DossierFiles files, MailSettings mail) : IRequestHandler<Query, Result<Answer>>
    {
        public async Task<Result<Answer>> Handle(Query request, CancellationToken cancellationToken)
        {
            ArgumentNullException.ThrowIfNull(request);
            await using var db = await database.OpenAsync(cancellationToken);
            var (state, link) = await door.OpenAsync(db, request.Visit, cancellationToken);
            if (link is null || await PostingRecords.FindAsync(db, link.PostingId, cancellationToken) is not { } posting)
            {
                return Result.Missing;
            }

            if (state == DoorState.Closed)
            {
                return new Answer(state, null, null);
            }

            var facilitator = await OrganizationRecords.FindAsync(db, posting.FacilitatorId, cancellationToken);
            var contact = new FacilitatorContact(link.CreatedBy, facilitator?.Name ?? "", facilitator?.Phone, facilitator?.Email);
            if (state == DoorState.AsksCode)
            {
                return new Answer(state, null, new CodeAsked(link.ContactEmail ?? "", contact, mail.Host is not null));
            }

            await (request.IsOpening ? NoteOpeningAsync(link, cancellationToken) : Task.CompletedTask);
            var places = await CompanyFiles.OfLinkAsync(db, link.Id, cancellationToken);
            var known = await PreselectionLists.OnPostingAsync(db, posting.Id, places.Select(it => it.PreselectionId), cancellationToken);
            var placed = await cards.ReadAsync(db, posting, known, places, link.IsAnonymous, PreselectionStates.InCompanyHands, cancellationToken);
            List<PreselectionId> open = [.. placed.Where(it => it.Card is not null).Select(it => it.Stored.Id)];
            var slots = await SlotStore.OfAllAsync(db, open, cancellationToken);
            var answers = await AnswerLines.OfAllAsync(db, open, cancellationToken);
            var shown = placed.Select(it => it.Card is null
                ? new File(it.Position, it.Stored.State, null, null, null, [], [], [])
                : new File(
                    it.Position, it.Stored.State, it.Card, it.Stored.Reason, it.Stored.InterviewAt, Transitions.From(it.Stored.State, PreselectionActor.Company),
                    [.. slots[it.Stored.Id]], [.. answers[it.Stored.Id]]));

            return new Answer(state, new View(
                request.Visit.Secret, posting.Terms.Title, posting.Terms.StartsOn, contact,
                link.ContactName, link.FacilitatorWords, link.AnswerBefore, link.ExpiresOn, calendar.Now, link.HasDossier, files.HasPdf,
                await CompanyDuties.ReadAsync(db, posting, placed, calendar.Today, cancellationToken), [.. shown]), null);
        }

        private Task NoteOpeningAsync(CompanyLink link, CancellationToken ct) => database.WriteAsync(
            async (writer, tx) =>
            {
                await writer.ExecuteAsync(new CommandDefinition(
                    "insert into company_link_opening (id, link_id, at) values (@id, @linkId, @Now)",
                    new { id = Guid.CreateVersion7(), linkId = link.Id, calendar.Now }, tx, cancellationToken: ct));
                await log.AppendAsync(writer, tx, "company_link", link.Id, "lien.ouvert", null, new { offre = link.PostingId.Value }, ct);
            },
            ct);
    }
}
