using System.Data.Common;
using Dapper;
using Matching.Rules;
using Matching.Rules.Hours;
using Matching.Rules.Markets;
using Matching.Rules.People;
using Matching.Rules.Postings;

namespace Matching.Web.Platform.Records;

/// <summary>A work contract as stored, with what its table needs of its person and employer. No name: the ledger page asks for it apart.</summary>
/// <param name="PoolId">The structure that accompanies the person.</param>
/// <param name="FirstHiredOn">First day of the person's first contract on this marché.</param>
/// <param name="IsEnded">Its end was recorded, with the person's situation.</param>
/// <param name="Renews">The contract that this one follows.</param>
/// <param name="RenewedBy">The contract that follows this one.</param>
public sealed record StoredContract(
    WorkContract Contract,
    MarketId MarketId,
    OrganizationId FacilitatorId,
    OrganizationId PoolId,
    DateOnly FirstHiredOn,
    Sex Sex,
    OrganizationKind EmployerKind,
    string EmployerName,
    bool IsEnded,
    ContractId? Renews,
    ContractId? RenewedBy);

/// <summary>What a list needs of a contract before it knows which of them it shows.</summary>
/// <param name="MarketPeriod">The days of the lot, those of the marché where it has none of its own.</param>
public sealed record ContractDays(ContractId Id, MarketId MarketId, DatePeriod Period, DatePeriod MarketPeriod);

/// <summary>Reading work contracts, and which of them an organisation may see.</summary>
public static class ContractRecords
{
    /// <summary>More contracts than one reader's lists and tables can hold; beyond, a table would be wrong, so reading fails.</summary>
    public const int ListLimit = 5_000;

    private const string Select = """
        select c.id, c.person_id, c.lot_id, c.market_id, c.posting_id, c.facilitator_id, c.employer_id, c.modality, c.kind, c.starts_on, c.ends_on, c.ended_on,
            c.weekly_minutes, c.eligible_from, c.category_code, p.organization_id as pool_id, p.sex, o.kind as employer_kind, o.name as employer_name,
            (select min(f.starts_on) from work_contract f where f.person_id = c.person_id and f.market_id = c.market_id) as first_hired_on,
            (select min(w.withdrawn_from) from eligibility_withdrawal w
                where w.person_id = c.person_id and w.market_id = c.market_id and w.valid_from = c.eligible_from and w.at >= c.created_at) as withdrawn_from,
            c.renews_id, (select n.id from work_contract n where n.renews_id = c.id) as renewed_by_id
        from work_contract c
        join person p on p.id = c.person_id
        join organization o on o.id = c.employer_id
        """;

    // A facilitator sees the contracts of its marchés; a structure those of its people and those it employs.
    private const string VisibleTo = """
        ((@isFacilitator and c.facilitator_id = @organization) or (@isStructure and (p.organization_id = @organization or c.employer_id = @organization)))
        """;

    /// <summary>The contract if this reader may see it; null as for an unknown one.</summary>
    public static async Task<StoredContract?> FindAsync(DbConnection db, ContractId id, SignedIn who, CancellationToken ct, DbTransaction? tx = null)
    {
        var row = await db.QuerySingleOrDefaultAsync<Row>(new CommandDefinition(
            $"{Select} where c.id = @id and {VisibleTo}", Reader(who, new { id }), tx, cancellationToken: ct));
        return row?.ToContract();
    }

    /// <summary>The days of every contract that this reader may see, the newest first, however many: read by pages.</summary>
    public static async Task<IReadOnlyList<ContractDays>> VisibleDaysAsync(DbConnection db, SignedIn who, CancellationToken ct)
    {
        var all = new List<ContractDays>();
        int read;
        do
        {
            var last = all.Count == 0 ? null : all[^1];
            var rows = (await db.QueryAsync<DaysRow>(new CommandDefinition(
                $"""
                select c.id, c.market_id, c.starts_on, c.ends_on, c.ended_on, coalesce(l.starts_on, m.starts_on) as market_starts_on, coalesce(l.ends_on, m.ends_on) as market_ends_on
                from work_contract c
                join person p on p.id = c.person_id
                join market m on m.id = c.market_id
                join lot l on l.id = c.lot_id
                where {VisibleTo} and (@isFirst or c.starts_on < @day or (c.starts_on = @day and c.id > @after))
                order by c.starts_on desc, c.id
                limit {ListLimit}
                """,
                Reader(who, new { isFirst = last is null, day = last?.Period.Start ?? DateOnly.MaxValue, after = last?.Id.Value ?? Guid.Empty }),
                cancellationToken: ct))).AsList();
            all.AddRange(rows.Select(row => row.ToDays()));
            read = rows.Count;
        }
        while (read == ListLimit);

        return all;
    }

    /// <summary>Some contracts, those of them that this reader may see, the newest first.</summary>
    public static async Task<IReadOnlyList<StoredContract>> ReadAsync(DbConnection db, IEnumerable<ContractId> ids, SignedIn who, CancellationToken ct)
    {
        var read = new List<StoredContract>();
        foreach (var batch in ids.Distinct().Chunk(PersonRecords.BatchSize))
        {
            read.AddRange(await ListAsync(
                db, $"c.id {db.In("@ids")} and {VisibleTo}", Reader(who, new { ids = batch.Select(id => id.Value).ToArray() }), ct));
        }

        return [.. read.OrderByDescending(it => it.Contract.Period.Start).ThenBy(it => it.Contract.Id.Value)];
    }

