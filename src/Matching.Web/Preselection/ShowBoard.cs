using Matching.Rules;
using Matching.Rules.Postings;
using Matching.Rules.Preselection;
using Matching.Web.Platform;
using Matching.Web.Platform.Records;
using MediatR;

namespace Matching.Web.Preselection;

/// <summary>GET /offres/{id}/preselections: the people of one posting, a column a state, and one step for several at once.</summary>
public sealed partial class ShowBoard
{
    public sealed record Query(PostingId PostingId, SignedIn User) : IRequest<Result<Answer>>;

    /// <param name="Eligible">The people whose eligibility is validated and in force today.</param>
    /// <param name="HiredCount">Posts taken, ended contracts included.</param>
    public sealed record Answer(
        Posting Posting,
        IReadOnlyList<StoredPreselection> People,
        IReadOnlySet<Guid> Eligible,
        IReadOnlyList<Transition> BatchSteps,
        int HiredCount,
        DateOnly Today);

    public static void Map(IEndpointRouteBuilder app) =>
        app.MapGet("/offres/{id:guid}/preselections", (Guid id, SignedIn user, IMediator mediator, CancellationToken ct) =>
            PageAsync(new PostingId(id), user, mediator, PostedForm.Of(), [], ct)).RequireAuthorization(Policies.Facilitator);

    /// <summary>The board, with what was ticked and why it was refused when it was.</summary>
    public static async Task<IResult> PageAsync(
        PostingId id, SignedIn user, IMediator mediator, PostedForm form, IReadOnlyList<Refusal> refusals, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(mediator);
        var result = await mediator.Send(new Query(id, user), ct);
        var status = PostedAgain.StatusOf(form, refusals);
        return result.ToPage(view => Page.Of<ShowBoard>(
            new { View = view, Form = form },
            status));
    }

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

            var people = await PreselectionStore.OfPostingAsync(db, request.PostingId, cancellationToken);
            var steps = people.Select(s => s.State).Distinct()
                .SelectMany(state => Transitions.From(state, PreselectionActor.Facilitator))
                .Where(t => t.Through == StepThrough.Button && !t.HasDate && t.To != PreselectionState.Declined && t.To != PreselectionState.Chosen)
                .DistinctBy(t => t.To).OrderBy(t => t.To);
            return new Answer(
                posting, people, await EligibilityRecords.ValidatedAsync(db, posting.LotId, calendar.Today, cancellationToken), [.. steps],
                people.Count(s => s.State is PreselectionState.Hired or PreselectionState.Ended), calendar.Today);
        }
    }
}
