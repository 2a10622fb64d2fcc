using Matching.Rules;
using Matching.Rules.Postings;
using Matching.Rules.Preselection;
using Matching.Web.Platform;
using Matching.Web.Platform.Mail;
using Matching.Web.Platform.Records;
using MediatR;

namespace Matching.Web.Preselection;

/// <summary>GET /offres/{id}/transmettre: choose the files for the company, and follow the links already made.</summary>
public sealed partial class ShowTransmission
{
    /// <summary>Days that a link lives after the day of the answer: someone late still answers.</summary>
    public const int ExpiryDays = 15;

    /// <summary>The people whose file can be sent: preselected, or already with the company when a link was lost.</summary>
    public static IReadOnlyList<PreselectionState> Transmissible { get; } =
        [PreselectionState.Preselected, PreselectionState.Transmitted, PreselectionState.Interview, PreselectionState.Chosen];

    public sealed record Query(PostingId PostingId, SignedIn User) : IRequest<Result<Answer>>;

    /// <param name="NotShown">How many more could be transmitted than the page shows.</param>
    /// <param name="HasMail">Whether mails leave, so that a code can be sent.</param>
    /// <param name="Eligible">The people whose eligibility is validated and in force today.</param>
    /// <param name="Terms">How long the companies of this marché have to answer.</param>
    /// <param name="Awaited">How many people of each file wait for an answer, where some do.</param>
    /// <param name="NotArrived">The files whose mail did not arrive.</param>
    public sealed record Answer(
        Posting Posting,
        IReadOnlyList<StoredPreselection> People,
        int NotShown,
        IReadOnlySet<Guid> Eligible,
        IReadOnlyList<CompanyLink> Links,
        DateOnly Today,
        bool HasMail,
        AnswerTerms Terms,
        IReadOnlyDictionary<Guid, int> Awaited,
        IReadOnlySet<Guid> NotArrived)
    {
        public bool IsEligible(StoredPreselection person) => Eligible.Contains(person.PersonId.Value);
    }

    public static void Map(IEndpointRouteBuilder app) =>
        app.MapGet("/offres/{id:guid}/transmettre", (Guid id, SignedIn user, IMediator mediator, CancellationToken ct) =>
            PageAsync(new PostingId(id), user, mediator, null, [], null, ct)).RequireAuthorization(Policies.Facilitator);

    /// <summary>The page; with what was typed when it was refused, or with the new address, shown this once.</summary>
    public static async Task<IResult> PageAsync(
        PostingId id, SignedIn user, IMediator mediator, PostedForm? form, IReadOnlyList<Refusal> refusals, string? newLink, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(mediator);
        var result = await mediator.Send(new Query(id, user), ct);
        var status = PostedAgain.StatusOf(form, refusals);
        return result.ToPage(view => Page.Of<ShowTransmission>(
            new { View = view, Form = form ?? Blank(view), NewLink = newLink },
            status));
    }

    private static PostedForm Blank(Answer view) => PostedForm.Of(
        ("cle", Guid.CreateVersion7().ToString()),
        ("reponse_avant", Iso(view.Terms.AnswerBefore(view.Today))),
        ("expire_le", Iso(view.Terms.AnswerBefore(view.Today).AddDays(ExpiryDays))));

    private static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    public sealed class Handler(Database database, FrenchCalendar calendar, MailSettings settings) : IRequestHandler<Query, Result<Answer>>
    {
        public async Task<Result<Answer>> Handle(Query request, CancellationToken cancellationToken)
        {
            await using var db = await database.OpenAsync(cancellationToken);
            var posting = await PostingRecords.FindAsync(db, request.PostingId, cancellationToken);
            if (posting is null || posting.FacilitatorId != request.User.OrganizationId)
            {
                return Result.Missing;
            }

            var people = await PreselectionLists.PageOfPostingAsync(db, posting.Id, Transmissible, null, 1, cancellationToken);
            var counts = await PreselectionLists.CountsOfPostingAsync(db, posting.Id, null, cancellationToken);
            var links = await CompanyLinks.OfPostingAsync(db, posting.Id, cancellationToken);
            return new Answer(
                posting, [.. people.OrderBy(s => s.State)], Transmissible.Sum(state => counts.GetValueOrDefault(state)) - people.Count,
                await EligibilityRecords.ValidatedAsync(db, posting.LotId, calendar.Today, cancellationToken),
                links, calendar.Today, settings.Host is not null,
                await AnswerTermsRecords.OfAsync(db, posting.MarketId, cancellationToken),
                (await AwaitedFiles.OfPostingAsync(db, posting.Id, cancellationToken)).ToDictionary(file => file.LinkId, file => file.People),
                await FileMails.NotArrivedAsync(db, [.. links.Select(link => link.Id)], cancellationToken));
        }
    }
}
