using System.Data.Common;
using Dapper;
using Matching.Rules.Preselection;
using Matching.Web.Platform.Records;

namespace Matching.Web.Preselection.Dossiers;

/// <summary>What was sent by each link, kept as it was read that day.</summary>
public static class DossierRecords
{
    public static Task AddAsync(DbConnection db, DbTransaction tx, Guid linkId, DossierText text, DateTimeOffset now, CancellationToken ct) =>
        db.ExecuteAsync(new CommandDefinition(
            "insert into company_dossier (link_id, text_json, made_at) values (@linkId, @json, @now)", new { linkId, json = RecordJson.Write(text), now }, tx, cancellationToken: ct));

    /// <summary>Null for a link that was made before dossiers were kept.</summary>
    public static async Task<DossierText?> FindAsync(DbConnection db, Guid linkId, CancellationToken ct) =>
        await db.QuerySingleOrDefaultAsync<string?>(new CommandDefinition(
            "select text_json from company_dossier where link_id = @linkId", new { linkId }, cancellationToken: ct)) is { } json ? RecordJson.Read<DossierText>(json) : null;
}
