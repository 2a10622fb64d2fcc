using System.Data.Common;
using Dapper;
using Matching.Rules.Markets;
using Matching.Web.Platform.Records;

namespace Matching.Web.Pools;

/// <summary>What a structure said once of the headers of its own files, kept for its next files.</summary>
public static class PoolHeadingStore
{
    /// <summary>In place of a header: the structure's own SIRET and type stand for the columns that its files do not have.</summary>
    public const string OwnStructure = "*structure";
    private const int MaxHeadings = 2_000;

    public static async Task<PoolMapping> ReadAsync(DbConnection db, StoredOrganization pool, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(pool);
        var rows = (await db.QueryAsync<Row>(new CommandDefinition(
            $"select heading_key, column_name from pool_heading where organization_id = @Id order by heading_key limit {MaxHeadings}",
            new { pool.Id }, cancellationToken: ct))).ToDictionary(row => row.HeadingKey, row => row.ColumnName, StringComparer.Ordinal);
        return new PoolMapping(rows, rows.ContainsKey(OwnStructure) ? (pool.Siret ?? "", pool.Kind.Code()) : null);
    }

    public static Task SaveAsync(DbConnection db, DbTransaction tx, StoredOrganization pool, IReadOnlyDictionary<string, string> columnOf, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(pool);
        ArgumentNullException.ThrowIfNull(columnOf);
        return db.ExecuteAsync(new CommandDefinition(
            """
            insert into pool_heading (organization_id, heading_key, column_name) values (@Id, @Key, @Value)
            on conflict (organization_id, heading_key) do update set column_name = excluded.column_name
            """,
            columnOf.Take(MaxHeadings).Select(pair => new { pool.Id, pair.Key, pair.Value }), tx, cancellationToken: ct));
    }

    private sealed record Row(string HeadingKey, string ColumnName);
}
