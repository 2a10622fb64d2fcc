using System.Data.Common;
using Dapper;
using Matching.Rules;
using Matching.Rules.People;
using Matching.Web.Platform;

namespace Matching.Web.Pools;

/// <summary>A choice as it was made.</summary>
public sealed record ChosenMeaning(string Kind, string MeaningKey, string Written, string Value, DateTimeOffset DecidedAt, string DecidedBy);

/// <summary>What structures said of the words of their own files.</summary>
public static class MeaningStore
{
    private const int MaxMeanings = 20_000;

    /// <summary>The code of a kind, in the database and in forms.</summary>
    public static string Code(MeaningKind kind) => kind.ToString().ToUpperInvariant();

    public static bool TryParse(string code, out MeaningKind kind) => Enum.TryParse(code, ignoreCase: true, out kind) && Code(kind) == code;

    public static async Task<PoolMeanings> ReadAsync(DbConnection db, DbTransaction? tx, OrganizationId pool, CancellationToken ct)
    {
        var rows = await ListAsync(db, tx, pool, MaxMeanings, ct);
        return rows.Count == 0 ? PoolMeanings.None : new PoolMeanings(rows.ToDictionary(row => (Enum.Parse<MeaningKind>(row.Kind, ignoreCase: true), row.MeaningKey), row => row.Value));
    }

    /// <summary>The choices of a structure, the last first.</summary>
    public static async Task<IReadOnlyList<ChosenMeaning>> ListAsync(DbConnection db, DbTransaction? tx, OrganizationId pool, int limit, CancellationToken ct) =>
        [.. await db.QueryAsync<ChosenMeaning>(new CommandDefinition(
            "select kind, meaning_key, written, value, decided_at, decided_by from pool_meaning where organization_id = @pool order by decided_at desc, kind, meaning_key limit @limit",
            new { pool, limit }, tx, cancellationToken: ct))];

    /// <summary>Keeps a choice in place of an earlier one; null takes it back.</summary>
    public static Task SaveAsync(DbConnection db, DbTransaction tx, SignedIn by, MeaningKind kind, string written, string? value, DateTimeOffset now, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(by);
        return db.ExecuteAsync(new CommandDefinition(
            value is null
                ? "delete from pool_meaning where organization_id = @OrganizationId and kind = @kind and meaning_key = @key"
                : """
                  insert into pool_meaning (organization_id, kind, meaning_key, written, value, decided_at, decided_by)
                  values (@OrganizationId, @kind, @key, @written, @value, @now, @DisplayName)
                  on conflict (organization_id, kind, meaning_key) do update set written = excluded.written, value = excluded.value,
                      decided_at = excluded.decided_at, decided_by = excluded.decided_by
                  """,
            new { by.OrganizationId, kind = Code(kind), key = PoolMeanings.KeyOf(kind, written), written, value, now, by.DisplayName }, tx, cancellationToken: ct));
    }
}
