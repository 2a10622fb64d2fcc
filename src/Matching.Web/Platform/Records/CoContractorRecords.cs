using System.Data.Common;
using Dapper;
using Matching.Rules;

namespace Matching.Web.Platform.Records;

/// <summary>For which co-contractor the hours of a contract are done, where someone noted it.</summary>
public static class CoContractorRecords
{
    private const int RowLimit = 50_000;

    /// <summary>The company noted last for each contract of a lot.</summary>
    public static async Task<Dictionary<ContractId, OrganizationId>> OfLotAsync(DbConnection db, LotId lot, CancellationToken ct, DbTransaction? tx = null)
    {
        var rows = await db.QueryAsync<(ContractId Contract, OrganizationId Company)>(new CommandDefinition(
            $"""
            select n.contract_id, n.company_id from contract_company n join work_contract c on c.id = n.contract_id
            where c.lot_id = @lot order by n.at, n.id limit {RowLimit}
            """,
            new { lot }, tx, cancellationToken: ct));
        return rows.GroupBy(row => row.Contract).ToDictionary(group => group.Key, group => group.Last().Company);
    }

    public static Task AppendAsync(DbConnection db, DbTransaction tx, ContractId contract, OrganizationId company, SignedIn who, DateTimeOffset now, CancellationToken ct) =>
        db.ExecuteAsync(new CommandDefinition(
            "insert into contract_company (id, contract_id, company_id, at, by_id, by_name) values (@id, @contract, @company, @now, @UserId, @DisplayName)",
            new { id = Guid.CreateVersion7(), contract, company, now, who.UserId, who.DisplayName }, tx, cancellationToken: ct));
}
