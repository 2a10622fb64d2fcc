using System.Data.Common;
using Dapper;
using Matching.Rules.People;
using Matching.Rules.Preselection;
using Matching.Web.Platform;
using Matching.Web.Platform.Records;
using Matching.Web.Platform.Reference;
using MediatR;

namespace Matching.Web.Preselection;

/// <summary>GET /e/{secret}: what a company sees by its link, without account. A wrong, revoked or expired link says the same and nothing else.</summary>
public sealed partial class ShowCompanyPage
{
    /// <summary>Longer than any secret: what is longer is not looked up.</summary>
    private const int MaximumSecret = 100;

    /// <param name="IsOpening">Whether to count it: not when someone of the service looks, nor when an answer was refused.</param>
    public sealed record Query(string Secret, bool IsOpening) : IRequest<Result<Answer>>;

    /// <param name="IsOpen">False for a link that was good once: same page, but 410.</param>
    public sealed record Answer(bool IsOpen, View? Shown);

    /// <summary>Everything the page holds. Files are known to the company by their place in the list, never by our ids.</summary>
    public sealed record View(
        string Secret,
        string PostingTitle,
        DateOnly? StartsOn,
        string FacilitatorName,
        string? FacilitatorPhone,
        string? FacilitatorEmail,
        string ContactName,
        string? Words,
        DateOnly AnswerBefore,
        DateOnly ExpiresOn,
        DateOnly Today,
        IReadOnlyList<File> Files);

    /// <param name="Card">Null when the person is no longer proposed to the company: then nothing of them is shown.</param>
    public sealed record File(
        int Position, PreselectionState State, CompanyCard? Card, string? Reason, DateTimeOffset? InterviewAt, IReadOnlyList<Transition> Steps);

    public static void Map(IEndpointRouteBuilder app) =>
        app.MapGet("/e/{secret}", (string secret, SignedIn? reader, IMediator mediator, HttpContext context, CancellationToken ct) =>
            PageAsync(secret, reader, mediator, context, PostedForm.Of(), [], ct))
            .RequireAuthorization(Policies.Anyone).RequireRateLimiting(PreselectionEndpoints.LinkLimit).ExcludeFromDescription();

    /// <summary>The page, with what was typed and why it was refused when it was; never indexed, kept or told to another site.</summary>
    public static async Task<IResult> PageAsync(
        string secret, SignedIn? reader, IMediator mediator, HttpContext context, PostedForm form, IReadOnlyList<Refusal> refusals, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(mediator);
        ArgumentNullException.ThrowIfNull(context);
        Protect(context.Response);
        var result = await mediator.Send(new Query(secret, reader is null && refusals.Count == 0), ct);
        var status = PostedAgain.StatusOf(form, refusals);
        return result.Match(
            answer => answer.Shown is { } view
                ? Page.Of<ShowCompanyPage>(
                    new { Shown = view, Form = form },
                    status)
                : Page.Of<CompanyLinkClosed>(status: StatusCodes.Status410Gone),
            () => Page.Of<CompanyLinkClosed>(status: StatusCodes.Status404NotFound),
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

    public sealed class Handler(Database database, EventLog log, FrenchCalendar calendar, OccupationTitles occupations) : IRequestHandler<Query, Result<Answer>>
    {
        public async Task<Result<Answer>> Handle(Query request, CancellationToken cancellationToken)
        {
            if (request.Secret.Length > MaximumSecret)
            {
                return Result.Missing;
            }

            await using var db = await database.OpenAsync(cancellationToken);
            var link = await CompanyLinks.FindAsync(db, request.Secret, cancellationToken);
            if (link is null)
            {
                return Result.Missing;
            }

            if (!link.IsValidOn(calendar.Today))
            {
                return new Answer(false, null);
            }

            if (request.IsOpening)
            {
                await database.WriteAsync(
                    async (writer, tx) =>
                    {
                        await writer.ExecuteAsync(new CommandDefinition(
                            "insert into company_link_opening (id, link_id, at) values (@id, @linkId, @Now)",
                            new { id = Guid.CreateVersion7(), linkId = link.Id, calendar.Now }, tx, cancellationToken: cancellationToken));
                        await log.AppendAsync(writer, tx, "company_link", link.Id, "lien.ouvert", null, new { offre = link.PostingId.Value }, cancellationToken);
                    },
                    cancellationToken);
            }

            return new Answer(true, await ViewAsync(request.Secret, link, db, cancellationToken));
        }

        // A pool file may name an experience by its ROME code alone, which tells a company nothing.
        private Person InWords(Person person) => person with
        {
            Work = person.Work with { Experiences = [.. person.Work.Experiences.Select(it => it with { Title = occupations.ByCode(it.Title)?.Label ?? it.Title })] },
        };

        private async Task<View?> ViewAsync(string secret, CompanyLink link, DbConnection db, CancellationToken ct)
        {
            var posting = await PostingRecords.FindAsync(db, link.PostingId, ct);
            if (posting is null)
            {
                return null;
            }

            var facilitator = await OrganizationRecords.FindAsync(db, posting.FacilitatorId, ct);
            var places = (await CompanyFiles.OfLinkAsync(db, link.Id, ct)).Select(p => (p.Position, p.Words, p.PreselectionId)).ToList();
            var known = (await PreselectionStore.OfPostingAsync(db, posting.Id, ct)).ToDictionary(s => s.Id);
            var people = (await PersonRecords.ReadAsync(db, places.Select(p => known[p.PreselectionId].PersonId), ct)).ToDictionary(p => p.Person.Id);
            var files = new List<File>();
            foreach (var (position, words, id) in places)
            {
                var stored = known[id];
                var decision = await EligibilityRecords.CoveringAsync(db, stored.PersonId, posting.MarketId, calendar.Today, ct);
                var isShown = PreselectionStates.InCompanyHands.Contains(stored.State) && decision is not null && people.ContainsKey(stored.PersonId);
                files.Add(new File(
                    position, stored.State,
                    isShown ? CompanyCard.For(
                        InWords(people[stored.PersonId].Person), posting.Terms, decision!, words, link.IsAnonymous) : null,
                    isShown ? stored.Reason : null,
                    isShown ? stored.InterviewAt : null,
                    isShown ? Transitions.From(stored.State, PreselectionActor.Company) : []));
            }

            return new View(
                secret, posting.Terms.Title, posting.Terms.StartsOn, facilitator?.Name ?? "", facilitator?.Phone, facilitator?.Email,
                link.ContactName, link.FacilitatorWords, link.AnswerBefore, link.ExpiresOn, calendar.Today, files);
        }
    }
}
