using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Matching.Web.Platform;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Matching.Web.Tests.Platform;

/// <summary>What every door of the site has in common; the database does not matter here.</summary>
public sealed class DoorTests(SqliteWeb web) : WebTests(web), IClassFixture<SqliteWeb>
{
    [Fact]
    public void Every_endpoint_says_who_may_call_it()
    {
        var endpoints = Web.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>().ToArray();
        Assert.True(endpoints.Length > 10);
        var open = endpoints.Where(endpoint => !endpoint.Metadata.GetOrderedMetadata<IAuthorizeData>().Any(data => data.Policy is not null));
        Assert.Empty(open.Select(endpoint => endpoint.DisplayName));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Without_a_policy_everybody_is_denied_even_signed_in(bool signedIn)
    {
        var authorization = Web.Services.GetRequiredService<IAuthorizationService>();
        var policy = await Web.Services.GetRequiredService<IAuthorizationPolicyProvider>().GetFallbackPolicyAsync();
        var who = await Web.AddUserAsync(Roles.Administrator);
        var user = new System.Security.Claims.ClaimsPrincipal(new System.Security.Claims.ClaimsIdentity(who.ToClaims(), signedIn ? "essai" : null));
        Assert.False((await authorization.AuthorizeAsync(user, null, policy!)).Succeeded);
    }

    [Fact]
    public async Task An_unknown_address_has_a_french_page_and_the_api_a_french_problem()
    {
        var page = await Web.Visitor().GetAsync("/nulle-part");
        Assert.Equal(HttpStatusCode.NotFound, page.Status);
        Assert.Equal("Page introuvable", page.One("h1").TextContent);
        Assert.Equal("fr", page.Document.DocumentElement.GetAttribute("lang"));

        using var client = Web.NewClient();
        using var answer = await client.GetAsync(new Uri("/api/v1/nulle-part", UriKind.Relative), Cancel);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel);
        Assert.Equal(404, problem.GetProperty("status").GetInt32());
        Assert.Equal("Page introuvable", problem.GetProperty("title").GetString());
    }

    [Fact]
    public async Task A_post_from_elsewhere_is_refused_with_a_sentence()
    {
        await Web.AddUserAsync(Roles.Structure, userName: "sans.jeton");
        var answer = await Web.Visitor().PostWithoutTokenAsync("/connexion", ("identifiant", "sans.jeton"), ("mot_de_passe", WebFixture.Password));
        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal("Demande incomplète", answer.One("h1").TextContent);
    }

    [Fact]
    public async Task The_browser_is_told_to_run_and_frame_nothing_foreign()
    {
        var page = await Web.Visitor().GetAsync("/");
        var headers = page.Response.Headers;
        var rules = headers.GetValues("Content-Security-Policy").Single();
        Assert.Contains("default-src 'none'", rules, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", rules, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", rules, StringComparison.Ordinal);
        Assert.Equal("nosniff", headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("no-referrer", headers.GetValues("Referrer-Policy").Single());
        Assert.Empty(page.All("script, [style], [onclick]"));
    }

    [Fact]
    public async Task The_session_cookie_is_out_of_reach_of_scripts_and_other_sites()
    {
        await Web.AddUserAsync(Roles.Structure, userName: "cookie");
        var answer = await Web.Visitor().PostFormAsync("/connexion", ("identifiant", "cookie"), ("mot_de_passe", WebFixture.Password));
        var cookie = answer.Response.Headers.GetValues("Set-Cookie").Single(text => text.StartsWith("session=", StringComparison.Ordinal));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Accents_are_readable_in_pages_and_markup_typed_by_a_user_is_not_run()
    {
        var answer = await Web.Visitor().PostFormAsync("/connexion", ("identifiant", "<b>é</b>"), ("mot_de_passe", "pas le bon du tout"));
        var html = await answer.Response.Content.ReadAsStringAsync(Cancel);
        Assert.Contains("Règles appliquées", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>é</b>", html, StringComparison.Ordinal);
        Assert.Equal("<b>é</b>", answer.ValueOf("identifiant"));
    }

    [Fact]
    public async Task The_description_of_the_api_is_public()
    {
        using var client = Web.NewClient();
        var description = await client.GetFromJsonAsync<JsonElement>(new Uri("/api/v1/openapi.json", UriKind.Relative), Cancel);
        Assert.Equal("v1", description.GetProperty("info").GetProperty("version").GetString());
        Assert.All(description.GetProperty("paths").EnumerateObject(), path => Assert.StartsWith("/api/v1/", path.Name, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("31/02/2026", "n’est pas une date qui existe")]
    [InlineData("demain", "n’est pas une date qui existe")]
    [InlineData("", "à remplir")]
    public void A_day_that_does_not_exist_is_refused_and_stays_as_typed(string typed, string sentence)
    {
        var form = PostedForm.Of(("debut", typed));
        Assert.Null(form.Day("debut", "Début"));
        Assert.Contains(sentence, form.Errors["debut"].Single(), StringComparison.Ordinal);
        Assert.Equal(typed, form["debut"]);
    }

    [Theory]
    [InlineData("12,5", 12.5)]
    [InlineData("1 200", 1200.0)]
    [InlineData("0", 0.0)]
    public void A_number_reads_as_people_write_it(string typed, double expected)
    {
        var form = PostedForm.Of(("heures", typed));
        Assert.Equal((decimal)expected, form.Number("heures", "Heures", 0, 1200));
        Assert.False(form.Errors.Any);
    }

    [Theory]
    [InlineData("1200,5")]
    [InlineData("-1")]
    [InlineData("12,555")]
    [InlineData("douze")]
    public void A_number_outside_its_bounds_or_unreadable_is_refused(string typed)
    {
        var form = PostedForm.Of(("heures", typed));
        Assert.Null(form.Number("heures", "Heures", 0, 1200));
        Assert.Single(form.Errors["heures"]);
    }
}
