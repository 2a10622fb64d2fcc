using System.Net;
using Dapper;
using Matching.Web.Platform;
using Matching.Web.Tests.Hours;

namespace Matching.Web.Tests.FollowUp;

public abstract class TrainingTests(WebFixture web) : WebTests(web)
{
    [Fact]
    public async Task A_training_shows_who_followed_it_and_on_which_marche_each_was_hired_after_it()
    {
        var (clause, url) = await SeedAsync("01/05/2026", "29/05/2026");
        var training = await AttendAsync(clause, url, "P1", "35", "SUIVIE");
        Assert.Contains("Camille Brindosier", training.Words, StringComparison.Ordinal);
        Assert.Contains("sur M-2026, le 01/06/2026", training.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_contract_begun_before_the_training_is_not_its_outcome()
    {
        var (clause, url) = await SeedAsync("02/06/2026", "30/06/2026");
        var training = await AttendAsync(clause, url, "P1", "35", "SUIVIE");
        Assert.Contains("Pas à ce jour", training.Words, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("règle", "formation.avant-embauche")]
    public async Task Hours_of_training_before_the_hire_never_enter_the_hours_of_the_clause()
    {
        var (clause, url) = await SeedAsync("01/05/2026", "29/05/2026");
        await AttendAsync(clause, url, "P1", "35", "SUIVIE");
        Assert.Contains("35 h, comptées à part", Plain((await clause.Facilitator.GetAsync(url)).Words), StringComparison.Ordinal);
        Assert.Contains(" 0 h sur 1 000 h", Plain((await clause.Facilitator.GetAsync($"/marches/{clause.MarketId}")).Words), StringComparison.Ordinal);
        await using var db = await Web.Database.OpenAsync(Cancel);
        Assert.Equal(0, await db.QuerySingleAsync<int>(
            "select count(*) from hour_entry h join work_contract c on c.id = h.contract_id where c.market_id = @MarketId", new { clause.MarketId }));
    }

    [Fact]
    public async Task Writing_a_person_again_updates_the_hours()
    {
        var (clause, url) = await SeedAsync("01/05/2026", "29/05/2026");
        await AttendAsync(clause, url, "P1", "7", "EN_COURS");
        var training = await AttendAsync(clause, url, "P1", "35", "SUIVIE");
        Assert.Single(training.All("tbody tr"));
        Assert.Contains("35 h", Plain(training.One("tbody td.number").TextContent), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Too_many_hours_an_unknown_person_or_an_end_before_the_start_are_refused_with_a_sentence()
    {
        var (clause, url) = await SeedAsync("01/05/2026", "29/05/2026");
        var tooMany = await PostAttendanceAsync(clause, url, "P1", "71", "SUIVIE");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, tooMany.Status);
        Assert.Contains("la formation en compte 70", tooMany.Words, StringComparison.Ordinal);
        Assert.Equal("P1", tooMany.ValueOf("reference"));
        Assert.Contains("aucune personne publiée par cette structure", (await PostAttendanceAsync(clause, url, "P9", "7", "SUIVIE")).Words, StringComparison.Ordinal);
        Assert.Empty((await clause.Facilitator.GetAsync(url)).All("tbody tr"));

        var backwards = await clause.Facilitator.PostFormAsync("/formations", Session("29/05/2026", "01/05/2026", clause));
        Assert.Contains("il est avant le premier", backwards.Words, StringComparison.Ordinal);
        Assert.Single((await clause.Facilitator.GetAsync("/formations")).All("tbody tr"));
    }

    [Fact]
    public async Task A_person_out_of_reach_answers_like_an_unknown_one_and_so_does_another_s_training()
    {
        var (clause, url) = await SeedAsync("01/05/2026", "29/05/2026");
        var other = await Web.SignInAsync(Roles.Facilitator);
        Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync(url)).Status);
        var own = (await other.PostAndFollowAsync("/formations", [.. Session("01/05/2026", "29/05/2026", clause).Where(field => field.Name != "marche")]))
            .One("tbody th a").GetAttribute("href")!;
        (string, string)[] person = [("structure", clause.Structure.Who!.OrganizationId.ToString()), ("heures", "7"), ("issue", "SUIVIE")];
        var far = await other.PostFormAsync($"{own}/participants", [.. person, ("reference", "P1")]);
        var unknown = await other.PostFormAsync($"{own}/participants", [.. person, ("reference", "P9")]);
        Assert.Equal(far.One(".field.wrong .error").TextContent, unknown.One(".field.wrong .error").TextContent);
    }

    private async Task<(Clause Clause, string Url)> SeedAsync(string start, string end)
    {
        var clause = await Clause.SeedAsync(Web);
        await clause.HireAsync();
        var list = await clause.Facilitator.PostAndFollowAsync("/formations", Session(start, end, clause));
        return (clause, list.One("tbody th a").GetAttribute("href")!);
    }

    private static (string Name, string Value)[] Session(string start, string end, Clause clause) =>
    [
        ("intitule", "Préparer au chantier"), ("organisme", "Centre de formation"), ("debut", start), ("fin", end), ("duree", "70"),
        ("marche", clause.MarketId.ToString()), ("envoi", Guid.CreateVersion7().ToString()),
    ];

    private static Task<PageSeen> PostAttendanceAsync(Clause clause, string url, string reference, string hours, string outcome) => clause.Facilitator.PostFormAsync(
        $"{url}/participants", ("structure", clause.Structure.Who!.OrganizationId.ToString()), ("reference", reference), ("heures", hours), ("issue", outcome));

    private static async Task<PageSeen> AttendAsync(Clause clause, string url, string reference, string hours, string outcome)
    {
        var posted = await PostAttendanceAsync(clause, url, reference, hours, outcome);
        Assert.True(posted.RedirectsTo is not null, posted.Words);
        return await clause.Facilitator.GetAsync(posted.RedirectsTo);
    }

    private static string Plain(string text) => text.Replace('\u00a0', ' ').Replace('\u202f', ' ');
}

public sealed class TrainingsOnSqlite(SqliteWeb web) : TrainingTests(web), IClassFixture<SqliteWeb>;

public sealed class TrainingsOnPostgreSql(PostgreSqlWeb web) : TrainingTests(web), IClassFixture<PostgreSqlWeb>;
