using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Matching.Web.Platform;

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
