using System.Net;
using Dapper;
using Matching.Rules.People;
using Matching.Rules.Preselection;
using Matching.Web.Platform;
using Matching.Web.Preselection;
using MediatR;
using Microsoft.Extensions.DependencyInjection;

namespace Matching.Web.Tests.Preselection;

/// <summary>Every step, from every state, by every role, as a browser asks for it: the table is written here as people would say it.</summary>
public abstract class EveryStepTests(WebFixture web) : WebTests(web)
{
    /// <summary>The steps that are a button; a file sent and a contract have their own form.</summary>
    private const string Buttons =
        """
        Facilitator Proposed: Contacted Interested Preselected Withdrawn
        Facilitator Contacted: Interested Preselected Withdrawn
        Facilitator Interested: Proposed Preselected Withdrawn
        Facilitator Preselected: Proposed Withdrawn
        Facilitator Transmitted: Interview Chosen Declined Withdrawn
        Facilitator Interview: Interview Chosen Declined Withdrawn
        Facilitator Chosen: Interview Declined Withdrawn
        Facilitator Declined: Proposed Interview Preselected
        Facilitator Withdrawn: Proposed
        Structure Proposed: Contacted Interested Withdrawn
        Structure Contacted: Interested Withdrawn
        Structure Interested: Withdrawn
        Structure Preselected: Withdrawn
        Structure Transmitted: Withdrawn
        Structure Interview: Withdrawn
        Structure Chosen: Withdrawn
        Company Transmitted: Interview Chosen Declined
        Company Interview: Interview Chosen Declined
        Company Chosen: Interview Declined
        Company Declined: Interview Chosen Declined
        """;

    private static readonly HashSet<(PreselectionActor, PreselectionState, PreselectionState)> Allowed =
    [
        .. Buttons.Split('\n').Select(line => line.Split([' ', ':'], StringSplitOptions.RemoveEmptyEntries))
            .SelectMany(words => words.Skip(2).Select(to =>
                (Enum.Parse<PreselectionActor>(words[0]), Enum.Parse<PreselectionState>(words[1]), Enum.Parse<PreselectionState>(to)))),
    ];

    [Fact]
    public async Task The_facilitator_and_the_structure_take_the_steps_of_the_table_and_no_other()
    {
        var scene = await Scene.MakeAsync(Web);
        await scene.PreselectAsync(scene.People[0]);
        var asked = 0;
        foreach (var (browser, actor) in ((Browser, PreselectionActor)[])[(scene.Facilitator, PreselectionActor.Facilitator), (scene.Structure, PreselectionActor.Structure)])
        {
            foreach (var from in Enum.GetValues<PreselectionState>())
            {
                foreach (var to in Enum.GetValues<PreselectionState>())
                {
                    asked++;
                    var id = await PutInAsync(scene, scene.People[0], from);
                    var answer = await browser.PostFormAsync(
                        $"/preselections/{id}/etape", [("depuis", from.Code()), ("vers", to.Code()), .. ReasonFor(to)]);
                    await CheckAsync(scene, scene.People[0], actor, from, to, answer.RedirectsTo is not null);
                }
            }
        }

        Assert.Equal(242, asked);
    }

    [Fact]
    public async Task The_company_answers_by_its_link_from_the_states_of_the_table_and_no_other()
    {
        var scene = await Scene.MakeAsync(Web);
        var link = await scene.TransmitAsync(scene.People[0]);
        foreach (var from in Enum.GetValues<PreselectionState>())
        {
            foreach (var to in Enum.GetValues<PreselectionState>())
            {
                await PutInAsync(scene, scene.People[0], from);
                var isMoved = await AnswerAsync(link.Split('/')[^1], from, to);
                await CheckAsync(scene, scene.People[0], PreselectionActor.Company, from, to, isMoved);
            }
        }
    }

    [Fact]
    public async Task Nobody_else_moves_anyone_from_any_state()
    {
        var scene = await Scene.MakeAsync(Web);
        await scene.PreselectAsync(scene.People[0]);
        List<(string Who, Browser Browser, HttpStatusCode Status)> others = [("nobody signed in", Web.Visitor(), HttpStatusCode.Found)];
        foreach (var role in Roles.All)
        {
            // Who may act, but on the paths of others, is told no more than of an unknown one.
            others.Add((role, await Web.SignInAsync(role), role is Roles.Facilitator or Roles.Structure ? HttpStatusCode.NotFound : HttpStatusCode.Forbidden));
        }

        foreach (var (who, browser, status) in others)
        {
            foreach (var from in Enum.GetValues<PreselectionState>())
            {
                foreach (var to in Enum.GetValues<PreselectionState>())
                {
                    var id = await PutInAsync(scene, scene.People[0], from);
                    var answer = await browser.PostFormAsync($"/preselections/{id}/etape", [("depuis", from.Code()), ("vers", to.Code()), .. ReasonFor(to)]);
                    Assert.True(status == answer.Status, $"{who} {from} → {to}: {answer.Status}");
                    Assert.Equal(from, (await scene.PathOfAsync(scene.People[0])).State);
                }
            }
        }
    }

    private static async Task CheckAsync(Scene scene, Person person, PreselectionActor actor, PreselectionState from, PreselectionState to, bool isMoved)
    {
        var isAllowed = Allowed.Contains((actor, from, to));
        var now = (await scene.PathOfAsync(person)).State;
        Assert.True(isAllowed == isMoved, $"{actor} {from} → {to}: {(isMoved ? "moved" : "refused")}");
        Assert.True(now == (isAllowed ? to : from), $"{actor} {from} → {to}: the person is {now}");
    }

    /// <summary>What the link's page sends, without the limit of requests a minute that its address has.</summary>
    private async Task<bool> AnswerAsync(string secret, PreselectionState from, PreselectionState to)
    {
        using var scope = Web.Services.CreateScope();
        var reason = to == PreselectionState.Declined ? "COMPETENCES" : null;
        var result = await scope.ServiceProvider.GetRequiredService<IMediator>().Send(new AnswerAsCompany.Command(CompanyVisit.By(secret), 1, from, to, "Camille Chef", reason, null, null), Cancel);
        return result.Match(_ => true, () => false, _ => false);
    }

    private static (string, string)[] ReasonFor(PreselectionState to) => to switch
    {
        PreselectionState.Declined => [("motif", "COMPETENCES")],
        PreselectionState.Withdrawn => [("motif", "PLUS_DISPONIBLE")],
        PreselectionState.Ended => [("motif", "CDI")],
        _ => [],
    };

    private async Task<Rules.PreselectionId> PutInAsync(Scene scene, Person person, PreselectionState state)
    {
        await Web.Database.WriteAsync(
            (db, tx) => db.ExecuteAsync(
                "update preselection set state = @state where posting_id = @Posting and person_id = @Id", new { state = state.Code(), scene.Posting, person.Id }, tx),
            Cancel);
        return (await scene.PathOfAsync(person)).Id;
    }
}

public sealed class EveryStepOnSqlite(SqliteWeb web) : EveryStepTests(web), IClassFixture<SqliteWeb>;

public sealed class EveryStepOnPostgreSql(PostgreSqlWeb web) : EveryStepTests(web), IClassFixture<PostgreSqlWeb>;
