using System.Net;
using System.Text;
using System.Text.Json;
using Dapper;
using Matching.Features;
using Matching.Web.Accounts;
using Matching.Web.Platform;
using Matching.Web.Tests.Postings;
using Microsoft.Extensions.DependencyInjection;

namespace Matching.Web.Tests.Ranking;

/// <summary>A model's way from a file to the service and back, and what each step shows to whom.</summary>
public abstract class ModelLifeTests(WebFixture web) : WebTests(web)
{
    private const string Page = "/administration/modeles";

    // As the expert's, but it looks much more at languages and levels and less at the trade.
    private static RankerModel Learned(string version) => Shipped() with
    {
        Version = version,
        Statement = "Modèle d’essai.",
        Features = [.. Shipped().Features.Select(shape => shape.Name is "travel_ratio" or "start_fit" ? shape with { Points = shape.Points.ToDictionary(it => it.Key, it => (short)(it.Value / 4)) } : shape)],
        Pairs = [TradeAndTravel()],
        Training = new TrainingRecord("lambdarank", 1, 900, 900, 60, 63000, 14, 50, 200, 0.1, [new(ModelHead.Kept, 0.7, 890, 62000), new(ModelHead.Wanted, 0.3, 300, 1200, 0.5)]),
    };

    // Being of the trade counts more for someone who can come easily: rows by trade, columns by travel, from near to far.
    private static PairPoints TradeAndTravel()
    {
        IReadOnlyList<int> Groups(string name, int half) => [.. Enumerable.Range(0, Shipped().Features.Single(shape => shape.Name == name).Points.Keys.Max() + 2).Select(code => code > half ? 1 : 0)];
        return new PairPoints("rome_prox", "travel_ratio", Groups("rome_prox", 4), Groups("travel_ratio", 3), [[(short)0, 0], [(short)37, 0]]);
    }

    private static RankerModel Shipped() => RankerModel.Read(File.ReadAllText(System.IO.Path.Combine(PostingWorld.Root(), "models", "ranker-1.0.0-expert.json")));

    [Fact]
    public async Task A_file_that_cannot_be_trusted_or_scored_is_refused_with_the_reason()
    {
        await ReadPool.LoadAsync(Web, Cancel);
        var administrator = await SignInAsync("administration");
        var (first, second) = (Shipped().Features[0], Shipped().Features[1]);
        var pair = new PairPoints(first.Name, second.Name, [0], [0], [[(short)0]]);
        foreach (var (text, reason) in new[]
        {
            (RankerModelFile.Write(Learned("refus-1")).Replace("Modèle d’essai.", "Modèle parfait.", StringComparison.Ordinal), "a été modifié après son écriture"),
            (RankerModelFile.Write(Learned("refus-2") with { Pairs = [pair] }), "n’a pas un groupe pour chaque valeur"),
            (RankerModelFile.Write(Learned("refus-3") with { Features = [.. Shipped().Features.Skip(1)] }), "n’a pas de points"),
            (File.ReadAllText(System.IO.Path.Combine(PostingWorld.Root(), "models", "ranker-1.0.0-expert.json")), "somme de contrôle"),
            (RankerModelFile.Write(Learned("1.0.0-expert")), "existe déjà avec un autre contenu"),
            ("{", "n’est pas lisible"),
        })
        {
            var page = await administrator.PostFileAsync(Page, "fichier", "modele.json", Encoding.UTF8.GetBytes(text));
            Assert.Equal(HttpStatusCode.UnprocessableEntity, page.Status);
            Assert.Contains(reason, page.Words, StringComparison.Ordinal);
        }

        Assert.Contains("choisir le fichier", (await administrator.PostFormAsync(Page)).Words, StringComparison.Ordinal);
        Assert.Contains("pas écrit en UTF-8", (await administrator.PostFileAsync(Page, "fichier", "m.json", [0xC3, 0x28])).Words, StringComparison.Ordinal);
        await using var db = await Web.Database.OpenAsync(Cancel);
        Assert.Equal(0, await db.QuerySingleAsync<int>("select cast(count(*) as integer) from ranking_model where version like 'refus%'"));
        var facilitator = await SignInAsync("facilitatrice");
        Assert.Equal(HttpStatusCode.Forbidden, (await facilitator.GetAsync(Page)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await facilitator.PostFormAsync($"{Page}/etapes/service", ("version", "1"), ("raison", "moi"))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await administrator.PostFormAsync($"{Page}/etapes/ombre", ("version", "inconnue"), ("raison", "essai"))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await administrator.PostFormAsync($"{Page}/etapes/inconnue", ("version", "1"), ("raison", "essai"))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await administrator.PostFormAsync($"{Page}/porte", ("version", "inconnue"))).Status);
    }

