using System.Net.Http.Json;
using System.Text.Json;
using Dapper;
using Matching.Rules.Preselection;
using Matching.Web.Platform;
using Matching.Web.Platform.Webhooks;
using Matching.Web.Tests.Postings;

namespace Matching.Web.Tests.Preselection;

/// <summary>What programs read of the people of a scene: by the API, whoever asks, and in the messages that the service sends them.</summary>
public abstract class PlantedForProgramsTests(WebFixture web) : WebTests(web)
{
    /// <summary>Nobody but their structure reads these of a person by a program.</summary>
    private static readonly string[] Kept = ["1990-02-03", "03/02/1990", "0600000000", "00100", "mot-personnel", "port de charges", "mission-plantee", "note-privee-plantee"];

    /// <summary>Nor these, whoever does not follow the person.</summary>
    private static readonly string[] Names = ["Roche", "Saule", "Tilleul", "Ulmaire"];

    /// <summary>Nor what the pool was published for, whoever is not a facilitator of the territory: the reference that a structure gave.</summary>
    private const string Reference = "Ana-1";

    [Fact]
    public async Task No_answer_of_the_api_gives_what_only_the_structure_may_know()
    {
        var scene = await Scene.MakeAsync(Web);
        var contract = await HireAsync(scene);
        var others = await OthersAsync();
        var read = new HashSet<string>();
        foreach (var path in await PathsAsync("get"))
        {
            foreach (var (who, browser, hidden) in (IEnumerable<(string, Browser, string[])>)[("the facilitator", scene.Facilitator, Kept), .. others])
            {
                var answer = await browser.Client.GetAsync(new Uri(AddressOf(path, scene, contract), UriKind.Relative), Cancel);
                var text = await answer.Content.ReadAsStringAsync(Cancel);
                Assert.All(hidden, value => Assert.False(text.Contains(value, StringComparison.Ordinal), $"{path} for {who}: {value}"));
                if (browser == scene.Facilitator && text.Contains("Roche", StringComparison.Ordinal))
                {
                    read.Add(path);
                }
            }
        }

        // Else the scan would have read nothing of them.
        Assert.Equal(["/api/v1/contrats", "/api/v1/recherche/personnes"], read.Order());
    }

    [Fact]
    public async Task No_answer_to_what_a_program_sends_gives_what_only_the_structure_may_know()
    {
        await PostingWorld.LoadReferenceAsync(Web, Cancel);
        var scene = await Scene.MakeAsync(Web);
        var calls = await CallsAsync(scene);
        var others = await OthersAsync();
        var paths = await PathsAsync("post");
        var taken = new List<string>();
        foreach (var path in paths)
        {
            Assert.True(calls.ContainsKey(path), $"{path} is sent by no test of what its answer must not give: write it here.");
            var (address, body, own) = calls[path];

            // The others first: nothing is done yet that they could be refused for.
            foreach (var (who, browser, hidden) in (IEnumerable<(string, Browser, string[])>)[.. others, ("who may", own, own == scene.Facilitator ? Kept : ["note-privee-plantee"])])
            {
                using var answer = await SendAsync(browser, address, body);
                var text = await answer.Content.ReadAsStringAsync(Cancel);
                Assert.All(hidden, value => Assert.False(text.Contains(value, StringComparison.Ordinal), $"{path} for {who}: {value}"));
                if (browser == own)
                {
                    Assert.True(answer.IsSuccessStatusCode, $"{path}: {(int)answer.StatusCode} {text}");
                    taken.Add(path);
                }
            }
        }

        // Else the scan would have read refusals only.
        Assert.Equal(paths, taken);
    }

    [Fact]
    public async Task No_message_to_a_program_holds_more_than_ids_codes_and_minutes()
    {
        var scene = await Scene.MakeAsync(Web);
        foreach (var browser in (Browser[])[scene.Facilitator, scene.Structure])
        {
            await browser.PostFormAsync("/compte/webhooks", [("adresse", "https://programme.example/messages"), .. WebhookEvents.All.Select(it => ("evenement", it.Code))]);
        }

        var contract = await HireAsync(scene);
        Assert.NotNull((await scene.Facilitator.PostFormAsync(
            $"/heures/contrats/{contract}", ("mois", "2026-11"), ("nature", "TRAVAIL"), ("duree", "7"), ("commentaire", "note-privee-plantee"), ("envoi", $"{Guid.CreateVersion7()}"))).RedirectsTo);
        await using var db = await Web.Database.OpenAsync(Cancel);
        var entry = await db.QuerySingleAsync<Guid>("select id from hour_entry where contract_id = @contract", new { contract });
        Assert.NotNull((await scene.Facilitator.PostFormAsync($"/heures/lignes/{entry}/decision", ("decision", "VALIDER"))).RedirectsTo);

        var messages = (await db.QueryAsync<(string Event, string Body)>(
            "select d.event, d.body from webhook_delivery d join webhook w on w.id = d.webhook_id where w.organization_id in (@first, @second) order by d.id limit 100",
            new { first = scene.Facilitator.Who!.OrganizationId, second = scene.Structure.Who!.OrganizationId })).AsList();

        Assert.Equal(WebhookEvents.All.Select(it => it.Code).Order(), messages.Select(it => it.Event).Distinct().Order());
        Assert.All(messages, message => Assert.All(
            JsonDocument.Parse(message.Body).RootElement.GetProperty("donnees").EnumerateObject(),
            fact => Assert.True(IsBare(fact.Value), $"{message.Event}: {fact.Name} {fact.Value}")));
    }

