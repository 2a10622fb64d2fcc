using Microsoft.Playwright;

namespace Matching.Browser.Tests;

/// <summary>The ranked list for people who use no mouse, and in browsers that run no script.</summary>
public sealed class WithoutMouseOrScriptTests(Site site, Chromium chromium, AxeCore axe)
{
    private const int MostKeys = 60;

    [Fact]
    public async Task The_keyboard_alone_reaches_and_ticks_the_first_person_and_sends_the_list()
    {
        var album = new Album(axe, "keyboard");
        await using var facilitator = await Visitor.ComeAsync(site, chromium, album);
        var page = facilitator.Page;
        await OpenRankedListAsync(facilitator, "Peintre en bâtiment");
        var box = RankedList.People(page).First.GetByRole(AriaRole.Checkbox);
        var name = await NameOfFirstAsync(page);

        await TabToAsync(page, box);
        Assert.NotEqual("none", await box.EvaluateAsync<string>("it => getComputedStyle(it).outlineStyle"));
        await page.Keyboard.PressAsync("Space");
        Assert.True(await box.IsCheckedAsync());
        await facilitator.LookAsync("case-cochee");
        await TabToAsync(page, RankedList.Submit(page), MostKeys * 4);
        await page.Keyboard.PressAsync("Enter");

        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("1 personne ajoutée");
        await Assertions.Expect(page.Locator(".board li")).ToHaveCountAsync(1);
        Assert.Equal(name, await InitialsOnBoardAsync(page));
        album.AssertNoFault();
    }

    [Fact]
    public async Task The_ranked_list_and_its_preselection_work_without_javascript()
    {
        var album = new Album(axe, "without-javascript");
        await using var facilitator = await Visitor.ComeAsync(site, chromium, album, withScripts: false);
        var page = facilitator.Page;
        await OpenRankedListAsync(facilitator, "Maçon / Maçonne");
        var first = RankedList.People(page).First;
        var name = await NameOfFirstAsync(page);
        Assert.Equal(await RankedList.ScoreAsync(first), await RankedList.SumOfPointsAsync(first));

        await first.GetByRole(AriaRole.Checkbox).CheckAsync();
        await RankedList.Submit(page).ClickAsync();

        await Assertions.Expect(page.Locator(".board li")).ToHaveCountAsync(1);
        Assert.Equal(name, await InitialsOnBoardAsync(page));
        await page.GetByRole(AriaRole.Link, new() { Name = "Personnes classées" }).ClickAsync();
        await Assertions.Expect(RankedList.People(page).First.GetByRole(AriaRole.Checkbox)).ToHaveCountAsync(0);
        await facilitator.LookAsync("deja-proposee");
        album.AssertNoFault();
    }

    private static async Task OpenRankedListAsync(Visitor facilitator, string posting)
    {
        await facilitator.SignInAsync("facilitatrice");
        await facilitator.GoToAreaAsync("Offres");
        await facilitator.Page.GetByRole(AriaRole.Link, new() { Name = posting, Exact = true }).ClickAsync();
        await facilitator.Page.GetByRole(AriaRole.Link, new() { Name = "Voir qui peut prendre ce poste" }).ClickAsync();
    }

    private static async Task TabToAsync(IPage page, ILocator target, int most = MostKeys)
    {
        for (var keys = 0; keys < most; keys++)
        {
            if (await target.EvaluateAsync<bool>("it => it === document.activeElement"))
            {
                return;
            }

            await page.Keyboard.PressAsync("Tab");
        }

        Assert.Fail($"{most} presses of the tab key do not reach it.");
    }

    // The list shows initials; the board, where the facilitator calls people, shows names.
    private static async Task<string> NameOfFirstAsync(IPage page) =>
        Initials(await RankedList.People(page).First.GetByRole(AriaRole.Heading).GetByRole(AriaRole.Link).InnerTextAsync());

    private static async Task<string> InitialsOnBoardAsync(IPage page) =>
        Initials((await page.Locator(".board label").InnerTextAsync()).Replace("Cocher", "", StringComparison.Ordinal));

    private static string Initials(string name) => string.Concat(name.Split([' ', '.', '\n'], StringSplitOptions.RemoveEmptyEntries).Select(word => word[0]).Order());
}