    [Fact]
    [Trait("règle", "modele.retour")]
    public async Task A_model_goes_from_a_file_to_the_service_and_back_and_every_list_replays()
    {
        await ReadPool.LoadAsync(Web, Cancel);
        var (administrator, facilitator) = (await SignInAsync("administration"), await SignInAsync("facilitatrice"));
        var postings = await PostingsAsync();
        var before = await PeopleAsync(facilitator, postings[0]);
        Assert.Equal(Page, (await administrator.PostFileAsync(Page, "fichier", "m.json", Encoding.UTF8.GetBytes(RankerModelFile.Write(Learned("essai-1"))))).RedirectsTo);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await StepAsync(administrator, "service")).Status);
        Assert.Equal(Page, (await StepAsync(administrator, "ombre")).RedirectsTo);

        // In the shadow: nothing changes for who reads, and what it would have shown is kept.
        await ShadowAsync(facilitator, postings, before);
        Assert.Contains("porte n’a pas encore été jugée", (await StepAsync(administrator, "alternance")).Words, StringComparison.Ordinal);
        Assert.Contains("10 premières personnes", (await administrator.GetAsync(Page)).Words, StringComparison.Ordinal);
        await NothingIsJudgedWithoutSomebodyPassedOverAsync(administrator);

        // The posting that had a list before the trial may be among those it was learned from: it says nothing.
        var judged = (await administrator.PostAndFollowAsync($"{Page}/porte", ("version", "essai-1"))).Words;
        Assert.Contains("nDCG@10 : de 0 à 1, à quel point les personnes qui sont allées le plus loin", judged, StringComparison.Ordinal);
        Assert.Contains("La porte s’ouvre", judged, StringComparison.Ordinal);
        Assert.Contains("sur 20 listes décidées de 20 offres nouvelles depuis l’essai", judged, StringComparison.Ordinal);
        Assert.Equal(Page, (await StepAsync(administrator, "alternance")).RedirectsTo);

        await AlternatesAsync(facilitator, administrator, postings[0]);
        Assert.Contains("coche qu’elle le sait", (await StepAsync(administrator, "service")).Words, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, (await administrator.PostFormAsync($"{Page}/etapes/service", ("version", "essai-1"), ("malgre", "oui"))).Status);
        Assert.Equal(Page, (await StepAsync(administrator, "service", ("malgre", "oui"))).RedirectsTo);
        var card = await Web.Visitor().GetAsync("/modele");
        Assert.Contains("par Luc Berthier, à la place de la version 1.3.0-expert. Raison donnée : « essai de la bascule »", card.Words, StringComparison.Ordinal);
        Assert.Contains("ce que les personnes ont voulu, pour 30 %, appris de 300 listes (1200 réponses connues", card.All("[data-heads]")[0].TextContent, StringComparison.Ordinal);
        Assert.Equal(3, card.All("[data-heads]").Count);
        Assert.Contains("Ce que les personnes ont voulu compte désormais", card.One("[data-changes]").TextContent, StringComparison.Ordinal);
        Assert.Contains("pèse moins", card.One("[data-changes]").TextContent, StringComparison.Ordinal);
        Assert.Contains("ensemble » compte désormais, pour 37 points", card.One("[data-changes]").TextContent, StringComparison.Ordinal);
        Assert.Contains("+37", card.One("[data-pair='rome_prox*travel_ratio'] table").TextContent, StringComparison.Ordinal);
        await PairIsExplainedAsync(facilitator, postings[1]);
        Assert.Equal("essai-1", (await RankedApi.ListAsync(facilitator, postings[1])).GetProperty("modele").GetString());

        Assert.Equal(Page, (await administrator.PostFormAsync($"{Page}/retour", ("depuis", "essai-1"), ("raison", "retour d’essai"))).RedirectsTo);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await administrator.PostFormAsync($"{Page}/retour", ("depuis", "essai-1"), ("raison", "double clic"))).Status);
        Assert.Equal("1.3.0-expert", (await RankedApi.ListAsync(facilitator, postings[1])).GetProperty("modele").GetString());
        Assert.Contains("Toutes les lignes sont identiques", (await administrator.PostFormAsync("/administration/listes/rejouer")).Words, StringComparison.Ordinal);
        Assert.Null((await Web.Services.GetRequiredService<EventLog>().VerifyAsync(Cancel)).Fault);
        await using var db = await Web.Database.OpenAsync(Cancel);
        Assert.Equal(
            ["modele.charge", "modele.ombre", "modele.juge", "modele.juge", "modele.alternance", "modele.promu", "modele.retour"],
            await db.QueryAsync<string>("select kind from event where stream_kind = 'modele' and actor_name = 'Luc Berthier' order by seq limit 100"));
    }

    // As if nobody had been opened: lists where all who are known were kept tell no order.
    private async Task NothingIsJudgedWithoutSomebodyPassedOverAsync(Browser administrator)
    {
        await using var db = await Web.Database.OpenAsync(Cancel);
        var opened = (await db.QueryAsync<(Guid List, Guid Person, DateTimeOffset At)>("select list_id, person_id, opened_at from ranked_person where opened_at is not null order by list_id, person_id limit 100")).ToList();
        Assert.Equal(21, opened.Count);
        await db.ExecuteAsync("update ranked_person set opened_at = null");
        Assert.Contains("rien ne peut être jugé", (await administrator.PostAndFollowAsync($"{Page}/porte", ("version", "essai-1"))).Words, StringComparison.Ordinal);
        foreach (var (list, person, at) in opened)
        {
            await db.ExecuteAsync("update ranked_person set opened_at = @at where list_id = @list and person_id = @person", new { at, list, person });
        }
    }

    // Shown lists stay what they were; of each, the two people whom the candidate prefers are taken and another is opened and passed over, so that it does well.
    private async Task ShadowAsync(Browser facilitator, IReadOnlyList<Guid> postings, IReadOnlyList<Guid> before)
    {
        await using var db = await Web.Database.OpenAsync(Cancel);
        foreach (var posting in postings)
        {
            var list = await RankedApi.ListAsync(facilitator, posting);
            Assert.Equal(posting == postings[0] ? before : await PeopleAsync(facilitator, posting), IdsOf(list));
            var liked = (await db.QueryAsync<Guid>(
                "select s.person_id from shadow_person s join ranked_person r on r.list_id = s.list_id and r.person_id = s.person_id where s.list_id = @list and s.model_version = 'essai-1' order by s.rank limit 2",
                new { list = list.GetProperty("liste").GetGuid() })).ToList();
            Assert.Equal(2, liked.Count);
            await facilitator.GetAsync($"/offres/{posting}/candidats/{IdsOf(list).First(person => !liked.Contains(person))}?liste={list.GetProperty("liste").GetGuid()}");
            await facilitator.PostFormAsync($"/offres/{posting}/preselections", [.. liked.Select(person => ("personne", $"{person}")), ("liste", $"{list.GetProperty("liste")}")]);
        }
    }

    // The line of the pair names both criteria, and the points of all lines are the score.
    private async Task PairIsExplainedAsync(Browser facilitator, Guid posting)
    {
        var list = await RankedApi.ListAsync(facilitator, posting);
        await using var db = await Web.Database.OpenAsync(Cancel);
        var (person, codes, points, score) = await db.QuerySingleAsync<(Guid, string, string, int)>(
            "select person_id, codes_json, points_json, score from ranked_person where list_id = @list and points_json like '%,37]' order by rank limit 1", new { list = list.GetProperty("liste").GetGuid() });
        Assert.Equal(score, JsonSerializer.Deserialize<int[]>(points)!.Sum());
        Assert.EndsWith(",16]", codes, StringComparison.Ordinal);
        var page = await facilitator.GetAsync($"/offres/{posting}/candidats/{person}");
        Assert.Contains(", ensemble", page.Words, StringComparison.Ordinal);
        Assert.Contains("Les deux ensemble :", page.Words, StringComparison.Ordinal);
        var sheet = await facilitator.GetAsync($"/listes/{list.GetProperty("liste")}/personnes/{person}/fiche");
        Assert.Contains(", ensemble", sheet.Words, StringComparison.Ordinal);
        Assert.Equal($"{score}", sheet.One("[data-total]").TextContent);
    }

    private async Task AlternatesAsync(Browser facilitator, Browser administrator, Guid posting)
    {
        var list = await RankedApi.ListAsync(facilitator, posting);
        Assert.Equal(IdsOf(list), await PeopleAsync(facilitator, posting));
        await using var db = await Web.Database.OpenAsync(Cancel);
        var id = list.GetProperty("liste").GetGuid();
        var seed = await db.QuerySingleAsync<long>("select draft_seed from ranked_list where id = @id and other_version = 'essai-1'", new { id });
        var lines = (await db.QueryAsync<(Guid Person, string Side, int Rank, int Score)>("select person_id, side, rank, score from ranked_person where list_id = @id order by rank limit 200", new { id })).ToList();
        Assert.Equal(Enumerable.Range(0, lines.Count).Select(at => TeamDraft.SideAt(seed, at).ToString()), lines.Select(line => line.Side));
        Assert.Contains("Liste d’essai", (await facilitator.GetAsync($"/offres/{posting}/candidats")).Words, StringComparison.Ordinal);

        // Whom the trial chose is explained by it, to the point, on the page and on the sheet.
        var taken = (await db.QueryAsync<Guid>("select person_id from preselection where posting_id = @posting order by person_id limit 100", new { posting })).ToHashSet();
        var chosen = lines.First(line => line.Side == "B" && !taken.Contains(line.Person));
        Assert.Contains($"{chosen.Score} points", (await facilitator.GetAsync($"/offres/{posting}/candidats/{chosen.Person}?liste={id}")).Words, StringComparison.Ordinal);
        var sheet = await facilitator.GetAsync($"/listes/{id}/personnes/{chosen.Person}/fiche");
        Assert.Contains("dans le modèle essai-1", sheet.Words, StringComparison.Ordinal);
        Assert.Contains("La version essai-1 a choisi cette ligne", sheet.Words, StringComparison.Ordinal);
        Assert.Equal($"{chosen.Score}", sheet.One("[data-total]").TextContent);
        await facilitator.PostFormAsync($"/offres/{posting}/preselections", ("personne", $"{chosen.Person}"), ("liste", $"{id}"));
        Assert.Contains("cette version en gagne 1, celle en service 0", (await administrator.GetAsync(Page)).One("[data-draft]").TextContent.Trim().ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.Contains("Toutes les lignes sont identiques", (await administrator.PostFormAsync("/administration/listes/rejouer")).Words, StringComparison.Ordinal);
        await db.ExecuteAsync("update ranked_person set side = case when side = 'A' then 'B' else 'A' end where list_id = @id", new { id });
        Assert.Contains("ne peuvent pas être retrouvées", (await administrator.PostFormAsync("/administration/listes/rejouer")).Words, StringComparison.Ordinal);
        await db.ExecuteAsync("update ranked_person set side = case when side = 'A' then 'B' else 'A' end where list_id = @id", new { id });
    }

    // As many postings as the gate asks for, and one that is listed before the trial: copies of one of the demonstration.
    private async Task<IReadOnlyList<Guid>> PostingsAsync()
    {
        await using var db = await Web.Database.OpenAsync(Cancel);
        const string columns = "lot_id, market_id, facilitator_id, state, version, title, rome_code, insee_code, starts_on, ends_on, weekly_minutes, shifts, contract, posts, terms_json, published_at, created_at, updated_at";
        var first = await db.QueryFirstAsync<Guid>("select p.id from posting p join app_user u on u.organization_id = p.facilitator_id where p.state = 'PUBLISHED' and u.normalized_user_name = 'FACILITATRICE' order by p.id limit 1");
        for (var at = 1; at < 21; at++)
        {
            await db.ExecuteAsync($"insert into posting (id, {columns}) select @id, {columns} from posting where id = @first", new { id = Guid.CreateVersion7(), first });
        }

        return [.. await db.QueryAsync<Guid>("select c.id from posting c join posting o on o.lot_id = c.lot_id and o.terms_json = c.terms_json where o.id = @first order by c.id limit 21", new { first })];
    }

    private static Task<PageSeen> StepAsync(Browser administrator, string step, params (string, string)[] more) =>
        administrator.PostFormAsync($"{Page}/etapes/{step}", [("version", "essai-1"), ("raison", "essai de la bascule"), .. more]);

    private static List<Guid> IdsOf(JsonElement list) => [.. list.GetProperty("candidats").EnumerateArray().Select(it => it.GetProperty("personne").GetGuid())];

    private static async Task<List<Guid>> PeopleAsync(Browser facilitator, Guid posting) => IdsOf(await RankedApi.ListAsync(facilitator, posting));

    private async Task<Browser> SignInAsync(string login)
    {
        var browser = Web.Visitor();
        await browser.SignInAsync(login, DemoAccounts.Password);
        return browser;
    }
}

