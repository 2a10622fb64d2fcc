using System.Data.Common;
using Dapper;
using Matching.Rules;
using Matching.Rules.Markets;

namespace Matching.Web.Platform.Records;

/// <summary>Reading marchés with the list of publics in force, and their lots.</summary>
public static class MarketRecords
{
    private const int LotLimit = 500;

    private const string Select = """
        select m.id, m.facilitator_id, m.reference, m.subject, m.buyer_id, m.starts_on, m.ends_on, m.cadence, m.credit_months,
            m.cdi_until_end, m.cdi_cap_months, m.training_counts, m.mask_below,
            m.credit_start, m.cdi_start,
            coalesce((select mc.ai_cap_hours from market_control mc where mc.market_id = m.id order by mc.version desc limit 1), m.ai_cap_hours) as ai_cap_hours, m.ai_cap_months, m.ai_cap_start, l.version, l.template, l.categories, l.terms_json, l.seal
        from market m
        join public_list l on l.market_id = m.id and l.version = (select max(v.version) from public_list v where v.market_id = m.id)
        """;

    private const string SelectLot = """
        select l.id, l.market_id, l.number, l.title, l.target_hours, l.modalities, l.insee_code, l.company_id, l.starts_on, l.ends_on,
            coalesce(p.version, 0) as publics_version, p.categories as publics, p.seal as publics_seal
        from lot l
        left join lot_public_list p on p.lot_id = l.id and p.version = (select max(v.version) from lot_public_list v where v.lot_id = l.id)
        """;

    public static async Task<Market?> FindAsync(DbConnection db, MarketId id, CancellationToken ct, DbTransaction? tx = null)
    {
        var row = await db.QuerySingleOrDefaultAsync<Row>(new CommandDefinition($"{Select} where m.id = @id", new { id }, tx, cancellationToken: ct));
        return row?.ToMarket();
    }

    /// <summary>Null when the marché is unknown or another facilitator's: both answer alike.</summary>
    public static async Task<Market?> FindOwnAsync(DbConnection db, MarketId id, SignedIn me, CancellationToken ct, DbTransaction? tx = null) =>
        await FindAsync(db, id, ct, tx) is { } market && market.FacilitatorId == me.OrganizationId ? market : null;

    /// <summary>The marchés of one facilitator, the newest first.</summary>
    public static async Task<IReadOnlyList<Market>> OfFacilitatorAsync(DbConnection db, OrganizationId facilitator, int limit, CancellationToken ct)
    {
        var rows = await db.QueryAsync<Row>(new CommandDefinition(
            $"{Select} where m.facilitator_id = @facilitator order by m.starts_on desc, m.id limit @limit", new { facilitator, limit }, cancellationToken: ct));
        return [.. rows.Select(row => row.ToMarket())];
    }

    /// <summary>The marchés of one buyer, the newest first.</summary>
    public static async Task<IReadOnlyList<Market>> OfBuyerAsync(DbConnection db, OrganizationId buyer, int limit, CancellationToken ct)
    {
        var rows = await db.QueryAsync<Row>(new CommandDefinition(
            $"{Select} where m.buyer_id = @buyer order by m.starts_on desc, m.id limit @limit", new { buyer, limit }, cancellationToken: ct));
        return [.. rows.Select(row => row.ToMarket())];
    }

    /// <summary>The marchés of which a company holds at least one lot, the newest first.</summary>
    public static async Task<IReadOnlyList<Market>> OfCompanyAsync(DbConnection db, OrganizationId company, int limit, CancellationToken ct)
    {
        var rows = await db.QueryAsync<Row>(new CommandDefinition(
            $"{Select} where exists (select 1 from lot o where o.market_id = m.id and o.company_id = @company) order by m.starts_on desc, m.id limit @limit",
            new { company, limit }, cancellationToken: ct));
        return [.. rows.Select(row => row.ToMarket())];
    }

    /// <summary>One version of a marché's rule set: the one that a decision was taken under; null when there is none.</summary>
    public static async Task<PublicList?> PublicListAsync(DbConnection db, MarketId market, int version, CancellationToken ct, DbTransaction? tx = null)
    {
        var row = await db.QuerySingleOrDefaultAsync<(int, string, string, string?, string?)?>(new CommandDefinition(
            "select version, template, categories, terms_json, seal from public_list where market_id = @market and version = @version",
            new { market, version }, tx, cancellationToken: ct));
        return row is { } found ? ToPublicList(market, found) : null;
    }

    private static PublicList ToPublicList(MarketId market, (int Version, string Template, string Categories, string? TermsJson, string? Seal) row)
    {
        var list = new PublicList(row.Version, row.Template, SplitCodes(row.Categories))
        {
            Terms = row.TermsJson is null ? EligibilityTerms.Usual : RecordJson.Read<EligibilityTerms>(row.TermsJson),
        };
        return list with { IsIntact = row.Seal is null || row.Seal == RuleSetSeal.Of(market, list) };
    }

