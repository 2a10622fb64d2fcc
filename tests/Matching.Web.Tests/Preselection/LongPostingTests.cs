using System.Net;
using Dapper;
using Matching.Rules.Preselection;
using Matching.Web.Preselection;

namespace Matching.Web.Tests.Preselection;

/// <summary>A posting that more people are on than one page shows: nobody is lost, every count is of all of them.</summary>
public abstract class LongPostingTests(WebFixture web) : WebTests(web)
{
    private const int Others = PreselectionStore.ListLimit;

    [Fact]
    public async Task The_board_counts_everybody_and_shows_the_rest_on_the_next_page()
    {
        var scene = await CrowdedAsync();

        var first = await scene.Facilitator.GetAsync(scene.Board);
        var next = await scene.Facilitator.GetAsync(first.All("nav[aria-label=Pages] a").Single(a => a.TextContent == "Suivantes").GetAttribute("href")!);
        var mine = await scene.Facilitator.GetAsync("/preselections");

        Assert.Contains("Personnes 1 à 500 sur 502, par nom.", first.Words, StringComparison.Ordinal);
        Assert.Contains("Proposée (502)", first.Words, StringComparison.Ordinal);
        Assert.Contains("500 sur 502", first.Words, StringComparison.Ordinal);
        Assert.DoesNotContain("Ana Roche", first.Words, StringComparison.Ordinal);
        Assert.Contains("Personnes 501 à 502 sur 502, par nom.", next.Words, StringComparison.Ordinal);
        Assert.Contains("Ana Roche", next.Words, StringComparison.Ordinal);
        Assert.Contains("500 personnes sont montrées ici, sur 502.", mine.Words, StringComparison.Ordinal);
        Assert.Contains("Proposée (502)", mine.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_is_on_the_second_page_is_moved_and_transmitted_like_the_others()
    {
        var scene = await CrowdedAsync();
        foreach (var person in scene.People.Take(2))
        {
            Assert.NotNull((await scene.StepAsync(person, PreselectionState.Proposed, PreselectionState.Preselected)).RedirectsTo);
            Assert.NotNull((await scene.ValidateAsync(person)).RedirectsTo);
        }

        var link = await scene.SendAsync([.. await scene.TransmissionFormAsync(scene.People.Take(2))]);
        var page = await Web.Visitor().GetAsync(link);

        Assert.Contains("Ana Roche", page.Words, StringComparison.Ordinal);
        Assert.Contains("Boris Saule", page.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task More_people_at_once_than_a_step_may_move_are_refused_and_nobody_moves()
    {
        var scene = await CrowdedAsync();
        await using var db = await Web.Database.OpenAsync(Cancel);
        var ids = await db.QueryAsync<Guid>("select id from preselection where posting_id = @Posting order by id limit 1000", new { scene.Posting });

        var page = await scene.Facilitator.PostFormAsync(
            $"{scene.Board}/etape", [.. ids.SelectMany(id => new[] { ("preselection", $"{id}"), ($"depuis_{id}", "PROPOSEE") }), ("vers", "CONTACTEE")]);

        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.Contains("502 personnes à la fois, c’est trop : cochez-en 500 au plus.", page.Words, StringComparison.Ordinal);
        Assert.Equal(PreselectionState.Proposed, (await scene.PathOfAsync(scene.People[0])).State);
    }

    /// <summary>Two people of the scene, whose names come after those of five hundred others.</summary>
    private async Task<Scene> CrowdedAsync()
    {
        var scene = await Scene.MakeAsync(Web);
        await scene.PreselectAsync(scene.People.Take(2));
        var others = Enumerable.Range(0, Others).Select(number => new
        {
            person = Guid.CreateVersion7(),
            preselection = Guid.CreateVersion7(),
            reference = $"foule-{number}",
            name = $"Aaa{number:000}",
            model = scene.People[0].Id,
            scene.Posting,
            facilitator = scene.Facilitator.Who!.OrganizationId,
            Web.Clock.Now,
        }).ToList();
        await Web.Database.WriteAsync(
            (db, tx) => db.ExecuteAsync(
                """
                insert into person (id, organization_id, reference, last_name, first_name, birth_date, sex, insee_code, work_json, eligibility_json, available_from,
                    informed_on, checked_on, published_at, updated_at)
                select @person, organization_id, @reference, @name, first_name, birth_date, sex, insee_code, work_json, eligibility_json, available_from,
                    informed_on, checked_on, published_at, updated_at from person where id = @model;
                insert into preselection (id, posting_id, person_id, facilitator_id, state, created_at, updated_at)
                values (@preselection, @Posting, @person, @facilitator, 'PROPOSEE', @Now, @Now);
                """,
                others, tx),
            Cancel);
        return scene;
    }
}

public sealed class LongPostingOnSqlite(SqliteWeb web) : LongPostingTests(web), IClassFixture<SqliteWeb>;

public sealed class LongPostingOnPostgreSql(PostgreSqlWeb web) : LongPostingTests(web), IClassFixture<PostgreSqlWeb>;
