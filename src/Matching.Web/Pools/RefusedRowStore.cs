using System.Data.Common;
using Dapper;
using Matching.Rules;
using Matching.Rules.People;
using Matching.Web.Platform;
using Matching.Web.Platform.Records;

namespace Matching.Web.Pools;

/// <summary>A row that an import refused.</summary>
/// <param name="Line">As a spreadsheet numbers it.</param>
/// <param name="DoubledLine">The row of the same file that already bore its reference.</param>
/// <param name="Cells">As sent, in the order of the header; empty once the row is mended.</param>
/// <param name="Said">What was wrong, for the file that goes back to the structure.</param>
public sealed record RefusedRow(
    int Line, string Reference, int? DoubledLine, IReadOnlyList<string> Cells, string Said, string State = RefusedRow.ToMend, Guid? PersonId = null,
    DateTimeOffset? DecidedAt = null, string? DecidedBy = null)
{
    public const string ToMend = "A_CORRIGER";
    public const string Mended = "CORRIGEE";
    public const string Aside = "DE_COTE";

    public static RefusedRow Of(PoolLine line, string reference, int? doubledLine, IEnumerable<RowIssue> errors)
    {
        ArgumentNullException.ThrowIfNull(line);
        return new RefusedRow(line.Number, reference, doubledLine, line.Cells, string.Join(" | ", errors.Select(error => $"{error.Column} : {error.Wrong} {error.Mend}")));
    }

    public PoolLine ToLine() => new(Line, [.. Cells], []);
}

/// <summary>How many rows of an import are in each state.</summary>
public sealed record RefusedCounts(int ToMend, int Mended, int Aside);

/// <summary>A refused row that waits, with the header that it stands under.</summary>
public sealed record WaitingRow(Guid ImportId, int Line, string CellsJson, string HeaderJson);

/// <summary>Reading and writing the rows that imports refused. Whose import it is, is the caller's question.</summary>
public static class RefusedRowStore
{
    private const string Columns = "line, reference, doubled_line, cells_json, said, state, person_id, decided_at, decided_by";

    private const string Insert = "insert into pool_refused_row (import_id, line, reference, doubled_line, cells_json, said, state) values (@p0, @p1, @p2, @p3, @p4, @p5, @p6)";

    private const string Copy = "copy pool_refused_row (import_id, line, reference, doubled_line, cells_json, said, state) from stdin (format binary)";

    public static Task AddAsync(DbConnection db, DbTransaction tx, Guid importId, IEnumerable<RefusedRow> rows, CancellationToken ct) => db.InsertManyAsync(
        tx, Insert, Copy, rows.Select(row => new object?[] { importId, row.Line, row.Reference, row.DoubledLine, RecordJson.Write(row.Cells), row.Said, row.State }), ct);

    public static async Task<RefusedRow?> FindAsync(DbConnection db, DbTransaction? tx, Guid importId, int line, CancellationToken ct) =>
        (await db.QuerySingleOrDefaultAsync<Row>(new CommandDefinition(
            $"select {Columns} from pool_refused_row where import_id = @importId and line = @line", new { importId, line }, tx, cancellationToken: ct)))?.ToRow();

    /// <summary>The rows of a state by line, at most as many as a file may hold.</summary>
    public static async Task<IReadOnlyList<RefusedRow>> ListAsync(DbConnection db, Guid importId, string state, CancellationToken ct) =>
        [.. (await db.QueryAsync<Row>(new CommandDefinition(
            $"select {Columns} from pool_refused_row where import_id = @importId and state = @state order by line limit {PoolTable.MaxRows}",
            new { importId, state }, cancellationToken: ct))).Select(row => row.ToRow())];

    /// <summary>The rows that someone mended or left aside, without their values, the last first.</summary>
    public static async Task<IReadOnlyList<RefusedRow>> DecidedAsync(DbConnection db, Guid importId, CancellationToken ct) =>
        [.. (await db.QueryAsync<Row>(new CommandDefinition(
            $"""
            select line, reference, doubled_line, null as cells_json, '' as said, state, person_id, decided_at, decided_by from pool_refused_row
            where import_id = @importId and state <> 'A_CORRIGER' order by decided_at desc, line limit {PoolReport.MaxIssues}
            """,
            new { importId }, cancellationToken: ct))).Select(row => row.ToRow())];

    /// <summary>The rows of a pool that wait to be mended, the newest import first.</summary>
    public static async Task<IReadOnlyList<WaitingRow>> WaitingAsync(DbConnection db, OrganizationId pool, int limit, CancellationToken ct) =>
        [.. await db.QueryAsync<WaitingRow>(new CommandDefinition(
            """
            select r.import_id, r.line, r.cells_json, i.refused_header_json as header_json from pool_refused_row r join pool_import i on i.id = r.import_id
            where i.organization_id = @pool and r.state = 'A_CORRIGER' and r.cells_json is not null and i.refused_header_json is not null
            order by i.at desc, r.import_id, r.line limit @limit
            """,
            new { pool, limit }, cancellationToken: ct))];

