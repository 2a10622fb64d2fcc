using System.Data.Common;
using Dapper;
using Matching.Rules;
using Matching.Rules.Postings;
using Matching.Web.Platform;
using Matching.Web.Platform.Records;

namespace Matching.Web.Postings;

/// <summary>A posting in any state, drafts included, as this slice reads and writes it.</summary>
public sealed record StoredPosting(
    PostingId Id, LotId LotId, MarketId MarketId, OrganizationId FacilitatorId, PostingState State, int Version, DraftTerms Terms,
    string? SourceText, IReadOnlyList<TextSpan> Spans, DateTimeOffset? PublishedAt, DateTimeOffset UpdatedAt)
{
    /// <summary>Null for an unknown id.</summary>
    public static async Task<StoredPosting?> FindAsync(DbConnection db, PostingId id, CancellationToken ct, DbTransaction? tx = null)
    {
        var row = await db.QuerySingleOrDefaultAsync<Row>(new CommandDefinition(
            """
            select id, lot_id, market_id, facilitator_id, state, version, terms_json, source_text, spans_json, published_at, updated_at
            from posting where id = @id
            """,
            new { id }, tx, cancellationToken: ct));
        return row is null ? null : new StoredPosting(
            row.Id, row.LotId, row.MarketId, row.FacilitatorId, Enum.Parse<PostingState>(row.State, ignoreCase: true), row.Version,
            RecordJson.Read<DraftTerms>(row.TermsJson), row.SourceText,
            row.SpansJson is null ? [] : RecordJson.Read<IReadOnlyList<TextSpan>>(row.SpansJson), row.PublishedAt, row.UpdatedAt);
    }

    /// <summary>Adds it; false when this id exists already (the same form sent twice).</summary>
    public async Task<bool> InsertAsync(DbConnection db, DbTransaction tx, CancellationToken ct) =>
        await db.ExecuteAsync(new CommandDefinition(
            """
            insert into posting (id, lot_id, market_id, facilitator_id, state, version, title, rome_code, insee_code, starts_on, ends_on, weekly_minutes,
                shifts, contract, posts, insertion_hours, required_level, required_french, terms_json, source_text, spans_json, published_at, created_at, updated_at)
            values (@Id, @LotId, @MarketId, @FacilitatorId, @state, @Version, @Title, @rome, @InseeCode, @StartsOn, @EndsOn, @WeeklyMinutes,
                @shifts, @contract, @Posts, @InsertionHours, @RequiredLevel, @RequiredFrench, @terms, @SourceText, @spans, @PublishedAt, @UpdatedAt, @UpdatedAt)
            on conflict (id) do nothing
            """,
            Parameters(), tx, cancellationToken: ct)) == 1;

    /// <summary>Writes the terms and the state over those of <paramref name="fromVersion"/>; false when another version came in between.</summary>
    public async Task<bool> UpdateAsync(DbConnection db, DbTransaction tx, int fromVersion, CancellationToken ct)
    {
        var parameters = Parameters();
        parameters.Add("fromVersion", fromVersion);
        return await db.ExecuteAsync(new CommandDefinition(
            """
            update posting set state = @state, version = @Version, title = @Title, rome_code = @rome, insee_code = @InseeCode, starts_on = @StartsOn,
                ends_on = @EndsOn, weekly_minutes = @WeeklyMinutes, shifts = @shifts, contract = @contract, posts = @Posts, insertion_hours = @InsertionHours,
                required_level = @RequiredLevel, required_french = @RequiredFrench, terms_json = @terms, published_at = @PublishedAt, updated_at = @UpdatedAt
            where id = @Id and version = @fromVersion
            """,
            parameters, tx, cancellationToken: ct)) == 1;
    }

    /// <summary>Keeps the terms of this version, as they were, and the referentials that its codes were chosen in.</summary>
    public async Task KeepVersionAsync(DbConnection db, DbTransaction tx, SignedIn me, CancellationToken ct)
    {
        var references = await db.QueryAsync<(string Name, string Version)>(new CommandDefinition(
            "select name, version from reference_source where name in ('rome', 'rome_skill', 'communes') order by name desc limit 3", transaction: tx, cancellationToken: ct));
        await db.ExecuteAsync(new CommandDefinition(
            """
            insert into posting_version (posting_id, version, at, by_name, terms_json, reference_versions)
            values (@Id, @Version, @UpdatedAt, @DisplayName, @terms, @references)
            """,
            new { Id, Version, UpdatedAt, me.DisplayName, terms = RecordJson.Write(Terms), references = string.Join(", ", references.Select(it => $"{NameOf(it.Name)} {it.Version}")) },
            tx, cancellationToken: ct));
    }

    private static string NameOf(string reference) => reference switch { "rome" => "ROME", "rome_skill" => "compétences", _ => "communes" };

    private DynamicParameters Parameters()
    {
        var parameters = new DynamicParameters(new
        {
            Id,
            LotId,
            MarketId,
            FacilitatorId,
            Version,
            Terms.Title,
            Terms.InseeCode,
            Terms.StartsOn,
            Terms.EndsOn,
            Terms.WeeklyMinutes,
            Terms.Posts,
            Terms.InsertionHours,
            Terms.RequiredLevel,
            Terms.RequiredFrench,
            SourceText,
            PublishedAt,
            UpdatedAt,
            state = State.ToString().ToUpperInvariant(),
            rome = Terms.Rome?.Value,
            shifts = (int)Terms.Shifts,
            contract = Terms.Contract?.Code(),
            terms = RecordJson.Write(Terms),
            spans = Spans.Count == 0 ? null : RecordJson.Write(Spans),
        });
        return parameters;
    }

    private sealed class Row
    {
        public PostingId Id { get; init; }
        public LotId LotId { get; init; }
        public MarketId MarketId { get; init; }
        public OrganizationId FacilitatorId { get; init; }
        public string State { get; init; } = "";
        public int Version { get; init; }
        public string TermsJson { get; init; } = "";
        public string? SourceText { get; init; }
        public string? SpansJson { get; init; }
        public DateTimeOffset? PublishedAt { get; init; }
        public DateTimeOffset UpdatedAt { get; init; }
    }
}
