using System.Net;
using Matching.Web.Platform;
using Matching.Web.Tests.Hours;
using Matching.Web.Tests.Postings;

namespace Matching.Web.Tests.Markets;

public abstract class MarketTests(WebFixture web) : WebTests(web)
{
    [Fact]
    public async Task A_facilitator_opens_a_marche_and_reads_it_in_the_list()
    {
        await PostingWorld.LoadReferenceAsync(Web, Cancel);
        var facilitator = await Web.SignInAsync(Roles.Facilitator);
        var market = await facilitator.PostAndFollowAsync("/marches/nouveau", PostingWorld.Market("M-1"));
        Assert.Contains("Est demandeur d’emploi de longue durée", market.Words, StringComparison.Ordinal);
        Assert.Contains("0 h sur 910 h", market.Words, StringComparison.Ordinal);
        var list = await facilitator.GetAsync("/marches");
        Assert.Contains("M-1", list.Words, StringComparison.Ordinal);
        Assert.Contains("0 h comptées sur 910 h", list.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_validated_line_that_was_taken_back_counts_on_no_page_of_the_marche()
    {
        var clause = await Clause.SeedAsync(Web);
        var contract = await clause.HireAsync();
        await clause.ValidateAsync(contract, "150");
        await AssertEveryPageSaysAsync(clause, "150");

        var wrong = Assert.Single(await clause.LinesAsync(contract)).Entry;
        await clause.Facilitator.PostAndFollowAsync($"/heures/lignes/{wrong.Id}/corriger", ("motif", "mauvais contrat"));
        await AssertEveryPageSaysAsync(clause, "0");
    }

    private static async Task AssertEveryPageSaysAsync(Clause clause, string hours)
    {
        string Plain(string text) => text.Replace('\u00a0', ' ').Replace('\u202f', ' ');
        Assert.Contains($" {hours} h faites sur 1 000 h", " " + Plain((await clause.Facilitator.GetAsync("/tableaux-de-bord")).One(".target-words").TextContent), StringComparison.Ordinal);
        Assert.Contains($" {hours} h comptées sur 1 000 h", Plain((await clause.Facilitator.GetAsync("/marches")).Words), StringComparison.Ordinal);
        var market = await clause.Facilitator.GetAsync($"/marches/{clause.MarketId}");
        Assert.Contains($"{hours} h sur 1 000 h", Plain(market.One("tbody td:nth-child(4)").TextContent), StringComparison.Ordinal);
        Assert.Contains($" {hours} h sur 1 000 h", Plain(market.Words), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_form_sent_twice_opens_one_marche_and_says_so()
    {
        await PostingWorld.LoadReferenceAsync(Web, Cancel);
        var facilitator = await Web.SignInAsync(Roles.Facilitator);
        await facilitator.PostAndFollowAsync("/marches/nouveau", PostingWorld.Market("M-2"));
        var second = await facilitator.PostFormAsync("/marches/nouveau", PostingWorld.Market("M-2"));
        Assert.Contains("vous suivez déjà un marché sous cette référence", second.Words, StringComparison.Ordinal);
        Assert.Single((await facilitator.GetAsync("/marches")).All("article"));
    }

    [Fact]
    public async Task Wrong_values_are_said_one_by_one_and_what_was_typed_stays()
    {
        await PostingWorld.LoadReferenceAsync(Web, Cancel);
        var facilitator = await Web.SignInAsync(Roles.Facilitator);
        var refused = await facilitator.PostFormAsync("/marches/nouveau", PostingWorld.Market(
            "M-3", ("debut", "31/02/2027"), ("acheteur_siret", "12345678901234"), ("lot_commune", "Valmirron"), ("lot_heures", "beaucoup"), ("publics", "")));
        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Contains("« 31/02/2027 » n’est pas une date qui existe", refused.Words, StringComparison.Ordinal);
        Assert.Contains("il faut 14 chiffres", refused.Words, StringComparison.Ordinal);
        Assert.Contains("Valmiron (00001)", refused.Words, StringComparison.Ordinal);
        Assert.Contains("« beaucoup » n’est pas un nombre entier", refused.Words, StringComparison.Ordinal);
        Assert.Contains("cocher au moins un public", refused.Words, StringComparison.Ordinal);
        Assert.Equal("M-3", refused.ValueOf("reference"));
        Assert.DoesNotContain("M-3", (await facilitator.GetAsync("/marches")).Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_marche_of_another_facilitator_answers_like_an_unknown_one()
    {
        await PostingWorld.LoadReferenceAsync(Web, Cancel);
        var owner = await Web.SignInAsync(Roles.Facilitator);
        var posted = await owner.PostFormAsync("/marches/nouveau", PostingWorld.Market("M-4"));
        var other = await Web.SignInAsync(Roles.Facilitator);
        var foreign = await other.GetAsync(posted.RedirectsTo!);
        var unknown = await other.GetAsync($"/marches/{Guid.CreateVersion7()}");
        Assert.Equal(HttpStatusCode.NotFound, foreign.Status);
        Assert.Equal(unknown.Words, foreign.Words);
        var lot = await other.PostFormAsync($"{posted.RedirectsTo}/lots", [("lot_numero", "2"), .. PostingWorld.Market("x")]);
        Assert.Equal(HttpStatusCode.NotFound, lot.Status);
    }

    [Fact]
    public async Task A_second_lot_is_added_once_and_a_new_list_of_publics_is_a_new_version()
    {
        await PostingWorld.LoadReferenceAsync(Web, Cancel);
        var facilitator = await Web.SignInAsync(Roles.Facilitator);
        var url = (await facilitator.PostFormAsync("/marches/nouveau", PostingWorld.Market("M-5"))).RedirectsTo!;
        (string, string)[] lot = [("lot_numero", "2"), ("lot_intitule", "Peinture"), ("lot_heures", "1120"), ("modalite_MISE_A_DISPOSITION", "oui")];
        var market = await facilitator.PostAndFollowAsync($"{url}/lots", lot);
        Assert.Contains("2 · Peinture", market.Words, StringComparison.Ordinal);
        Assert.Contains("le lot 2 existe déjà", (await facilitator.PostFormAsync($"{url}/lots", lot)).Words, StringComparison.Ordinal);
        var changed = await facilitator.PostAndFollowAsync($"{url}/publics", ("version", "1"), ("publics", "RSA"));
        Assert.Contains("Version 2 de la liste", changed.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_publics_keep_the_order_of_the_template_and_another_order_is_a_new_version()
    {
        await PostingWorld.LoadReferenceAsync(Web, Cancel);
        var facilitator = await Web.SignInAsync(Roles.Facilitator);
        (string, string)[] ticked = [("publics", "EA"), ("publics", "RSA"), ("publics", "SENIOR")];
        var form = PostingWorld.Market("M-6", ("modele_publics", "K")).Where(field => field.Name != "publics");
        var url = (await facilitator.PostFormAsync("/marches/nouveau", [.. form, .. ticked])).RedirectsTo!;

        var opened = await facilitator.GetAsync(url);
        var same = await facilitator.PostAndFollowAsync($"{url}/publics", [("version", "1"), .. Ticked(opened).Select(code => ("publics", code))]);
        var reordered = await facilitator.PostAndFollowAsync($"{url}/publics", ("version", "1"), ("publics", "RSA"), ("publics", "SENIOR"), ("publics", "EA"));

        Assert.Equal(["SENIOR", "RSA", "EA"], Ticked(opened));
        Assert.Contains("La liste n’a pas changé.", same.Words, StringComparison.Ordinal);
        Assert.Contains("Version 2 de la liste", reordered.Words, StringComparison.Ordinal);
        Assert.Equal(["RSA", "SENIOR", "EA"], Ticked(reordered));
    }

    private static IEnumerable<string> Ticked(PageSeen page) => page.All("input[name=publics][checked]").Select(box => box.GetAttribute("value")!);
}

public sealed class MarketsOnSqlite(SqliteWeb web) : MarketTests(web), IClassFixture<SqliteWeb>;

public sealed class MarketsOnPostgreSql(PostgreSqlWeb web) : MarketTests(web), IClassFixture<PostgreSqlWeb>;
