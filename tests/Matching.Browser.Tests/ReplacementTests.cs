using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Matching.Browser.Tests;

/// <summary>
/// A structure proposes two people, the facilitator sends four, the company answers from a telephone, one does not come, one is hired and leaves
/// after two weeks, and the next in line is hired.
/// </summary>
public sealed partial class ReplacementTests(Site site, Chromium chromium, AxeCore axe)
{
    private const string Posting = "Agent / Agente d'entretien des espaces naturels";
    private const int TelephoneWidth = 390;
    private const int TwoWeeks = 14;

    private readonly string today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(TimeProvider.System.GetUtcNow(), TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris")).DateTime).ToString("O", CultureInfo.InvariantCulture);
    private Visitor facilitator = null!;
    private string posting = "";

    private IPage Page => facilitator.Page;

    [Fact]
    public async Task Someone_leaves_after_two_weeks_and_the_next_person_in_line_is_hired()
    {
        var album = new Album(axe, "replacement");
        await using (var structure = await Visitor.ComeAsync(site, chromium, album))
        {
            await ProposeTwoAsync(structure);
        }

        await using var atWork = facilitator = await Visitor.ComeAsync(site, chromium, album);
        await facilitator.SignInAsync("facilitatrice");
        await PreselectFourAsync();
        await ValidateAsync();
        await AgreeAsync();
        await Page.GotoAsync($"{posting}/transmettre");
        var link = await SentDossier.SendAsync(facilitator);
        await using (var company = await Visitor.ComeAsync(site, chromium, album))
        {
            await AnswerFromATelephoneAsync(company, link);
            await site.LetPassAsync(days: 2);
            await NoteWhoDidNotComeAsync(company, link);
        }

        await HireAsync();
        await site.LetPassAsync(TwoWeeks);
        await LeaveAndReplaceAsync();
        await ValidateAsync();
        await AgreeAsync();
        await Page.GotoAsync($"{posting}/transmettre");
        var second = await SentDossier.SendAsync(facilitator);
        await using (var company = await Visitor.ComeAsync(site, chromium, album))
        {
            await company.Page.GotoAsync(second);
            await KeepAsync(company.Page, company.Page.Locator("section.file").First);
        }

        await HireAsync();
        await Page.GotoAsync($"{posting}/preselections");
        await SeesAsync("2 embauches pour");
        await facilitator.LookAsync("remplacement-fait");
        album.AssertNoFault();
    }

    private async Task ProposeTwoAsync(Visitor structure)
    {
        var page = structure.Page;
        await structure.SignInAsync("siae");
        await structure.GoToAreaAsync("Offres");
        posting = (await page.GetByRole(AriaRole.Link, new() { Name = Posting, Exact = true }).First.GetAttributeAsync("href"))!;
        await page.GotoAsync(posting);
        await page.GetByRole(AriaRole.Link, new() { Name = "Proposer des personnes" }).ClickAsync();
        var ready = page.Locator("ol.ranked > li").Filter(new() { HasText = "justificatif vu" });
        await ready.Nth(0).GetByRole(AriaRole.Checkbox).CheckAsync();
        await ready.Nth(1).GetByRole(AriaRole.Checkbox).CheckAsync();
        await structure.LookAsync("structure-propose");
        await page.GetByRole(AriaRole.Button, new() { Name = "Proposer les personnes cochées" }).ClickAsync();
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("À l’étude par le facilitateur");
    }

    private async Task PreselectFourAsync()
    {
        for (var left = 2; left > 0; left--)
        {
            await Page.GotoAsync($"{posting}/candidats");
            await Assertions.Expect(Page.Locator(".suggested").GetByRole(AriaRole.Button, new() { NameRegex = Preselect() })).ToHaveCountAsync(left);
            await Page.Locator(".suggested").GetByRole(AriaRole.Button, new() { NameRegex = Preselect() }).First.ClickAsync();
            await SeesAsync("1 personne ajoutée");
        }

        await Page.GotoAsync($"{posting}/candidats");
        var ready = RankedList.People(Page).Filter(new() { HasText = "justificatif vu", Has = Page.GetByRole(AriaRole.Checkbox) });
        await ready.Nth(0).GetByRole(AriaRole.Checkbox).CheckAsync();
        await ready.Nth(1).GetByRole(AriaRole.Checkbox).CheckAsync();
        await RankedList.Submit(Page).ClickAsync();
        await SeesAsync("2 personnes ajoutées");
        await Assertions.Expect(Page.Locator(".board li")).ToHaveCountAsync(4);
        await facilitator.LookAsync("quatre-personnes");
    }

    private async Task ValidateAsync()
    {
        await Page.GotoAsync($"{posting}/preselections");
        var toValidate = Page.GetByRole(AriaRole.Region, new() { NameRegex = Proposed() }).GetByRole(AriaRole.Link, new() { Name = "Éligibilité à valider" });
        while (await toValidate.CountAsync() > 0)
        {
            await toValidate.First.ClickAsync();
            await Page.GetByRole(AriaRole.Button, new() { Name = "Valider sur justificatif" }).ClickAsync();
            await SeesAsync("Éligibilité validée");
            await Page.GotoAsync($"{posting}/preselections");
        }
    }

    private async Task AgreeAsync()
    {
        foreach (var box in await Page.GetByRole(AriaRole.Region, new() { NameRegex = Proposed() }).GetByRole(AriaRole.Checkbox).AllAsync())
        {
            await box.CheckAsync();
        }

        await Page.GetByRole(AriaRole.Button, new() { NameRegex = Preselect() }).ClickAsync();
        await SeesAsync("Étape enregistrée pour");
    }

    private async Task AnswerFromATelephoneAsync(Visitor company, string link)
    {
        var page = company.Page;
        await page.GotoAsync(link);
        await Assertions.Expect(page.Locator("section.file")).ToHaveCountAsync(4);
        await company.LookAsync("dossier-de-quatre");
        await page.SetViewportSizeAsync(TelephoneWidth, 844);
        var first = page.Locator("#fiche-1");
        await first.GetByLabel("Jour proposé").FillAsync(DateOnly.Parse(today, CultureInfo.InvariantCulture).AddDays(1).ToString("O", CultureInfo.InvariantCulture));
        await first.GetByLabel("Heure", new() { Exact = true }).FillAsync("14:30");
        await first.GetByLabel("Votre nom").First.FillAsync("Camille Chef");
        await first.GetByRole(AriaRole.Button, new() { Name = "Rencontrer" }).ClickAsync();
        await Assertions.Expect(first).ToContainTextAsync("Votre réponse : rencontrer, le ");
        await KeepAsync(page, page.Locator("#fiche-2"));
        foreach (var place in (int[])[3, 4])
        {
            var file = page.Locator($"#fiche-{place}");
            await file.GetByLabel("Motif").SelectOptionAsync("POSTE_POURVU");
            await file.GetByRole(AriaRole.Button, new() { Name = "Ne pas retenir" }).ClickAsync();
            await Assertions.Expect(file).ToContainTextAsync("Votre réponse : non retenue (Poste déjà pourvu).");
        }

        await company.LookAsync("reponses-au-telephone");
    }

    private static async Task KeepAsync(IPage page, ILocator file)
    {
        await page.SetViewportSizeAsync(TelephoneWidth, 844);
        await file.GetByLabel("Votre nom").First.FillAsync("Camille Chef");
        await file.GetByRole(AriaRole.Button, new() { Name = "Retenir", Exact = true }).ClickAsync();
        await Assertions.Expect(file).ToContainTextAsync("Votre réponse : retenue.");
    }

    private static async Task NoteWhoDidNotComeAsync(Visitor company, string link)
    {
        var page = company.Page;
        await page.GotoAsync(link);
        await page.SetViewportSizeAsync(TelephoneWidth, 844);
        await page.Locator("#fiche-1 .slots").GetByRole(AriaRole.Button, new() { Name = "La personne n’est pas venue" }).ClickAsync();
        await Assertions.Expect(page.Locator("#fiche-1 .slots")).ToContainTextAsync("pas venue");
        await company.LookAsync("une-personne-n-est-pas-venue");
    }

    private async Task HireAsync()
    {
        await Page.GotoAsync($"{posting}/preselections");
        await Page.GetByRole(AriaRole.Region, new() { NameRegex = Chosen() }).GetByRole(AriaRole.Link, new() { Name = "Suivre" }).First.ClickAsync();
        await Page.GetByRole(AriaRole.Link, new() { Name = "Enregistrer l’embauche" }).ClickAsync();
        await Page.GetByLabel("Début du contrat").FillAsync(today);
        await Page.GetByLabel("Fin du contrat").FillAsync(DateOnly.Parse(today, CultureInfo.InvariantCulture).AddMonths(2).ToString("O", CultureInfo.InvariantCulture));
        await Page.GetByRole(AriaRole.Button, new() { Name = "Enregistrer l’embauche" }).ClickAsync();
        await SeesAsync("Embauche enregistrée.");
    }

    private async Task LeaveAndReplaceAsync()
    {
        await Page.GetByRole(AriaRole.Link, new() { Name = "Enregistrer la fin du contrat" }).ClickAsync();
        await Page.GetByLabel("Dernier jour du contrat").FillAsync(today);
        await Page.GetByLabel("Situation à la sortie").SelectOptionAsync("RECHERCHE");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Enregistrer la fin du contrat" }).ClickAsync();
        await Page.GetByRole(AriaRole.Link, new() { Name = "Chercher un remplacement" }).ClickAsync();
        await facilitator.LookAsync("remplacement");
        await Page.Locator("input[name=personne]").First.CheckAsync();
        await Page.GetByRole(AriaRole.Button, new() { Name = "Lancer le remplacement" }).ClickAsync();
        await SeesAsync("1 personne est demandée à sa structure.");
        await facilitator.LookAsync("remplacement-lance");
    }

    private Task SeesAsync(string text) => Assertions.Expect(Page.Locator("main")).ToContainTextAsync(text);

    [GeneratedRegex("^Présélectionner")]
    private static partial Regex Preselect();

    [GeneratedRegex("^Proposée")]
    private static partial Regex Proposed();

    [GeneratedRegex("^Retenue par l’entreprise")]
    private static partial Regex Chosen();
}