/// <summary>A service started with a model of its own choice, older than the one shipped: its life is the same whichever ships.</summary>
public sealed class EarlierModelWeb : WebFixture
{
    public static string Model => System.IO.Path.Combine(PostingWorld.Root(), "models", "ranker-1.3.0-expert.json");

    protected override Task<IReadOnlyDictionary<string, string>> SettingsAsync() =>
        Task.FromResult<IReadOnlyDictionary<string, string>>(new Dictionary<string, string> { ["Ranking:Model"] = Model });
}

/// <summary>The same on PostgreSQL.</summary>
public sealed class EarlierModelOnPostgreSql(PostgreSqlServer server) : WebFixture
{
    public override string? Missing => server.Missing;

    protected override async Task<IReadOnlyDictionary<string, string>> SettingsAsync() => new Dictionary<string, string>
    {
        ["Database:Provider"] = "PostgreSql",
        ["Database:ConnectionString"] = await server.CreateDatabaseAsync(),
        ["Ranking:Model"] = EarlierModelWeb.Model,
    };
}

public sealed class ModelLifeOnSqlite(EarlierModelWeb web) : ModelLifeTests(web), IClassFixture<EarlierModelWeb>;

public sealed class ModelLifeOnPostgreSql(EarlierModelOnPostgreSql web) : ModelLifeTests(web), IClassFixture<EarlierModelOnPostgreSql>;
