using Dapper;
using Matching.Rules;
using Matching.Rules.Postings;
using Matching.Rules.Preselection;
using Matching.Web.Platform;
using Matching.Web.Platform.Records;
using MediatR;

namespace Matching.Web.Preselection;

/// <summary>
/// GET /offres/{id}/preselections: the people of one posting, a column a state or as a list, who waits for whom and since when, and one
/// step for several at once. What is shown is chosen in the address.
/// </summary>
public sealed partial class ShowBoard
{
    public sealed record Query(PostingId PostingId, BoardFilter Filter, SignedIn User) : IRequest<Result<Answer>>;

    /// <param name="People">Those that the filter keeps, as many as a page shows.</param>
    /// <param name="Kept">How many the filter keeps, on all pages.</param>
    /// <param name="Counts">How many stand in each state, whatever the filter.</param>
    /// <param name="Structures">Those whose people are on this posting.</param>
    /// <param name="Undoable">How many people the reader's last step moved, when it can be taken back; else 0.</param>
    /// <param name="Eligible">The people whose eligibility is validated and in force today.</param>
    /// <param name="Refusals">The reasons of the no's, suggestions of structures included.</param>
    /// <param name="HiredCount">Posts taken, ended contracts included.</param>
    public sealed record Answer(
        Posting Posting,
        BoardFilter Filter,
        IReadOnlyList<StoredPreselection> People,
        int Kept,
        IReadOnlyDictionary<PreselectionState, int> Counts,
        IReadOnlyList<StructureName> Structures,
        int Undoable,
        IReadOnlySet<Guid> Eligible,
        IReadOnlyList<Transition> BatchSteps,
        int HiredCount,
        DateOnly Today,
        IReadOnlyList<RefusalCount> Refusals)
    {
        /// <summary>The place of the first one shown among those kept.</summary>
        public int First => ((Filter.Number - 1) * PreselectionStore.ListLimit) + 1;

        public string StructureOf(StoredPreselection person) => Structures.FirstOrDefault(s => s.Id == person.PoolId.Value)?.Name ?? "";

        /// <summary>Whole days of the one who stands there longest.</summary>
        public int LongestDays(IEnumerable<StoredPreselection> column) => column.Max(person => person.DaysSince(Today));
    }

    public sealed record StructureName(Guid Id, string Name);

    public static void Map(IEndpointRouteBuilder app) =>
        app.MapGet("/offres/{id:guid}/preselections", (Guid id, HttpRequest request, SignedIn user, IMediator mediator, CancellationToken ct) =>
            PageAsync(new PostingId(id), BoardFilter.Of(request), user, mediator, PostedForm.Of(), [], ct)).RequireAuthorization(Policies.Facilitator);

    /// <summary>The board, with what was ticked and why it was refused when it was.</summary>
    public static async Task<IResult> PageAsync(
        PostingId id, BoardFilter filter, SignedIn user, IMediator mediator, PostedForm form, IReadOnlyList<Refusal> refusals, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(mediator);
        var result = await mediator.Send(new Query(id, filter, user), ct);
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

            var counts = await PreselectionLists.CountsOfPostingAsync(db, request.PostingId, null, cancellationToken);
            var filter = request.Filter;
            var kept = filter.Structure is null ? counts : await PreselectionLists.CountsOfPostingAsync(db, request.PostingId, filter.Structure, cancellationToken);
            var people = await PreselectionLists.PageOfPostingAsync(db, request.PostingId, filter.States, filter.Structure, filter.Number, cancellationToken);
            var steps = people.Select(s => s.State).Distinct()
                .SelectMany(state => Transitions.From(state, PreselectionActor.Facilitator))
                .Where(t => t.Through == StepThrough.Button && !t.HasDate && t.To != PreselectionState.Declined && t.To != PreselectionState.Chosen)
                .DistinctBy(t => t.To).OrderBy(t => t.To);
            var structures = await db.QueryAsync<StructureName>(new CommandDefinition(
                $"""
                select distinct g.id, g.name
                from preselection s
                join person p on p.id = s.person_id
                join organization g on g.id = p.organization_id
                where s.posting_id = @PostingId
                order by g.name, g.id
                limit {PreselectionStore.ListLimit}
                """,
                request, cancellationToken: cancellationToken));
            var last = await UndoStep.LastBatchAsync(db, null, request.PostingId, request.User, cancellationToken);
            var isUndoable = last.Count > 0 && last.All(step => UndoneSteps.Check(step.ToTaken(PreselectionActor.Facilitator, request.User)) is null);
            return new Answer(
                posting, filter, people, filter.States.Sum(state => kept.GetValueOrDefault(state)), counts, [.. structures], isUndoable ? last.Count : 0,
                await EligibilityRecords.ValidatedAsync(db, posting.LotId, calendar.Today, cancellationToken), [.. steps],
                counts.GetValueOrDefault(PreselectionState.Hired) + counts.GetValueOrDefault(PreselectionState.Ended), calendar.Today,
                await RefusalRecords.OfPostingAsync(db, posting.Id, cancellationToken));
        }
    }
}
