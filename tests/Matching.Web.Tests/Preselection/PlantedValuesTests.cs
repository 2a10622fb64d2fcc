using Matching.Rules.Preselection;
using Matching.Web.Tests.Dashboards;
using Matching.Web.Tests.Mails;

namespace Matching.Web.Tests.Preselection;

/// <summary>Everything that a company receives, read byte for byte for what it must never hold. In each medium an allowed value is found too.</summary>
public abstract class PlantedValuesTests(WebFixture web) : WebTests(web)
{
    /// <summary>Held by the people of a scene: criterion, birth date, phone, postal code, commune's code and name, reference, needs, own words.</summary>
    private static readonly string[] Planted =
        ["RSA", "1990", "03/02", "02/03", "0600000000", "00100", "Valmont", "Ana-1", "port de charges", "mot-personnel", "mission-plantee", "note-privee-plantee", "TRAVAILLEUR", "RQTH", "Score", "Prescripteur"];

    [Fact]
    public async Task The_pages_the_files_the_mail_and_the_calendar_hold_what_a_company_may_know_and_nothing_else()
    {
        Forms.NeedPdf(Web);
        var scene = await Scene.MakeAsync(Web);
        var address = $"contact-{Guid.CreateVersion7():N}@entreprise.example";
        await scene.MakeReadyAsync(scene.People[0]);
        var path = (await scene.PathOfAsync(scene.People[0])).Id;
        await scene.Facilitator.PostAndFollowAsync($"/preselections/{path}/notes", ("note", "note-privee-plantee"), ("envoi", "un"));
        var link = await scene.SendAsync([.. (await scene.TransmissionFormAsync(scene.People[0])).Where(it => it.Name != "contact_courriel"), ("contact_courriel", address)]);
        await scene.Facilitator.PostAndFollowAsync(
            $"/preselections/{path}/creneaux", ("action", "proposer"), ("entretien_jour", "2026-11-20"), ("entretien_heure", "14:30"), ("lieu", "Base vie"));
        var company = Web.Visitor();
        var docx = await DossierForms.BytesAsync(company, link + "/dossier.docx");
        var pdf = await DossierForms.BytesAsync(company, link + "/dossier.pdf");
        var mails = await SentMail.ToAsync(Web, address);

        // The secret is drawn at random: it may spell anything.
        Read("page", (await company.GetAsync(link)).Document.Body!.TextContent, scene, "Ana Roche");
        Read("docx", string.Join('\n', DossierForms.InDocument(docx)), scene, "Ana Roche");
        Read("docx, each part of the archive", DossierForms.AllParts(docx), scene, "word/document.xml");
        Read("pdf", Forms.InPdf(pdf), scene, "AnaRoche");
        Read("pdf, its titles and marks", DossierForms.MarksOfPdf(pdf), scene, "Dossier de candidatures");
        Read("ics", await company.Client.GetStringAsync(new Uri(link + "/entretiens/1/1/entretien.ics", UriKind.Relative), Cancel), scene, "Base vie");
        Assert.Equal(2, mails.Count);
        Assert.All(mails, mail => Read("mail", string.Join('\n', mail.Parts).Replace(mail.Path, "", StringComparison.Ordinal), scene, "Matching"));
    }

    [Fact]
    public async Task The_record_the_attestation_and_the_mails_of_a_replacement_hold_nothing_of_the_person_either()
    {
        Forms.NeedPdf(Web);
        var scene = await Scene.MakeAsync(Web);
        var address = $"contact-{Guid.CreateVersion7():N}@entreprise.example";
        await scene.MakeReadyAsync(scene.People[0], scene.People[1]);
        await scene.SendAsync([.. (await scene.TransmissionFormAsync(scene.People[0])).Where(it => it.Name != "contact_courriel"), ("contact_courriel", address)]);
        await scene.StepAsync(scene.People[0], PreselectionState.Transmitted, PreselectionState.Chosen, ("note", "note-privee-plantee"));
        var path = (await scene.PathOfAsync(scene.People[0])).Id;
        await scene.Facilitator.PostAndFollowAsync(
            $"/preselections/{path}/embauche", ("employeur", $"{scene.Company}"), ("modalite", "EMBAUCHE_DIRECTE"), ("contrat", "CDD"), ("debut", "2026-11-16"), ("fin", "2027-05-31"), ("heures", "35"));
        await scene.Facilitator.PostAndFollowAsync($"/preselections/{path}/fin", ("fin", "2026-11-16"), ("sortie", "RECHERCHE"));
        await scene.Facilitator.PostAndFollowAsync($"/preselections/{path}/remplacement", ("nombre_postes", "1"), ("heures_insertion", "100"), ("prevenir_entreprise", "on"));

        foreach (var record in (string[])[$"/lots/{scene.Lot}/demarches", $"/lots/{scene.Lot}/attestation"])
        {
            var text = (await scene.Facilitator.GetAsync(record)).One("main").TextContent;
            Read(record, text, scene, "Gros œuvre");
            Assert.DoesNotContain("Roche", text, StringComparison.Ordinal);
            Read(record + ".pdf", Forms.InPdf(await DossierForms.BytesAsync(scene.Facilitator, record + ".pdf")), scene, "Grosœuvre");
            Read(record + ".xlsx", DossierForms.AllParts(await DossierForms.BytesAsync(scene.Facilitator, record + ".xlsx")), scene, "worksheet");
        }

        var mails = await SentMail.ToAsync(Web, address);
        Assert.Equal(2, mails.Count);
        Assert.All(mails, mail => Read("mail", string.Join('\n', mail.Parts).Replace(mail.Path, "", StringComparison.Ordinal), scene, "Matching"));
        Assert.All(mails, mail => Assert.DoesNotContain("Roche", mail.Everything, StringComparison.Ordinal));
    }

    private static void Read(string medium, string text, Scene scene, string allowed)
    {
        Assert.True(text.Contains(allowed, StringComparison.Ordinal), $"{medium}: {allowed} is not found, so the scan reads nothing");
        foreach (var value in Planted.Append(scene.Structure.Who!.OrganizationName).Append($"{scene.People[0].Id}"))
        {
            Assert.False(
                text.Contains(value, StringComparison.Ordinal) || text.Contains(Forms.Plain(value), StringComparison.Ordinal), $"{medium}: {value}");
        }
    }
}

public sealed class PlantedValuesOnSqlite(SqliteWeb web) : PlantedValuesTests(web), IClassFixture<SqliteWeb>;

public sealed class PlantedValuesOnPostgreSql(PostgreSqlWeb web) : PlantedValuesTests(web), IClassFixture<PostgreSqlWeb>;
