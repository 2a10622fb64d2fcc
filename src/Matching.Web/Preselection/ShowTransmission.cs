using Matching.Rules;
using Matching.Rules.Postings;
using Matching.Rules.Preselection;
using Matching.Web.Platform;
using Matching.Web.Platform.Records;
using MediatR;

namespace Matching.Web.Preselection;

/// <summary>GET /offres/{id}/transmettre: choose the files for the company, and follow the links already made.</summary>
public sealed partial class ShowTransmission
{
    /// <summary>The company is asked to answer within this many days (design: reminder, then silence).</summary>
    public const int AnswerDays = 15;

    public const int ExpiryDays = 30;

    /// <summary>The people whose file can be sent: preselected, or already with the company when a link was lost.</summary>
    public static IReadOnlyList<PreselectionState> Transmissible { get; } =
        [PreselectionState.Preselected, PreselectionState.Transmitted, PreselectionState.Interview, PreselectionState.Chosen];

    public sealed record Query(PostingId PostingId, SignedIn User) : IRequest<Result<Answer>>;

    /// <param name="Eligible">The people whose eligibility is validated and in force today.</param>
    public sealed record Answer(
        Posting Posting,
        IReadOnlyList<StoredPreselection> People,
        IReadOnlySet<Guid> Eligible,
        IReadOnlyList<CompanyLink> Links,
        DateOnly Today)
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
        ("reponse_avant", Iso(view.Today.AddDays(AnswerDays))),
        ("expire_le", Iso(view.Today.AddDays(ExpiryDays))));

    private static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    public sealed class Handler(Database database, FrenchCalendar calendar) : IRequestHandler<Query, Result<Answer>>
    {
        public async Task<Result<Answer>> Handle(Query request, CancellationToken cancellationToken)
        {
            await using var db = await database.OpenAsync(cancellationToken);
            var posting = await PostingRecords.FindAsync(db, request.PostingId, cancellationToken);
            if (posting is null || posting.FacilitatorId != request.User.OrganizationId)
            {
                return Result.Missing;
            }

            var people = await PreselectionStore.OfPostingAsync(db, posting.Id, cancellationToken);
            return new Answer(
                posting, [.. people.Where(s => Transmissible.Contains(s.State)).OrderBy(s => s.State)],
                await EligibilityRecords.ValidatedAsync(db, posting.LotId, calendar.Today, cancellationToken),
                await CompanyLinks.OfPostingAsync(db, posting.Id, cancellationToken), calendar.Today);
        }
    }
}
