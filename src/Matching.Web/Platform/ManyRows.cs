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
    /// <param name="insert">For SQLite; its parameters are <c>@p0</c>, <c>@p1</c>…</param>
    /// <param name="copy">For PostgreSQL, in binary format, the same columns in the same order.</param>
    /// <param name="rows">Their values: plain types, <c>Guid</c>, <c>DateOnly</c>, <c>DateTimeOffset</c> or null.</param>
    public static Task InsertManyAsync(this DbConnection db, DbTransaction? tx, string insert, string copy, IEnumerable<object?[]> rows, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(rows);
        return db is NpgsqlConnection postgreSql ? CopyAsync(postgreSql, copy, rows, ct) : InsertAsync((SqliteConnection)db, (SqliteTransaction?)tx, insert, rows, ct);
    }

    private static async Task CopyAsync(NpgsqlConnection db, string copy, IEnumerable<object?[]> rows, CancellationToken ct)
    {
        await using var writer = await db.BeginBinaryImportAsync(copy, ct);
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

    private static async Task InsertAsync(SqliteConnection db, SqliteTransaction? tx, string insert, IEnumerable<object?[]> rows, CancellationToken ct)
    {
        // A deferred transaction takes no lock until it writes to the file, which a temporary table never does.
        await using var own = tx is null ? db.BeginTransaction(deferred: true) : null;
        await using var command = db.CreateCommand();
        command.Transaction = tx ?? own;

        // The statement is a constant of the caller; every value is a parameter.
#pragma warning disable CA2100
        command.CommandText = insert;
#pragma warning restore CA2100
        foreach (var row in rows)
        {
            ct.ThrowIfCancellationRequested();
            while (command.Parameters.Count < row.Length)
            {
                command.Parameters.Add(new SqliteParameter(string.Create(CultureInfo.InvariantCulture, $"@p{command.Parameters.Count}"), null));
            }

            for (var at = 0; at < row.Length; at++)
            {
                command.Parameters[at].Value = DapperTypes.Stored(row[at], isSqlite: true);
            }

            command.ExecuteNonQuery();
        }

        own?.Commit();
    }
}
