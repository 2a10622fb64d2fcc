using System.Net;
using Dapper;
using Matching.Rules.Preselection;
using Matching.Web.Platform;
using Matching.Web.Platform.Mail;
using Matching.Web.Tests.Preselection;

namespace Matching.Web.Tests.Mails;

public abstract class CompanyMailTests(WebFixture web) : WebTests(web)
{
    /// <summary>What a mail about the people of a scene must never say.</summary>
    private static readonly string[] Hidden =
        ["Ana", "Roche", "Maçon", "RSA", "1990", "Valmont", "00100", "port de charges", "mot-personnel", "0600000000", "Quelques mots", "Organisation"];

    [Fact]
    public async Task The_contact_receives_the_link_and_nothing_about_the_people()
    {
        var scene = await Scene.MakeAsync(Web);
        var address = $"contact-{scene.Posting}@entreprise.example";
        var form = await ReadyAsync(scene);

        await scene.Facilitator.PostFormAsync(scene.Transmission, [.. form.Where(field => field.Name != "contact_courriel"), ("contact_courriel", address)]);

        var mail = Assert.Single(await SentMail.ToAsync(Web, address));
        Assert.Contains("Ana Roche", (await Web.Visitor().GetAsync(mail.Path)).Words, StringComparison.Ordinal);

        // The secret is drawn at random: it may spell anything.
        Says(new Written(mail.Parts[0], mail.Parts[1].Replace(mail.Path, "", StringComparison.Ordinal), mail.Parts[2].Replace(mail.Path, "", StringComparison.Ordinal)), nothingOf: Hidden);
    }

    [Fact]
    public async Task The_link_in_a_mail_is_in_no_table_even_while_it_waits_and_dies_with_the_link()
    {
        var scene = await Scene.MakeAsync(Web);
        var address = $"attente-{scene.Posting}@entreprise.example";
        var form = await ReadyAsync(scene);
        await scene.Facilitator.PostFormAsync(scene.Transmission, [.. form.Where(field => field.Name != "contact_courriel"), ("contact_courriel", address)]);

        var waiting = await SingleAsync(MailKind.FileTransmitted, address);
        var marked = new Uri(new SentMail("", ["", waiting.Text]).Path, UriKind.Relative).ToString();
        Assert.Equal(HttpStatusCode.NotFound, (await Web.Visitor().GetAsync(marked)).Status);
        var path = Assert.Single(await SentMail.ToAsync(Web, address)).Path;
        await using var db = await Web.Database.OpenAsync(Cancel);
        var hash = await db.QuerySingleAsync<string>(
            "select d.secret_hash from company_link_secret d join company_link l on l.id = d.link_id where l.posting_id = @Posting", new { scene.Posting });
        Assert.DoesNotContain(path["/e/".Length..], hash, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await Web.Visitor().GetAsync(path)).Status);

        var revoke = (await scene.Facilitator.GetAsync(scene.Transmission)).All("form").Select(f => f.GetAttribute("action")!).Single(a => a.EndsWith("/revocation", StringComparison.Ordinal));
        await scene.Facilitator.PostAndFollowAsync(revoke);

