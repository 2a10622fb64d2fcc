using System.Net;
using Dapper;
using Matching.Rules.Markets;
using Matching.Rules.Preselection;
using Matching.Web.Platform;
using Matching.Web.Platform.Mail;
using Matching.Web.Tests.Hours;
using Matching.Web.Tests.Preselection;
using Microsoft.Extensions.DependencyInjection;

namespace Matching.Web.Tests.Daily;

/// <summary>The first page of the morning, and the digest of the week.</summary>
public abstract class DayTests(WebFixture web) : WebTests(web)
{
    [Fact]
    public async Task Signing_in_opens_the_day_and_an_empty_day_says_so_kindly()
    {
        var facilitator = await Web.SignInAsync(Roles.Facilitator);
        Assert.Equal("/aujourdhui", (await facilitator.GetAsync("/")).RedirectsTo);
        var page = await facilitator.GetAsync("/aujourdhui");
        Assert.Contains("Rien ne vous attend : bonne journée.", page.Words, StringComparison.Ordinal);
        Assert.Contains("Aucune entreprise ne vous doit de réponse.", page.Words, StringComparison.Ordinal);
        Assert.Empty(page.All("main .day section"));
        Assert.Equal(HttpStatusCode.Forbidden, (await (await Web.SignInAsync(Roles.Buyer)).GetAsync("/aujourdhui")).Status);
    }

