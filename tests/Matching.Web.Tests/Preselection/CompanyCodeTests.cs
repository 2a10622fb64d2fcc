using System.Net;
using System.Text.RegularExpressions;
using Dapper;
using Matching.Web.Platform.Mail;
using Matching.Web.Tests.Mails;
using Microsoft.Extensions.DependencyInjection;

namespace Matching.Web.Tests.Preselection;

public sealed class CompanyCodeTests(WithMailWeb web) : WebTests(web), IClassFixture<WithMailWeb>
{
    [Fact]
    public async Task A_dossier_that_asks_for_a_code_opens_with_the_one_sent_to_the_contact_and_stays_open_in_that_browser()
    {
        var (link, address) = await TransmitAsync();
        var company = Web.Visitor();
        var closed = await company.GetAsync(link);
        Assert.Contains("Un code ouvre ce dossier", closed.Words, StringComparison.Ordinal);
        Assert.Contains($"{address[0]}…@entreprise.example", closed.Words, StringComparison.Ordinal);
        Assert.All(["Roche", "Maçon", address], hidden => Assert.DoesNotContain(hidden, closed.Document.DocumentElement.OuterHtml, StringComparison.Ordinal));

        var asked = await company.PostAndFollowAsync(link + "/code", ("action", "demander"));
        Assert.Contains("Un code part au courriel de votre contact. Il vaut 10 minutes.", asked.Words, StringComparison.Ordinal);
        var opened = await company.PostAndFollowAsync(link + "/code", ("action", "entrer"), ("code", await CodeAsync(address)));

        Assert.Contains("Ana Roche", opened.Words, StringComparison.Ordinal);
        Assert.Contains("Ana Roche", (await company.GetAsync(link)).Words, StringComparison.Ordinal);
        Assert.Contains("Un code ouvre ce dossier", (await Web.Visitor().GetAsync(link)).Words, StringComparison.Ordinal);
        var before = Web.Clock.Now;
        Web.Clock.Now = before.AddHours(12).AddMinutes(1);
        Assert.Contains("Un code ouvre ce dossier", (await company.GetAsync(link)).Words, StringComparison.Ordinal);
        Web.Clock.Now = before;
    }

