using System.Data.Common;
using Dapper;
using Matching.Rules;
using Matching.Rules.Markets;
using Matching.Rules.Reporting;

namespace Matching.Web.Platform.Records;

/// <summary>What bilans and consolidations count contracts by: classes of the person, trade, employer and situation at the exit. No name comes out.</summary>
public static class TraitRecords
{
    private const int Limit = 100_000;

    /// <summary>The cells of each contract, by the codes of <see cref="PersonTraits.Facets"/>.</summary>
    /// <param name="contracts">Every contract of one marché: a person's last one is among them.</param>
    public static async Task<IReadOnlyDictionary<ContractId, Dictionary<string, string>>> OfMarketAsync(
        DbConnection db, MarketId market, IReadOnlyList<StoredContract> contracts, DateOnly today, CancellationToken ct)
    {
        var people = (await PersonRecords.ReadAsync(db, contracts.Select(it => it.Contract.PersonId), ct)).ToDictionary(it => it.Person.Id, it => it.Person);
        var rows = (await db.QueryAsync<Row>(new CommandDefinition(
            $"""
            select c.id, c.person_id, c.starts_on, c.ends_on, c.ended_on, c.exit_code, o.kind as pool_kind, t.rome_code
            from work_contract c
            join person p on p.id = c.person_id
            join organization o on o.id = p.organization_id
            left join posting t on t.id = c.posting_id
            where c.market_id = @market order by c.id limit {Limit}
            """,
            new { market }, cancellationToken: ct))).ToDictionary(row => row.Id);
        var recorded = (await ExitsAsync(db, market, ct)).Concat(rows.Values.Where(row => row.ExitCode is not null)
            .Select(row => new RecordedExit(row.Id, ExitMilestone.End, row.ExitCode!))).ToLookup(it => it.ContractId);
        var last = Exits.LastOf(rows.Values.Select(row => row.ToEnd())).ToDictionary(it => it.PersonId);
        return contracts.ToDictionary(it => it.Contract.Id, it =>
        {
            var row = rows[it.Contract.Id];
            var pool = OrganizationKinds.TryParse(row.PoolKind, out var kind) ? kind : throw new InvalidOperationException("Unknown kind of organisation.");
            var cells = PersonTraits.Of(people[it.Contract.PersonId].Eligibility, pool, it.Contract.Period.Start);
            cells["metier"] = row.RomeCode?[..1] ?? Facets.Unknown;
            cells["structure"] = it.EmployerName;
            foreach (var milestone in Exits.Milestones)
            {
                var end = last[it.Contract.PersonId];
                cells[PersonTraits.CodeOf(milestone)] = Exits.CellOf(end, milestone, recorded[end.Id], today);
            }

            return cells;
        });
    }

    /// <summary>The situations written down after the end, the newest of each contract and milestone last.</summary>
    public static async Task<IReadOnlyList<RecordedExit>> ExitsAsync(DbConnection db, MarketId market, CancellationToken ct)
    {
        var rows = await db.QueryAsync<(ContractId Contract, int Milestone, string Code)>(new CommandDefinition(
            $"""
            select e.contract_id, e.milestone, e.code from exit_situation e
            join work_contract c on c.id = e.contract_id
            where c.market_id = @market order by e.recorded_at, e.id limit {Limit}
            """,
            new { market }, cancellationToken: ct));
        return [.. rows.Select(row => new RecordedExit(row.Contract, (ExitMilestone)row.Milestone, row.Code))];
    }

    private sealed class Row
    {
        public ContractId Id { get; init; }
        public PersonId PersonId { get; init; }
        public DateOnly StartsOn { get; init; }
        public DateOnly? EndsOn { get; init; }
        public DateOnly? EndedOn { get; init; }
        public string? ExitCode { get; init; }
        public string PoolKind { get; init; } = "";
        public string? RomeCode { get; init; }

        public ContractEnd ToEnd() => new(Id, PersonId, StartsOn, EndedOn ?? EndsOn);
    }
}
