using Dapper;
using Matching.Rules.People;
using Matching.Rules.Preselection;
using Matching.Web.Platform.Records;

namespace Matching.Web.Tests.Preselection;

/// <summary>Stories that begin with someone who leaves their post.</summary>
public abstract class DepartureTests(WebFixture web) : WebTests(web)
{
    protected static readonly DateTimeOffset TwoWeeksLater = new(2026, 11, 30, 9, 0, 0, TimeSpan.Zero);

    protected static (string, string)[] Form(params IEnumerable<Person> people) =>
    [
        ("nombre_postes", "2"), ("heures_insertion", "470"), ("prevenir_entreprise", "on"), ("prevenir_partenaires", "on"), .. people.Select(it => ("personne", $"{it.Id}")),
    ];

    /// <summary>Three people sent; Ana hired and at work, thirty hours validated; she leaves after two weeks, the posting was filled.</summary>
    protected async Task<(Scene Scene, string Page, string Contact)> LeftAfterTwoWeeksAsync()
    {
        var scene = await HiredAsync();
        var address = $"contact-{scene.Posting}@entreprise.example";
        await scene.MakeReadyAsync(scene.People[1], scene.People[2]);
        await scene.SendAsync([.. (await scene.TransmissionFormAsync(scene.People[2])).Where(it => it.Name != "contact_courriel"), ("contact_courriel", address)]);
        await scene.StepAsync(scene.People[2], PreselectionState.Transmitted, PreselectionState.Declined, ("motif", "POSTE_POURVU"));
        await scene.Facilitator.PostAndFollowAsync($"/offres/{scene.Posting}/pourvoir");
        await LaterAsync(scene, TwoWeeksLater);
        await using var db = await Web.Database.OpenAsync(Cancel);
        var contract = await db.QuerySingleAsync<Guid>("select id from work_contract where posting_id = @Posting", new { scene.Posting });
        Assert.NotNull((await Declare(scene, $"/heures/contrats/{contract}", "2026-11", "30")).RedirectsTo);
        var entry = await db.QuerySingleAsync<Guid>("select id from hour_entry where contract_id = @contract", new { contract });
        Assert.NotNull((await scene.Facilitator.PostFormAsync($"/heures/lignes/{entry}/decision", ("decision", "VALIDER"))).RedirectsTo);
        var ended = await scene.Facilitator.PostAndFollowAsync($"/preselections/{(await scene.PathOfAsync(scene.People[0])).Id}/fin", ("fin", "2026-11-27"), ("sortie", "RECHERCHE"));
        return (scene, ended.All("a.button").Single(a => a.TextContent == "Chercher un remplacement").GetAttribute("href")!, address);
    }

    protected async Task<Scene> HiredAsync()
    {
        Web.Clock.Now = new DateTimeOffset(2026, 11, 16, 9, 0, 0, TimeSpan.Zero);
        var scene = await Scene.MakeAsync(Web);
        await Web.Database.WriteAsync(
            async (db, tx) =>
            {
                foreach (var person in scene.People)
                {
                    var free = person with { Work = person.Work with { AvailableFrom = new(2026, 11, 1) } };
                    await PersonRecords.UpsertAsync(db, tx, [free], Web.Clock.Now, Cancel);
                }
            },
            Cancel);
        await scene.TransmitAsync(scene.People[0]);
        await scene.StepAsync(scene.People[0], PreselectionState.Transmitted, PreselectionState.Chosen);
        await HireAsync(scene, scene.People[0], "2026-11-16");
        return scene;
    }

    protected async Task LaterAsync(Scene scene, DateTimeOffset instant)
    {
        Web.Clock.Now = instant;
        await using var db = await Web.Database.OpenAsync(Cancel);
        foreach (var browser in (Browser[])[scene.Facilitator, scene.Structure])
        {
            await browser.SignInAsync(await db.QuerySingleAsync<string>("select user_name from app_user where id = @UserId", new { browser.Who!.UserId }), WebFixture.Password);
        }
    }

    protected static async Task HireAsync(Scene scene, Person person, string start) => Assert.NotNull((await scene.Facilitator.PostFormAsync(
        $"/preselections/{(await scene.PathOfAsync(person)).Id}/embauche",
        ("employeur", $"{scene.Company}"), ("modalite", "EMBAUCHE_DIRECTE"), ("contrat", "CDD"), ("debut", start), ("fin", "2027-05-31"), ("heures", "35"))).RedirectsTo);

    protected static async Task<PageSeen> EndAsync(Scene scene, Person person, string day) =>
        await scene.Facilitator.PostFormAsync($"/preselections/{(await scene.PathOfAsync(person)).Id}/fin", ("fin", day), ("sortie", "RECHERCHE"));

    protected static Task<PageSeen> Declare(Scene scene, string contract, string month, string hours) =>
        scene.Facilitator.PostFormAsync(contract, ("mois", month), ("nature", "TRAVAIL"), ("duree", hours), ("envoi", $"{Guid.CreateVersion7()}"));

    /// <summary>The structure of the people and another one of the territory can be written to.</summary>
    protected async Task<(string Own, string Other)> WithAddressesAsync(Scene scene, Browser partner)
    {
        var (own, other) = ($"own-{scene.Posting}@structure.example", $"partner-{scene.Posting}@structure.example");
        await Web.Database.WriteAsync(
            async (db, tx) =>
            {
                await db.ExecuteAsync("update app_user set email = @own where id = @UserId", new { own, scene.Structure.Who!.UserId }, tx);
                await db.ExecuteAsync("update app_user set email = @other where id = @UserId", new { other, partner.Who!.UserId }, tx);
                foreach (var organization in (Guid[])[scene.Structure.Who!.OrganizationId.Value, partner.Who!.OrganizationId.Value])
                {
                    await db.ExecuteAsync("insert into territory (organization_id, zone_kind, zone_code) values (@organization, 'DEP', '00') on conflict do nothing", new { organization }, tx);
                }
            },
            Cancel);
        return (own, other);
    }
}
