using Microsoft.Playwright;

namespace Matching.Browser.Tests;

/// <summary>The way from the page « Transmettre » to the company's link.</summary>
internal static class SentDossier
{
    /// <summary>Fills in, previews and sends; answers the link.</summary>
    public static async Task<string> SendAsync(Visitor facilitator)
    {
        var page = facilitator.Page;
        await facilitator.LookAsync("transmettre");
        await page.GetByLabel("Contact dans l’entreprise").FillAsync("Camille Chef");
        await page.GetByLabel("Son courriel").FillAsync("camille@entreprise.example");
        await page.GetByRole(AriaRole.Button, new() { Name = "Prévisualiser le dossier" }).ClickAsync();
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("Rien n’est encore envoyé.");
        await facilitator.LookAsync("apercu-du-dossier");
        await page.GetByRole(AriaRole.Button, new() { Name = "Créer le lien et transmettre" }).ClickAsync();
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("Le lien de l’entreprise est prêt.");
        await facilitator.LookAsync("lien-de-l-entreprise");
        return await page.GetByLabel("Lien à copier").InputValueAsync();
    }
}
