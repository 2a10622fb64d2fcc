using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Matching.Browser.Tests;

/// <summary>The first visit of a facilitator, played in a browser from the posting to the monthly table, with the company in another window.</summary>
public sealed partial class FirstVisitTests(Site site, Chromium chromium, AxeCore axe)
{
    private const string Posting = "Manœuvre bâtiment";
    private const string NoHours = "0 h";
    private const string DeclaredHours = "5 h";

    private readonly List<string> hidden = [];
    private Visitor facilitator = null!;
    private string market = "";
    private string board = "";
    private string today = "";

    private IPage Page => facilitator.Page;

    [Fact]
    public async Task A_facilitator_goes_from_a_posting_to_a_hire_and_sees_its_hours_in_the_monthly_table()
    {
        var album = new Album(axe, "first-visit");
        await using var atWork = facilitator = await Visitor.ComeAsync(site, chromium, album);
        await facilitator.SignInAsync("facilitatrice");
        await facilitator.LookAsync("accueil");

        await OpenRankedPeopleAsync();
        await ReadReasonsAsync();
        await PreselectThreeAsync();
        await ValidateEligibilityAsync();
        await AgreeWithThePeopleAsync();
        var link = await TransmitAsync();
        await using (var company = await Visitor.ComeAsync(site, chromium, album))
        {
            await company.Page.GotoAsync(link);
            await company.LookAsync("page-de-l-entreprise");
            await AnswerAsync(company);
            await company.LookAsync("reponses-de-l-entreprise");
        }

        await HireTheChosenOneAsync();
        Assert.Equal(NoHours, await HoursOfTheMarketAsync());
        await DeclareHoursAsync();
        Assert.Equal(NoHours, await HoursOfTheMarketAsync());
        await ValidateHoursAsync();
        Assert.Equal(DeclaredHours, await HoursOfTheMarketAsync());
        await facilitator.LookAsync("tableau-du-marche");

        album.AssertNoFault();
    }

    private async Task OpenRankedPeopleAsync()
    {
        await facilitator.GoToAreaAsync("Offres");
        await facilitator.LookAsync("offres");
        var link = Page.GetByRole(AriaRole.Link, new() { Name = Posting, Exact = true });
        market = MarketReference().Match(await Page.Locator("main tbody tr").Filter(new() { Has = link }).InnerTextAsync()).Value;
        await link.ClickAsync();
        await facilitator.LookAsync("offre");
        await Page.GetByRole(AriaRole.Link, new() { Name = "Voir qui peut prendre ce poste" }).ClickAsync();
        await facilitator.LookAsync("personnes-classees");
    }

    private async Task ReadReasonsAsync()
    {
        var people = await RankedList.People(Page).AllAsync();
        Assert.Equal(20, people.Count);
        var scores = new List<int>();
        foreach (var person in people)
        {
            scores.Add(await RankedList.ScoreAsync(person));
            Assert.Equal(scores[^1], await RankedList.SumOfPointsAsync(person));
            Assert.InRange(await person.Locator(".reasons .for").CountAsync(), 1, 4);
            Assert.InRange(await person.Locator(".reasons .against").CountAsync(), 0, 3);
        }

        Assert.Equal(scores.OrderDescending(), scores);
        await people[0].GetByRole(AriaRole.Heading).GetByRole(AriaRole.Link).ClickAsync();
        await facilitator.LookAsync("une-personne");
        Assert.Equal(scores[0], RankedList.Number(await Page.Locator("tfoot td").InnerTextAsync()));
        Assert.Equal(scores[0], (await Page.Locator("tbody td.number").AllInnerTextsAsync()).Sum(RankedList.Number));
        await Page.GoBackAsync();
    }

    // One of the three still has a proof to show, so that this step is played too.
    private async Task PreselectThreeAsync()
    {
        var people = RankedList.People(Page);
        var ready = people.Filter(new() { HasText = "justificatif vu" });
        foreach (var person in new[] { ready.Nth(0), ready.Nth(1), people.Filter(new() { HasText = "Justificatif à voir" }).First })
        {
            var source = (await person.Locator("h2 .hint").InnerTextAsync()).Split(", réf. ");
            hidden.AddRange([source[0], .. PoolFileFacts.HiddenFromCompany(source[1])]);
            hidden.Add((await person.GetByRole(AriaRole.Checkbox).GetAttributeAsync("value"))!);
            await person.GetByRole(AriaRole.Checkbox).CheckAsync();
        }

        await RankedList.Submit(Page).ClickAsync();
        await SeesAsync("3 personnes ajoutées");
        await facilitator.LookAsync("trois-personnes");
        board = Page.Url;
    }