    [Fact]
    public async Task A_facilitator_reads_what_is_due_across_postings_each_thing_beside_its_act()
    {
        var scene = await Scene.MakeAsync(Web);
        await scene.TransmitAsync(scene.People[0], scene.People[1]);
        await scene.StepAsync(scene.People[1], PreselectionState.Transmitted, PreselectionState.Interview, ("entretien_jour", "2026-11-17"), ("entretien_heure", "09:30"));
        await scene.PreselectAsync(scene.People[2]);
        await scene.StepAsync(scene.People[2], PreselectionState.Proposed, PreselectionState.Interested);
        await scene.Structure.PostAndFollowAsync($"/offres/{scene.Posting}/proposer", ("personne", scene.People[3].Id.ToString()));

        var page = await scene.Facilitator.GetAsync("/aujourdhui");

        Assert.Contains("1 personne, transmise à Camille Chef le 16/11/2026 ; réponse demandée avant le 01/12/2026", Block(page, "reponses"), StringComparison.Ordinal);
        Assert.Contains("Boris Saule Demain Maçon, le 17/11/2026 à 09:30", Block(page, "entretiens"), StringComparison.Ordinal);
        Assert.Contains("Chloé Tilleul Maçon : présélectionner la personne ou non, depuis aujourd’hui", Block(page, "etapes"), StringComparison.Ordinal);
        Assert.Contains($"1 personne proposée par {scene.Structure.Who!.OrganizationName}", Block(page, "propositions"), StringComparison.Ordinal);
        Assert.Equal($"/preselections/{(await scene.PathOfAsync(scene.People[2])).Id}", page.One("[aria-labelledby=etapes] li a").GetAttribute("href"));
        Assert.Contains("4 choses vous attendent", page.Words, StringComparison.Ordinal);
        Assert.DoesNotContain("Ulmaire", page.Words, StringComparison.Ordinal);
        var stranger = await Web.SignInAsync(Roles.Facilitator);
        Assert.DoesNotContain("Maçon", (await stranger.GetAsync("/aujourdhui")).Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_structure_reads_what_it_must_answer_and_where_each_of_its_people_stands()
    {
        var scene = await Scene.MakeAsync(Web);
        await scene.PreselectAsync(scene.People[0], scene.People[1]);
        await scene.StepAsync(scene.People[1], PreselectionState.Proposed, PreselectionState.Preselected);
        await scene.Structure.PostAndFollowAsync($"/offres/{scene.Posting}/proposer", ("personne", scene.People[2].Id.ToString()), ("personne", scene.People[3].Id.ToString()));
        await scene.Facilitator.PostAndFollowAsync($"/offres/{scene.Posting}/proposees/{scene.People[3].Id}/refus", ("motif", "AUTRES_PERSONNES"));

        var page = await scene.Structure.GetAsync("/aujourdhui");

        Assert.Contains("Ana Roche Maçon : prévenir la personne, depuis aujourd’hui", Block(page, "reponses"), StringComparison.Ordinal);
        Assert.DoesNotContain("Boris", Block(page, "reponses"), StringComparison.Ordinal);
        Assert.Contains("Boris Saule Présélectionnée", Block(page, "suivi"), StringComparison.Ordinal);
        Assert.Contains("Chloé Tilleul À l’étude par le facilitateur", Block(page, "propositions"), StringComparison.Ordinal);
        Assert.Contains("D’autres personnes sont proposées pour ce poste", Block(page, "propositions"), StringComparison.Ordinal);
        Assert.Contains("Maçon", Block(page, "offres"), StringComparison.Ordinal);
        Assert.Contains("Une chose vous attend", page.Words, StringComparison.Ordinal);
        var stranger = await Web.SignInAsync(Roles.Structure, OrganizationKind.Ei);
        Assert.DoesNotContain("Roche", (await stranger.GetAsync("/aujourdhui")).Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_digest_leaves_once_a_week_to_who_wants_it_with_numbers_and_no_name()
    {
        var scene = await Scene.MakeAsync(Web);
        var (wanted, unwanted) = ($"synthese-{scene.Posting}@structure.example", $"sans-{scene.Posting}@facilitateur.example");
        await scene.Structure.PostAndFollowAsync("/compte/courriels", ("courriel", wanted), ("recevoir_SYNTHESE_HEBDO", "on"));
        await scene.Facilitator.PostAndFollowAsync("/compte/courriels", ("courriel", unwanted));
        await scene.PreselectAsync(scene.People[0]);
        var start = Web.Clock.Now;
        foreach (var day in new[] { 0, 0, 3, 7 })
        {
            Web.Clock.Now = start.AddDays(day);
            await Web.Services.GetRequiredService<DailyRound>().RunAsync(Cancel);
        }

        Web.Clock.Now = start;
        var mails = await MailsAsync(MailKind.WeeklyDigest, wanted);
        Assert.Equal(2, mails.Count);
        Assert.Contains("Un facilitateur attend votre réponse pour une personne.", mails[0], StringComparison.Ordinal);
        Assert.All(mails, mail => Assert.All(["Ana", "Roche", "Maçon"], hidden => Assert.DoesNotContain(hidden, mail, StringComparison.Ordinal)));
        Assert.Empty(await MailsAsync(MailKind.WeeklyDigest, unwanted));
    }

    [Fact]
    public async Task Both_sides_are_told_once_that_an_eligibility_ends_within_sixty_days()
    {
        var scene = await Scene.MakeAsync(Web);
        var (structure, facilitator) = ($"fin-{scene.Posting}@structure.example", $"fin-{scene.Posting}@facilitateur.example");
        await scene.Structure.PostAndFollowAsync("/compte/courriels", ("courriel", structure), ("recevoir_FIN_PROCHE", "on"));
        await scene.Facilitator.PostAndFollowAsync("/compte/courriels", ("courriel", facilitator), ("recevoir_FIN_PROCHE", "on"));
        await scene.MakeReadyAsync(scene.People[0]);
        await using (var db = await Web.Database.OpenAsync(Cancel))
        {
            await db.ExecuteAsync("update eligibility_decision set valid_until = @end where person_id = @Id", new { end = new DateOnly(2027, 1, 16), scene.People[0].Id });
        }

        var start = Web.Clock.Now;
        await Web.Services.GetRequiredService<DailyRound>().RunAsync(Cancel);
        Assert.Empty(await MailsAsync(MailKind.EndingSoon, structure));
        Web.Clock.Now = start.AddDays(1);
        await Web.Services.GetRequiredService<DailyRound>().RunAsync(Cancel);
        Web.Clock.Now = start.AddDays(2);
        await Web.Services.GetRequiredService<DailyRound>().RunAsync(Cancel);
        var page = await (await Web.SignInAgainAsync(scene.Facilitator)).GetAsync("/aujourdhui");
        Web.Clock.Now = start;

        Assert.Contains("l’éligibilité validée : dernier jour le 16/01/2027", Block(page, "fins"), StringComparison.Ordinal);
        Assert.Contains($"/viviers/personnes/{scene.People[0].Id}", Assert.Single(await MailsAsync(MailKind.EndingSoon, structure)), StringComparison.Ordinal);
        Assert.Contains($"/personnes/{scene.People[0].Id}/eligibilite", Assert.Single(await MailsAsync(MailKind.EndingSoon, facilitator)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hours_are_asked_for_once_a_period_from_five_days_before_their_last_day()
    {
        var clause = await Clause.SeedAsync(Web);
        var contract = await clause.HireAsync();
        foreach (var month in new[] { "2026-06", "2026-07", "2026-08" })
        {
            await Clause.DeclareAsync(clause.Structure, contract, "100", month);
        }

        var address = $"heures-{contract}@structure.example";
        await clause.Structure.PostAndFollowAsync("/compte/courriels", ("courriel", address), ("recevoir_HEURES_A_DECLARER", "on"));
        await Clause.DeclareAsync(clause.Structure, contract, "100", "2026-09");
        var now = Web.Clock.Now;
        foreach (var (day, mails) in new[] { (8, 0), (9, 1), (10, 1), (16, 1) })
        {
            Web.Clock.Now = new DateTimeOffset(2026, 11, day, 9, 0, 0, TimeSpan.Zero);
            await Web.Services.GetRequiredService<DailyRound>().RunAsync(Cancel);
            Assert.Equal(mails, (await MailsAsync(MailKind.HoursDue, address)).Count);
        }

        Web.Clock.Now = now;
        var told = Assert.Single(await MailsAsync(MailKind.HoursDue, address));
        Assert.Contains("Pour octobre 2026, un contrat attend encore des heures ou un justificatif. Le dernier jour est le 14/11/2026.", told, StringComparison.Ordinal);
        Assert.DoesNotContain("Brindosier", told, StringComparison.Ordinal);
        Assert.Contains("M-2026, octobre 2026", Block(await clause.Structure.GetAsync("/aujourdhui"), "heures"), StringComparison.Ordinal);
    }

    private static string Block(PageSeen page, string code) =>
        string.Join(' ', page.One($"section[aria-labelledby={code}]").TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private async Task<IReadOnlyList<string>> MailsAsync(MailKind kind, string address)
    {
        await using var db = await Web.Database.OpenAsync(Cancel);
        return (await db.QueryAsync<string>("select subject || text_body || html_body from mail where kind = @Code and recipient = @address order by id limit 10", new { kind.Code, address })).AsList();
    }
}

public sealed class DaysOnSqlite(SqliteWeb web) : DayTests(web), IClassFixture<SqliteWeb>;

public sealed class DaysOnPostgreSql(PostgreSqlWeb web) : DayTests(web), IClassFixture<PostgreSqlWeb>;
