using System.Net;
using System.Text;
using System.Text.Json;
using Dapper;
using Matching.Web.Platform;
using Matching.Web.Tests.Postings;

namespace Matching.Web.Tests.Platform;

/// <summary>What people and programs send by mistake: a sentence comes back, and nothing stays behind.</summary>
public abstract class BadInputTests(WebFixture web) : WebTests(web)
{
    [Fact]
    public async Task A_refused_form_leaves_nothing_behind()
    {
        await PostingWorld.LoadReferenceAsync(Web, Cancel);
        var facilitator = await Web.SignInAsync(Roles.Facilitator);
        await facilitator.PostAndFollowAsync("/marches/nouveau", PostingWorld.Market("R-1"));
        var refused = await facilitator.PostFormAsync(
            "/marches/nouveau", PostingWorld.Market("R-1", ("acheteur_nom", "Acheteur fantôme"), ("acheteur_siret", "00001938000013")));
        Assert.Contains("vous suivez déjà un marché sous cette référence", refused.Words, StringComparison.Ordinal);
        await using var db = await Web.Database.OpenAsync(Cancel);
        Assert.Equal(0, await db.QuerySingleAsync<int>("select count(*) from organization where name = 'Acheteur fantôme'"));
    }

    [Fact]
    public async Task A_company_that_does_not_exist_is_refused_beside_its_field()
    {
        await PostingWorld.LoadReferenceAsync(Web, Cancel);
        var facilitator = await Web.SignInAsync(Roles.Facilitator);
        var refused = await facilitator.PostFormAsync("/marches/nouveau", PostingWorld.Market("R-2", ("titulaire", $"{Guid.CreateVersion7()}")));
        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Contains("Titulaire : choisir une entreprise", refused.Words, StringComparison.Ordinal);
        Assert.DoesNotContain("R-2", (await facilitator.GetAsync("/marches")).Words, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("01/01/0001", "l’année 1 n’est pas possible")]
    [InlineData("31/12/9999", "l’année 9999 n’est pas possible")]
    [InlineData("29/02/2027", "n’est pas une date qui existe")]
    public async Task A_day_out_of_time_is_refused_with_a_sentence(string day, string sentence)
    {
        await PostingWorld.LoadReferenceAsync(Web, Cancel);
        var facilitator = await Web.SignInAsync(Roles.Facilitator);
        var refused = await facilitator.PostFormAsync("/marches/nouveau", PostingWorld.Market("R-3", ("debut", day)));
        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Contains(sentence, refused.Words, StringComparison.Ordinal);
        Assert.Equal(day, refused.ValueOf("debut"));
    }

    [Fact]
    public async Task Correcting_an_unknown_posting_answers_like_another_organisations()
    {
        await PostingWorld.LoadReferenceAsync(Web, Cancel);
        var facilitator = await Web.SignInAsync(Roles.Facilitator);
        var unknown = await facilitator.PostFormAsync($"/offres/{Guid.CreateVersion7()}/modifier", ("intitule", ""));
        Assert.Equal(HttpStatusCode.NotFound, unknown.Status);
        Assert.Contains("ne correspond à rien que vous puissiez voir", unknown.Words, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"intitule\":\"\\ud800\"}")]
    [InlineData("{\"intitule\":")]
    [InlineData("[1,2")]
    public async Task Unreadable_json_is_the_senders_fault_and_is_said_so(string json)
    {
        var facilitator = await Web.SignInAsync(Roles.Facilitator);
        using var content = new StringContent(json, Encoding.UTF8, "application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/api/v1/offres", UriKind.Relative)) { Content = content };
        request.Headers.Add("RequestVerificationToken", (await facilitator.GetAsync("/compte")).ValueOf("__RequestVerificationToken"));
        var answer = await facilitator.Client.SendAsync(request, Cancel);
        var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Cancel)).RootElement;
        Assert.Equal(400, problem.GetProperty("status").GetInt32());
        Assert.False(string.IsNullOrEmpty(problem.GetProperty("detail").GetString()));
    }
}

public sealed class BadInputOnSqlite(SqliteWeb web) : BadInputTests(web), IClassFixture<SqliteWeb>;

public sealed class BadInputOnPostgreSql(PostgreSqlWeb web) : BadInputTests(web), IClassFixture<PostgreSqlWeb>;
