using System.Data.Common;
using Dapper;
using Matching.Rules;
using Matching.Rules.Preselection;
using Matching.Web.Platform;

namespace Matching.Web.Preselection.Interviews;

/// <summary>Reading and writing the days and hours to meet a person.</summary>
public static class SlotStore
{
    private const int ListLimit = 200;
    private const int LinkLimit = ListLimit * TransmitFiles.MaximumPeople;
    private const string ByCompany = "ENTREPRISE";
    private const string ByFacilitator = "FACILITATEUR";

    /// <summary>The slots of one preselection, by date.</summary>
    public static async Task<IReadOnlyList<InterviewSlot>> OfAsync(DbConnection db, PreselectionId id, CancellationToken ct, DbTransaction? tx = null)
    {
        var rows = await db.QueryAsync<Row>(new CommandDefinition(
            $"""
            select id, number, starts_at, place, state, proposed_by, by_name, sequence, updated_at
            from interview_slot where preselection_id = @id order by starts_at, number limit {ListLimit}
            """,
            new { id }, tx, cancellationToken: ct));
        return [.. rows.Select(row => row.ToSlot())];
    }

    /// <summary>The slots of the people of one link, of each by date.</summary>
    public static async Task<ILookup<PreselectionId, InterviewSlot>> OfAllAsync(DbConnection db, IReadOnlyCollection<PreselectionId> people, CancellationToken ct)
    {
        var rows = await db.QueryAsync<Row>(new CommandDefinition(
            $"""
            select preselection_id, id, number, starts_at, place, state, proposed_by, by_name, sequence, updated_at
            from interview_slot where preselection_id {db.In("@people")} order by starts_at, number limit {LinkLimit}
            """,
            new { people = people.Select(id => id.Value).ToArray() }, cancellationToken: ct));
        return rows.ToLookup(row => row.PreselectionId, row => row.ToSlot());
    }

    /// <summary>Makes the kept slot say what the preselection says, after a step moved it: set, moved, or cancelled with those still proposed.</summary>
    /// <param name="at">The appointment; null when there is none any more.</param>
    public static async Task AlignAsync(
        DbConnection db, DbTransaction tx, PreselectionId id, DateTimeOffset? at, PreselectionState state, StepAuthor author, DateTimeOffset now, CancellationToken ct)
    {
        var slots = await OfAsync(db, id, ct, tx);
        var kept = slots.FirstOrDefault(it => it.State == SlotState.Kept);
        if (at is { } start)
        {
            if (kept is not null)
            {
                if (kept.StartsAt != start)
                {
                    await MoveAsync(db, tx, kept, start, now, ct);
                }

                return;
            }

            foreach (var other in slots.Where(it => it.State == SlotState.Proposed && it.StartsAt != start))
            {
                await SetAsync(db, tx, other, SlotState.Cancelled, now, ct);
            }

            await (slots.FirstOrDefault(it => it.State == SlotState.Proposed && it.StartsAt == start) is { } proposed
                ? SetAsync(db, tx, proposed, SlotState.Kept, now, ct)
                : AddAsync(db, tx, id, start, null, SlotState.Kept, author, now, ct));
            return;
        }

        var isOver = state is not (PreselectionState.Transmitted or PreselectionState.Interview);
        foreach (var slot in slots.Where(it => it.State == SlotState.Kept || (isOver && it.State == SlotState.Proposed)))
        {
            await SetAsync(db, tx, slot, SlotState.Cancelled, now, ct);
        }
    }

    public static async Task AddAsync(
        DbConnection db, DbTransaction tx, PreselectionId id, DateTimeOffset at, string? place, SlotState state, StepAuthor author, DateTimeOffset now, CancellationToken ct) =>
        await db.ExecuteAsync(new CommandDefinition(
            """
            insert into interview_slot (id, preselection_id, number, starts_at, place, state, proposed_by, by_name, sequence, updated_at)
            values (@slotId, @id, (select coalesce(max(s.number), 0) + 1 from interview_slot s where s.preselection_id = @id), @at, @place, @state, @by, @Name, 0, @now)
            """,
            new
            {
                slotId = Guid.CreateVersion7(),
                id,
                at,
                place,
                state = state.Code(),
                by = author.Actor == PreselectionActor.Company ? ByCompany : ByFacilitator,
                author.Name,
                now,
            },
            tx, cancellationToken: ct));

    public static Task SetAsync(DbConnection db, DbTransaction tx, InterviewSlot slot, SlotState state, DateTimeOffset now, CancellationToken ct) =>
        db.ExecuteAsync(new CommandDefinition(
            "update interview_slot set state = @state, sequence = sequence + 1, updated_at = @now where id = @Id", new { slot.Id, state = state.Code(), now }, tx, cancellationToken: ct));

    /// <summary>The preselection has no appointment any more.</summary>
    public static Task ForgetAsync(DbConnection db, DbTransaction tx, PreselectionId id, CancellationToken ct) =>
        db.ExecuteAsync(new CommandDefinition("update preselection set interview_at = null where id = @id", new { id }, tx, cancellationToken: ct));

    private static Task<int> MoveAsync(DbConnection db, DbTransaction tx, InterviewSlot slot, DateTimeOffset at, DateTimeOffset now, CancellationToken ct) =>
        db.ExecuteAsync(new CommandDefinition(
            "update interview_slot set starts_at = @at, sequence = sequence + 1, updated_at = @now where id = @Id", new { slot.Id, at, now }, tx, cancellationToken: ct));

    private sealed class Row
    {
        public PreselectionId PreselectionId { get; init; }
        public Guid Id { get; init; }
        public int Number { get; init; }
        public DateTimeOffset StartsAt { get; init; }
        public string? Place { get; init; }
        public string State { get; init; } = "";
        public string ProposedBy { get; init; } = "";
        public string ByName { get; init; } = "";
        public int Sequence { get; init; }
        public DateTimeOffset UpdatedAt { get; init; }

        public InterviewSlot ToSlot() => new(
            Id, Number, StartsAt, Place, InterviewSlots.Parse(State), ProposedBy == ByCompany ? PreselectionActor.Company : PreselectionActor.Facilitator, ByName, Sequence, UpdatedAt);
    }
}
