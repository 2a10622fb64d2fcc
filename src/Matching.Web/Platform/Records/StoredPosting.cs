using System.Data.Common;
using Dapper;
using Matching.Rules;
using Matching.Rules.Postings;

namespace Matching.Web.Platform.Records;

/// <summary>The posts and the insertion hours that are left, and the work that they take off.</summary>
public sealed record RemainingPosts(int Posts, int? InsertionHours, WorkDone Done);

/// <summary>A posting in any state, drafts included, as it is read and written.</summary>
public sealed record StoredPosting(
    PostingId Id, LotId LotId, MarketId MarketId, OrganizationId FacilitatorId, PostingState State, int Version, DraftTerms Terms,
    string? SourceText, IReadOnlyList<TextSpan> Spans, DateTimeOffset? PublishedAt, DateTimeOffset UpdatedAt)
{
    /// <summary>The work already taken off when its posts and hours were written; none before a first reopening.</summary>
    public WorkDone AtReopening { get; init; }

    /// <summary>Null for an unknown id.</summary>
    public static async Task<StoredPosting?> FindAsync(DbConnection db, PostingId id, CancellationToken ct, DbTransaction? tx = null)
    {
        var row = await db.QuerySingleOrDefaultAsync<Row>(new CommandDefinition(
            """
            select id, lot_id, market_id, facilitator_id, state, version, terms_json, source_text, spans_json, published_at, updated_at, reopened_working, reopened_minutes
            from posting where id = @id
            """,
            new { id }, tx, cancellationToken: ct));
        return row is null ? null : new StoredPosting(
            row.Id, row.LotId, row.MarketId, row.FacilitatorId, Enum.Parse<PostingState>(row.State, ignoreCase: true), row.Version,
            RecordJson.Read<DraftTerms>(row.TermsJson), row.SourceText,
            row.SpansJson is null ? [] : RecordJson.Read<IReadOnlyList<TextSpan>>(row.SpansJson), row.PublishedAt, row.UpdatedAt)
        {
            AtReopening = new WorkDone(row.ReopenedWorking, row.ReopenedMinutes),
        };
    }

    /// <summary>What its contracts gave up to a day, by the counting of the tables.</summary>
    public async Task<WorkDone> WorkDoneAsync(DbConnection db, DateOnly day, CancellationToken ct)
    {
        var market = await MarketRecords.FindAsync(db, MarketId, ct);
        var contracts = (await MarketFigures.ReportedAsync(db, market!, ct)).Where(it => it.Contract.PostingId == Id).ToList();
        return new WorkDone(
            contracts.Where(it => it.Contract.Period.Contains(day)).Select(it => it.Contract.PersonId).Distinct().Count(), contracts.Sum(it => it.Hours.CountedMinutes));
    }

    /// <summary>Writes the state, and what is left as a new version of the terms when it is given, with the feed and the history.</summary>
    public async Task<StoredPosting> ReviseAsync(
        DbConnection db, DbTransaction tx, ChangeFeed feed, EventLog events, PostingState next, RemainingPosts? remaining, SignedIn me, DateTimeOffset now, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(feed);
        ArgumentNullException.ThrowIfNull(events);
        var changed = this with { State = next, UpdatedAt = now, PublishedAt = next == PostingState.Published && State != next ? now : PublishedAt };
        if (remaining is not null)
        {
            changed = changed with { Version = Version + 1, Terms = Terms with { Posts = remaining.Posts, InsertionHours = remaining.InsertionHours } };
            await changed.KeepVersionAsync(db, tx, me, ct);
            await db.ExecuteAsync(new CommandDefinition(
                "update posting set reopened_working = @Working, reopened_minutes = @CountedMinutes where id = @Id",
                new { Id, remaining.Done.Working, remaining.Done.CountedMinutes }, tx, cancellationToken: ct));
        }

        await changed.UpdateAsync(db, tx, Version, ct);
        await feed.AppendAsync(db, tx, "posting", [Id.Value], ct);
        await events.AppendAsync(db, tx, "posting", Id.Value, "posting.step", me, new { from = State.Code(), to = next.Code() }, ct);
        return changed;
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
        public int ReopenedWorking { get; init; }
        public int ReopenedMinutes { get; init; }
    }
}
