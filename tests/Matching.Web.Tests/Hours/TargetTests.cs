using System.Net;
using Matching.Rules;
using Matching.Web.Platform;

namespace Matching.Web.Tests.Hours;

public abstract class TargetTests(WebFixture web) : WebTests(web)
{
    [Fact]
    public async Task The_target_of_a_clause_by_invoices_grows_with_them_on_every_page()
    {
        var clause = await Clause.SeedAsync(Web);
        var page = await AmendAsync(clause, 1, ("nature", "FACTURES"), ("montant", "4 700 000"), ("tranche", "2000"), ("seuil", "2 700 000"));
        Assert.Equal(["1", "2, en vigueur"], page.All("table[data-table='versions'] tbody th").Select(it => it.TextContent).Order());
        Assert.Equal(["0 h", "1 000 h"], page.All(".figure b").Select(it => it.TextContent.Replace('\u00a0', ' ').Replace('\u202f', ' ')));

        await InvoiceAsync(clause, "F-1", "2026-03-31", "2 650 000,00");
        await InvoiceAsync(clause, "F-2", "2026-06-30", "251 999,99");
        var grown = await InvoiceAsync(clause, "F-3", "2026-09-30", "48 000,01");
        Assert.Contains("(2 950 000 € facturés − 2 700 000 €) ÷ 2 000 € par heure = 125 h", Plain(grown), StringComparison.Ordinal);
        Assert.Contains("0 h faites sur 125 h", Plain(await clause.Facilitator.GetAsync(clause.Dashboard)), StringComparison.Ordinal);
        Assert.Contains("0 h faites sur 100 h", Plain(await clause.Facilitator.GetAsync($"{clause.Dashboard}?mois=2026-08")), StringComparison.Ordinal);
        Assert.Contains("0 h sur 125 h", Plain(await clause.Facilitator.GetAsync($"/marches/{clause.MarketId}")), StringComparison.Ordinal);

        var note = grown.All("table[data-table='factures'] form")[0].GetAttribute("action")!;
        var back = await clause.Facilitator.PostAndFollowAsync(note);
        Assert.Contains("= 100 h", Plain(back), StringComparison.Ordinal);
        Assert.Contains("déjà été reprise", (await clause.Facilitator.PostFormAsync(note)).Words, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("F-9", "2027-01-01", "100", 422, "datée d’après la fin du marché, le 31/12/2026")]
    [InlineData("F-9", "2026-11-17", "100", 422, "datée d’un jour à venir")]
    [InlineData("F-9", "2025-12-31", "100", 422, "datée d’avant le marché")]
    [InlineData("F-9", "2026-02-30", "100", 400, "n’est pas une date qui existe")]
    [InlineData("F-9", "2026-02-28", "-100", 422, "supérieur à zéro")]
    [InlineData("F-9", "2026-02-28", "cent", 400, "n’est pas un nombre")]
    [InlineData("", "2026-02-28", "100", 400, "Numéro de facture : à remplir")]
    [InlineData("F-1", "2026-02-28", "100", 422, "déjà enregistrée pour ce lot")]
    public async Task An_invoice_that_cannot_be_is_refused_and_nothing_is_written(string number, string day, string amount, int status, string sentence)
    {
        var clause = await Clause.SeedAsync(Web);
        await InvoiceAsync(clause, "F-1", "2026-01-31", "10");
        var page = await clause.Facilitator.PostFormAsync($"/heures/lots/{clause.LotId}/factures", ("facture", number), ("datee_du", day), ("facture_montant", amount));
        Assert.Equal(status, (int)page.Status);
        Assert.Contains(sentence, page.Words, StringComparison.Ordinal);
        Assert.Equal(amount, page.ValueOf("facture_montant"));
        Assert.Single((await clause.Facilitator.GetAsync($"/heures/lots/{clause.LotId}")).All("table[data-table='factures'] tbody tr"));
    }

    [Fact]
    public async Task A_target_is_amended_by_a_new_version_and_never_in_place()
    {
        var clause = await Clause.SeedAsync(Web);
        await AmendAsync(clause, 1, ("heures", "1300"));
        var stale = await clause.Facilitator.PostFormAsync($"/heures/lots/{clause.LotId}/cible", Amendment(1, ("heures", "900")));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, stale.Status);
        Assert.Contains("La cible d’un lot ne s’écrase pas", stale.Words, StringComparison.Ordinal);
        var outside = await clause.Facilitator.PostFormAsync($"/heures/lots/{clause.LotId}/cible", [.. Amendment(2, ("heures", "900")).Where(it => it.Item1 != "a_partir_du"), ("a_partir_du", "2027-01-01")]);
        Assert.Contains("un jour du marché, du 01/01/2026 au 31/12/2026", outside.Words, StringComparison.Ordinal);
        Assert.Contains("0 h faites sur 1 300 h", Plain(await clause.Facilitator.GetAsync(clause.Dashboard)), StringComparison.Ordinal);
        Assert.Contains("0 h faites sur 1 000 h", Plain(await clause.Facilitator.GetAsync($"{clause.Dashboard}?mois=2026-06")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("PART_MAIN_OEUVRE", "montant", "1000000", "part", "50", "taux", "5", "cout", "30", "= 833 h")]
    [InlineData("PART_MAIN_OEUVRE", "montant", "1500000", "part", "70", "taux", "10", "cout", "30", "= 3 500 h")]
    [InlineData("PART_MAIN_OEUVRE", "montant", "1500000", "part", "170", "taux", "10", "cout", "30", "Part de main-d’œuvre : écrire un nombre entre 0 et 100.")]
    [InlineData("PART_MAIN_OEUVRE", "montant", "", "part", "70", "taux", "10", "cout", "30", "Montant : écrire le montant hors taxes du lot.")]
    [InlineData("OFFRE", "heures", "450", "minimum", "315", "maximum", "450", "", "", "450 h offertes par le titulaire (consultation : de 315 à 450 h)")]
    [InlineData("OFFRE", "heures", "460", "minimum", "315", "maximum", "450", "", "", "elles se tiennent dans la fourchette")]
    public async Task The_calculator_and_the_offer_say_their_hours_or_what_they_lack(
        string kind, string a, string av, string b, string bv, string c, string cv, string d, string dv, string words)
    {
        var clause = await Clause.SeedAsync(Web);
        var posted = await clause.Facilitator.PostFormAsync($"/heures/lots/{clause.LotId}/cible", Amendment(1, ("nature", kind), (a, av), (b, bv), (c, cv), (d, dv)));
        var page = posted.RedirectsTo is { } url ? await clause.Facilitator.GetAsync(url) : posted;
        Assert.Contains(words, Plain(page), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Co_contractors_share_the_hours_owed_without_losing_a_minute()
    {
        var clause = await Clause.SeedAsync(Web);
        var companies = new List<SignedIn>();
        for (var i = 0; i < 3; i++)
        {
            companies.Add(await Web.AddUserAsync(Roles.Company));
        }

        var url = $"/heures/lots/{clause.LotId}/parts";
        (string, string)[] parts = [.. companies.SelectMany((company, i) => new[] { ($"cotraitant_{i + 1}", $"{company.OrganizationId}"), ($"cotraitant_part_{i + 1}", i == 0 ? "33,4" : "33,3") })];
        var wrong = await clause.Facilitator.PostFormAsync(url, parts[..4]);
        Assert.Contains("elle doit faire 100 %", wrong.Words, StringComparison.Ordinal);
        var page = await clause.Facilitator.PostAndFollowAsync(url, parts);
        Assert.Equal(["334 h", "333 h", "333 h"], page.All("table[data-table='parts'] td:nth-child(3)").Select(it => it.TextContent.Replace('\u00a0', ' ')));
    }

    [Fact]
    public async Task Each_co_contractor_reads_what_it_owes_and_what_was_done_for_it()
    {
        var clause = await Clause.SeedAsync(Web);
        var (first, second) = ((await Web.AddUserAsync(Roles.Company)).OrganizationId, (await Web.AddUserAsync(Roles.Company)).OrganizationId);
        await clause.Facilitator.PostAndFollowAsync(
            $"/heures/lots/{clause.LotId}/parts", ("cotraitant_1", $"{first}"), ("cotraitant_part_1", "60"), ("cotraitant_2", $"{second}"), ("cotraitant_part_2", "40"));
        var (noted, own, unnoted) = (await clause.HireAsync(), await clause.HireAsync(), await clause.HireAsync());
        await Web.Database.WriteAsync((db, tx) => Dapper.SqlMapper.ExecuteAsync(db, "update work_contract set employer_id = @second where id = @own", new { second, own }, tx), Cancel);
        await clause.ValidateAsync(noted, "100");
        await clause.ValidateAsync(unnoted, "20");
        await clause.Facilitator.PostAndFollowAsync($"/heures/contrats/{own}", ("mois", "2026-10"), ("nature", "TRAVAIL"), ("duree", "50"), ("envoi", "un"));
        await clause.Facilitator.PostAndFollowAsync($"/heures/lignes/{Assert.Single(await clause.LinesAsync(own)).Entry.Id}/decision", ("decision", "VALIDER"));

        var stranger = await clause.Facilitator.PostFormAsync($"/heures/contrats/{noted}/cotraitant", ("cotraitant", $"{OrganizationId.New()}"));
        await clause.Facilitator.PostAndFollowAsync($"/heures/contrats/{noted}/cotraitant", ("cotraitant", $"{first}"));
        var page = await clause.Facilitator.GetAsync($"/heures/lots/{clause.LotId}");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, stranger.Status);
        Assert.Equal(
            ["60 %", "600 h", "100 h", "500 h", "40 %", "400 h", "50 h", "350 h", "–", "0 h", "20 h", "–"],
            page.All("table[data-table='parts'] tbody td").Select(it => it.TextContent.Replace('\u00a0', ' ').Replace('\u202f', ' ').Trim()));
        var foreign = await Web.SignInAsync(Roles.Facilitator);
        Assert.Equal(HttpStatusCode.NotFound, (await foreign.PostFormAsync($"/heures/contrats/{noted}/cotraitant", ("cotraitant", $"{first}"))).Status);
    }

    [Fact]
    public async Task A_lot_that_ends_before_the_marche_takes_no_hours_after_it()
    {
        var clause = await Clause.SeedAsync(Web);
        var added = await clause.Facilitator.PostFormAsync(
            $"/marches/{clause.MarketId}/lots", ("lot_numero", "2"), ("lot_intitule", "Peinture"), ("lot_heures", "100"), ("modalite_MISE_A_DISPOSITION", "oui"),
            ("lot_debut", "2026-06-01"), ("lot_fin", "2027-01-31"));
        Assert.Contains("elles se tiennent dans celles du marché", added.Words, StringComparison.Ordinal);
        var contract = await clause.HireAsync();
        await Web.Database.WriteAsync(
            (db, tx) => Dapper.SqlMapper.ExecuteAsync(db, "update lot set starts_on = @first, ends_on = @last where id = @LotId", new { clause.LotId, first = new DateOnly(2026, 1, 1), last = new DateOnly(2026, 9, 30) }, tx), Cancel);
        Assert.Contains("Le marché ne court pas en octobre 2026", (await Clause.DeclareAsync(clause.Structure, contract, "35")).Words, StringComparison.Ordinal);
        Assert.NotNull((await Clause.DeclareAsync(clause.Structure, contract, "35", "2026-09")).RedirectsTo);
        Assert.Contains("3 mois, depuis juin 2026", (await clause.Facilitator.GetAsync("/heures?etat=A_DECLARER")).Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_hours_of_a_marche_say_what_the_end_would_look_like()
    {
        var clause = await Clause.SeedAsync(Web);
        await clause.ValidateAsync(await clause.HireAsync(), "150");
        var page = await clause.Facilitator.GetAsync($"/heures/marches/{clause.MarketId}");

        // 150 h in the 304 days until 31/10, of 365; then 35 h a week from 01/11 to 31/12: 61 days.
        Assert.Equal(
            ["1 000 h", "150 h", "1 000 h", "180 h 05", "455 h", "il manquerait 545 h"],
            page.All("table[data-table='lots'] tbody td").Select(it => it.TextContent.Replace('\u00a0', ' ').Replace('\u202f', ' ')));
    }

    [Fact]
    public async Task The_lots_of_another_facilitator_answer_like_unknown_ones()
    {
        var clause = await Clause.SeedAsync(Web);
        var stranger = await Web.SignInAsync(Roles.Facilitator);
        foreach (var (url, unknown) in new[]
        {
            ($"/heures/lots/{clause.LotId}", $"/heures/lots/{LotId.New()}"), ($"/heures/marches/{clause.MarketId}", $"/heures/marches/{MarketId.New()}"),
        })
        {
            var (theirs, nobodys) = (await stranger.GetAsync(url), await stranger.GetAsync(unknown));
            Assert.Equal((HttpStatusCode.NotFound, nobodys.Words), (theirs.Status, theirs.Words));
        }

        Assert.Equal(HttpStatusCode.NotFound, (await stranger.PostFormAsync($"/heures/lots/{clause.LotId}/cible", Amendment(1, ("heures", "1")))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.PostFormAsync($"/heures/lots/{clause.LotId}/factures", ("facture", "F"), ("datee_du", "2026-02-01"), ("facture_montant", "1"))).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await clause.Structure.GetAsync($"/heures/lots/{clause.LotId}")).Status);
    }

    private static (string, string)[] Amendment(int version, params (string, string)[] values) =>
        [.. values.Where(it => it.Item1.Length > 0), ("version", $"{version}"), ("a_partir_du", "2026-07-01"), ("document", "avenant"), .. values.Any(it => it.Item1 == "nature") ? [] : new[] { ("nature", "HEURES") }];

    private static async Task<PageSeen> AmendAsync(Clause clause, int version, params (string, string)[] values) =>
        await clause.Facilitator.PostAndFollowAsync($"/heures/lots/{clause.LotId}/cible", Amendment(version, values));

    private static Task<PageSeen> InvoiceAsync(Clause clause, string number, string day, string amount) => clause.Facilitator.PostAndFollowAsync(
        $"/heures/lots/{clause.LotId}/factures", ("facture", number), ("datee_du", day), ("facture_montant", amount));

    private static string Plain(PageSeen page) => page.Words.Replace('\u00a0', ' ').Replace('\u202f', ' ');
}

public sealed class TargetsOnSqlite(SqliteWeb web) : TargetTests(web), IClassFixture<SqliteWeb>;

public sealed class TargetsOnPostgreSql(PostgreSqlWeb web) : TargetTests(web), IClassFixture<PostgreSqlWeb>;
