using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Dapper;
using Matching.Rules.Reporting;
using Matching.Web.Platform;
using Matching.Web.Platform.Records;

namespace Matching.Web.Ranking.Fairness;

/// <summary>An audit that someone signed, as it was printed that day.</summary>
/// <param name="IsAsSigned">Whether what is stored is still what the chained history says was published.</param>
public sealed record PublishedAudit(int Number, DateTimeOffset PublishedAt, string SignedBy, string SignedAs, string Remarks, AuditReport Report, string Fingerprint, bool IsAsSigned);

/// <summary>What the masks of an audit are chosen against: by audit published before, whom it counted and what it showed of the doors.</summary>
public sealed record EarlierAudits(IReadOnlyList<IReadOnlyList<FairnessCase>> Cases, IReadOnlyList<PublishedDoors> Doors)
{
    public IReadOnlyList<FairnessCase> Last => Cases.Count == 0 ? [] : Cases[^1];
}

/// <summary>Reads and adds published audits; none is ever changed.</summary>
public static class PublishedAudits
{
    public const string EventKind = "equite.publiee";
    private const int MostListed = 200;

    /// <summary>The one of this number, or the last one; null when there is none.</summary>
    public static async Task<PublishedAudit?> FindAsync(DbConnection db, int? number, CancellationToken ct)
    {
        var row = await db.QueryFirstOrDefaultAsync<Row>(new CommandDefinition(
            """
            select id, number, published_at, signed_by, signed_as, remarks, report_json from fairness_audit
            where number = coalesce(@number, number) order by number desc limit 1
            """,
            new { number }, cancellationToken: ct));
        if (row is null)
        {
            return null;
        }

        var said = await db.QueryFirstOrDefaultAsync<string>(new CommandDefinition(
            "select body_json from event where kind = @EventKind and stream_id = @Id order by seq limit 1", new { EventKind, row.Id }, cancellationToken: ct));
        var fingerprint = FingerprintOf(row.ReportJson, row.SignedBy, row.SignedAs, row.Remarks);
        var isAsSigned = said is not null && JsonDocument.Parse(said).RootElement.GetProperty("empreinte").GetString() == fingerprint;
        return new PublishedAudit(row.Number, row.PublishedAt, row.SignedBy, row.SignedAs, row.Remarks, RecordJson.Read<AuditReport>(row.ReportJson), fingerprint, isAsSigned);
    }

    /// <summary>The newest first.</summary>
    public static async Task<IReadOnlyList<(int Number, DateTimeOffset At, string By)>> AllAsync(DbConnection db, CancellationToken ct) =>
    [
        .. await db.QueryAsync<(int, DateTimeOffset, string)>(new CommandDefinition(
            "select number, published_at, signed_by from fairness_audit order by number desc limit @MostListed", new { MostListed }, cancellationToken: ct)),
    ];

    /// <summary>Whom each published audit counted, the oldest first.</summary>
    public static async Task<EarlierAudits> EarlierAsync(DbConnection db, DbTransaction? tx, CancellationToken ct)
    {
        var rows = (await db.QueryAsync<(string Cases, string Doors)>(new CommandDefinition(
            "select cases_json, doors_json from fairness_audit order by number limit @MostListed", new { MostListed }, tx, cancellationToken: ct))).AsList();
        return new EarlierAudits([.. rows.Select(row => RecordJson.Read<List<FairnessCase>>(row.Cases))], [.. rows.Select(row => RecordJson.Read<PublishedDoors>(row.Doors))]);
    }

    public static async Task<int> AddAsync(
        DbConnection db, DbTransaction tx, EventLog log, FairnessCases.Loaded loaded, EarlierAudits earlier, SignedIn signer, string signedAs, string remarks, DateTimeOffset now, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(loaded);
        ArgumentNullException.ThrowIfNull(signer);
        ArgumentNullException.ThrowIfNull(log);
        var (id, json) = (Guid.CreateVersion7(), RecordJson.Write(AuditReport.Of(loaded, earlier)));
        var number = await db.QuerySingleAsync<int>(new CommandDefinition(
            """
            insert into fairness_audit (id, number, published_at, signed_by_id, signed_by, signed_as, remarks, report_json, cases_json, doors_json)
            values (@id, (select coalesce(max(number), 0) + 1 from fairness_audit), @now, @UserId, @DisplayName, @signedAs, @remarks, @json, @cases, @doors) returning number
            """,
            new { id, now, signer.UserId, signer.DisplayName, signedAs, remarks, json, cases = RecordJson.Write(loaded.Cases), doors = RecordJson.Write(DoorMasks.Of(loaded.Doors, loaded.Cases, earlier.Doors)) }, tx, cancellationToken: ct));
        await log.AppendAsync(db, tx, "equite", id, EventKind, signer, new { numero = number, empreinte = FingerprintOf(json, signer.DisplayName, signedAs, remarks) }, ct);
        return number;
    }

    // Each part is preceded by its length, so that moving a character from one to the next changes the fingerprint.
    private static string FingerprintOf(params ReadOnlySpan<string> parts)
    {
        var text = new StringBuilder();
        foreach (var part in parts)
        {
            text.Append(part.Length).Append(':').Append(part);
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    private sealed class Row
    {
        public Guid Id { get; init; }
        public int Number { get; init; }
        public DateTimeOffset PublishedAt { get; init; }
        public string SignedBy { get; init; } = "";
        public string SignedAs { get; init; } = "";
        public string Remarks { get; init; } = "";
        public string ReportJson { get; init; } = "";
    }
}