    /// <summary>The marchés that run on some of these days, of one facilitator or of all, the oldest first.</summary>
    public static async Task<IReadOnlyList<Market>> RunningAsync(DbConnection db, OrganizationId? facilitator, DateOnly first, DateOnly last, int limit, CancellationToken ct)
    {
        var rows = await db.QueryAsync<Row>(new CommandDefinition(
            $"""
            {Select} where m.starts_on <= @last and (m.ends_on is null or m.ends_on >= @first) and (@isAny or m.facilitator_id = @facilitator)
            order by m.starts_on, m.id limit @limit
            """,
            new { first, last, limit, isAny = facilitator is null, facilitator = facilitator ?? default }, cancellationToken: ct));
        return [.. rows.Select(row => row.ToMarket())];
    }

    public static async Task<IReadOnlyList<Lot>> LotsAsync(DbConnection db, MarketId market, CancellationToken ct, DbTransaction? tx = null)
    {
        var rows = await db.QueryAsync<LotRow>(new CommandDefinition(
            $"{SelectLot} where l.market_id = @market order by l.number limit {LotLimit}",
            new { market }, tx, cancellationToken: ct));
        return await TargetRecords.WithTargetsAsync(db, [.. rows.Select(row => row.ToLot())], ct, tx);
    }

    public static async Task<Lot?> FindLotAsync(DbConnection db, LotId id, CancellationToken ct, DbTransaction? tx = null)
    {
        var row = await db.QuerySingleOrDefaultAsync<LotRow>(new CommandDefinition(
            $"{SelectLot} where l.id = @id", new { id }, tx, cancellationToken: ct));
        return row is null ? null : (await TargetRecords.WithTargetsAsync(db, [row.ToLot()], ct, tx))[0];
    }

    /// <summary>How a list of codes is kept in one column.</summary>
    public static string JoinCodes(IEnumerable<string> codes) => string.Join('|', codes);

    public static IReadOnlyList<string> SplitCodes(string codes) => codes.Split('|', StringSplitOptions.RemoveEmptyEntries);

    private sealed class Row
    {
        public MarketId Id { get; init; }
        public OrganizationId FacilitatorId { get; init; }
        public string Reference { get; init; } = "";
        public string Subject { get; init; } = "";
        public OrganizationId BuyerId { get; init; }
        public DateOnly StartsOn { get; init; }
        public DateOnly? EndsOn { get; init; }
        public string Cadence { get; init; } = "";
        public int CreditMonths { get; init; }
        public bool CdiUntilEnd { get; init; }
        public int? CdiCapMonths { get; init; }
        public bool TrainingCounts { get; init; }
        public int MaskBelow { get; init; }
        public string CreditStart { get; init; } = "";
        public string CdiStart { get; init; } = "";
        public int AiCapHours { get; init; }
        public int AiCapMonths { get; init; }
        public string AiCapStart { get; init; } = "";
        public int Version { get; init; }
        public string Template { get; init; } = "";
        public string Categories { get; init; } = "";
        public string? TermsJson { get; init; }
        public string? Seal { get; init; }

        public Market ToMarket() => new(
            Id, FacilitatorId, Reference, Subject, BuyerId, new DatePeriod(StartsOn, EndsOn),
            ToPublicList(Id, (Version, Template, Categories, TermsJson, Seal)),
            new CountingRules(
                CreditMonths, CdiUntilEnd, CdiCapMonths, TrainingCounts, MaskBelow, StartOf(CreditStart), StartOf(CdiStart), AiCapHours, AiCapMonths,
                MarketVocabulary.AiCapStarts.Single(row => row.Code == AiCapStart).Value),
            MarketVocabulary.Cadences.Single(row => row.Code == Cadence).Value);

        private static CreditStart StartOf(string code) => MarketVocabulary.CreditStarts.Single(row => row.Code == code).Value;
    }

    private sealed class LotRow
    {
        public LotId Id { get; init; }
        public MarketId MarketId { get; init; }
        public int Number { get; init; }
        public string Title { get; init; } = "";
        public int TargetHours { get; init; }
        public string Modalities { get; init; } = "";
        public string? InseeCode { get; init; }
        public OrganizationId? CompanyId { get; init; }
        public DateOnly? StartsOn { get; init; }
        public DateOnly? EndsOn { get; init; }
        public int PublicsVersion { get; init; }
        public string? Publics { get; init; }
        public string? PublicsSeal { get; init; }

        public Lot ToLot() => new(
            Id, MarketId, Number, Title, TargetHours,
            [.. SplitCodes(Modalities).Select(code => MarketVocabulary.Modalities.Single(row => row.Code == code).Value)], InseeCode, CompanyId,
            StartsOn is { } start ? new DatePeriod(start, EndsOn) : null)
        {
            Publics = string.IsNullOrEmpty(Publics) ? null : SplitCodes(Publics),
            PublicsVersion = PublicsVersion,
            HasIntactPublics = PublicsSeal is null || PublicsSeal == RuleSetSeal.Of(Id, PublicsVersion, SplitCodes(Publics ?? "")),
        };
    }
}
