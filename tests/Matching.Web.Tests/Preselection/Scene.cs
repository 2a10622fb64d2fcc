using System.Data.Common;
using Dapper;
using Matching.Rules;
using Matching.Rules.Markets;
using Matching.Rules.People;
using Matching.Rules.Postings;
using Matching.Rules.Preselection;
using Matching.Web.Platform;
using Matching.Web.Platform.Records;
using Microsoft.Extensions.DependencyInjection;

namespace Matching.Web.Tests.Preselection;

/// <summary>A facilitator with a marché, a lot and a published posting, and a structure with four people published to its territory.</summary>
public sealed class Scene
{
    private static readonly RomeCode Mason = RomeCode.TryParse("F1703", out var code) ? code : default;

    private readonly WebFixture web;

    private Scene(WebFixture web, Browser facilitator, Browser structure) => (this.web, Facilitator, Structure) = (web, facilitator, structure);

    public Browser Facilitator { get; }

    public Browser Structure { get; }

    public MarketId Market { get; private set; }

    public LotId Lot { get; private set; }

    public PostingId Posting { get; private set; }

    public OrganizationId Company { get; private set; }

    /// <summary>All declared RSA, with a proof seen by their structure ten days ago; the last one has no proof.</summary>
    public IReadOnlyList<Person> People { get; private set; } = [];

    public string Board => $"/offres/{Posting}/preselections";

    public string Transmission => $"/offres/{Posting}/transmettre";

    public static async Task<Scene> MakeAsync(WebFixture web)
    {
        ArgumentNullException.ThrowIfNull(web);
        var scene = new Scene(web, await web.SignInAsync(Roles.Facilitator), await web.SignInAsync(Roles.Structure, OrganizationKind.Etti));
        scene.Company = (await web.AddUserAsync(Roles.Company)).OrganizationId;
        var buyer = (await web.AddUserAsync(Roles.Buyer)).OrganizationId;
        await web.Database.WriteAsync((db, tx) => scene.SeedAsync(db, tx), default);
        (scene.Market, scene.Lot, scene.Posting) = await scene.AddPostingAsync(scene.Facilitator.Who!, buyer, "Maçon");
        return scene;
    }

    /// <summary>The path of a person on the posting of this scene.</summary>
    public async Task<(PreselectionId Id, PreselectionState State, string? Reason)> PathOfAsync(Person person)
    {
        await using var db = await web.Database.OpenAsync(default);
        var row = await db.QuerySingleAsync<PathRow>(
            "select id, state, reason_code from preselection where posting_id = @Posting and person_id = @Id", new { Posting, person.Id });
        Assert.True(PreselectionStates.TryParse(row.State, out var state));
        return (row.Id, state, row.ReasonCode);
    }

    public Task<PageSeen> PreselectAsync(params IEnumerable<Person> people) =>
        Facilitator.PostAndFollowAsync(Board, [.. people.Select(person => ("personne", person.Id.ToString()))]);

    /// <summary>A single step by the facilitator, from the state given.</summary>
    public async Task<PageSeen> StepAsync(Person person, PreselectionState from, PreselectionState to, params IEnumerable<(string, string)> more) =>
        await Facilitator.PostFormAsync(
            $"/preselections/{(await PathOfAsync(person)).Id}/etape", [("depuis", from.Code()), ("vers", to.Code()), .. more]);

    public Task<PageSeen> ValidateAsync(Person person) => Facilitator.PostFormAsync(
        $"/personnes/{person.Id}/eligibilite/validation", ("marche", Market.ToString()), ("base", "justificatif"));

    /// <summary>The fields of the transmission form for these people.</summary>
    public async Task<(string Name, string Value)[]> TransmissionFormAsync(params IEnumerable<Person> people)
    {
        var page = await Facilitator.GetAsync(Transmission);
        var fields = new List<(string, string)>
        {
            ("cle", page.ValueOf("cle")!), ("contact_nom", "Camille Chef"), ("contact_courriel", ""), ("mots", "Bonjour"),
            ("reponse_avant", page.ValueOf("reponse_avant")!), ("expire_le", page.ValueOf("expire_le")!),
        };
        foreach (var person in people)
        {
            var (id, state, _) = await PathOfAsync(person);
            fields.AddRange([("preselection", id.ToString()), ($"depuis_{id}", state.Code()), ($"mots_{id}", $"Quelques mots sur {person.Identity.FirstName}")]);
        }

        return [.. fields];
    }

    /// <summary>Preselects and validates these people: their files may be transmitted.</summary>
    public async Task MakeReadyAsync(params IReadOnlyList<Person> people)
    {
        await PreselectAsync(people);
        foreach (var person in people)
        {
            await StepAsync(person, PreselectionState.Proposed, PreselectionState.Preselected);
            Assert.NotNull((await ValidateAsync(person)).RedirectsTo);
        }
    }

    /// <summary>Makes these people ready and transmits them; answers the path of the company's link.</summary>
    public async Task<string> TransmitAsync(params IReadOnlyList<Person> people)
    {
        await MakeReadyAsync(people);
        return await SendAsync([.. await TransmissionFormAsync(people)]);
    }

    /// <summary>Transmits by this form; answers the path of the company's link.</summary>
    public async Task<string> SendAsync(params (string Name, string Value)[] form)
    {
        var page = await Facilitator.PostFormAsync(Transmission, form);
        return new Uri(page.ValueOfId("lien") ?? throw new InvalidOperationException(page.Words)).AbsolutePath;
    }

