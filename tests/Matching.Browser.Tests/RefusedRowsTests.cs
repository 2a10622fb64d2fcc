using System.Text;
using Microsoft.Playwright;

namespace Matching.Browser.Tests;

/// <summary>A structure imports a file of its own making, says what its columns are, and reads what is to be mended.</summary>
public sealed class RefusedRowsTests(Site site, Chromium chromium, AxeCore axe)
{
    // Nobody of it is kept: the people of the other stories stay as they are.
    private const string File = """
        Référence;Nom;Prénom;Né(e) le;Portable;CP;Ville;Métiers recherchés;Disponible à partir du;Trajet maximum;Transport;Publics;Remarques de la conseillère
        NAV-1;Essai;Camille;31/02/1992;06 39 98 00 01;00100;Valmiron;F1703;01/12/2026;45;transports;DELD;à rappeler
        NAV-2;Essai;Dominique;14/03/1992;06 39 98 00 02;00100;Valmiron;F1703;01/12/2026;45;montgolfière-de-location-partagée-entre-plusieurs-communes-voisines;DELD;
        """;

    [Fact]
    public async Task A_structure_says_what_its_columns_are_and_sees_what_is_to_be_mended()
    {
        var album = new Album(axe, "refused-rows");
        await using var structure = await Visitor.ComeAsync(site, chromium, album);
        var page = structure.Page;
        await structure.SignInAsync("siae");
        await page.GotoAsync("/viviers/importer");
        await page.GetByLabel("Fichier des personnes").SetInputFilesAsync(new FilePayload { Name = "suivi.csv", MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes(File) });
        await page.GetByRole(AriaRole.Button, new() { Name = "Importer", Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Associer les colonnes");
        await structure.LookAsync("colonnes-a-associer");

        await page.GetByRole(AriaRole.Button, new() { Name = "Importer avec ces colonnes" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Lignes refusées" })).ToBeVisibleAsync(new() { Timeout = 30_000 });
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("Cette date n’existe pas");
        await structure.LookAsync("rapport-avec-lignes-refusees");
        await page.GetByRole(AriaRole.Link, new() { Name = "Corriger ici, ligne par ligne" }).ClickAsync();
        await structure.LookAsync("ligne-a-corriger");
        album.AssertNoFault();
    }
}