    [Fact]
    public async Task Nothing_under_the_link_answers_before_the_code()
    {
        var (link, _) = await TransmitAsync();
        var stranger = Web.Visitor();

        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync(link + "/dossier.docx")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync(link + "/entretiens/1/1/entretien.ics")).Status);
        var answer = await stranger.PostFormAsync(link, ("votre_nom", "X"), ("fiche", "1"), ("depuis", "TRANSMISE"), ("reponse", "retenir"));
        Assert.Null(answer.RedirectsTo);
        Assert.DoesNotContain("Roche", answer.Words, StringComparison.Ordinal);
        Assert.Null((await stranger.PostFormAsync(link + "/creneaux", ("votre_nom", "X"), ("fiche", "1"), ("action", "proposer"), ("entretien_jour", "2026-11-20"), ("entretien_heure", "14:30"))).RedirectsTo);
    }

    [Fact]
    public async Task A_code_ends_after_five_wrong_tries_after_ten_minutes_and_once_used()
    {
        var (link, address) = await TransmitAsync();
        var company = Web.Visitor();
        await company.PostAndFollowAsync(link + "/code", ("action", "demander"));
        var code = await CodeAsync(address);
        for (var i = 0; i < 5; i++)
        {
            Assert.Contains("Ce code n’est pas le bon", (await TryAsync(company, link, Other(code))).Words, StringComparison.Ordinal);
        }

        Assert.Contains("Ce code a été essayé 5 fois", (await TryAsync(company, link, code)).Words, StringComparison.Ordinal);
        Assert.Contains("attendez une minute", (await company.PostFormAsync(link + "/code", ("action", "demander"))).Words, StringComparison.Ordinal);

        var before = Web.Clock.Now;
        Web.Clock.Now = before.AddMinutes(2);
        await company.PostAndFollowAsync(link + "/code", ("action", "demander"));
        var second = await CodeAsync(address);
        Web.Clock.Now = before.AddMinutes(12).AddSeconds(1);
        Assert.Contains("Ce code n’est plus valable", (await TryAsync(company, link, second)).Words, StringComparison.Ordinal);
        await company.PostAndFollowAsync(link + "/code", ("action", "demander"));
        var third = await CodeAsync(address);
        Assert.NotNull((await TryAsync(company, link, third)).RedirectsTo);
        Assert.Contains("Ce code n’est plus valable", (await TryAsync(Web.Visitor(), link, third)).Words, StringComparison.Ordinal);
        Web.Clock.Now = before;
    }

    [Fact]
    public async Task The_code_is_in_no_table_and_the_waiting_mail_holds_neither_code_nor_link()
    {
        var (link, address) = await TransmitAsync();
        await Web.Visitor().PostAndFollowAsync(link + "/code", ("action", "demander"));
        await using var db = await Web.Database.OpenAsync(Cancel);
        var waiting = await db.QuerySingleAsync<string>("select text_body from mail where kind = 'CODE_ENTREPRISE' and recipient = @address", new { address });
        Assert.DoesNotMatch(@"\b\d{6}\b", waiting);
        var code = await CodeAsync(address);

        var stored = await db.QuerySingleAsync<string>(
            "select c.code_hash from company_link_code c join company_link l on l.id = c.link_id where l.contact_email = @address", new { address });

        Assert.Equal(64, stored.Length);
        Assert.DoesNotContain(code, stored, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_code_needs_the_contacts_address()
    {
        var scene = await Scene.MakeAsync(Web);
        await scene.MakeReadyAsync(scene.People[0]);

        var page = await scene.Facilitator.PostFormAsync(scene.Transmission + "/apercu", [.. await scene.TransmissionFormAsync(scene.People[0]), ("code", "on")]);

        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.Contains("Courriel du contact : à remplir, le code lui est envoyé.", page.Words, StringComparison.Ordinal);
    }

    private static Task<PageSeen> TryAsync(Browser company, string link, string code) => company.PostFormAsync(link + "/code", ("action", "entrer"), ("code", code));

    private static string Other(string code) => code == "000000" ? "000001" : "000000";

    private async Task<(string Link, string Address)> TransmitAsync()
    {
        var scene = await Scene.MakeAsync(Web);
        var address = $"code-{scene.Posting}@entreprise.example";
        await scene.MakeReadyAsync(scene.People[0]);
        var form = (await scene.TransmissionFormAsync(scene.People[0])).Where(it => it.Name != "contact_courriel");
        return (await scene.SendAsync([.. form, ("contact_courriel", address), ("code", "on")]), address);
    }

    private async Task<string> CodeAsync(string address)
    {
        await Web.Services.GetRequiredService<MailSender>().RunAsync(Cancel);
        var source = ((WithMailWeb)Web).Sink.Received.Last(it => it.Contains(address, StringComparison.Ordinal) && SentMail.Read(it).Parts[0].StartsWith("Votre code", StringComparison.Ordinal));
        return Regex.Match(SentMail.Read(source).Parts[1], @"Votre code : (\d{6})").Groups[1].Value;
    }
}

/// <summary>Where no mail leaves, a code could never arrive.</summary>
public sealed class CodeWithoutMailTests(SqliteWeb web) : WebTests(web), IClassFixture<SqliteWeb>
{
    [Fact]
    public async Task A_code_cannot_be_asked_for_and_the_page_says_why()
    {
        var scene = await Scene.MakeAsync(Web);
        await scene.MakeReadyAsync(scene.People[0]);
        var form = (await scene.TransmissionFormAsync(scene.People[0])).Where(it => it.Name != "contact_courriel");

        var page = await scene.Facilitator.PostFormAsync(scene.Transmission, [.. form, ("contact_courriel", "camille@entreprise.example"), ("code", "on")]);

        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.Contains("aucun serveur n’est réglé, option --Mail:Host", page.Words, StringComparison.Ordinal);
        Assert.Equal("Camille Chef", page.ValueOf("contact_nom"));
        Assert.True((await scene.Facilitator.GetAsync(scene.Transmission)).One("[name=code]").HasAttribute("disabled"));
    }
}
