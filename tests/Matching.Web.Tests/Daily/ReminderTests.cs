using System.Net;
using Dapper;
using Matching.Web.Platform;
using Matching.Web.Platform.Mail;
using Matching.Web.Tests.Preselection;
using Microsoft.Extensions.DependencyInjection;

namespace Matching.Web.Tests.Daily;

/// <summary>A company that does not answer is reminded twice, then its facilitator is told; each once.</summary>
public abstract class ReminderTests(WebFixture web) : WebTests(web), IDisposable
{
    private readonly DateTimeOffset start = web.Clock.Now;

    public void Dispose()
    {
        Web.Clock.Now = start;
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task A_company_is_reminded_after_seven_and_twelve_days_and_the_facilitator_is_told_after_fifteen()
    {
        var (scene, company, facilitator) = await SendAsync();

        await AfterDaysAsync(6);
        Assert.Empty(await MailsAsync(MailKind.CompanyReminder, company));
        await AfterDaysAsync(7);
        await AfterDaysAsync(8);
        Assert.Single(await MailsAsync(MailKind.CompanyReminder, company));
        await AfterDaysAsync(12);
        var page = await (await Web.SignInAgainAsync(scene.Facilitator)).GetAsync("/aujourdhui");
        Assert.Contains("réponse demandée avant le 01/12/2026", page.One("[aria-labelledby=reponses]").TextContent, StringComparison.Ordinal);
        await AfterDaysAsync(15);
        Assert.Equal(2, (await MailsAsync(MailKind.CompanyReminder, company)).Count);
        Assert.Empty(await MailsAsync(MailKind.CompanySilent, facilitator));
        await AfterDaysAsync(16);
        await AfterDaysAsync(17);

        var told = Assert.Single(await MailsAsync(MailKind.CompanySilent, facilitator));
        Assert.Contains($"/offres/{scene.Posting}/transmettre", told, StringComparison.Ordinal);
        Assert.Equal(2, (await MailsAsync(MailKind.CompanyReminder, company)).Count);
        var late = await (await Web.SignInAgainAsync(scene.Facilitator)).GetAsync("/aujourdhui");
        Assert.Contains("En retard de 2 jours", late.One("[aria-labelledby=reponses]").TextContent, StringComparison.Ordinal);
        Assert.Contains("Appelez l’entreprise", late.Words, StringComparison.Ordinal);
        var transmission = await (await Web.SignInAgainAsync(scene.Facilitator)).GetAsync(scene.Transmission);
        Assert.Contains("Sans réponse depuis le 01/12/2026", transmission.Words, StringComparison.Ordinal);
        Assert.All((await MailsAsync(MailKind.CompanyReminder, company)).Append(told), mail =>
            Assert.All(["Ana", "Roche", "Camille", "Maçon", "RSA"], hidden => Assert.DoesNotContain(hidden, mail, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task The_reminder_carries_a_link_of_its_own_that_opens_the_file()
    {
        var (_, company, _) = await SendAsync();
        await AfterDaysAsync(7);
        var reminder = (await Mails.SentMail.ToAsync(Web, company))[^1];
        Assert.Contains("Rappel", reminder.Parts[0], StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await Web.Visitor().GetAsync(reminder.Path)).Status);
    }

    [Fact]
    public async Task A_file_answered_or_revoked_is_not_reminded()
    {
        var (answered, first, firstFacilitator) = await SendAsync();
        var (revoked, second, secondFacilitator) = await SendAsync();
        await answered.StepAsync(answered.People[0], Rules.Preselection.PreselectionState.Transmitted, Rules.Preselection.PreselectionState.Chosen);
        var revoke = (await revoked.Facilitator.GetAsync(revoked.Transmission)).All("form").Select(f => f.GetAttribute("action")!).Single(a => a.EndsWith("/revocation", StringComparison.Ordinal));
        await revoked.Facilitator.PostAndFollowAsync(revoke);

        foreach (var days in new[] { 7, 12, 16 })
        {
            await AfterDaysAsync(days);
        }

        Assert.Empty((await MailsAsync(MailKind.CompanyReminder, first)).Concat(await MailsAsync(MailKind.CompanyReminder, second)));
        Assert.Empty((await MailsAsync(MailKind.CompanySilent, firstFacilitator)).Concat(await MailsAsync(MailKind.CompanySilent, secondFacilitator)));
    }

    [Fact]
    public async Task A_link_that_has_ended_is_not_reminded_and_its_last_day_still_is()
    {
        var (ended, first, _) = await SendAsync();
        var (lastDay, second, _) = await SendAsync();
        await EndLinkAsync(ended, new(2026, 11, 22));
        await EndLinkAsync(lastDay, new(2026, 11, 23));

        await AfterDaysAsync(7);

        Assert.Empty(await MailsAsync(MailKind.CompanyReminder, first));
        Assert.Single(await MailsAsync(MailKind.CompanyReminder, second));
    }

    [Fact]
    public async Task A_file_of_three_is_reminded_for_those_who_wait_and_no_more_once_everyone_has_an_answer()
    {
        var (scene, company, facilitator) = await SendAsync(3);
        foreach (var (place, reply) in new[] { (1, "retenir"), (2, "rencontrer") })
        {
            await AnswerAsync(company, place, reply);
        }

        await AfterDaysAsync(7);
        Assert.Single(await MailsAsync(MailKind.CompanyReminder, company));
        var day = await (await Web.SignInAgainAsync(scene.Facilitator)).GetAsync("/aujourdhui");
        Assert.Contains("1 personne, transmise à Camille Chef le 16/11/2026 ; réponse demandée avant le 01/12/2026", day.Words, StringComparison.Ordinal);
        var sent = await (await Web.SignInAgainAsync(scene.Facilitator)).GetAsync(scene.Transmission);
        Assert.Contains("Il manque 1 réponse sur 3.", sent.Words, StringComparison.Ordinal);
        Assert.Contains("Relance par courriel faite le 23/11/2026, puis le 28/11/2026.", sent.Words, StringComparison.Ordinal);

        await AnswerAsync(company, 3, "retenir");
        await AfterDaysAsync(12);
        await AfterDaysAsync(16);

        Assert.Single(await MailsAsync(MailKind.CompanyReminder, company));
        Assert.Empty(await MailsAsync(MailKind.CompanySilent, facilitator));
        Assert.Contains("Aucune entreprise ne vous doit de réponse.", (await (await Web.SignInAgainAsync(scene.Facilitator)).GetAsync("/aujourdhui")).Words, StringComparison.Ordinal);
        Assert.DoesNotContain("Relance", (await (await Web.SignInAgainAsync(scene.Facilitator)).GetAsync(scene.Transmission)).Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_day_missed_is_not_made_up_for_and_two_rounds_at_once_write_once()
    {
        var (_, company, _) = await SendAsync();
        Web.Clock.Now = start.AddDays(13);
        var round = Web.Services.GetRequiredService<DailyRound>();
        await Task.WhenAll(round.RunAsync(Cancel), round.RunAsync(Cancel), Task.Run(() => Web.Services.GetServices<IDailyWork>().First().RunAsync(Cancel), Cancel));
        Assert.Contains("Dernier rappel", Assert.Single(await MailsAsync(MailKind.CompanyReminder, company)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_marche_may_fix_other_days_in_a_new_version_and_the_form_proposes_them()
    {
        var (scene, company, _) = await SendAsync();
        var terms = $"/marches/{scene.Market}/delais";
        var market = await scene.Facilitator.GetAsync($"/marches/{scene.Market}");
        Assert.Contains("Une entreprise a 15 jours pour répondre", market.Words, StringComparison.Ordinal);
        var wrong = await scene.Facilitator.PostFormAsync(terms, ("version", "0"), ("relance_1", "5"), ("relance_2", "3"), ("reponse", "10"));
        Assert.Equal(HttpStatusCode.BadRequest, wrong.Status);
        Assert.Contains("elle vient après la première", wrong.Words, StringComparison.Ordinal);
        Assert.Equal("3", wrong.ValueOf("relance_2"));
        Assert.Equal(HttpStatusCode.BadRequest, (await scene.Facilitator.PostFormAsync(terms, ("version", "0"), ("relance_1", "a"))).Status);
        (string, string)[] good = [("version", "0"), ("relance_1", "3"), ("relance_2", "5"), ("reponse", "10")];
        await scene.Facilitator.PostAndFollowAsync(terms, good);
        await scene.Facilitator.PostAndFollowAsync(terms, good);
        var stale = await scene.Facilitator.PostFormAsync(terms, ("version", "0"), ("relance_1", "4"), ("relance_2", "6"), ("reponse", "10"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, stale.Status);
        Assert.Equal(HttpStatusCode.NotFound, (await (await Web.SignInAsync(Roles.Facilitator)).PostFormAsync(terms, good)).Status);
        await using (var db = await Web.Database.OpenAsync(Cancel))
        {
            Assert.Equal(1, await db.QuerySingleAsync<int>("select count(*) from market_answer_terms where market_id = @Market", new { scene.Market }));
        }

        Assert.Equal("2026-11-26", (await scene.Facilitator.GetAsync(scene.Transmission)).ValueOf("reponse_avant"));
        await AfterDaysAsync(3);
        Assert.Single(await MailsAsync(MailKind.CompanyReminder, company));
    }

    private async Task<(Scene Scene, string Company, string Facilitator)> SendAsync(int people = 1)
    {
        var scene = await Scene.MakeAsync(Web);
        var (company, facilitator) = ($"contact-{scene.Posting}@entreprise.example", $"suivi-{scene.Posting}@facilitateur.example");
        await scene.Facilitator.PostAndFollowAsync("/compte/courriels", ("courriel", facilitator), ("recevoir_ENTREPRISE_SANS_REPONSE", "on"));
        List<Rules.People.Person> sent = [.. scene.People.Take(people)];
        await scene.MakeReadyAsync(sent);
        await scene.SendAsync([.. (await scene.TransmissionFormAsync(sent)).Where(field => field.Name != "contact_courriel"), ("contact_courriel", company)]);
        return (scene, company, facilitator);
    }

    private async Task AnswerAsync(string company, int place, string reply)
    {
        var link = (await Mails.SentMail.ToAsync(Web, company))[0].Path;
        await Web.Visitor().PostAndFollowAsync(link, ("votre_nom", "Camille Chef"), ("fiche", $"{place}"), ("depuis", "TRANSMISE"), ("reponse", reply));
    }

    private Task<int> EndLinkAsync(Scene scene, DateOnly day) => Web.Database.WriteAsync(
        (db, tx) => db.ExecuteAsync("update company_link set expires_on = @day where posting_id = @Posting", new { scene.Posting, day }, tx), Cancel);

    private async Task AfterDaysAsync(int days)
    {
        Web.Clock.Now = start.AddDays(days);
        await Web.Services.GetRequiredService<DailyRound>().RunAsync(Cancel);
    }

    private async Task<IReadOnlyList<string>> MailsAsync(MailKind kind, string address)
    {
        await using var db = await Web.Database.OpenAsync(Cancel);
        return (await db.QueryAsync<string>("select subject || text_body || html_body from mail where kind = @Code and recipient = @address order by id limit 10", new { kind.Code, address })).AsList();
    }
}

public sealed class RemindersOnSqlite(SqliteWeb web) : ReminderTests(web), IClassFixture<SqliteWeb>;

public sealed class RemindersOnPostgreSql(PostgreSqlWeb web) : ReminderTests(web), IClassFixture<PostgreSqlWeb>;
