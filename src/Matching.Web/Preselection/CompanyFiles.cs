using System.Data.Common;
using Dapper;
using Matching.Rules;

namespace Matching.Web.Preselection;

/// <summary>Which files a company's link holds, in their order.</summary>
public static class CompanyFiles
{
    public sealed record Place(PreselectionId PreselectionId, int Position, string? Words);

    /// <summary>The files of a link by their place, the first being 1.</summary>
    public static async Task<IReadOnlyList<Place>> OfLinkAsync(DbConnection db, Guid linkId, CancellationToken ct, DbTransaction? tx = null) =>
        (await db.QueryAsync<Place>(new CommandDefinition(
            $"select preselection_id, position, words from company_link_person where link_id = @linkId order by position limit {TransmitFiles.MaximumPeople}",
            new { linkId }, tx, cancellationToken: ct))).AsList();
}