    /// <summary>The commune and postal code that a waiting row writes; null when it writes none.</summary>
    public static (string Name, string Postal)? CommuneOf(WaitingRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        var (header, line) = (HeaderFromJson(row.HeaderJson), new PoolLine(row.Line, RecordJson.Read<string[]>(row.CellsJson), []));
        if (line.Cells.Length != header.Names.Count || header.Value(line, PoolColumns.InseeCode).Trim().Length > 0)
        {
            return null;
        }

        var (name, postal) = (PoolMeanings.CommuneName(header.Value(line, PoolColumns.Commune).Trim()), header.Value(line, PoolColumns.PostalCode).Replace(" ", "", StringComparison.Ordinal));
        return name.Length == 0 ? null : (name, postal.Length == 4 ? "0" + postal : postal);
    }

    public static Task<RefusedCounts> CountAsync(DbConnection db, Guid importId, CancellationToken ct) => db.QuerySingleAsync<RefusedCounts>(new CommandDefinition(
        """
        select coalesce(sum(case when state = 'A_CORRIGER' then 1 else 0 end), 0) as to_mend,
            coalesce(sum(case when state = 'CORRIGEE' then 1 else 0 end), 0) as mended,
            coalesce(sum(case when state = 'DE_COTE' then 1 else 0 end), 0) as aside
        from pool_refused_row where import_id = @importId
        """,
        new { importId }, cancellationToken: ct));

    /// <summary>The next row to mend after this one, from the start again after the last; null when none is left.</summary>
    public static Task<int?> NextAsync(DbConnection db, Guid importId, int line, CancellationToken ct, DbTransaction? tx = null) => db.QuerySingleOrDefaultAsync<int?>(new CommandDefinition(
        """
        select line from pool_refused_row where import_id = @importId and state = 'A_CORRIGER' and line <> @line
        order by case when line > @line then 0 else 1 end, line limit 1
        """,
        new { importId, line }, tx, cancellationToken: ct));

    /// <summary>The other row of this import that already bears a reference: in the file, or mended since.</summary>
    public static async Task<int?> OtherLineOfAsync(DbConnection db, DbTransaction? tx, Guid importId, RefusedRow row, string reference, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(row);
        return row.DoubledLine is not null && reference == row.Reference
            ? row.DoubledLine
            : await db.QuerySingleOrDefaultAsync<int?>(new CommandDefinition(
                """
                select r.line from pool_refused_row r join person p on p.id = r.person_id
                where r.import_id = @importId and r.line <> @Line and p.reference = @reference order by r.line limit 1
                """,
                new { importId, row.Line, reference }, tx, cancellationToken: ct));
    }

    /// <summary>The header of the refused rows, with what it was read as on that day.</summary>
    public static string HeaderToJson(PoolHeader header)
    {
        ArgumentNullException.ThrowIfNull(header);
        var keys = header.Names.Select(PoolColumns.Key).ToHashSet(StringComparer.Ordinal);
        return RecordJson.Write(new StoredHeader(
            header.Names,
            header.Mapping.ColumnOf.Where(pair => keys.Contains(pair.Key)).ToDictionary(),
            header.Mapping.Structure?.Siret,
            header.Mapping.Structure?.Type));
    }

    public static PoolHeader HeaderFromJson(string json)
    {
        var stored = RecordJson.Read<StoredHeader>(json);
        return PoolHeader.Place(stored.Names, new PoolMapping(stored.ColumnOf, stored.Siret is { } siret ? (siret, stored.Type ?? "") : null)).Header!;
    }

    private sealed record StoredHeader(IReadOnlyList<string> Names, IReadOnlyDictionary<string, string> ColumnOf, string? Siret, string? Type);

    private sealed class Row
    {
        public int Line { get; init; }
        public string Reference { get; init; } = "";
        public int? DoubledLine { get; init; }
        public string? CellsJson { get; init; }
        public string Said { get; init; } = "";
        public string State { get; init; } = "";
        public Guid? PersonId { get; init; }
        public DateTimeOffset? DecidedAt { get; init; }
        public string? DecidedBy { get; init; }

        public RefusedRow ToRow() => new(
            Line, Reference, DoubledLine, CellsJson is null ? [] : RecordJson.Read<string[]>(CellsJson), Said, State, PersonId, DecidedAt, DecidedBy);
    }
}
