using System.Data.Common;
using Dapper;
using Matching.Rules;
using Matching.Rules.Preselection;
using Matching.Web.Platform;
using Matching.Web.Preselection.Interviews;
using MediatR;

namespace Matching.Web.Preselection;

/// <summary>
/// POST /preselections/{id}/annulation, and POST /offres/{id}/preselections/annulation for a whole batch: one's last step is taken back
/// by a step of its own, while nothing followed.
/// </summary>
public static class UndoStep
{
    /// <param name="Posting">The board asked from: everyone whom the user's last step moved there; null for the one preselection.</param>
    public sealed record Command(PreselectionId? Id, PostingId? Posting, SignedIn User) : IRequest<Result<int>>;

    private const string Select = """
        select h.preselection_id, h.at, h.by_id, h.from_state, h.to_state, h.is_undo, s.updated_at
        from preselection_step h
        join preselection s on s.id = h.preselection_id
        """;

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapPost("/preselections/{id:guid}/annulation", async (Guid id, SignedIn user, IMediator mediator, CancellationToken ct) =>
        {
            var result = await mediator.Send(new Command(new PreselectionId(id), null, user), ct);
            return await result.Match(
                _ => Task.FromResult(Page.SeeOther($"/preselections/{id}", "Étape annulée.")),
                () => Task.FromResult(Page.Missing()),
                refusals => ShowPreselection.PageAsync(new PreselectionId(id), user, mediator, PostedForm.Of(), refusals, ct));
        }).RequireAuthorization(Policies.FacilitatorOrStructure);
        app.MapPost("/offres/{id:guid}/preselections/annulation", async (Guid id, PostedForm form, SignedIn user, IMediator mediator, CancellationToken ct) =>
        {
            var filter = BoardFilter.Of(form);
            var result = await mediator.Send(new Command(null, new PostingId(id), user), ct);
            return await result.Match(
                count => Task.FromResult(Page.SeeOther(filter.Address(id), $"Étape annulée pour {count} personne{(count > 1 ? "s" : "")}.")),
                () => Task.FromResult(Page.Missing()),
                refusals => ShowBoard.PageAsync(new PostingId(id), filter, user, mediator, form, refusals, ct));
        }).RequireAuthorization(Policies.Facilitator);
    }

    /// <summary>Whether the last step of this preselection may be taken back by this user now.</summary>
    public static async Task<bool> IsPossibleAsync(DbConnection db, PreselectionId id, PreselectionActor actor, SignedIn user, CancellationToken ct) =>
        await LastOfAsync(db, null, id, ct) is { } last && UndoneSteps.Check(last.ToTaken(actor, user)) is null;

    /// <summary>The user's own last step on a posting: everyone it moved, whether or not something followed.</summary>
    public static async Task<IReadOnlyList<LastStep>> LastBatchAsync(DbConnection db, DbTransaction? tx, PostingId posting, SignedIn user, CancellationToken ct) =>
        [.. await db.QueryAsync<LastStep>(new CommandDefinition(
            $"""
            {Select}
            where s.posting_id = @posting and h.by_id = @UserId and h.from_state is not null and h.form_key is null and h.at = (
                select max(l.at) from preselection_step l join preselection p on p.id = l.preselection_id
                where p.posting_id = @posting and l.by_id = @UserId and l.from_state is not null and l.form_key is null)
            order by h.id
            limit {PreselectionStore.ListLimit}
            """,
            new { posting, user.UserId }, tx, cancellationToken: ct))];

    /// <summary>Each goes back to where the step found them, by a step of its own.</summary>
    /// <param name="note">What the history says of it; null when the step says enough.</param>
    public static async Task BackAsync(
        DbConnection db, DbTransaction tx, EventLog log, IReadOnlyList<(StoredPreselection Stored, TakenStep Taken)> known, string? note, SignedIn user, DateTimeOffset now, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(log);
        ArgumentNullException.ThrowIfNull(user);
        await db.ExecuteAsync(new CommandDefinition(
            """
            update preselection set state = @to, reason_code = reason_before, interview_at = interview_before, updated_at = @now
            where id = @Id and state = @from
            """,
            known.Select(it => new { it.Stored.Id, from = it.Taken.To.Code(), to = it.Taken.From.Code(), now }), tx, cancellationToken: ct));
        var back = await PreselectionLists.OfIdsAsync(db, known.Select(it => it.Stored.Id), ct, tx);
        foreach (var (stored, taken) in known)
        {
            var step = new PreselectionStep(taken.To, taken.From, new StepAuthor(taken.Actor, user.DisplayName, user), Note: note, IsUndo: true);
            await SlotStore.AlignAsync(db, tx, stored.Id, back[stored.Id].InterviewAt, back[stored.Id].State, step.Author, now, ct);
            await PreselectionStore.WriteStepAsync(db, tx, stored.Id, taken.To, step, now, ct);
            await log.AppendAsync(db, tx, "preselection", stored.Id.Value, "annulation", user, new { de = taken.To.Code(), vers = taken.From.Code() }, ct);
        }
    }

    private static Task<LastStep?> LastOfAsync(DbConnection db, DbTransaction? tx, PreselectionId id, CancellationToken ct) =>
        db.QueryFirstOrDefaultAsync<LastStep>(new CommandDefinition(
            $"{Select} where h.preselection_id = @id and h.from_state is not null and h.form_key is null and h.at = s.updated_at order by h.id desc limit 1",
            new { id }, tx, cancellationToken: ct));

    public sealed class LastStep
    {
        public PreselectionId PreselectionId { get; init; }
        public DateTimeOffset At { get; init; }
        public Guid? ById { get; init; }
        public string FromState { get; init; } = "";
        public string ToState { get; init; } = "";
        public bool IsUndo { get; init; }
        public DateTimeOffset UpdatedAt { get; init; }

        public TakenStep ToTaken(PreselectionActor actor, SignedIn user)
        {
            _ = PreselectionStates.TryParse(FromState, out var from);
            _ = PreselectionStates.TryParse(ToState, out var to);
            return new TakenStep(from, to, actor, ById == user.UserId, At == UpdatedAt, IsUndo);
        }
    }

    public sealed class Handler(Database database, EventLog log, FrenchCalendar calendar) : IRequestHandler<Command, Result<int>>
    {
        public Task<Result<int>> Handle(Command request, CancellationToken cancellationToken) =>
            database.WriteAsync((db, tx) => UndoAsync(request, db, tx, cancellationToken), cancellationToken);

        private async Task<Result<int>> UndoAsync(Command request, DbConnection db, DbTransaction tx, CancellationToken ct)
        {
            List<LastStep?> steps = request.Id is { } one
                ? [await LastOfAsync(db, tx, one, ct)]
                : [.. await LastBatchAsync(db, tx, request.Posting!.Value, request.User, ct)];
            var known = new List<(StoredPreselection Stored, TakenStep Taken)>();
            if (request.Id is { } asked && (await PreselectionStore.FindAsync(db, asked, ct, tx))?.RoleOf(request.User) is null)
            {
                return Result.Missing;
            }

            var everyone = await PreselectionLists.OfIdsAsync(db, steps.OfType<LastStep>().Select(step => step.PreselectionId), ct, tx);
            foreach (var step in steps.OfType<LastStep>())
            {
                var stored = everyone[step.PreselectionId];
                if (stored.RoleOf(request.User) is not { } actor)
                {
                    return Result.Missing;
                }

                known.Add((stored, step.ToTaken(actor, request.User)));
            }

            // Everything is checked before anything is written: all come back, or none.
            var refusal = known.Count == 0 ? UndoneSteps.Check(null) : known.Select(k => UndoneSteps.Check(k.Taken)).FirstOrDefault(s => s is not null);
            if (refusal is not null)
            {
                return Result.Refused("", refusal, UndoneSteps.OnlyTheLast);
            }

            await BackAsync(db, tx, log, known, null, request.User, calendar.Now, ct);
            return known.Count;
        }
    }
}
