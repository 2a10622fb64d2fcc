using System.Net;
using Matching.Web.Accounts;
using Matching.Web.Platform;

namespace Matching.Web.Tests.Accounts;

public abstract class SignInTests(WebFixture web) : WebTests(web)
{
    [Fact]
    public async Task Someone_signs_in_sees_their_areas_and_signs_out()
    {
        var facilitator = await Web.SignInAsync(Roles.Facilitator);
        var home = await facilitator.GetAsync("/aujourdhui");
        Assert.Equal(
            ["Marchés", "Offres", "Viviers", "Recherche", "Présélections", "Heures", "Tableaux de bord", "Suivi", "Consolidation"],
            home.All("nav[aria-label=Rubriques] a").Select(link => link.TextContent));
        Assert.Contains(facilitator.Who!.OrganizationName, home.Words, StringComparison.Ordinal);

        var after = await facilitator.PostAndFollowAsync("/deconnexion");
        Assert.Contains("Vous êtes déconnecté·e.", after.Words, StringComparison.Ordinal);
        Assert.StartsWith("/connexion", Local((await facilitator.GetAsync("/compte")).RedirectsTo), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_that_needs_an_account_is_reached_after_signing_in()
    {
        await Web.AddUserAsync(Roles.Structure, userName: "retour.page");
        var visitor = Web.Visitor();
        var asked = await visitor.GetAsync("/compte/jetons");
        var signIn = await visitor.GetAsync(Local(asked.RedirectsTo));
        Assert.Equal("/compte/jetons", signIn.ValueOf("retour"));
        var answer = await visitor.PostFormAsync(
            "/connexion", ("identifiant", "retour.page"), ("mot_de_passe", WebFixture.Password), ("retour", signIn.ValueOf("retour")!));
        Assert.Equal("/compte/jetons", answer.RedirectsTo);
    }

    [Theory]
    [InlineData("https://ailleurs.example/")]
    [InlineData("//ailleurs.example/")]
    [InlineData("/\\ailleurs.example/")]
    public async Task Signing_in_never_sends_to_another_site(string elsewhere)
    {
        var who = await Web.AddUserAsync(Roles.Structure, userName: "ailleurs" + Guid.CreateVersion7().ToString("N"));
        var login = await LoginOfAsync(who);
        var answer = await Web.Visitor().PostFormAsync("/connexion", ("identifiant", login), ("mot_de_passe", WebFixture.Password), ("retour", elsewhere));
        Assert.Equal("/", answer.RedirectsTo);
    }

    [Fact]
    public async Task A_wrong_password_reads_like_an_unknown_user_and_keeps_the_name_typed()
    {
        await Web.AddUserAsync(Roles.Structure, userName: "connue");
        var wrong = await Web.Visitor().PostFormAsync("/connexion", ("identifiant", "connue"), ("mot_de_passe", "pas le bon du tout"));
        var unknown = await Web.Visitor().PostFormAsync("/connexion", ("identifiant", "inconnue"), ("mot_de_passe", "pas le bon du tout"));
        Assert.Equal(HttpStatusCode.BadRequest, wrong.Status);
        Assert.Equal(wrong.Words, unknown.Words);
        Assert.Contains("Identifiant ou mot de passe incorrect.", wrong.Words, StringComparison.Ordinal);
        Assert.Equal("connue", wrong.ValueOf("identifiant"));
        Assert.True(string.IsNullOrEmpty(wrong.ValueOf("mot_de_passe")));
    }

    [Fact]
    public async Task After_five_wrong_passwords_the_right_one_is_refused_too()
    {
        await Web.AddUserAsync(Roles.Structure, userName: "bloquee");
        var visitor = Web.Visitor();
        for (var attempt = 0; attempt < AccountServices.FailuresBeforeLockout; attempt++)
        {
            await visitor.PostFormAsync("/connexion", ("identifiant", "bloquee"), ("mot_de_passe", "pas le bon du tout"));
        }

        var right = await visitor.PostFormAsync("/connexion", ("identifiant", "bloquee"), ("mot_de_passe", WebFixture.Password));
        Assert.Equal(HttpStatusCode.BadRequest, right.Status);
        Assert.Contains(SignIn.Refusal, right.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_changed_password_replaces_the_old_one()
    {
        var someone = await Web.SignInAsync(Roles.Structure);
        var refused = await someone.PostFormAsync("/compte", ("actuel", "faux mot de passe"), ("nouveau", "encore une phrase"), ("confirmation", "encore une phrase"));
        Assert.Contains("Le mot de passe actuel n’est pas le bon.", refused.Words, StringComparison.Ordinal);

        var done = await someone.PostAndFollowAsync("/compte", ("actuel", WebFixture.Password), ("nouveau", "encore une phrase"), ("confirmation", "encore une phrase"));
        Assert.Contains("Mot de passe changé.", done.Words, StringComparison.Ordinal);
        var login = await LoginOfAsync(someone.Who!);
        var old = await Web.Visitor().PostFormAsync("/connexion", ("identifiant", login), ("mot_de_passe", WebFixture.Password));
        Assert.Null(old.RedirectsTo);
        await Web.Visitor().SignInAsync(login, "encore une phrase");
    }

    private async Task<string> LoginOfAsync(SignedIn who)
    {
        await using var db = await Web.Database.OpenAsync(Cancel);
        return await Dapper.SqlMapper.QuerySingleAsync<string>(db, "select user_name from app_user where id = @UserId", new { who.UserId });
    }

    private static string Local(string? address) => new Uri(new Uri("http://localhost"), address!).PathAndQuery;
}

public sealed class SignInOnSqlite(SqliteWeb web) : SignInTests(web), IClassFixture<SqliteWeb>;

public sealed class SignInOnPostgreSql(PostgreSqlWeb web) : SignInTests(web), IClassFixture<PostgreSqlWeb>;
