using System.Net;
using Dapper;
using Matching.Rules.Preselection;
using Matching.Web.Platform;
using Matching.Web.Tests.Dashboards;
using Matching.Web.Tests.Preselection;

namespace Matching.Web.Tests.Attestations;

/// <summary>The two proofs: the validated hours, and what was done with a company.</summary>
public abstract class AttestationTests(WebFixture web) : WebTests(web)
{
    [Fact]
    public async Task An_attestation_lists_the_validated_hours_by_month_and_no_other()
    {
        var (scene, contract) = await HiredAsync();
        await DeclareAsync(scene, contract, "2026-11", "20", isValidated: true);
        await DeclareAsync(scene, contract, "2026-11", "3", isValidated: false);

        var page = await scene.Facilitator.GetAsync($"/contrats/{contract}/attestation");
        var lot = await scene.Facilitator.GetAsync($"/lots/{scene.Lot}/attestation");

        Assert.Contains("Attestation d’heures : Ana Roche", page.Words, StringComparison.Ordinal);
        Assert.Equal(["novembre 2026 Travail 20 h 20 h", "Total 20 h 20 h"], RowsOf(page));
        Assert.DoesNotContain("3 h", page.One("main").TextContent, StringComparison.Ordinal);
        Assert.Equal(2, RowsOf(lot).Count);
        Assert.StartsWith("A. R. 16/11/2026", RowsOf(lot)[0], StringComparison.Ordinal);
        Assert.DoesNotContain("Roche", lot.One("main").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Before_any_validation_the_attestation_says_that_there_is_nothing_to_attest()
    {
        var (scene, contract) = await HiredAsync();

        Assert.Contains("Aucune heure n’est encore validée.", (await scene.Facilitator.GetAsync($"/contrats/{contract}/attestation")).Words, StringComparison.Ordinal);
        Assert.Contains("Aucune heure n’est encore validée.", (await scene.Facilitator.GetAsync($"/lots/{scene.Lot}/attestation")).Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_pdf_is_tagged_french_and_says_what_the_page_says()
    {
        Forms.NeedPdf(Web);
        var (scene, contract) = await HiredAsync();
        await DeclareAsync(scene, contract, "2026-11", "20", isValidated: true);

        var pdf = await DossierForms.BytesAsync(scene.Facilitator, $"/contrats/{contract}/attestation.pdf");
        var source = System.Text.Encoding.Latin1.GetString(pdf);

        Assert.Equal("Attestation d’heures : Ana Roche", DossierForms.TitleOfPdf(pdf));
        Assert.Contains("/Lang (fr", source, StringComparison.Ordinal);
        Assert.Contains("/StructTreeRoot", source, StringComparison.Ordinal);
        Assert.Contains("novembre2026Travail20h20h", Forms.InPdf(pdf), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_done_with_a_company_is_dated_line_by_line_without_names_or_notes()
    {
        Forms.NeedPdf(Web);
        var (scene, _) = await HiredAsync();
        await scene.StepAsync(scene.People[1], PreselectionState.Transmitted, PreselectionState.Declined, ("motif", "MOBILITE"), ("note", "note-privee-plantee"));

        var page = await scene.Facilitator.GetAsync($"/lots/{scene.Lot}/demarches");
        var pdf = Forms.InPdf(await DossierForms.BytesAsync(scene.Facilitator, $"/lots/{scene.Lot}/demarches.pdf"));

        Assert.Contains("16/11/2026 Maçon Camille Chef A. R. (1), B. S. (2) 16/11/2026", RowsOf(page)[0], StringComparison.Ordinal);
        Assert.Contains(RowsOf(page), row => row.StartsWith("16/11/2026 Maçon A. R. Retenue par l’entreprise Zoé Martin", StringComparison.Ordinal));
        Assert.Contains(RowsOf(page), row => row.StartsWith("16/11/2026 Maçon B. S. Non retenue par l’entreprise Trajet trop difficile", StringComparison.Ordinal));
        Assert.Contains(RowsOf(page), row => row.StartsWith("16/11/2026 Maçon A. R. Embauchée", StringComparison.Ordinal));
        Assert.Contains("A.R.(1)", pdf, StringComparison.Ordinal);
        foreach (var text in (string[])[page.Document.Body!.TextContent, pdf])
        {
            Assert.All(["Roche", "Saule", "note-privee-plantee", "RSA", "1990", "Valmont", "mot-personnel", "Quelquesmots", "Quelques mots"], hidden => Assert.DoesNotContain(hidden, text, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Another_organisations_contract_or_lot_is_an_unknown_one()
    {
        var (scene, contract) = await HiredAsync();
        var (other, structure) = (await Web.SignInAsync(Roles.Facilitator), await Web.SignInAsync(Roles.Structure));

        foreach (var end in (string[])["", ".pdf", ".xlsx"])
        {
            Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync($"/contrats/{contract}/attestation{end}")).Status);
            Assert.Equal(HttpStatusCode.NotFound, (await structure.GetAsync($"/contrats/{contract}/attestation{end}")).Status);
            Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync($"/lots/{scene.Lot}/attestation{end}")).Status);
            Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync($"/lots/{scene.Lot}/demarches{end}")).Status);
            Assert.Equal(HttpStatusCode.Forbidden, (await structure.GetAsync($"/lots/{scene.Lot}/demarches{end}")).Status);
        }

        Assert.Equal(HttpStatusCode.OK, (await scene.Structure.GetAsync($"/contrats/{contract}/attestation")).Status);
    }

    private static IReadOnlyList<string> RowsOf(PageSeen page) => [.. page.All("main tbody tr").Select(row => string.Join(' ', row.Children.Select(cell => cell.TextContent.Trim()).Where(text => text.Length > 0)).Replace('\u202f', ' ').Replace('\u00a0', ' '))];

    /// <summary>Two people sent; the company opened the page and kept the first, who is hired.</summary>
    private async Task<(Scene Scene, Guid Contract)> HiredAsync()
    {
        var scene = await Scene.MakeAsync(Web);
        var link = await scene.TransmitAsync(scene.People[0], scene.People[1]);
        var company = Web.Visitor();
        await company.GetAsync(link);
        await company.PostAndFollowAsync(link, ("votre_nom", "Zoé Martin"), ("fiche", "1"), ("depuis", "TRANSMISE"), ("reponse", "retenir"));
        Assert.NotNull((await scene.Facilitator.PostFormAsync(
            $"/preselections/{(await scene.PathOfAsync(scene.People[0])).Id}/embauche",
            ("employeur", $"{scene.Company}"), ("modalite", "EMBAUCHE_DIRECTE"), ("contrat", "CDD"), ("debut", "2026-11-16"), ("fin", "2027-05-31"), ("heures", "35"))).RedirectsTo);
        await using var db = await Web.Database.OpenAsync(Cancel);
        return (scene, await db.QuerySingleAsync<Guid>("select id from work_contract where posting_id = @Posting", new { scene.Posting }));
    }

    private async Task DeclareAsync(Scene scene, Guid contract, string month, string hours, bool isValidated)
    {
        var key = $"{Guid.CreateVersion7()}";
        var declared = await scene.Facilitator.PostFormAsync($"/heures/contrats/{contract}", ("mois", month), ("nature", "TRAVAIL"), ("duree", hours), ("envoi", key));
        Assert.True(declared.RedirectsTo is not null, declared.Words);
        if (isValidated)
        {
            await using var db = await Web.Database.OpenAsync(Cancel);
            var entry = await db.QuerySingleAsync<Guid>("select id from hour_entry where contract_id = @contract order by declared_at desc limit 1", new { contract });
            Assert.NotNull((await scene.Facilitator.PostFormAsync($"/heures/lignes/{entry}/decision", ("decision", "VALIDER"))).RedirectsTo);
        }
    }
}

public sealed class AttestationOnSqlite(SqliteWeb web) : AttestationTests(web), IClassFixture<SqliteWeb>;

public sealed class AttestationOnPostgreSql(PostgreSqlWeb web) : AttestationTests(web), IClassFixture<PostgreSqlWeb>;
