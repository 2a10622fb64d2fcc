using System.Data.Common;
using Dapper;
using Matching.Rules;
using Matching.Rules.Preselection;
using Matching.Web.Platform;
using Matching.Web.Preselection.Interviews;

namespace Matching.Web.Preselection;

/// <summary>A preselection as stored, with the names that its pages show.</summary>
/// <param name="PoolId">The structure that accompanies the person.</param>
public sealed record StoredPreselection(
    PreselectionId Id,
    PostingId PostingId,
    MarketId MarketId,
    PersonId PersonId,
    OrganizationId FacilitatorId,
    OrganizationId PoolId,
    PreselectionState State,
    string? ReasonCode,
    DateTimeOffset? InterviewAt,
    DateTimeOffset UpdatedAt,
    string FirstName,
    string LastName,
    string PostingTitle)
{
    public string PersonName => $"{FirstName} {LastName}";

    public string? Reason => Reasons.Label(State, ReasonCode);

    /// <summary>Whole days since the last step, in French days.</summary>
    public int DaysSince(DateOnly today) => today.DayNumber - FrenchCalendar.DayOf(UpdatedAt).DayNumber;

    /// <summary>What an organisation is to this preselection; null when it is nothing, and then nothing is shown.</summary>
    public PreselectionActor? RoleOf(SignedIn user) =>
        user.Role == Roles.Facilitator && user.OrganizationId == FacilitatorId ? PreselectionActor.Facilitator
        : user.Role == Roles.Structure && user.OrganizationId == PoolId ? PreselectionActor.Structure
        : null;
}

/// <summary>Who takes a step, as the history keeps it.</summary>
/// <param name="SignedIn">Null for a company answering by its link and for the service itself.</param>
public sealed record StepAuthor(PreselectionActor Actor, string Name, SignedIn? SignedIn);

/// <summary>A step to take from the state that its author saw.</summary>
public sealed record PreselectionStep(
    PreselectionState From,
    PreselectionState To,
    StepAuthor Author,
    string? ReasonCode = null,
    string? Note = null,
    DateTimeOffset? InterviewAt = null,
    bool IsUndo = false,
    string? AnswerKey = null);

/// <summary>Reading preselections and the one way to move them.</summary>
public static class PreselectionStore
{
    /// <summary>As many people as one page shows and one step moves. Who is not shown is counted and said.</summary>
    public const int ListLimit = 500;

    public const int NoteLength = 1_000;

    private const string Select = """
        select s.id, s.posting_id, o.market_id, s.person_id, s.facilitator_id, p.organization_id as pool_id, s.state, s.reason_code,
            s.interview_at, s.updated_at, p.first_name, p.last_name, o.title as posting_title
        from preselection s
        join person p on p.id = s.person_id
        join posting o on o.id = s.posting_id
        """;

    public static async Task<StoredPreselection?> FindAsync(DbConnection db, PreselectionId id, CancellationToken ct, DbTransaction? tx = null)
    {
        var row = await db.QuerySingleOrDefaultAsync<Row>(new CommandDefinition($"{Select} where s.id = @id", new { id }, tx, cancellationToken: ct));
        return row?.ToStored();
    }

    /// <summary>Until the transaction ends nobody else moves this preselection.</summary>
    public static Task TakeTurnAsync(DbConnection db, DbTransaction tx, PreselectionId id, CancellationToken ct) =>
        db.ExecuteAsync(new CommandDefinition("update preselection set state = state where id = @id", new { id }, tx, cancellationToken: ct));

    /// <summary>A line of history that moves nothing. Its key keeps it apart from the steps that can be taken back; the same key writes one line.</summary>
    public static Task WriteNoteAsync(
        DbConnection db, DbTransaction tx, StoredPreselection stored, SignedIn? by, string byName, string note, string key, DateTimeOffset now, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(stored);
        return db.ExecuteAsync(new CommandDefinition(
            """
            insert into preselection_step (id, preselection_id, at, by_id, by_name, from_state, to_state, note, form_key)
            values (@stepId, @Id, @now, @byId, @byName, @state, @state, @note, @key)
            on conflict (preselection_id, form_key) do nothing
            """,
            new { stepId = Guid.CreateVersion7(), stored.Id, now, byId = by?.UserId, byName, state = stored.State.Code(), note, key }, tx, cancellationToken: ct));
    }

    /// <summary>Whether this very form of a company already answered.</summary>
    public static async Task<bool> IsAnsweredAsync(DbConnection db, DbTransaction tx, PreselectionId id, string key, CancellationToken ct) =>
        await db.QuerySingleAsync<int>(new CommandDefinition(
            "select count(*) from preselection_step where preselection_id = @id and answer_key = @key", new { id, key }, tx, cancellationToken: ct)) > 0;