    /// <summary>An id, a number, nothing, a date, or a code in capitals.</summary>
    private static bool IsBare(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.Number => true,
        JsonValueKind.String => value.TryGetGuid(out _) || value.TryGetDateTime(out _) || PreselectionStates.TryParse(value.GetString()!, out _),
        _ => false,
    };

    /// <summary>A path of the API that is not here has not been read.</summary>
    private static string AddressOf(string path, Scene scene, Guid contract) => path switch
    {
        "/api/v1/contrats" or "/api/v1/offres" or "/api/v1/recherche/personnes" or "/api/v1/recherche/offres" or "/api/v1/viviers/correspondances" => path,
        "/api/v1/consolidation" => path + "?annee=2026",
        "/api/v1/offres/{id}" or "/api/v1/offres/{id}/candidats" => path.Replace("{id}", $"{scene.Posting}", StringComparison.Ordinal),
        "/api/v1/personnes/{id}/offres" => path.Replace("{id}", $"{scene.People[0].Id}", StringComparison.Ordinal),
        "/api/v1/marches/{id}/tableau-de-bord" => path.Replace("{id}", $"{scene.Market}", StringComparison.Ordinal) + "?mois=2026-11",
        "/api/v1/marches/{id}/bilan" => path.Replace("{id}", $"{scene.Market}", StringComparison.Ordinal),
        "/api/v1/viviers/{pool}/personnes/{reference}" => $"/api/v1/viviers/{scene.Structure.Who!.OrganizationId}/personnes/{scene.People[0].Reference}",
        "/api/v1/opportunites/{id}" => path.Replace("{id}", $"{contract}", StringComparison.Ordinal),
        _ => throw new InvalidOperationException($"{path} is read by no test of what it must not give: write it here."),
    };

    private async Task<(string Who, Browser Browser, string[] Hidden)[]> OthersAsync()
    {
        string[] unknown = [.. Kept, .. Names];
        string[] nothing = [.. unknown, Reference];
        return
        [
            ("another facilitator", await Web.SignInAsync(Roles.Facilitator), unknown), ("another structure", await Web.SignInAsync(Roles.Structure), nothing),
            ("a buyer", await Web.SignInAsync(Roles.Buyer), nothing), ("a company", await Web.SignInAsync(Roles.Company), nothing), ("nobody signed in", Web.Visitor(), nothing),
        ];
    }

