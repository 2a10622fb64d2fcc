using System.Data.Common;
using Dapper;
using Matching.Rules;
using Matching.Rules.Preselection;

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

    /// <summary>The adviser who last acted on this preselection for the structure, and the structure's telephone; null when nobody has.</summary>
    public static async Task<AdviserContact?> AdviserAsync(DbConnection db, StoredPreselection preselection, CancellationToken ct)
    {
        var name = await db.QueryFirstOrDefaultAsync<string>(new CommandDefinition(
            """
            select u.display_name
            from preselection_step h
            join app_user u on u.id = h.by_id
            where h.preselection_id = @Id and u.organization_id = @PoolId
            order by h.at desc, h.id desc
            limit 1
            """,
            new { preselection.Id, preselection.PoolId }, cancellationToken: ct));
        if (name is null)
        {
            // A switchboard without a person to ask for only tells which organisation accompanies.
            return null;
        }

        var phone = await db.QuerySingleOrDefaultAsync<string>(new CommandDefinition(
            "select phone from organization where id = @PoolId", new { preselection.PoolId }, cancellationToken: ct));
        return new AdviserContact(name, phone);
    }
}