    private async Task ValidateEligibilityAsync()
    {
        var toValidate = Page.GetByRole(AriaRole.Link, new() { Name = "Éligibilité à valider" });
        for (var left = 3; left > 0; left--)
        {
            Assert.Equal(left, await toValidate.CountAsync());
            await toValidate.First.ClickAsync();
            var heading = await Page.Locator("#publics").InnerTextAsync();
            today = Day().Replace(Day().Match(heading).Value, "$3-$2-$1");
            if (heading.EndsWith("un justificatif manque", StringComparison.Ordinal))
            {
                await facilitator.LookAsync("eligibilite-justificatif-manquant");
                await RecordTheMissingProofAsync();
            }

            await Page.GetByRole(AriaRole.Button, new() { Name = "Valider sur justificatif" }).ClickAsync();
            await SeesAsync("Éligibilité validée");
            if (left == 1)
            {
                await facilitator.LookAsync("eligibilite-validee");
            }

            await Page.GotoAsync(board);
        }

        Assert.Equal(0, await toValidate.CountAsync());
    }

    private async Task RecordTheMissingProofAsync()
    {
        var row = Page.Locator("tbody tr").Filter(new() { Has = Page.Locator(".badge.warn") }).First;
        var label = (await row.GetByRole(AriaRole.Rowheader).InnerTextAsync()).Split('\n')[0].Trim();
        var proofs = Page.GetByLabel("Justificatif", new() { Exact = true });
        var choice = proofs.Locator("option").Filter(new() { HasText = label + " :" });
        await proofs.SelectOptionAsync((await choice.GetAttributeAsync("value"))!);
        await Page.GetByLabel("Vu le").FillAsync(today);
        await Page.GetByRole(AriaRole.Button, new() { Name = "Enregistrer le justificatif" }).ClickAsync();
        await SeesAsync("Justificatif enregistré.");
    }