    /// <summary>Another posting of another marché, by another facilitator of the same territory.</summary>
    public Task<(MarketId Market, LotId Lot, PostingId Posting)> AddPostingAsync(SignedIn facilitator, OrganizationId buyer, string title)
    {
        var (market, lot, posting) = (MarketId.New(), LotId.New(), PostingId.New());
        var terms = new PostingTerms(
            title, Mason, "00001", new(2026, 12, 1), new(2027, 5, 31), 2_100, Shifts.Jour, WorkContractKind.Cdd, 2, [], [], [], [], null, null, [], 500, "Monter des murs");
        return web.Database.WriteAsync(
            async (db, tx) =>
            {
                var parameters = new
                {
                    market,
                    lot,
                    posting,
                    facilitator = facilitator.OrganizationId,
                    buyer,
                    Company,
                    title,
                    reference = $"M-{market}",
                    now = Now,
                    starts = new DateOnly(2026, 1, 1),
                    ends = new DateOnly(2028, 12, 31),
                    terms = RecordJson.Write(terms),
                    rome = Mason.Value,
                };
                await db.ExecuteAsync(
                    """
                    insert into market (id, facilitator_id, reference, subject, buyer_id, starts_on, ends_on, cadence, credit_months, cdi_until_end,
                        cdi_cap_months, training_counts, mask_below, created_at)
                    values (@market, @facilitator, @reference, 'Travaux', @buyer, @starts, @ends, 'MENSUELLE', 24, true, null, true, 5, @now);
                    insert into public_list (market_id, version, template, categories, created_at, created_by) values (@market, 1, 'PROPRE', 'RSA|TH', @now, 'Test');
                    insert into lot (id, market_id, number, title, target_hours, modalities, insee_code, company_id)
                    values (@lot, @market, 1, 'Gros œuvre', 1000, 'EMBAUCHE_DIRECTE|MISE_A_DISPOSITION', '00001', @Company);
                    insert into posting (id, lot_id, market_id, facilitator_id, state, version, title, rome_code, insee_code, starts_on, ends_on,
                        weekly_minutes, shifts, contract, posts, insertion_hours, required_level, required_french, terms_json, published_at, created_at, updated_at)
                    values (@posting, @lot, @market, @facilitator, 'PUBLISHED', 1, @title, @rome, '00001', null, null,
                        2100, 1, 'CDD', 2, 500, null, null, @terms, @now, @now, @now);
                    """,
                    parameters, tx);
                return (market, lot, posting);
            },
            default);
    }

    private DateTimeOffset Now => web.Services.GetRequiredService<FrenchCalendar>().Now;

    private async Task SeedAsync(DbConnection db, DbTransaction tx)
    {
        var pool = Structure.Who!.OrganizationId;
        await db.ExecuteAsync(
            """
            insert into commune (insee_code, name, postal_codes, department_code, region_code, latitude, longitude, population)
            values ('00001', 'Valmont', '00100', '00', '99', null, null, 1000) on conflict do nothing;
            insert into rome (code, label, parent_code) values ('F1703', 'Maçon / Maçonne', 'F1703') on conflict do nothing;
            """,
            transaction: tx);
        (string First, string Last)[] names = [("Ana", "Roche"), ("Boris", "Saule"), ("Chloé", "Tilleul"), ("Denis", "Ulmaire")];
        People = [.. names.Select((name, i) => MakePerson(pool, name.First, name.Last, isProved: i < 3))];
        await PersonRecords.UpsertAsync(db, tx, [.. People], Now, default);
        await db.ExecuteAsync(
            "update person set published_at = @Now where organization_id = @pool", new { Now, pool }, tx);
        await db.ExecuteAsync(
            "insert into pool_publication (organization_id, zone_kind, zone_code, published_at, published_by) values (@pool, 'DEP', '00', @Now, 'Test')",
            new { pool, Now }, tx);
        await web.Services.GetRequiredService<ChangeFeed>().AppendAsync(db, tx, "person", [.. People.Select(person => person.Id.Value)], default);
    }

    private sealed record PathRow(PreselectionId Id, string State, string? ReasonCode);

    private static Person MakePerson(OrganizationId pool, string first, string last, bool isProved) => new(
        PersonId.New(), pool, $"{first}-1", new Identity(last, first, new(1990, 2, 3), Sex.F, "0600000000", null, "00100"),
        new WorkProfile(
            "00001", [Mason], [new Experience("Maçonnerie", Mason, 24, new(2025, 6, 1))], ["Monter un mur"], [new HeldCertificate("PERMIS_B", null)],
            3, 4, new(2026, 11, 20), 35, Shifts.Jour, new Mobility(TransportMode.Voiture, 40, null), ["pas de port de charges"], "mot-personnel",
            Contract: new WishedContract(43), Past: new AgreedMissions(new(2026, 8, 17), [new GoodMission("mission-plantee", Mason, new(2025, 2, 1))])),
        new EligibilityFacts(
            new(1990, 2, 3), new StructureSituation(OrganizationKind.Etti), 3, false, null, null, [new DeclaredCriterion("RSA", new(2026, 1, 1))],
            isProved ? new List<SeenProof> { new("RSA", new(2026, 11, 6)) } : []),
        new(2026, 9, 1), new(2026, 11, 1));
}

/// <summary>Small readings of a page.</summary>
public static class Seen
{
    public static string? ValueOfId(this PageSeen page, string id) => page?.Document.GetElementById(id)?.GetAttribute("value");
}
