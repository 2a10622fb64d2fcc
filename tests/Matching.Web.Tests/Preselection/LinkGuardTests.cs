using System.Net;

namespace Matching.Web.Tests.Preselection;

/// <summary>What is done against whoever guesses, repeats or floods; a site of its own for each, because the counts last a minute.</summary>
public abstract class LinkGuardTests(WebFixture web) : WebTests(web)
{
    [Fact]
    public async Task Two_hundred_openings_of_one_link_in_a_minute_are_stopped_with_a_sentence_and_another_link_still_opens()
    {
        var scene = await Scene.MakeAsync(Web);
        var flooded = await scene.TransmitAsync(scene.People[0]);
        var other = await scene.SendAsync([.. await scene.TransmissionFormAsync(scene.People[0])]);
        var flood = Web.Visitor();
        var answers = new List<PageSeen>();
        for (var i = 0; i < 200; i++)
        {
            answers.Add(await flood.GetAsync(flooded));
        }

        var refused = answers.Where(it => it.Status == HttpStatusCode.TooManyRequests).ToList();
        Assert.All(answers.Take(60), it => Assert.Equal(HttpStatusCode.OK, it.Status));
        Assert.Equal(HttpStatusCode.TooManyRequests, answers[60].Status);
        Assert.All(refused, it => Assert.Contains("Il y a eu trop de demandes en peu de temps. Attendez une minute, puis recommencez.", it.Words, StringComparison.Ordinal));
        Assert.Equal("60", refused[0].Response.Headers.GetValues("Retry-After").Single());
        Assert.Equal(HttpStatusCode.OK, (await Web.Visitor().GetAsync(other)).Status);
    }

    [Fact]
    public async Task A_link_shows_only_the_people_of_its_own_posting_and_their_own_places()
    {
        var mine = await Scene.MakeAsync(Web);
        var theirs = await Scene.MakeAsync(Web);
        var link = await mine.TransmitAsync(mine.People[0]);
        await theirs.TransmitAsync(theirs.People[0], theirs.People[1]);

        foreach (var position in (string[])["0", "2", "-1", "abc", $"{theirs.Posting}"])
        {
            var page = await Web.Visitor().PostFormAsync(link, ("votre_nom", "X"), ("fiche", position), ("depuis", "TRANSMISE"), ("reponse", "retenir"));
            Assert.Null(page.RedirectsTo);
        }

        Assert.Equal(Rules.Preselection.PreselectionState.Transmitted, (await theirs.PathOfAsync(theirs.People[1])).State);
        Assert.Equal(HttpStatusCode.NotFound, (await Web.Visitor().GetAsync(link + "x")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await Web.Visitor().GetAsync("/e/" + new string('a', 5_000))).Status);
    }
}

public abstract class LinkGuessTests(WebFixture web) : WebTests(web)
{
    [Fact]
    public async Task Guessing_finds_nothing_and_is_stopped_for_the_address_whatever_the_secret()
    {
        var scene = await Scene.MakeAsync(Web);
        await scene.TransmitAsync(scene.People[0]);
        var guesser = Web.Visitor();
        var statuses = new List<HttpStatusCode>();
        for (var i = 0; i < 601; i++)
        {
            statuses.Add((await guesser.GetAsync($"/e/{Guid.CreateVersion7():N}{i}")).Status);
        }

        Assert.All(statuses.Take(600), it => Assert.Equal(HttpStatusCode.NotFound, it));
        Assert.Equal(HttpStatusCode.TooManyRequests, statuses[600]);

        // The rest of the site is not counted with it.
        Assert.Equal(HttpStatusCode.OK, (await guesser.GetAsync("/connexion")).Status);
    }
}

public sealed class LinkGuardOnSqlite(SqliteWeb web) : LinkGuardTests(web), IClassFixture<SqliteWeb>;

public sealed class LinkGuardOnPostgreSql(PostgreSqlWeb web) : LinkGuardTests(web), IClassFixture<PostgreSqlWeb>;

public sealed class LinkGuessOnSqlite(SqliteWeb web) : LinkGuessTests(web), IClassFixture<SqliteWeb>;

public sealed class LinkGuessOnPostgreSql(PostgreSqlWeb web) : LinkGuessTests(web), IClassFixture<PostgreSqlWeb>;