    private async Task AgreeWithThePeopleAsync()
    {
        foreach (var (step, state) in new[]
        {
            ("Noter que la personne est contactée", "Contactée"), ("Noter que la personne est intéressée", "Intéressée"), ("Présélectionner", "Présélectionnée"),
        })
        {
            foreach (var box in await Page.Locator(".board").GetByRole(AriaRole.Checkbox).AllAsync())
            {
                await box.CheckAsync();
            }

            await Page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex($"^{step}") }).ClickAsync();
            await SeesAsync("Étape enregistrée pour 3 personnes.");
            Assert.Equal([$"{state} 3"], await Page.Locator(".board h2").AllInnerTextsAsync());
        }

        await facilitator.LookAsync("trois-preselectionnees");
    }

    private async Task<string> TransmitAsync()
    {
        await Page.GetByRole(AriaRole.Link, new() { Name = "Transmettre" }).ClickAsync();
        return await SentDossier.SendAsync(facilitator);
    }

    private async Task AnswerAsync(Visitor company)
    {
        var page = company.Page;
        Assert.Equal(["formulaire"], (await page.Context.CookiesAsync()).Select(cookie => cookie.Name));
        var source = await (await page.ReloadAsync())!.TextAsync();
        Assert.Contains("Éligible à la clause : oui", source, StringComparison.Ordinal);
        Assert.Equal([], PoolFileFacts.FoundIn(source, hidden));
        Assert.Equal(3, await page.Locator("section.file").CountAsync());

        var meet = page.Locator("#fiche-1");
        await meet.GetByLabel("Jour proposé").FillAsync(DateOnly.Parse(today, CultureInfo.InvariantCulture).AddDays(1).ToString("O", CultureInfo.InvariantCulture)); // half past two of today may be over
        await meet.GetByLabel("Heure", new() { Exact = true }).FillAsync("14:30");
        await meet.GetByLabel("Votre nom").First.FillAsync("Camille Chef");
        await meet.GetByRole(AriaRole.Button, new() { Name = "Rencontrer" }).ClickAsync();
        await Assertions.Expect(page.Locator("#fiche-1")).ToContainTextAsync("Votre réponse : rencontrer, le ");
        await page.Locator("#fiche-2").GetByRole(AriaRole.Button, new() { Name = "Retenir", Exact = true }).ClickAsync();
        await Assertions.Expect(page.Locator("#fiche-2")).ToContainTextAsync("Votre réponse : retenue.");
        await page.Locator("#fiche-3").GetByLabel("Motif").SelectOptionAsync("COMPETENCES");
        await page.Locator("#fiche-3").GetByRole(AriaRole.Button, new() { Name = "Ne pas retenir" }).ClickAsync();
        await Assertions.Expect(page.Locator("#fiche-3")).ToContainTextAsync("Votre réponse : non retenue (Compétences ou expérience éloignées du poste).");
    }

    private async Task HireTheChosenOneAsync()
    {
        await Page.GotoAsync(board);
        await facilitator.LookAsync("reponses-recues");
        await Page.GetByRole(AriaRole.Region, new() { NameRegex = new Regex("^Retenue par l’entreprise") }).GetByRole(AriaRole.Link, new() { Name = "Suivre" }).ClickAsync();
        await facilitator.LookAsync("suivi-d-une-personne");
        await Page.GetByRole(AriaRole.Link, new() { Name = "Enregistrer l’embauche" }).ClickAsync();
        await Page.GetByLabel("Début du contrat").FillAsync(today);
        await Page.GetByLabel("Fin du contrat").FillAsync(DateOnly.Parse(today, CultureInfo.InvariantCulture).AddMonths(2).ToString("O", CultureInfo.InvariantCulture));
        await facilitator.LookAsync("embauche");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Enregistrer l’embauche" }).ClickAsync();
        await SeesAsync("Embauche enregistrée.");
    }

    private async Task<string> HoursOfTheMarketAsync()
    {
        await facilitator.GoToAreaAsync("Tableaux de bord");
        await Page.Locator("article.card").Filter(new() { HasText = market }).GetByRole(AriaRole.Heading).GetByRole(AriaRole.Link).ClickAsync();
        Assert.Contains(market, await Page.Locator("main").InnerTextAsync(), StringComparison.Ordinal);
        var row = Page.Locator("table[data-table=lots] tbody tr").Filter(new() { HasText = "Ensemble du marché" });
        var cells = await row.GetByRole(AriaRole.Cell).AllInnerTextsAsync();
        Assert.Equal(cells[1], cells[2]);
        return cells[2].Replace('\u00A0', ' ').Replace('\u202F', ' ');
    }

    // Other stories hire on the same site: the contract is found by its market, not by its place.
    private Task OpenContractOfTheMarketAsync() =>
        Page.GetByRole(AriaRole.Table).GetByRole(AriaRole.Row).Filter(new() { HasText = market }).GetByRole(AriaRole.Link).ClickAsync();

    private async Task DeclareHoursAsync()
    {
        await facilitator.GoToAreaAsync("Heures");
        await facilitator.LookAsync("heures");
        await OpenContractOfTheMarketAsync();
        await Page.GetByLabel("Heures", new() { Exact = true }).FillAsync(DeclaredHours);
        await Page.GetByRole(AriaRole.Button, new() { Name = "Déclarer" }).ClickAsync();
        await facilitator.LookAsync("heures-declarees");
    }

    private async Task ValidateHoursAsync()
    {
        await facilitator.GoToAreaAsync("Heures");
        await OpenContractOfTheMarketAsync();
        await Page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Valider") }).ClickAsync();
        await facilitator.LookAsync("heures-validees");
    }

    private Task SeesAsync(string words) => Assertions.Expect(Page.Locator("main")).ToContainTextAsync(words);

    [GeneratedRegex(@"\b\d{4}-[A-Z]{3}-\d{3}\b")]
    private static partial Regex MarketReference();

    [GeneratedRegex(@"(\d{2})/(\d{2})/(\d{4})")]
    private static partial Regex Day();
}
