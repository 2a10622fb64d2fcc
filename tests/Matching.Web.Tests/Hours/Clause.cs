using Dapper;
using Matching.Rules;
using Matching.Rules.Hours;
using Matching.Rules.Markets;
using Matching.Rules.People;
using Matching.Web.Platform;
using Matching.Web.Platform.Records;

namespace Matching.Web.Tests.Hours;

/// <summary>A marché with one lot and its three readers, to tell stories of hours on. Today is 16/11/2026.</summary>
internal sealed class Clause(WebFixture web, Browser facilitator, Browser structure, Browser buyer)
{
    private int people;

    public MarketId MarketId { get; } = MarketId.New();

    public LotId LotId { get; } = LotId.New();

    public Browser Facilitator => facilitator;

    public Browser Structure => structure;

    public Browser Buyer => buyer;

    public string Dashboard => $"/tableaux-de-bord/{MarketId}";

    public static async Task<Clause> SeedAsync(WebFixture web)
    {
        var clause = new Clause(web, await web.SignInAsync(Roles.Facilitator), await web.SignInAsync(Roles.Structure), await web.SignInAsync(Roles.Buyer));
        await web.Database.WriteAsync(
            async (db, tx) =>
            {
                await db.ExecuteAsync(
                    """
                    insert into commune (insee_code, name, postal_codes, department_code, region_code, population)
                    values ('00001', 'Valombre', '00100', '00', '00', 900) on conflict (insee_code) do nothing
                    """,
                    transaction: tx);
                await db.ExecuteAsync(
                    """
                    insert into market (id, facilitator_id, reference, subject, buyer_id, starts_on, ends_on, cadence, credit_months, cdi_until_end,
                        cdi_cap_months, training_counts, mask_below, created_at)
                    values (@MarketId, @facilitator, 'M-2026', 'Équipement des lycées', @buyer, @start, @end, 'MENSUELLE', 24, true, null, true, 5, @now)
                    """,
                    new
                    {
                        clause.MarketId,
                        facilitator = clause.Facilitator.Who!.OrganizationId,
                        buyer = clause.Buyer.Who!.OrganizationId,
                        start = new DateOnly(2026, 1, 1),
                        end = new DateOnly(2026, 12, 31),
                        now = web.Clock.Now,
                    },
                    tx);
                await db.ExecuteAsync(
                    "insert into public_list (market_id, version, template, categories, created_at, created_by) values (@MarketId, 1, 'K', 'RSA|DELD', @now, 'Essai')",
                    new { clause.MarketId, now = web.Clock.Now }, tx);
                await db.ExecuteAsync(
                    "insert into lot (id, market_id, number, title, target_hours, modalities) values (@LotId, @MarketId, 1, 'Déploiement', 1000, 'MISE_A_DISPOSITION')",
                    new { clause.LotId, clause.MarketId }, tx);
            },
            CancellationToken.None);
        return clause;
    }

    /// <summary>A new person of the structure (or of another pool), hired by the structure on 01/06/2026 for this lot.</summary>
    public async Task<ContractId> HireAsync(Sex sex = Sex.F, string lastName = "Brindosier", OrganizationId? pool = null, string category = "RSA")
    {
        var (person, contract, employer) = (PersonId.New(), ContractId.New(), structure.Who!.OrganizationId);
        var number = ++people;
        await web.Database.WriteAsync(
            async (db, tx) =>
            {
                await PersonRecords.UpsertAsync(db, tx, [Someone(person, pool ?? employer, $"P{number}", sex, lastName)], web.Clock.Now, CancellationToken.None);
                await db.ExecuteAsync(
                    """
                    insert into work_contract (id, person_id, lot_id, market_id, facilitator_id, employer_id, modality, kind, starts_on, ends_on,
                        weekly_minutes, eligible_from, category_code, created_at)
                    values (@contract, @person, @LotId, @MarketId, @facilitator, @employer, 'MISE_A_DISPOSITION', 'CDDI', @start, null, 2100, @start, @category, @now)
                    """,
                    new { contract, person, LotId, MarketId, facilitator = facilitator.Who!.OrganizationId, employer, start = new DateOnly(2026, 6, 1), category, now = web.Clock.Now },
                    tx);
            },
            CancellationToken.None);
        return contract;
    }

    public static Task<PageSeen> DeclareAsync(Browser by, ContractId contract, string hours, string month = "2026-10", string? key = null) => by.PostFormAsync(
        $"/heures/contrats/{contract}", ("mois", month), ("nature", "TRAVAIL"), ("duree", hours), ("envoi", key ?? Guid.CreateVersion7().ToString()));

    /// <summary>The ids of the ledger's lines, oldest first.</summary>
    public async Task<IReadOnlyList<LedgerLine>> LinesAsync(ContractId contract)
    {
        await using var db = await web.Database.OpenAsync(CancellationToken.None);
        return await HourRecords.OfContractAsync(db, contract, CancellationToken.None);
    }

    /// <summary>Declares by the structure and validates by the facilitator.</summary>
    public async Task ValidateAsync(ContractId contract, string hours, string month = "2026-10")
    {
        await DeclareAsync(structure, contract, hours, month);
        var line = (await LinesAsync(contract)).Last(it => it.Entry.Status == HourStatus.Declared);
        await facilitator.PostAndFollowAsync($"/heures/lignes/{line.Entry.Id}/decision", ("decision", "VALIDER"));
    }

    private static Person Someone(PersonId id, OrganizationId pool, string reference, Sex sex, string lastName) => new(
        id, pool, reference,
        new Identity(lastName, "Camille", new DateOnly(1990, 5, 4), sex, null, null, "00100"),
        new WorkProfile("00001", [], [], [], [], null, null, new DateOnly(2026, 1, 1), 35, Shifts.Jour, new Mobility(TransportMode.Velo, null, 10), [], null),
        new EligibilityFacts(new DateOnly(1990, 5, 4), new StructureSituation(OrganizationKind.Etti), null, null, null, null, [], []),
        new DateOnly(2026, 1, 1), new DateOnly(2026, 1, 1));
}
