using System.Data.Common;
using Dapper;
using Matching.Rules;
using Matching.Rules.Preselection;

namespace Matching.Web.Platform.Records;

/// <summary>A person suggested by a structure for a posting, as stored, with the names that pages show.</summary>
/// <param name="Path">Where the person stands on this posting; null when they are not in its preselection.</param>
public sealed record StoredSuggestion(
    PostingId PostingId, string PostingTitle, PersonId PersonId, string FirstName, string LastName, string Reference, OrganizationId PoolId, string PoolName, string? Word,
    DateTimeOffset SuggestedAt, string SuggestedBy, DateTimeOffset? TakenBackAt, DateTimeOffset? DeclinedAt, string? ReasonCode, string? Path)
{
    public string PersonName => $"{FirstName} {LastName}";

    public SuggestionState State => Suggestions.StateOf(Path is not null, DeclinedAt is not null, TakenBackAt is not null);

    /// <summary>The words of the reason of a no.</summary>
    public string? Reason => Reasons.Label(PreselectionState.Withdrawn, ReasonCode);
}

/// <summary>Reading and writing what structures suggest.</summary>
public static class SuggestionRecords
{
    public const int ListLimit = 500;

    private const string Select = """
        select g.posting_id, t.title as posting_title, g.person_id, p.first_name, p.last_name, p.reference, g.pool_id, o.name as pool_name, g.word,
            g.suggested_at, g.suggested_by, g.taken_back_at, g.declined_at, g.reason_code, s.state as path
        from suggestion g
        join person p on p.id = g.person_id
        join organization o on o.id = g.pool_id
        join posting t on t.id = g.posting_id
        left join preselection s on s.posting_id = g.posting_id and s.person_id = g.person_id
        """;

    /// <summary>Those of a posting, the oldest first.</summary>
    public static async Task<IReadOnlyList<StoredSuggestion>> OfPostingAsync(DbConnection db, PostingId posting, CancellationToken ct, DbTransaction? tx = null) =>
        (await db.QueryAsync<StoredSuggestion>(new CommandDefinition(
            $"{Select} where g.posting_id = @posting order by g.suggested_at, g.person_id limit {ListLimit}", new { posting }, tx, cancellationToken: ct))).AsList();

    /// <summary>Those of one structure, the newest first.</summary>
    public static async Task<IReadOnlyList<StoredSuggestion>> OfPoolAsync(DbConnection db, OrganizationId pool, CancellationToken ct) =>
        (await db.QueryAsync<StoredSuggestion>(new CommandDefinition(
            $"{Select} where g.pool_id = @pool order by g.suggested_at desc, g.person_id limit {ListLimit}", new { pool }, cancellationToken: ct))).AsList();

    /// <summary>Those that wait for an answer of this facilitator, the oldest first, of people who can still be chosen and postings still open.</summary>
    public static async Task<IReadOnlyList<StoredSuggestion>> WaitingAsync(DbConnection db, OrganizationId facilitator, CancellationToken ct) =>
        (await db.QueryAsync<StoredSuggestion>(new CommandDefinition(
            $"""
            {Select} where t.facilitator_id = @facilitator and t.state = 'PUBLISHED' and s.state is null and g.declined_at is null and g.taken_back_at is null
                and {Visibility.PersonIsPublished}
            order by g.suggested_at, g.person_id limit {ListLimit}
            """,
            new { facilitator }, cancellationToken: ct))).AsList();

    /// <summary>Writes the suggestion, over one that was answered or taken back before; false when the same one waits already.</summary>
    public static async Task<bool> AddAsync(
        DbConnection db, DbTransaction tx, PostingId posting, PersonId person, string? word, SignedIn by, DateTimeOffset now, CancellationToken ct) =>
        await db.ExecuteAsync(new CommandDefinition(
            """
            insert into suggestion (posting_id, person_id, pool_id, word, suggested_at, suggested_by, taken_back_at, declined_at, declined_by, reason_code)
            values (@posting, @person, @OrganizationId, @word, @now, @DisplayName, null, null, null, null)
            on conflict (posting_id, person_id) do update set word = excluded.word, suggested_at = excluded.suggested_at, suggested_by = excluded.suggested_by,
                taken_back_at = null, declined_at = null, declined_by = null, reason_code = null
            where suggestion.taken_back_at is not null or suggestion.declined_at is not null
            """,
            new { posting, person, by.OrganizationId, by.DisplayName, word, now }, tx, cancellationToken: ct)) == 1;

    public static async Task<bool> DeclineAsync(
        DbConnection db, DbTransaction tx, PostingId posting, PersonId person, string reason, SignedIn by, DateTimeOffset now, CancellationToken ct) =>
        await db.ExecuteAsync(new CommandDefinition(
            """
            update suggestion set declined_at = @now, declined_by = @DisplayName, reason_code = @reason
            where posting_id = @posting and person_id = @person and declined_at is null and taken_back_at is null
            """,
            new { posting, person, reason, by.DisplayName, now }, tx, cancellationToken: ct)) == 1;

    /// <summary>False when there is nothing of this structure to take back.</summary>
    public static async Task<bool> TakeBackAsync(DbConnection db, DbTransaction tx, PostingId posting, PersonId person, OrganizationId pool, DateTimeOffset now, CancellationToken ct) =>
        await db.ExecuteAsync(new CommandDefinition(
            """
            update suggestion set taken_back_at = @now
            where posting_id = @posting and person_id = @person and pool_id = @pool and taken_back_at is null and declined_at is null
                and not exists (select 1 from preselection s where s.posting_id = @posting and s.person_id = @person)
            """,
            new { posting, person, pool, now }, tx, cancellationToken: ct)) == 1;
}