    /// <summary>The marchés in which this reader has a contract, those with the newest contract first.</summary>
    public static async Task<IReadOnlyList<MarketId>> VisibleMarketsAsync(DbConnection db, SignedIn who, int limit, CancellationToken ct)
    {
        var ids = await db.QueryAsync<MarketId>(new CommandDefinition(
            $"""
            select c.market_id from work_contract c
            join person p on p.id = c.person_id
            where {VisibleTo} group by c.market_id order by max(c.starts_on) desc, c.market_id limit @limit
            """,
            Reader(who, new { limit }), cancellationToken: ct));
        return [.. ids];
    }

    /// <summary>The person's other contracts that run during some of the same days, of those that this reader may see.</summary>
    public static Task<IReadOnlyList<StoredContract>> OverlappingAsync(DbConnection db, WorkContract contract, SignedIn who, CancellationToken ct) => ListAsync(
        db, $"c.person_id = @PersonId and c.id <> @Id and c.starts_on <= @last and coalesce(c.ended_on, c.ends_on, @last) >= @Start and {VisibleTo}",
        Reader(who, new { contract.PersonId, contract.Id, contract.Period.Start, last = contract.Period.End ?? DateOnly.MaxValue }), ct);

    /// <summary>The contracts of one marché that this reader may see.</summary>
    public static Task<IReadOnlyList<StoredContract>> VisibleOfMarketAsync(DbConnection db, MarketId market, SignedIn who, CancellationToken ct) =>
        ListAsync(db, $"c.market_id = @market and {VisibleTo}", Reader(who, new { market }), ct);

    /// <summary>Every contract of one marché, for its figures.</summary>
    public static Task<IReadOnlyList<StoredContract>> OfMarketAsync(DbConnection db, MarketId market, CancellationToken ct) =>
        ListAsync(db, "c.market_id = @market", new DynamicParameters(new { market }), ct);

    private static async Task<IReadOnlyList<StoredContract>> ListAsync(DbConnection db, string condition, DynamicParameters parameters, CancellationToken ct)
    {
        var rows = (await db.QueryAsync<Row>(new CommandDefinition(
            $"{Select} where {condition} order by c.starts_on desc, c.id limit {ListLimit + 1}", parameters, cancellationToken: ct))).AsList();
        return rows.Count <= ListLimit ? [.. rows.Select(row => row.ToContract())]
            : throw new InvalidOperationException($"More than {ListLimit} contracts: a table over a part of them would be wrong.");
    }

    private static DynamicParameters Reader(SignedIn who, object? more = null)
    {
        var parameters = new DynamicParameters(more);
        parameters.Add("organization", who.OrganizationId);
        parameters.Add("isFacilitator", who.Role == Roles.Facilitator);
        parameters.Add("isStructure", who.Role == Roles.Structure);
        return parameters;
    }

    private sealed class Row
    {
        public ContractId Id { get; init; }
        public PersonId PersonId { get; init; }
        public LotId LotId { get; init; }
        public MarketId MarketId { get; init; }
        public PostingId? PostingId { get; init; }
        public OrganizationId FacilitatorId { get; init; }
        public OrganizationId EmployerId { get; init; }
        public string Modality { get; init; } = "";
        public string Kind { get; init; } = "";
        public DateOnly StartsOn { get; init; }
        public DateOnly? EndsOn { get; init; }
        public DateOnly? EndedOn { get; init; }
        public int WeeklyMinutes { get; init; }
        public DateOnly EligibleFrom { get; init; }
        public string CategoryCode { get; init; } = "";
        public OrganizationId PoolId { get; init; }
        public string Sex { get; init; } = "";
        public string EmployerKind { get; init; } = "";
        public string EmployerName { get; init; } = "";
        public DateOnly FirstHiredOn { get; init; }
        public DateOnly? WithdrawnFrom { get; init; }
        public ContractId? RenewsId { get; init; }
        public ContractId? RenewedById { get; init; }

        public StoredContract ToContract() => new(
            new WorkContract(Id, PersonId, LotId, PostingId, EmployerId, MarketVocabulary.Modalities.Single(row => row.Code == Modality).Value,
                WorkContracts.TryParse(Kind, out var kind) ? kind : throw new InvalidOperationException("Unknown kind of contract."),
                new DatePeriod(StartsOn, DatePeriod.Earlier(EndsOn, EndedOn)), WeeklyMinutes, EligibleFrom, CategoryCode, WithdrawnFrom),
            MarketId, FacilitatorId, PoolId, FirstHiredOn,
            Sex switch { "F" => Rules.People.Sex.F, "M" => Rules.People.Sex.M, _ => Rules.People.Sex.Unknown },
            OrganizationKinds.TryParse(EmployerKind, out var employer) ? employer : throw new InvalidOperationException("Unknown kind of organisation."),
            EmployerName, EndedOn is not null, RenewsId, RenewedById);
    }

    private sealed class DaysRow
    {
        public ContractId Id { get; init; }
        public MarketId MarketId { get; init; }
        public DateOnly StartsOn { get; init; }
        public DateOnly? EndsOn { get; init; }
        public DateOnly? EndedOn { get; init; }
        public DateOnly MarketStartsOn { get; init; }
        public DateOnly? MarketEndsOn { get; init; }

        public ContractDays ToDays() => new(
            Id, MarketId, new DatePeriod(StartsOn, DatePeriod.Earlier(EndsOn, EndedOn)), new DatePeriod(MarketStartsOn, MarketEndsOn));
    }
}
