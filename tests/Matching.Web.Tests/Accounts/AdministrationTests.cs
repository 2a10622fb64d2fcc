using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Matching.Web.Platform;
using Matching.Web.Tests.Postings;

namespace Matching.Web.Tests.Accounts;

public abstract class AdministrationTests(WebFixture web) : WebTests(web)
{
    [Fact]
    public async Task An_administrator_opens_an_account_then_closes_it_and_it_no_longer_signs_in()
    {
        var administrator = await Web.SignInAsync(Roles.Administrator);
        var list = await administrator.PostAndFollowAsync("/administration/comptes", NewAccount("nouvelle.venue"));
        var row = list.All("tbody tr").Single(line => line.TextContent.Contains("nouvelle.venue", StringComparison.Ordinal));
        Assert.Contains("Chantier des Saules", row.TextContent, StringComparison.Ordinal);
        await Web.Visitor().SignInAsync("nouvelle.venue", "une phrase de passe");

        await administrator.PostAndFollowAsync(row.QuerySelector("form")!.GetAttribute("action")!);
        var answer = await Web.Visitor().PostFormAsync("/connexion", ("identifiant", "nouvelle.venue"), ("mot_de_passe", "une phrase de passe"));
        Assert.Contains("Identifiant ou mot de passe incorrect.", answer.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_account_keeps_what_was_typed_and_writes_nothing()
    {
        var administrator = await Web.SignInAsync(Roles.Administrator);
        var fields = NewAccount("refusee").Select(field => field.Name switch
        {
            "mot_de_passe" => (field.Name, "court"),
            "organisation" => (field.Name, "Organisation jamais écrite"),
            _ => field,
        }).ToArray();
        var refused = await administrator.PostFormAsync("/administration/comptes", fields);
        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Equal("Organisation jamais écrite", refused.ValueOf("organisation"));
        Assert.Equal("ACI", refused.ValueOf("type"));
        Assert.Equal("mot_de_passe-aide mot_de_passe-erreur", refused.One("#mot_de_passe").GetAttribute("aria-describedby"));
        Assert.Contains("au moins 12 caractères", refused.One("#mot_de_passe-erreur").TextContent, StringComparison.Ordinal);
        await using var db = await Web.Database.OpenAsync(Cancel);
        Assert.Equal(0, await Dapper.SqlMapper.ExecuteScalarAsync<int>(db, "select count(*) from organization where name = 'Organisation jamais écrite'"));
    }

    [Fact]
    public async Task A_role_must_suit_the_kind_of_organisation()
    {
        var administrator = await Web.SignInAsync(Roles.Administrator);
        var fields = NewAccount("acheteuse").Select(field => field.Name == "role" ? (field.Name, Roles.Buyer) : field).ToArray();
        var refused = await administrator.PostFormAsync("/administration/comptes", fields);
        Assert.Contains("ne convient pas à une organisation de type ACI", refused.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_account_is_not_opened_on_a_territory_that_does_not_exist()
    {
        await PostingWorld.LoadReferenceAsync(Web, Cancel);
        var administrator = await Web.SignInAsync(Roles.Administrator);
        var fields = NewAccount("ailleurs").Select(field => field.Name == "zones" ? (field.Name, "00, 98765, Nullepart") : field).ToArray();
        var refused = await administrator.PostFormAsync("/administration/comptes", fields);
        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Contains("« 98765 » n’est ni un département ni une commune connus", refused.Words, StringComparison.Ordinal);
        Assert.Contains("« Nullepart »", refused.Words, StringComparison.Ordinal);
        Assert.Equal("00, 98765, Nullepart", refused.ValueOf("zones"));
    }

    [Fact]
    public async Task The_telephone_of_a_facilitator_is_typed_once_and_the_administration_reads_it()
    {
        await PostingWorld.LoadReferenceAsync(Web, Cancel);
        var facilitator = await Web.SignInAsync(Roles.Facilitator);
        var wrong = await facilitator.PostFormAsync(
            "/compte/organisation", ("telephone", "00 00 00 00 01"), ("courriel", "pas une adresse"), ("commune", "Valmiron"), ("siret", ""));
        Assert.Equal(HttpStatusCode.BadRequest, wrong.Status);
        Assert.Contains("Courriel : cette adresse n’est pas complète", wrong.Words, StringComparison.Ordinal);
        Assert.Equal("00 00 00 00 01", wrong.ValueOf("telephone"));

        await facilitator.PostAndFollowAsync(
            "/compte/organisation", ("telephone", "00 00 00 00 01"), ("courriel", "clause@exemple.fr"), ("commune", "Valmiron"), ("siret", ""));
        var administrator = await Web.SignInAsync(Roles.Administrator);
        var page = await administrator.GetAsync($"/administration/organisations/{facilitator.Who!.OrganizationId}");
        Assert.Equal("00 00 00 00 01", page.ValueOf("telephone"));
        Assert.Equal("clause@exemple.fr", page.ValueOf("courriel"));
        Assert.StartsWith("Valmiron (", page.ValueOf("commune"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_administration_gives_the_territories_and_nobody_gives_them_to_oneself()
    {
        await PostingWorld.LoadReferenceAsync(Web, Cancel);
        var structure = await Web.SignInAsync(Roles.Structure);
        var administrator = await Web.SignInAsync(Roles.Administrator);
        var address = $"/administration/organisations/{structure.Who!.OrganizationId}";
        await administrator.PostAndFollowAsync(address, ("zones", "00"), ("telephone", ""), ("courriel", ""), ("commune", ""), ("siret", ""));
        await structure.PostAndFollowAsync("/compte/organisation", ("zones", "Valmiron"), ("telephone", ""), ("courriel", ""), ("commune", ""), ("siret", ""));
        Assert.Equal("00", (await administrator.GetAsync(address)).ValueOf("zones"));

        Assert.Equal(HttpStatusCode.Forbidden, (await structure.GetAsync(address)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await administrator.GetAsync($"/administration/organisations/{Guid.CreateVersion7()}")).Status);
    }

    [Fact]
    public async Task A_siret_belongs_to_one_organisation_only()
    {
        const string Siret = "55204944776279";
        var first = await Web.SignInAsync(Roles.Structure);
        var second = await Web.SignInAsync(Roles.Structure);
        await first.PostAndFollowAsync("/compte/organisation", ("siret", Siret), ("telephone", ""), ("courriel", ""), ("commune", ""));
        var refused = await second.PostFormAsync("/compte/organisation", ("siret", Siret), ("telephone", "00 00 00 00 02"), ("courriel", ""), ("commune", ""));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains("une autre organisation le porte déjà", refused.Words, StringComparison.Ordinal);
        Assert.Equal("00 00 00 00 02", refused.ValueOf("telephone"));
    }

    [Fact]
    public async Task Only_an_administrator_opens_the_accounts()
    {
        var facilitator = await Web.SignInAsync(Roles.Facilitator);
        var denied = await facilitator.GetAsync("/administration/comptes");
        Assert.Equal(HttpStatusCode.Forbidden, denied.Status);
        Assert.Equal("Accès réservé", denied.One("h1").TextContent);
    }

    [Fact]
    public async Task A_token_is_shown_once_opens_the_api_and_stops_when_revoked()
    {
        var structure = await Web.SignInAsync(Roles.Structure);
        var created = await structure.PostFormAsync("/compte/jetons", ("nom", "export du soir"), ("jours", "30"));
        var token = created.One("code.secret").TextContent;
        var list = await structure.GetAsync("/compte/jetons");
        Assert.DoesNotContain(token, list.Document.DocumentElement.OuterHtml, StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.NotFound, (await CallAsync(HttpMethod.Get, token)).Status);
        Assert.Equal("Accès réservé", (await CallAsync(HttpMethod.Post, token)).Title);
        var someoneElse = await Web.SignInAsync(Roles.Structure);
        var revoke = list.One("tbody form").GetAttribute("action")!;
        Assert.Equal(HttpStatusCode.NotFound, (await someoneElse.PostFormAsync(revoke)).Status);
        await structure.PostAndFollowAsync(revoke);
        await using var db = await Web.Database.OpenAsync(Cancel);
        Assert.Equal(1, await Dapper.SqlMapper.ExecuteScalarAsync<int>(
            db, "select count(*) from api_token where revoked_at is not null and organization_id = @OrganizationId", new { structure.Who!.OrganizationId }));
        Assert.Equal(0, await Dapper.SqlMapper.ExecuteScalarAsync<int>(db, "select count(*) from api_token where token_hash = @token", new { token }));
    }

    private async Task<(HttpStatusCode Status, string? Title)> CallAsync(HttpMethod method, string token)
    {
        using var call = new HttpRequestMessage(method, new Uri("/api/v1/rien-ici", UriKind.Relative));
        call.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var client = Web.NewClient();
        using var answer = await client.SendAsync(call, Cancel);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel);
        return (answer.StatusCode, problem.GetProperty("title").GetString());
    }

    private static (string Name, string Value)[] NewAccount(string login) =>
    [
        ("organisation", "Chantier des Saules"), ("type", "ACI"), ("zones", "00"), ("nom", "Inès Morvan"), ("role", Roles.Structure),
        ("identifiant", login), ("mot_de_passe", "une phrase de passe"),
    ];
}

public sealed class AdministrationOnSqlite(SqliteWeb web) : AdministrationTests(web), IClassFixture<SqliteWeb>;

public sealed class AdministrationOnPostgreSql(PostgreSqlWeb web) : AdministrationTests(web), IClassFixture<PostgreSqlWeb>;
