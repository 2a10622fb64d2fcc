using System.Net;
using System.Text.RegularExpressions;
using Dapper;
using Matching.Rules.Preselection;
using Matching.Web.Platform;
using Matching.Web.Tests.Mails;

namespace Matching.Web.Tests.Preselection;

/// <summary>Days and hours to meet a person, proposed by either side.</summary>
public abstract class InterviewTests(WebFixture web) : WebTests(web)
{
    [Fact]
    public async Task The_facilitator_proposes_two_slots_the_company_chooses_one_and_the_other_is_cancelled()
    {
        var (scene, link, slots) = await TransmittedAsync();
        await scene.Facilitator.PostAndFollowAsync(slots, Propose("2026-11-20", "14:30", "Base vie du chantier"));
        await scene.Facilitator.PostAndFollowAsync(slots, Propose("2026-11-23", "09:00"));
        var company = Web.Visitor();

        Assert.Contains("20/11/2026 à 14:30, Base vie du chantier Proposé", (await company.GetAsync(link)).Words, StringComparison.Ordinal);
        var page = await company.PostAndFollowAsync(link + "/creneaux", Company("choisir", ("creneau", "1")));

        Assert.Contains("Votre réponse : rencontrer, le 20/11/2026 à 14:30.", page.Words, StringComparison.Ordinal);
        Assert.Contains("20/11/2026 à 14:30, Base vie du chantier Rendez-vous", page.Words, StringComparison.Ordinal);
        Assert.Contains("23/11/2026 à 09:00 Annulé", page.Words, StringComparison.Ordinal);
        var followed = await FollowAsync(scene);
        Assert.Contains("entretien le 20/11/2026 à 14:30", followed.Words, StringComparison.Ordinal);
        Assert.Contains("Créneau proposé : 20/11/2026 à 14:30", followed.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_company_proposes_and_the_facilitator_chooses_for_the_person()
    {
        var (scene, link, slots) = await TransmittedAsync();
        await Web.Visitor().PostAndFollowAsync(link + "/creneaux", Company("proposer", ("entretien_jour", "2026-11-24"), ("entretien_heure", "8:15")));

        var own = await Web.Visitor().PostFormAsync(link + "/creneaux", Company("choisir", ("creneau", "1")));
        Assert.Contains("Ce créneau attend la réponse de l’autre partie.", own.Words, StringComparison.Ordinal);
        var page = await scene.Facilitator.PostAndFollowAsync(slots, ("action", "choisir"), ("creneau", "1"));

        Assert.Contains("entretien le 24/11/2026 à 08:15", page.Words, StringComparison.Ordinal);
        Assert.Equal(PreselectionState.Interview, (await scene.PathOfAsync(scene.People[0])).State);
    }

    [Fact]
    public async Task A_slot_in_the_past_is_refused_and_what_was_typed_stays()
    {
        var (scene, link, slots) = await TransmittedAsync();

        var facilitator = await scene.Facilitator.PostFormAsync(slots, Propose("2026-11-16", "09:59", "Base vie"));
        var company = await Web.Visitor().PostFormAsync(link + "/creneaux", Company("proposer", ("entretien_jour", "2026-11-13"), ("entretien_heure", "10:00"), ("lieu", "Base vie")));

        foreach (var page in (PageSeen[])[facilitator, company])
        {
            Assert.Equal(HttpStatusCode.UnprocessableEntity, page.Status);
            Assert.Contains("La date de l’entretien doit être à venir, dans l’année : corrigez-la.", page.Words, StringComparison.Ordinal);
            Assert.Contains(page.All("[name=lieu]"), it => it.GetAttribute("value") == "Base vie");
            Assert.Empty(page.All(".slot-list"));
        }
    }

    [Fact]
    public async Task An_appointment_is_moved_then_cancelled_and_the_calendar_follows_under_the_same_id()
    {
        var (scene, link, slots) = await TransmittedAsync();
        await Web.Visitor().PostAndFollowAsync(link, ("votre_nom", "Zoé Martin"), ("fiche", "1"), ("depuis", "TRANSMISE"), ("reponse", "rencontrer"), ("entretien_jour", "2026-11-20"), ("entretien_heure", "14:30"));
        var first = await CalendarAsync(link);
        await scene.Facilitator.PostAndFollowAsync(slots, ("action", "deplacer"), ("creneau", "1"), ("entretien_jour", "2026-11-25"), ("entretien_heure", "10:00"));
        var moved = await CalendarAsync(link);
        var page = await Web.Visitor().PostAndFollowAsync(link + "/creneaux", Company("annuler", ("creneau", "1")));
        var cancelled = await CalendarAsync(link);

        Assert.Equal(("20261120T133000Z", "20261120T143000Z", "0", "CONFIRMED"), (Of(first, "DTSTART"), Of(first, "DTEND"), Of(first, "SEQUENCE"), Of(first, "STATUS")));
        Assert.Equal(("20261125T090000Z", "1", "CONFIRMED"), (Of(moved, "DTSTART"), Of(moved, "SEQUENCE"), Of(moved, "STATUS")));
        Assert.Equal(("2", "CANCELLED", "CANCEL"), (Of(cancelled, "SEQUENCE"), Of(cancelled, "STATUS"), Of(cancelled, "METHOD")));
        Assert.Equal([Of(first, "UID"), Of(first, "UID")], [Of(moved, "UID"), Of(cancelled, "UID")]);
        Assert.Contains("Votre réponse : rencontrer.", page.Words, StringComparison.Ordinal);
        Assert.Contains("Entretien annulé : 25/11/2026 à 10:00", (await FollowAsync(scene)).Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_calendar_file_is_read_by_any_calendar_and_names_nobody()
    {
        var (scene, link, slots) = await TransmittedAsync();
        await scene.Facilitator.PostAndFollowAsync(slots, Propose("2026-11-20", "14:30", "Base vie ; bâtiment B, niveau 1, à côté de la très longue allée des érables centenaires"));

        foreach (var (reader, url) in ((Browser, string)[])[(Web.Visitor(), link + "/entretiens/1/1/entretien.ics"), (scene.Facilitator, slots.Replace("creneaux", "entretiens/1/entretien.ics", StringComparison.Ordinal)), (scene.Structure, slots.Replace("creneaux", "entretiens/1/entretien.ics", StringComparison.Ordinal))])
        {
            using var answer = await reader.Client.GetAsync(new Uri(url, UriKind.Relative), Cancel);
            var bytes = await answer.Content.ReadAsByteArrayAsync(Cancel);
            var text = System.Text.Encoding.UTF8.GetString(bytes);

            Assert.Equal("text/calendar", answer.Content.Headers.ContentType!.MediaType);
            Assert.All(["BEGIN:VCALENDAR\r\n", "VERSION:2.0\r\n", "PRODID:", "UID:", "DTSTAMP:20261116T090000Z\r\n", "DTSTART:20261120T133000Z\r\n", "STATUS:TENTATIVE\r\n", "END:VCALENDAR\r\n"], it => Assert.Contains(it, text, StringComparison.Ordinal));
            Assert.All(text.Split("\r\n"), line => Assert.InRange(System.Text.Encoding.UTF8.GetByteCount(line), 0, 75));
            Assert.Contains("LOCATION:Base vie \\; bâtiment B\\, niveau 1\\, à côté de la très longue allée des érables centenaires", text.Replace("\r\n ", "", StringComparison.Ordinal), StringComparison.Ordinal);
            Assert.DoesNotContain("Ana", text, StringComparison.Ordinal);
            Assert.DoesNotContain("Roche", text, StringComparison.Ordinal);
        }

        Assert.Equal(HttpStatusCode.NotFound, (await Web.Visitor().GetAsync(link + "/entretiens/1/2/entretien.ics")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await (await Web.SignInAsync(Roles.Facilitator)).GetAsync(slots.Replace("creneaux", "entretiens/1/entretien.ics", StringComparison.Ordinal))).Status);
    }

    [Fact]
    public async Task Someone_who_did_not_come_is_noted_after_the_hour_and_not_before()
    {
        var (scene, link, slots) = await TransmittedAsync();
        await Web.Visitor().PostAndFollowAsync(link, ("votre_nom", "Zoé Martin"), ("fiche", "1"), ("depuis", "TRANSMISE"), ("reponse", "rencontrer"), ("entretien_jour", "2026-11-20"), ("entretien_heure", "14:30"));
        var early = await Web.Visitor().PostFormAsync(link + "/creneaux", Company("absent", ("creneau", "1")));
        Assert.Contains("une absence se note après", early.Words, StringComparison.Ordinal);
        var before = Web.Clock.Now;
        try
        {
            Web.Clock.Now = new DateTimeOffset(2026, 11, 20, 13, 45, 0, TimeSpan.Zero);
            Assert.Contains((await Web.Visitor().GetAsync(link)).All(".slot-list button"), it => it.TextContent == "La personne n’est pas venue");
            var page = await Web.Visitor().PostAndFollowAsync(link + "/creneaux", Company("absent", ("creneau", "1")));
            Assert.Contains("20/11/2026 à 14:30 La personne n’est pas venue", page.Words, StringComparison.Ordinal);
        }
        finally
        {
            Web.Clock.Now = before;
        }

        Assert.Contains("La personne n’est pas venue à l’entretien du 20/11/2026 à 14:30", (await FollowAsync(scene)).Words, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await scene.Facilitator.PostFormAsync(slots, ("action", "absent"), ("creneau", "1"))).Status);
    }

    [Fact]
    public async Task A_step_taken_back_or_a_withdrawal_takes_its_appointment_with_it()
    {
        var (scene, link, slots) = await TransmittedAsync();
        await scene.StepAsync(scene.People[0], PreselectionState.Transmitted, PreselectionState.Interview, ("entretien_jour", "2026-11-20"), ("entretien_heure", "14:30"));
        await scene.Facilitator.PostAndFollowAsync(slots.Replace("creneaux", "annulation", StringComparison.Ordinal));
        Assert.Equal("CANCELLED", Of(await CalendarAsync(link), "STATUS"));

        await scene.Facilitator.PostAndFollowAsync(slots, Propose("2026-11-27", "11:00"));
        await scene.StepAsync(scene.People[0], PreselectionState.Transmitted, PreselectionState.Withdrawn, ("motif", "PLUS_DISPONIBLE"));
        Assert.Contains("27/11/2026 à 11:00 Annulé", (await FollowAsync(scene)).Words, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await Web.Visitor().GetAsync(link + "/entretiens/1/1/entretien.ics")).Status);
    }

    [Fact]
    public async Task The_contact_is_told_by_mail_that_a_slot_waits_and_nothing_more()
    {
        var scene = await Scene.MakeAsync(Web);
        var address = $"entretien-{scene.Posting}@entreprise.example";
        await scene.MakeReadyAsync(scene.People[0]);
        await scene.SendAsync([.. (await scene.TransmissionFormAsync(scene.People[0])).Where(it => it.Name != "contact_courriel"), ("contact_courriel", address)]);

        await scene.Facilitator.PostAndFollowAsync($"/preselections/{(await scene.PathOfAsync(scene.People[0])).Id}/creneaux", Propose("2026-11-20", "14:30", "Base vie"));

        var mail = (await SentMail.ToAsync(Web, address))[^1];
        Assert.Equal("Un entretien est proposé ou change", mail.Parts[0]);
        Assert.Contains("20/11/2026 à 14:30, Base vie", (await Web.Visitor().GetAsync(mail.Path)).Words, StringComparison.Ordinal);
        Assert.All(["Ana", "Roche", "Maçon", "20/11", "Base vie"], hidden => Assert.DoesNotContain(hidden, mail.Everything.Replace(mail.Path, "", StringComparison.Ordinal), StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_refused_mail_of_an_interview_is_told_to_who_asked_for_it_until_another_arrives()
    {
        const string words = "Le courriel de l’entretien n’est pas arrivé à";
        await using var sink = new SmtpSink();
        using var sender = sink.SenderOf(Web);
        var scene = await Scene.MakeAsync(Web);
        var colleague = await Web.SignInAsync(Roles.Facilitator, organization: scene.Facilitator.Who!.OrganizationName);
        var address = $"inconnu-{scene.Posting}@entreprise.example";
        await scene.MakeReadyAsync(scene.People[0]);
        (string Name, string Value)[] form = [.. (await scene.TransmissionFormAsync(scene.People[0])).Where(it => it.Name != "contact_courriel")];
        await scene.SendAsync([.. form, ("contact_courriel", address)]);
        var path = $"/preselections/{(await scene.PathOfAsync(scene.People[0])).Id}";
        await scene.Facilitator.PostAndFollowAsync($"{path}/creneaux", Propose("2026-11-20", "14:30"));
        Assert.DoesNotContain(words, (await scene.Facilitator.GetAsync(path)).Words, StringComparison.Ordinal);

        await sender.RunAsync(Cancel);

        Assert.Contains($"{words} {address}.", (await scene.Facilitator.GetAsync(path)).Words, StringComparison.Ordinal);
        Assert.DoesNotContain(words, (await scene.Structure.GetAsync(path)).Words, StringComparison.Ordinal);
        var day = (await scene.Facilitator.GetAsync("/aujourdhui")).One("[aria-labelledby=entretiens]");
        Assert.Contains($"{words} {address}.", day.TextContent, StringComparison.Ordinal);
        Assert.Contains(day.QuerySelectorAll("a"), link => link.GetAttribute("href") == path);
        Assert.DoesNotContain(words, (await colleague.GetAsync("/aujourdhui")).Words, StringComparison.Ordinal);

        await scene.StepAsync(scene.People[0], PreselectionState.Transmitted, PreselectionState.Chosen);
        Assert.DoesNotContain(words, (await scene.Facilitator.GetAsync(path)).Words + (await scene.Facilitator.GetAsync("/aujourdhui")).Words, StringComparison.Ordinal);
        await scene.Facilitator.PostAndFollowAsync($"{path}/annulation");
        Assert.Contains(words, (await scene.Facilitator.GetAsync(path)).Words, StringComparison.Ordinal);

        Web.Clock.Now = Web.Clock.Now.AddMinutes(1);
        await Web.Database.WriteAsync(
            (db, tx) => db.ExecuteAsync("update company_link set contact_email = @good where posting_id = @Posting", new { good = $"bon-{address[8..]}", scene.Posting }, tx), Cancel);
        await scene.Facilitator.PostAndFollowAsync($"{path}/creneaux", Propose("2026-11-23", "09:00"));
        await sender.RunAsync(Cancel);

        Assert.DoesNotContain(words, (await scene.Facilitator.GetAsync(path)).Words, StringComparison.Ordinal);
        Assert.DoesNotContain(words, (await scene.Facilitator.GetAsync("/aujourdhui")).Words, StringComparison.Ordinal);
    }

    private async Task<(Scene Scene, string Link, string Slots)> TransmittedAsync()
    {
        var scene = await Scene.MakeAsync(Web);
        var link = await scene.TransmitAsync(scene.People[0]);
        return (scene, link, $"/preselections/{(await scene.PathOfAsync(scene.People[0])).Id}/creneaux");
    }

    private static async Task<PageSeen> FollowAsync(Scene scene) => await scene.Facilitator.GetAsync($"/preselections/{(await scene.PathOfAsync(scene.People[0])).Id}");

    private async Task<string> CalendarAsync(string link) => await Web.Visitor().Client.GetStringAsync(new Uri(link + "/entretiens/1/1/entretien.ics", UriKind.Relative), Cancel);

    private static string Of(string calendar, string name) => Regex.Match(calendar, $"^{name}:(.*)\r$", RegexOptions.Multiline).Groups[1].Value;

    private static (string, string)[] Propose(string day, string hour, string place = "") =>
        [("action", "proposer"), ("entretien_jour", day), ("entretien_heure", hour), ("lieu", place)];

    private static (string, string)[] Company(string action, params (string, string)[] more) => [("action", action), ("votre_nom", "Zoé Martin"), ("fiche", "1"), .. more];
}

public sealed class InterviewsOnSqlite(SqliteWeb web) : InterviewTests(web), IClassFixture<SqliteWeb>;

public sealed class InterviewsOnPostgreSql(PostgreSqlWeb web) : InterviewTests(web), IClassFixture<PostgreSqlWeb>;
