using Dapper;
using Matching.Rules;
using Matching.Rules.Eligibility;
using Matching.Rules.Preselection;
using Matching.Web.Platform;
using Matching.Web.Platform.Mail;
using Matching.Web.Platform.Records;
using Matching.Web.Preselection.Interviews;
using MediatR;

namespace Matching.Web.Preselection;

/// <summary>GET /preselections/{id}: where a person stands, how it came there, and the steps that are possible now.</summary>
public sealed partial class ShowPreselection
{
    private const int HistoryLimit = 500;

    public sealed record Query(PreselectionId Id, SignedIn User) : IRequest<Result<Answer>>;

    /// <param name="Eligibility">The validated eligibility for the marché; null when there is none. Read by the facilitator only.</param>
    /// <param name="CanUndo">Whether the last step is the reader's own and nothing followed it.</param>
    /// <param name="Steps">The steps that are buttons for this reader.</param>
    /// <param name="Unreached">The address that the newest mail about an interview did not reach, as long as one can be agreed; null when there is none. Read by the facilitator only.</param>
    public sealed record Answer(
        StoredPreselection Preselection,
        PreselectionActor Reader,
        string StructureName,
        IReadOnlyList<HistoryLine> History,
        IReadOnlyList<Transition> Steps,
        EligibilityDecision? Eligibility,
        bool CanUndo,
        IReadOnlyList<InterviewSlot> Slots,
        string? Unreached,
        DateTimeOffset Now,
        DateOnly Today)
    {
        /// <summary>The step that led to the state a line leaves; null for the first. Notes do not count.</summary>
        public HistoryLine? StepBefore(HistoryLine line) => History.TakeWhile(other => other != line).LastOrDefault(other => !other.IsNote);

        public bool IsFacilitator => Reader == PreselectionActor.Facilitator;

        public bool IsEligibleToday => Eligibility is { } decision && Today >= decision.ValidFrom && Today <= decision.ValidUntil;
    }

    /// <summary>One line of the history. A note is there only for the organisation that wrote it, or for the facilitator when the company did.</summary>
    public sealed record HistoryLine(DateTimeOffset At, string ByName, PreselectionState? From, PreselectionState To, string? Reason, string? Note, bool IsUndo)
    {
        /// <summary>Whole French days since another line; null for the first.</summary>
        public int? DaysAfter(HistoryLine? before) =>
            before is null ? null : FrenchCalendar.DayOf(At).DayNumber - FrenchCalendar.DayOf(before.At).DayNumber;

        public bool IsNote => From == To && Note is not null && Reason is null;
    }

    public static void Map(IEndpointRouteBuilder app) =>
        app.MapGet("/preselections/{id:guid}", (Guid id, SignedIn user, IMediator mediator, CancellationToken ct) =>
            PageAsync(new PreselectionId(id), user, mediator, PostedForm.Of(), [], ct)).RequireAuthorization(Policies.FacilitatorOrStructure);

    /// <summary>The page, with what was typed and why it was refused when it was.</summary>
    public static async Task<IResult> PageAsync(
        PreselectionId id, SignedIn user, IMediator mediator, PostedForm form, IReadOnlyList<Refusal> refusals, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(mediator);
        var result = await mediator.Send(new Query(id, user), ct);
        var status = PostedAgain.StatusOf(form, refusals);
        return result.ToPage(view => Page.Of<ShowPreselection>(
            new { View = view, Form = form },
            status));
    }

    public sealed class Handler(Database database, FileOpenings openings, FrenchCalendar calendar) : IRequestHandler<Query, Result<Answer>>
    {
        public async Task<Result<Answer>> Handle(Query request, CancellationToken cancellationToken)
        {
            await using var db = await database.OpenAsync(cancellationToken);
            var stored = await PreselectionStore.FindAsync(db, request.Id, cancellationToken);
            if (stored?.RoleOf(request.User) is not { } reader)
            {
                return Result.Missing;
            }

            var rows = await db.QueryAsync<Row>(new CommandDefinition(
                $"""
                select h.at, h.by_name, h.from_state, h.to_state, h.reason_code, h.is_undo,
                    case when u.organization_id = @reader or (h.by_id is null and @isFacilitator) then h.note end as note
                from preselection_step h
                left join app_user u on u.id = h.by_id
                where h.preselection_id = @id
                order by h.at, h.id
                limit {HistoryLimit}
                """,
                new { id = request.Id, reader = request.User.OrganizationId, isFacilitator = reader == PreselectionActor.Facilitator },
                cancellationToken: cancellationToken));
            var history = rows.Select(row => row.ToLine()).Where(line => line.From != line.To || line.Note is not null || line.Reason is not null || line.IsUndo);
            var structure = await OrganizationRecords.FindAsync(db, stored.PoolId, cancellationToken);
            await openings.NoteAsync(stored.PersonId, request.User, "preselection", cancellationToken);
            return new Answer(
                stored, reader, structure?.Name ?? "", [.. history],
                [.. Transitions.From(stored.State, reader).Where(t => t.Through == StepThrough.Button)],
                reader == PreselectionActor.Facilitator
                    ? await EligibilityRecords.InForceAsync(db, stored.PersonId, stored.MarketId, cancellationToken)
                    : null,
                await UndoStep.IsPossibleAsync(db, stored.Id, reader, request.User, cancellationToken),
                await SlotStore.OfAsync(db, stored.Id, cancellationToken),
                reader == PreselectionActor.Facilitator && stored.State is PreselectionState.Transmitted or PreselectionState.Interview ? await AskedMails.NotArrivedAsync(db, $"/preselections/{stored.Id}", cancellationToken) : null, calendar.Now,
                calendar.Today);
        }

        private sealed class Row
        {
            public DateTimeOffset At { get; init; }
            public string ByName { get; init; } = "";
            public string? FromState { get; init; }
            public string ToState { get; init; } = "";
            public string? ReasonCode { get; init; }
            public string? Note { get; init; }
            public bool IsUndo { get; init; }

            public HistoryLine ToLine()
            {
                PreselectionState? from = PreselectionStates.TryParse(FromState, out var before) ? before : null;
                _ = PreselectionStates.TryParse(ToState, out var to);
                return new HistoryLine(At, ByName, from, to, Reasons.Label(to, ReasonCode), Note, IsUndo);
            }
        }
    }
}
