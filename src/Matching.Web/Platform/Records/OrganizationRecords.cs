using System.Data.Common;
using Dapper;
using Matching.Rules;
using Matching.Rules.Markets;

namespace Matching.Web.Platform.Records;

/// <summary>An organisation as stored.</summary>
public sealed record StoredOrganization(OrganizationId Id, string Name, OrganizationKind Kind, string? Siret, string? InseeCode, string? Email, string? Phone);

/// <summary>Reading organisations: a small table, read as a whole where names are needed.</summary>
public static class OrganizationRecords
{
    /// <summary>More organisations than any département has; a region pages by kind.</summary>
    private const int ListLimit = 2_000;

    private const string Columns = "id, name, kind, siret, insee_code, email, phone";

    public static async Task<StoredOrganization?> FindAsync(DbConnection db, OrganizationId id, CancellationToken ct)
    {
        var row = await db.QuerySingleOrDefaultAsync<Row>(new CommandDefinition(
            $"select {Columns} from organization where id = @id", new { id }, cancellationToken: ct));
        return row?.ToOrganization();
    }

    public static async Task<StoredOrganization?> FindBySiretAsync(DbConnection db, Siret siret, CancellationToken ct)
    {
        var row = await db.QuerySingleOrDefaultAsync<Row>(new CommandDefinition(
            $"select {Columns} from organization where siret = @siret", new { siret = siret.Digits }, cancellationToken: ct));
        return row?.ToOrganization();
    }

    /// <summary>The names of these organisations.</summary>
    public static async Task<IReadOnlyDictionary<OrganizationId, string>> NamesAsync(DbConnection db, IEnumerable<OrganizationId> ids, CancellationToken ct)
    {
        var names = new Dictionary<OrganizationId, string>();
        foreach (var batch in ids.Distinct().Chunk(PersonRecords.BatchSize))
        {
            var rows = await db.QueryAsync<(OrganizationId Id, string Name)>(new CommandDefinition(
                $"select id, name from organization where id {db.In("@ids")} order by id limit {PersonRecords.BatchSize}",
                new { ids = batch.Select(id => id.Value).ToArray() }, cancellationToken: ct));
            foreach (var (id, name) in rows)
            {
                names[id] = name;
            }
        }

        return names;
    }

    /// <summary>The organisations of these kinds, by name, 2,000 at most.</summary>
    public static async Task<IReadOnlyList<StoredOrganization>> OfKindsAsync(DbConnection db, IEnumerable<OrganizationKind> kinds, CancellationToken ct)
    {
        var rows = await db.QueryAsync<Row>(new CommandDefinition(
            $"select {Columns} from organization where kind {db.In("@kinds")} order by name, id limit {ListLimit}",
            new { kinds = kinds.Select(kind => kind.Code()).ToArray() }, cancellationToken: ct));
        return [.. rows.Select(row => row.ToOrganization())];
    }

    private sealed class Row
    {
        public OrganizationId Id { get; init; }
        public string Name { get; init; } = "";
        public string Kind { get; init; } = "";
        public string? Siret { get; init; }
        public string? InseeCode { get; init; }
        public string? Email { get; init; }
        public string? Phone { get; init; }

        public StoredOrganization ToOrganization() => new(
            Id, Name, OrganizationKinds.TryParse(Kind, out var kind) ? kind : throw new InvalidOperationException("Unknown kind of organisation."),
            Siret, InseeCode, Email, Phone);
    }
}
