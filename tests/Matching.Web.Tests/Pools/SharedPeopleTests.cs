using System.Net;
using AngleSharp.Dom;
using Dapper;
using Matching.Rules.People;
using Matching.Web.Tests.Preselection;

namespace Matching.Web.Tests.Pools;

/// <summary>A person whom two structures follow: each is asked about its own record, and only both together link the two.</summary>
public abstract class SharedPeopleTests(WebFixture web) : WebTests(web)
{
    [Fact]
    [Trait("règle", "vivier.personne-partagee")]
    public async Task Two_records_are_one_person_only_once_both_structures_said_so_and_either_takes_it_back()
    {
        var (here, there) = (await Scene.MakeAsync(Web), await Scene.MakeAsync(Web));
        var (mine, theirs) = (here.People[0], there.People[0]);

        var asked = await here.Structure.GetAsync("/viviers/partages");
        var row = RowOf(asked, there);
        Assert.Contains("Ana Roche", row.TextContent, StringComparison.Ordinal);
        await here.Structure.PostAndFollowAsync("/viviers/partages", Answer(mine, theirs, "OUI"));
        Assert.DoesNotContain("Même personne que", await InListAsync(here, mine), StringComparison.Ordinal);
        await there.Structure.PostAndFollowAsync("/viviers/partages", Answer(theirs, mine, "OUI"));

        Assert.Contains("Reliées", RowOf(await here.Structure.GetAsync("/viviers/partages"), there).TextContent, StringComparison.Ordinal);
        var (first, second) = (await InListAsync(here, mine), await InListAsync(here, theirs));
        Assert.Contains($"({there.Structure.Who!.OrganizationName})", first, StringComparison.Ordinal);
        Assert.Contains($"({here.Structure.Who!.OrganizationName})", second, StringComparison.Ordinal);
        Assert.Single([first, second], row => row.Contains("À présélectionner au rang", StringComparison.Ordinal));

        await there.Structure.PostAndFollowAsync("/viviers/partages", Answer(theirs, mine, "ANNULER"));
        Assert.DoesNotContain("Même personne que", await InListAsync(here, mine), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_person_of_two_structures_is_not_preselected_twice()
    {
        var (here, there) = (await Scene.MakeAsync(Web), await Scene.MakeAsync(Web));
        var (mine, theirs) = (here.People[1], there.People[1]);
        await here.Structure.PostFormAsync("/viviers/partages", Answer(mine, theirs, "OUI"));
        await there.Structure.PostFormAsync("/viviers/partages", Answer(theirs, mine, "OUI"));

        var both = await here.Facilitator.PostFormAsync(here.Board, ("personne", $"{mine.Id}"), ("personne", $"{theirs.Id}"));
        await here.PreselectAsync(mine);
        var second = await here.Facilitator.PostFormAsync(here.Board, ("personne", $"{theirs.Id}"));

        Assert.Equal((HttpStatusCode.UnprocessableEntity, HttpStatusCode.UnprocessableEntity), (both.Status, second.Status));
        Assert.Contains("serait présélectionnée deux fois", second.Words, StringComparison.Ordinal);
        await using var db = await Web.Database.OpenAsync(Cancel);
        Assert.Equal(1, await db.QuerySingleAsync<int>("select count(*) from preselection where posting_id = @posting", new { posting = here.Posting }));
    }

    [Fact]
    public async Task The_question_shows_the_name_of_the_other_structure_and_nothing_of_its_record()
    {
        var (here, there) = (await Scene.MakeAsync(Web), await Scene.MakeAsync(Web));
        await using (var db = await Web.Database.OpenAsync(Cancel))
        {
            await db.ExecuteAsync("update person set reference = 'SECRET-9', phone = '0611223344' where id = @id", new { id = there.People[0].Id });
        }

        var page = await here.Structure.GetAsync("/viviers/partages");

        Assert.Contains(there.Structure.Who!.OrganizationName, page.Words, StringComparison.Ordinal);
        Assert.DoesNotContain("SECRET-9", page.Document.Source.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("0611223344", page.Document.Source.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await here.Structure.GetAsync($"/viviers/personnes/{there.People[0].Id}")).Status);
    }

    [Fact]
    public async Task Nobody_is_asked_about_a_person_whom_the_other_structure_does_not_publish_and_nothing_else_is_answered()
    {
        var (here, there) = (await Scene.MakeAsync(Web), await Scene.MakeAsync(Web));
        await using (var db = await Web.Database.OpenAsync(Cancel))
        {
            await db.ExecuteAsync("update person set published_at = null where id = @id", new { id = there.People[0].Id });
        }

        var hidden = await here.Structure.PostFormAsync("/viviers/partages", Answer(here.People[0], there.People[0], "OUI"));
        var different = await here.Structure.PostFormAsync("/viviers/partages", Answer(here.People[0], there.People[1], "OUI"));
        var foreign = await here.Structure.PostFormAsync("/viviers/partages", Answer(there.People[1], here.People[1], "OUI"));
        var word = await here.Structure.PostFormAsync("/viviers/partages", Answer(here.People[1], there.People[1], "PEUT-ETRE"));
        await here.Structure.PostFormAsync("/viviers/partages", Answer(here.People[1], there.People[1], "NON"));
        var again = await here.Structure.PostAndFollowAsync("/viviers/partages", Answer(here.People[1], there.People[1], "NON"));

        Assert.All([hidden, different, foreign, word], answer => Assert.Equal(HttpStatusCode.NotFound, answer.Status));
        Assert.Contains("était déjà celle-ci", again.Document.Body!.TextContent, StringComparison.Ordinal);
        await using var after = await Web.Database.OpenAsync(Cancel);
        Assert.Equal(1, await after.QuerySingleAsync<int>(
            "select count(*) from event where kind = 'vivier.partage' and stream_id = @pool", new { pool = here.Structure.Who!.OrganizationId }));
    }

    private static (string, string)[] Answer(Person own, Person other, string said) => [("personne", $"{own.Id}"), ("autre", $"{other.Id}"), ("reponse", said)];

    /// <summary>The row about the first person that names the other structure.</summary>
    private static IElement RowOf(PageSeen page, Scene other) => page.All("tbody tr").First(row =>
        row.TextContent.Contains("Ana", StringComparison.Ordinal) && row.QuerySelectorAll("td").Any(cell => cell.TextContent.Trim() == other.Structure.Who!.OrganizationName));

    /// <summary>What the list of the first posting says of a person.</summary>
    private static async Task<string> InListAsync(Scene scene, Person person) =>
        (await scene.Facilitator.GetAsync($"/offres/{scene.Posting}/candidats?limite=200")).All(".ranked > li").Single(row => row.QuerySelector($"a[href*='{person.Id}']") is not null).TextContent;
}

public sealed class SharedPeopleOnSqlite(SqliteWeb web) : SharedPeopleTests(web), IClassFixture<SqliteWeb>;

public sealed class SharedPeopleOnPostgreSql(PostgreSqlWeb web) : SharedPeopleTests(web), IClassFixture<PostgreSqlWeb>;