        Assert.Equal(HttpStatusCode.Gone, (await Web.Visitor().GetAsync(path)).Status);
    }

    [Fact]
    public async Task The_same_form_sent_twice_writes_once_and_without_address_nobody_is_written_to()
    {
        var scene = await Scene.MakeAsync(Web);
        var address = $"deux-fois-{scene.Posting}@entreprise.example";
        (string Name, string Value)[] form = [.. (await ReadyAsync(scene)).Where(field => field.Name != "contact_courriel"), ("contact_courriel", address)];

        await scene.Facilitator.PostFormAsync(scene.Transmission, form);
        await scene.Facilitator.PostFormAsync(scene.Transmission, form);

        await SingleAsync(MailKind.FileTransmitted, address);
    }

    [Fact]
    public async Task The_facilitator_is_told_once_a_day_that_the_company_answered()
    {
        var scene = await Scene.MakeAsync(Web);
        var address = $"facilitateur-{scene.Posting}@facilitateur.example";
        await scene.Facilitator.PostAndFollowAsync("/compte/courriels", ("courriel", address), ("recevoir_ENTREPRISE_A_REPONDU", "on"));
        var link = await scene.TransmitAsync(scene.People[0], scene.People[1]);
        var company = Web.Visitor();

        await company.PostFormAsync(link, ("votre_nom", "Camille Chef"), ("fiche", "1"), ("depuis", "TRANSMISE"), ("reponse", "decliner"), ("motif", ""));
        Assert.Empty(await ReadAsync(MailKind.CompanyAnswered, address));
        await company.PostAndFollowAsync(link, ("votre_nom", "Camille Chef"), ("fiche", "1"), ("depuis", "TRANSMISE"), ("reponse", "retenir"));
        await company.PostAndFollowAsync(link, ("votre_nom", "Camille Chef"), ("fiche", "2"), ("depuis", "TRANSMISE"), ("reponse", "retenir"));

        Says(await SingleAsync(MailKind.CompanyAnswered, address), nothingOf: [.. Hidden, "Camille", link]);
    }

    [Fact]
    public async Task A_refused_address_is_told_to_the_facilitator_on_the_day_and_beside_the_file_until_a_good_one_is_given()
    {
        await using var sink = new SmtpSink();
        using var sender = sink.SenderOf(Web);
        var scene = await Scene.MakeAsync(Web);
        var address = $"inconnu-{scene.Posting}@entreprise.example";
        (string Name, string Value)[] form = [.. (await ReadyAsync(scene)).Where(field => field.Name != "contact_courriel")];
        await scene.SendAsync([.. form, ("contact_courriel", address)]);
        Assert.DoesNotContain(NotArrived, (await scene.Facilitator.GetAsync(scene.Transmission)).Words, StringComparison.Ordinal);

        await sender.RunAsync(Cancel);

        var beside = (await scene.Facilitator.GetAsync(scene.Transmission)).Words;
        Assert.Contains($"{NotArrived} à {address}. Vérifiez l’adresse avec l’entreprise, puis envoyez-lui un nouveau lien.", beside, StringComparison.Ordinal);
        Assert.DoesNotContain("Relance par courriel", beside, StringComparison.Ordinal);
        var day = (await scene.Facilitator.GetAsync("/aujourdhui")).One("[aria-labelledby=reponses]");
        Assert.Contains($"{NotArrived} à {address}.", day.TextContent, StringComparison.Ordinal);
        Assert.Contains(day.QuerySelectorAll("a"), link => link.GetAttribute("href") == scene.Transmission);
        Assert.DoesNotContain(NotArrived, (await (await Web.SignInAsync(Roles.Facilitator)).GetAsync("/aujourdhui")).Words, StringComparison.Ordinal);

        await scene.SendAsync([.. (await scene.TransmissionFormAsync(scene.People[0])).Where(field => field.Name != "contact_courriel"), ("contact_courriel", $"bon-{address[8..]}")]);
        await sender.RunAsync(Cancel);

        Assert.DoesNotContain(NotArrived, (await scene.Facilitator.GetAsync("/aujourdhui")).Words, StringComparison.Ordinal);
    }

    private const string NotArrived = "Le courriel n’est pas arrivé";

    private static void Says(Written mail, string[] nothingOf) =>
        Assert.All(nothingOf, hidden => Assert.DoesNotContain(hidden, mail.Subject + mail.Text + mail.Html, StringComparison.Ordinal));

    private static async Task<(string Name, string Value)[]> ReadyAsync(Scene scene)
    {
        await scene.PreselectAsync(scene.People[0]);
        await scene.StepAsync(scene.People[0], PreselectionState.Proposed, PreselectionState.Preselected);
        await scene.ValidateAsync(scene.People[0]);
        return await scene.TransmissionFormAsync(scene.People[0]);
    }

    private async Task<Written> SingleAsync(MailKind kind, string address) => Assert.Single(await ReadAsync(kind, address));

    private async Task<IReadOnlyList<Written>> ReadAsync(MailKind kind, string address)
    {
        await using var db = await Web.Database.OpenAsync(Cancel);
        return (await db.QueryAsync<Written>(
            "select subject, text_body as text, html_body as html from mail where kind = @Code and recipient = @address order by id limit 10", new { kind.Code, address })).AsList();
    }

    private sealed record Written(string Subject, string Text, string Html);
}

public sealed class CompanyMailsOnSqlite(SqliteWeb web) : CompanyMailTests(web), IClassFixture<SqliteWeb>;

public sealed class CompanyMailsOnPostgreSql(PostgreSqlWeb web) : CompanyMailTests(web), IClassFixture<PostgreSqlWeb>;
