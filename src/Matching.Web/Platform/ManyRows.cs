using System.Data.Common;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Matching.Web.Platform;

/// <summary>Thousands of rows into one table.</summary>
public static class ManyRows
{
    /// <summary>
    /// Adds the rows: by <c>copy</c> on PostgreSQL; on SQLite one statement a row, its parameters bound once (Dapper makes them anew for each row,
    /// which costs four times the insert itself).
    /// </summary>
    /// <param name="tx">The caller's transaction; null when the rows are the connection's own (a temporary table) and need none.</param>
    /// <param name="columns">Names written in the code, never by a user.</param>
    /// <param name="rows">Their values, in the same order: plain types, <c>Guid</c>, <c>DateOnly</c>, <c>DateTimeOffset</c> or null.</param>
    public static Task InsertManyAsync(
        this DbConnection db, DbTransaction? tx, string table, IReadOnlyList<string> columns, IEnumerable<object?[]> rows, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(columns);
        ArgumentNullException.ThrowIfNull(rows);
        return db is NpgsqlConnection postgreSql ? CopyAsync(postgreSql, table, columns, rows, ct) : InsertAsync((SqliteConnection)db, (SqliteTransaction?)tx, table, columns, rows, ct);
    }

    private static async Task CopyAsync(NpgsqlConnection db, string table, IReadOnlyList<string> columns, IEnumerable<object?[]> rows, CancellationToken ct)
    {
        await using var writer = await db.BeginBinaryImportAsync($"copy {table} ({string.Join(", ", columns)}) from stdin (format binary)", ct);
        foreach (var row in rows)
        {
            await writer.StartRowAsync(ct);
            foreach (var value in row)
            {
                await (value is null ? writer.WriteNullAsync(ct) : writer.WriteAsync(DapperTypes.Stored(value, isSqlite: false), ct));
            }
        }

        await writer.CompleteAsync(ct);
    }

    private static async Task InsertAsync(
        SqliteConnection db, SqliteTransaction? tx, string table, IReadOnlyList<string> columns, IEnumerable<object?[]> rows, CancellationToken ct)
    {
        // A deferred transaction takes no lock until it writes to the file, which a temporary table never does.
        await using var own = tx is null ? db.BeginTransaction(deferred: true) : null;
        await using var command = db.CreateCommand();
        command.Transaction = tx ?? own;
        var names = Enumerable.Range(0, columns.Count).Select(i => string.Create(CultureInfo.InvariantCulture, $"@p{i}")).ToList();

        // Names of tables and columns come from the code; every value is a parameter.
#pragma warning disable CA2100
        command.CommandText = $"insert into {table} ({string.Join(", ", columns)}) values ({string.Join(", ", names)})";
#pragma warning restore CA2100
        var parameters = names.Select(name => command.Parameters.Add(new SqliteParameter(name, null))).ToList();
        foreach (var row in rows)
        {
            ct.ThrowIfCancellationRequested();
            for (var at = 0; at < row.Length; at++)
            {
                parameters[at].Value = DapperTypes.Stored(row[at], isSqlite: true);
            }

            command.ExecuteNonQuery();
        }

        own?.Commit();
    }
}