    /// <summary>What is sent to each path, and who may: of three people on the way, one can be hired, one is at work, one moves a step.</summary>
    private async Task<Dictionary<string, (string Address, object? Body, Browser Own)>> CallsAsync(Scene scene)
    {
        var contract = await HireAsync(scene);
        await scene.TransmitAsync(scene.People[1]);
        await scene.StepAsync(scene.People[1], PreselectionState.Transmitted, PreselectionState.Chosen, ("note", "note-privee-plantee"));
        await scene.PreselectAsync(scene.People[2]);
        var (chosen, moving) = (await scene.PathOfAsync(scene.People[1]), await scene.PathOfAsync(scene.People[2]));
        var step = Transitions.From(moving.State, PreselectionActor.Facilitator).First(it => it is { Through: StepThrough.Button, NeedsReason: false, HasDate: false });
        var draft = (await scene.AddPostingAsync(scene.Facilitator.Who!, scene.Company, "Seconde offre")).Posting;
        await Web.Database.WriteAsync((db, tx) => db.ExecuteAsync("update posting set state = 'DRAFT' where id = @draft", new { draft }, tx), Cancel);
        var pool = scene.Structure.Who!.OrganizationId;
        return new()
        {
            ["/api/v1/contrats"] = ("/api/v1/contrats", new { preselection = chosen.Id.Value, employeur = scene.Company.Value, modalite = "EMBAUCHE_DIRECTE", type_contrat = "CDD", date_debut = "2026-11-23", date_fin = "2027-05-31", heures_hebdomadaires = 35 }, scene.Facilitator),
            ["/api/v1/contrats/{id}/heures"] = ($"/api/v1/contrats/{contract}/heures", new { mois = "2026-11", nature = "TRAVAIL", duree = "7", justificatif = "" }, scene.Facilitator),
            ["/api/v1/offres"] = ("/api/v1/offres", new { lot_id = scene.Lot.Value, intitule = "Maçon", code_rome = "F1703", commune = "00001", nombre_postes = 2, horaires = new[] { "jour" } }, scene.Facilitator),
            ["/api/v1/offres:analyser"] = ("/api/v1/offres:analyser", new { texte = "Nous cherchons un maçon à Valmont, 35 heures par semaine." }, scene.Facilitator),
            ["/api/v1/offres/{id}:publier"] = ($"/api/v1/offres/{draft}:publier", null, scene.Facilitator),
            ["/api/v1/offres/{id}/preselections"] = ($"/api/v1/offres/{scene.Posting}/preselections", new { personnes = new[] { scene.People[3].Id.Value } }, scene.Facilitator),
            ["/api/v1/preselections/{id}:{verb}"] = (
                $"/api/v1/preselections/{moving.Id}:{PreselectionStates.All.Single(row => row.State == step.To).Verb}", new { depuis = moving.State.Code(), note = "note-privee-plantee" }, scene.Facilitator),
            ["/api/v1/viviers/{pool}/personnes:importer"] = ($"/api/v1/viviers/{pool}/personnes:importer", new[] { Row(scene.People[0].Reference) }, scene.Structure),
        };
    }

    /// <summary>A right row of a pool file.</summary>
    private static object Row(string reference) => new
    {
        reference,
        nom = "Roche",
        prenom = "Ana",
        date_naissance = "1990-02-03",
        telephone = "0600000000",
        code_insee = "00001",
        structure_siret = "00000431700012",
        structure_type = "ETTI",
        metiers_recherches = new[] { "F1703" },
        disponible_le = "2026-11-20",
        mobilite_minutes = 40,
        moyen_transport = "voiture",
        criteres = new[] { "RSA:2026-01-01" },
        besoins_poste = "pas de port de charges",
        missions_reussies = "mission-plantee:2025-02",
        accord_missions_le = "2026-08-17",
        texte = "mot-personnel",
        information_donnee_le = "2026-09-01",
    };

    // The session of a browser, with the header that a page of the site would send.
    private static async Task<HttpResponseMessage> SendAsync(Browser browser, string address, object? body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(address, UriKind.Relative)) { Content = JsonContent.Create(body ?? new { }) };
        request.Headers.Add("RequestVerificationToken", (await browser.GetAsync("/connexion")).All("input[name=__RequestVerificationToken]")[0].GetAttribute("value"));
        return await browser.Client.SendAsync(request, Cancel);
    }

    private async Task<IReadOnlyList<string>> PathsAsync(string method)
    {
        using var client = Web.NewClient();
        var description = JsonDocument.Parse(await client.GetStringAsync(new Uri("/api/v1/openapi.json", UriKind.Relative), Cancel)).RootElement;
        return [.. description.GetProperty("paths").EnumerateObject().Where(path => path.Value.TryGetProperty(method, out _)).Select(path => path.Name)];
    }

    private async Task<Guid> HireAsync(Scene scene)
    {
        await scene.TransmitAsync(scene.People[0]);
        await scene.StepAsync(scene.People[0], PreselectionState.Transmitted, PreselectionState.Chosen, ("note", "note-privee-plantee"));
        var path = (await scene.PathOfAsync(scene.People[0])).Id;
        await scene.Facilitator.PostAndFollowAsync(
            $"/preselections/{path}/embauche", ("employeur", $"{scene.Company}"), ("modalite", "EMBAUCHE_DIRECTE"), ("contrat", "CDD"), ("debut", "2026-11-16"), ("fin", "2027-05-31"), ("heures", "35"));
        await using var db = await Web.Database.OpenAsync(Cancel);
        return await db.QuerySingleAsync<Guid>("select id from work_contract where preselection_id = @path", new { path });
    }
}

public sealed class PlantedForProgramsOnSqlite(SqliteWeb web) : PlantedForProgramsTests(web), IClassFixture<SqliteWeb>;

public sealed class PlantedForProgramsOnPostgreSql(PostgreSqlWeb web) : PlantedForProgramsTests(web), IClassFixture<PostgreSqlWeb>;
