using System.Data.Common;
using System.Text;
using Dapper;

namespace Matching.Web.Platform.Reference;

/// <summary>Writes many rows of a referential, several hundred to a statement; a null row is one that could not be read, and is counted.</summary>
internal sealed class ReferenceSink(DbConnection db, DbTransaction tx, CancellationToken ct)
{
    private const int RowsPerStatement = 400;

    public async Task<HashSet<string>> KnownOccupationsAsync() =>
        [.. await db.QueryAsync<string>(new CommandDefinition("select code from rome order by code limit 10000", transaction: tx, cancellationToken: ct))];

    /// <summary>Adds or updates; the first <paramref name="keys"/> columns are the primary key. The first row of a key wins.</summary>
    public Task<(int Rows, int Skipped)> UpsertAsync(string table, string[] columns, int keys, IEnumerable<object?[]?> rows) => WriteAsync(table, columns, keys, rows);

    /// <summary>Empties the table, then as <see cref="UpsertAsync"/>.</summary>
    public async Task<(int Rows, int Skipped)> ReplaceAsync(string table, string[] columns, int keys, IEnumerable<object?[]?> rows)
    {
        await db.ExecuteAsync(new CommandDefinition($"delete from {table}", transaction: tx, cancellationToken: ct));
        return await WriteAsync(table, columns, keys, rows);
    }

    private async Task<(int Rows, int Skipped)> WriteAsync(string table, string[] columns, int keys, IEnumerable<object?[]?> rows)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var (written, skipped) = (0, 0);
        foreach (var chunk in rows.Chunk(RowsPerStatement))
        {
            var kept = chunk.OfType<object?[]>().Where(row => seen.Add(string.Join('\u001f', row.Take(keys)))).ToList();
            skipped += chunk.Length - kept.Count;
            if (kept.Count > 0)
            {
                await WriteChunkAsync(table, columns, keys, kept);
                written += kept.Count;
            }
        }

        return (written, skipped);
    }

    private async Task WriteChunkAsync(string table, string[] columns, int keys, List<object?[]> rows)
    {
        var sql = new StringBuilder($"insert into {table} ({string.Join(", ", columns)}) values ");
        await using var command = db.CreateCommand();
        command.Transaction = tx;
        for (var i = 0; i < rows.Count; i++)
        {
            sql.Append(i == 0 ? "(" : ", (");
            for (var j = 0; j < columns.Length; j++)
            {
                var parameter = command.CreateParameter();
                parameter.ParameterName = $"p{(i * columns.Length) + j}";
                parameter.Value = rows[i][j] ?? DBNull.Value;
                command.Parameters.Add(parameter);
                sql.Append(j == 0 ? "@" : ", @").Append(parameter.ParameterName);
            }

            sql.Append(')');
        }

        sql.Append(" on conflict (").AppendJoin(", ", columns.Take(keys)).Append(") do update set ");
        sql.AppendJoin(", ", columns.Skip(keys).Select(column => $"{column} = excluded.{column}"));

        // Names of tables and columns are constants of this folder; every value is a parameter.
#pragma warning disable CA2100
        command.CommandText = sql.ToString();
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync(ct);
    }
}