    /// <summary>
    /// Takes one step if the preselection still stands where its author saw it. Null when done; else the French sentence: which step is
    /// not allowed, which reason is missing, or who moved it meanwhile.
    /// </summary>
    public static async Task<string?> MoveAsync(
        DbConnection db, DbTransaction tx, EventLog log, PreselectionId id, PreselectionStep step, DateTimeOffset now, CancellationToken ct)
    {
        if (Transitions.Allow(step.From, step.To, step.Author.Actor) is { } refusal)
        {
            return await MovedMeanwhileAsync(db, tx, id, step.From, ct) ?? refusal;
        }

        var transition = Transitions.Find(step.From, step.To, step.Author.Actor)!;
        if (Transitions.CheckReason(transition, step.ReasonCode) is { } sentence)
        {
            return sentence;
        }

        if (step.InterviewAt is { } interview && InterviewSlots.CheckStart(interview, now) is { } wrongDate)
        {
            return wrongDate;
        }

        var keeps = step.To is PreselectionState.Chosen or PreselectionState.Hired or PreselectionState.Ended;
        var moved = await db.ExecuteAsync(new CommandDefinition(
            """
            update preselection
            set state = @to, reason_before = reason_code, interview_before = interview_at, reason_code = @ReasonCode, interview_at = case when @keeps then interview_at else @InterviewAt end, updated_at = @now
            where id = @id and state = @from
            """,
            new
            {
                id,
                from = step.From.Code(),
                to = step.To.Code(),
                step.ReasonCode,
                step.InterviewAt,
                keeps,
                now,
            },
            tx, cancellationToken: ct));
        if (moved == 0)
        {
            return await MovedMeanwhileAsync(db, tx, id, step.From, ct) ?? "Cette présélection n’existe plus.";
        }

        await (keeps ? Task.CompletedTask : SlotStore.AlignAsync(db, tx, id, step.InterviewAt, step.To, step.Author, now, ct));
        await WriteStepAsync(db, tx, id, step.From, step, now, ct);
        await log.AppendAsync(db, tx, "preselection", id.Value, "etape", step.Author.SignedIn,
            new { de = step.From.Code(), vers = step.To.Code(), motif = step.ReasonCode, par = step.Author.Actor.ToString() }, ct);
        return null;
    }

    /// <summary>Adds a line to the history: the first one has no state to come from.</summary>
    public static async Task WriteStepAsync(
        DbConnection db, DbTransaction tx, PreselectionId id, PreselectionState? from, PreselectionStep step, DateTimeOffset now, CancellationToken ct)
    {
        await db.ExecuteAsync(new CommandDefinition(
            """
            insert into preselection_step (id, preselection_id, at, by_id, by_name, from_state, to_state, reason_code, note, is_undo, answer_key)
            values (@stepId, @id, @now, @by, @Name, @from, @to, @ReasonCode, @Note, @IsUndo, @AnswerKey)
            """,
            new
            {
                stepId = Guid.CreateVersion7(),
                id,
                now,
                by = step.Author.SignedIn?.UserId,
                step.Author.Name,
                from = from?.Code(),
                to = step.To.Code(),
                step.ReasonCode,
                step.Note,
                step.IsUndo,
                step.AnswerKey,
            },
            tx, cancellationToken: ct));
        await StepWebhooks.TellAsync(db, tx, id, from, step.To, now, ct);
    }

    private static async Task<string?> MovedMeanwhileAsync(DbConnection db, DbTransaction tx, PreselectionId id, PreselectionState seen, CancellationToken ct)
    {
        var last = await db.QueryFirstOrDefaultAsync<LastStep>(new CommandDefinition(
            """
            select s.state, h.by_name, h.at
            from preselection s
            join preselection_step h on h.preselection_id = s.id
            where s.id = @id
            order by h.at desc, h.id desc
            limit 1
            """,
            new { id }, tx, cancellationToken: ct));
        if (last is null || !PreselectionStates.TryParse(last.State, out var current) || current == seen)
        {
            return null;
        }

        var at = FrenchCalendar.InParis(last.At);
        return $"Cette personne n’est plus « {seen.Label()} » : {last.ByName} l’a passée à « {current.Label()} » le {at:dd/MM/yyyy} à {at:HH:mm}. Rechargez la page pour voir les étapes possibles.";
    }

    /// <summary>Those that the condition keeps; the condition ends with an order, the limit is the caller's.</summary>
    internal static async Task<IReadOnlyList<StoredPreselection>> ReadAsync(
        DbConnection db, string condition, object parameters, int limit, CancellationToken ct, DbTransaction? tx = null, int skip = 0)
    {
        var all = new DynamicParameters(parameters);
        all.Add("limit", limit);
        all.Add("skip", skip);
        var rows = await db.QueryAsync<Row>(new CommandDefinition($"{Select} where {condition} limit @limit offset @skip", all, tx, cancellationToken: ct));
        return [.. rows.Select(row => row.ToStored())];
    }

    private sealed record LastStep(string State, string ByName, DateTimeOffset At);

    private sealed class Row
    {
        public PreselectionId Id { get; init; }
        public PostingId PostingId { get; init; }
        public MarketId MarketId { get; init; }
        public PersonId PersonId { get; init; }
        public OrganizationId FacilitatorId { get; init; }
        public OrganizationId PoolId { get; init; }
        public string State { get; init; } = "";
        public string? ReasonCode { get; init; }
        public DateTimeOffset? InterviewAt { get; init; }
        public DateTimeOffset UpdatedAt { get; init; }
        public string FirstName { get; init; } = "";
        public string LastName { get; init; } = "";
        public string PostingTitle { get; init; } = "";

        public StoredPreselection ToStored() => new(
            Id, PostingId, MarketId, PersonId, FacilitatorId, PoolId,
            PreselectionStates.Parse(State), ReasonCode, InterviewAt, UpdatedAt, FirstName, LastName, PostingTitle);
    }
}
