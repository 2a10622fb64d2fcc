using System.Data.Common;
using System.Globalization;
using Dapper;

namespace Matching.Web.Platform.Reference;

/// <summary>What writing one referential did, or would do.</summary>
/// <param name="Skipped">Rows that repeat a key already read, or could not be read.</param>
/// <param name="Gone">Rows stored before that the new files no longer have.</param>
public readonly record struct SinkOutcome(int Rows, int Skipped, int Added, int Changed, int Gone);

/// <summary>Writes a referential: its rows are laid out in a table of the connection, compared with what is stored, then stored in a few statements.</summary>
internal sealed class ReferenceSink(DbConnection db, DbTransaction tx, CancellationToken ct)
{
    public async Task<HashSet<string>> KnownOccupationsAsync() =>
        [.. await db.QueryAsync<string>(new CommandDefinition("select code from rome order by code limit 10000", transaction: tx, cancellationToken: ct))];

    /// <summary>Adds or updates; the first <paramref name="keys"/> columns are the primary key. The first row of a key wins, and a null row is one that could not be read.</summary>
    public Task<SinkOutcome> UpsertAsync(string table, string[] columns, int keys, IEnumerable<object?[]?> rows) => WriteAsync(table, columns, keys, rows, isReplaced: false);

    /// <summary>As <see cref="UpsertAsync"/>, and takes away what the files no longer have.</summary>
    public Task<SinkOutcome> ReplaceAsync(string table, string[] columns, int keys, IEnumerable<object?[]?> rows) => WriteAsync(table, columns, keys, rows, isReplaced: true);

    private async Task<SinkOutcome> WriteAsync(string table, string[] columns, int keys, IEnumerable<object?[]?> rows, bool isReplaced)
    {
        var (kept, skipped) = Distinct(rows, keys);
        var list = string.Join(", ", columns);
        await RunAsync("drop table if exists reference_staged");
        await RunAsync($"create temporary table reference_staged as select {list} from {table} where 1 = 0");
        var places = string.Join(", ", columns.Select((_, i) => string.Create(CultureInfo.InvariantCulture, $"@p{i}")));
        await db.InsertManyAsync(tx, "insert into reference_staged (" + list + ") values (" + places + ")", "copy reference_staged (" + list + ") from stdin (format binary)", kept, ct);
        await RunAsync("create unique index reference_staged_key on reference_staged (" + string.Join(", ", columns.Take(keys)) + ")");

        var same = string.Join(" and ", columns.Take(keys).Select(key => $"t.{key} = s.{key}"));
        var values = columns.Skip(keys).ToArray();
        var differs = values.Length == 0 ? "1 = 0" : string.Join(" or ", values.Select(column => $"t.{column} is distinct from s.{column}"));
        var (first, isNew) = (columns[0], $"t.{columns[0]} is null");
        var added = await CountAsync("select count(*) from reference_staged s left join " + table + " t on " + same + " where " + isNew);
        var changed = await CountAsync("select count(*) from reference_staged s join " + table + " t on " + same + " where " + differs);
        var gone = await CountAsync("select count(*) from " + table + " t left join reference_staged s on " + same + " where s." + first + " is null");
        if (isReplaced && gone > 0)
        {
            await RunAsync("delete from " + table + " where not exists (select 1 from reference_staged s where " + same.Replace("t.", table + ".", StringComparison.Ordinal) + ")");
        }

        await RunAsync($"insert into {table} ({string.Join(", ", columns)}) select {string.Join(", ", columns)} from reference_staged where 1 = 1 on conflict ("
            + string.Join(", ", columns.Take(keys)) + (values.Length == 0 ? ") do nothing" : ") do update set " + string.Join(", ", values.Select(column => $"{column} = excluded.{column}"))));
        await RunAsync("drop table reference_staged");
        return new SinkOutcome(kept.Count, skipped, added, changed, gone);
    }

    private static (List<object?[]> Kept, int Skipped) Distinct(IEnumerable<object?[]?> rows, int keys)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var kept = new List<object?[]>();
        var skipped = 0;
        foreach (var row in rows)
        {
            if (row is not null && seen.Add(string.Join('\u001f', row.Take(keys))))
            {
                kept.Add(row);
            }
            else
            {
                skipped++;
            }
        }

        return (kept, skipped);
    }

    private Task<int> RunAsync(string sql) => db.ExecuteAsync(new CommandDefinition(sql, transaction: tx, cancellationToken: ct));

    private Task<int> CountAsync(string sql) => db.QuerySingleAsync<int>(new CommandDefinition(sql, transaction: tx, cancellationToken: ct));
}
