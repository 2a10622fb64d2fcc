using System.Text.Json;
using Dapper;
using Matching.Rules.Preselection;
using Matching.Web.Platform;
using Matching.Web.Platform.Webhooks;

namespace Matching.Web.Tests.Preselection;

/// <summary>What programs read of the people of a scene: by the API, whoever asks, and in the messages that the service sends them.</summary>
public abstract class PlantedForProgramsTests(WebFixture web) : WebTests(web)
{
    /// <summary>Nobody but their structure reads these of a person by a program.</summary>
    private static readonly string[] Kept = ["1990-02-03", "03/02/1990", "0600000000", "00100", "mot-personnel", "port de charges", "note-privee-plantee"];

    /// <summary>Nor these, whoever does not follow the person.</summary>
    private static readonly string[] Names = ["Roche", "Saule", "Tilleul", "Ulmaire"];

    /// <summary>Nor what the pool was published for, whoever is not a facilitator of the territory: the reference that a structure gave.</summary>
    private const string Reference = "Ana-1";

    [Fact]
    public async Task No_answer_of_the_api_gives_what_only_the_structure_may_know()
    {
        var scene = await Scene.MakeAsync(Web);
        var contract = await HireAsync(scene);
        string[] unknown = [.. Kept, .. Names];
        string[] nothing = [.. unknown, Reference];
        (string Who, Browser Browser, string[] Hidden)[] readers =
        [
            ("the facilitator", scene.Facilitator, Kept), ("another facilitator", await Web.SignInAsync(Roles.Facilitator), unknown), ("another structure", await Web.SignInAsync(Roles.Structure), nothing),
            ("a buyer", await Web.SignInAsync(Roles.Buyer), nothing), ("a company", await Web.SignInAsync(Roles.Company), nothing), ("nobody signed in", Web.Visitor(), nothing),
        ];
        var read = new HashSet<string>();
        foreach (var path in await ReadablePathsAsync())
        {
            foreach (var (who, browser, hidden) in readers)
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

    private async Task<IReadOnlyList<string>> ReadablePathsAsync()
    {
        using var client = Web.NewClient();
        var description = JsonDocument.Parse(await client.GetStringAsync(new Uri("/api/v1/openapi.json", UriKind.Relative), Cancel)).RootElement;
        return [.. description.GetProperty("paths").EnumerateObject().Where(path => path.Value.TryGetProperty("get", out _)).Select(path => path.Name)];
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
