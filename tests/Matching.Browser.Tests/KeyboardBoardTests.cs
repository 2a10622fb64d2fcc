using Microsoft.Playwright;

namespace Matching.Browser.Tests;

/// <summary>The board of a posting by the keyboard alone: from card to card, choose, take a step, open the person.</summary>
public sealed class KeyboardBoardTests(Site site, Chromium chromium, AxeCore axe)
{
    // One that no other story plays with: they share the site.
    private const string Posting = "Technicien / Technicienne de déploiement informatique";

    [Fact]
    public async Task Arrows_go_from_card_to_card_a_number_takes_a_step_and_enter_opens_the_person()
    {
        var album = new Album(axe, "board-keyboard");
        await using var facilitator = await Visitor.ComeAsync(site, chromium, album);
        var page = facilitator.Page;
        await facilitator.SignInAsync("facilitatrice");
        await facilitator.GoToAreaAsync("Offres");
        await page.Locator("main tbody tr").Filter(new() { HasText = "Publiée" }).GetByRole(AriaRole.Link, new() { Name = Posting, Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Voir qui peut prendre ce poste" }).ClickAsync();
        for (var i = 0; i < 3; i++)
        {
            await RankedList.People(page).Nth(i).GetByRole(AriaRole.Checkbox).CheckAsync();
        }

        await RankedList.Submit(page).ClickAsync();
        var boxes = page.Locator(".board input[name=preselection]");
        await Assertions.Expect(boxes).ToHaveCountAsync(3);
        var second = await NameOfAsync(page, 1);

        await boxes.First.FocusAsync();
        await page.Keyboard.PressAsync("ArrowDown");
        Assert.True(await IsFocusedAsync(boxes.Nth(1)));
        await page.Keyboard.PressAsync("ArrowDown");
        await page.Keyboard.PressAsync("ArrowDown");
        Assert.True(await IsFocusedAsync(boxes.Nth(2)));
        await page.Keyboard.PressAsync("Home");
        await page.Keyboard.PressAsync("ArrowDown");
        await page.Keyboard.PressAsync("Space");
        await page.Keyboard.PressAsync("1");

        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("Étape enregistrée pour 1 personne");
        await Assertions.Expect(page.Locator(".board .column")).ToHaveCountAsync(2);
        Assert.Equal(second, Named(await page.Locator(".board .column").Nth(1).Locator("label").InnerTextAsync()));
        await boxes.First.FocusAsync();
        await page.Keyboard.PressAsync("ArrowRight");
        Assert.True(await IsFocusedAsync(page.Locator(".board .column").Nth(1).Locator("input[name=preselection]")));
        await facilitator.LookAsync("deux-colonnes");
        await page.Keyboard.PressAsync("Enter");

        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(second);
        album.AssertNoFault();
    }

    private static Task<bool> IsFocusedAsync(ILocator box) => box.EvaluateAsync<bool>("it => it === document.activeElement");

    private static async Task<string> NameOfAsync(IPage page, int at) => Named(await page.Locator(".board label").Nth(at).InnerTextAsync());

    // The label begins with a word for those who do not see the box.
    private static string Named(string label) => label.Replace("Cocher", "", StringComparison.Ordinal).Trim();
}
