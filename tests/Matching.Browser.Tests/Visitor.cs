using System.Globalization;
using Microsoft.Playwright;

namespace Matching.Browser.Tests;

/// <summary>
/// Someone at a browser window of their own. What no page should do (an error in the console, a call to another site, a line wider than a
/// telephone, an accessibility fault) is gathered in the album as the pages are looked at.
/// </summary>
public sealed class Visitor : IAsyncDisposable
{
    private const int WideWidth = 1280;
    private const int NarrowWidth = 390;
    private const int MostPictureAttempts = 3;

    private readonly Album album;
    private readonly IBrowserContext window;

    private readonly bool withScripts;

    private Visitor(Album album, IBrowserContext window, IPage page, bool withScripts) =>
        (this.album, this.window, Page, this.withScripts) = (album, window, page, withScripts);

    public IPage Page { get; }

    /// <summary>Opens a window at 1280 pixels; skips the test when Chromium is not installed.</summary>
    public static async Task<Visitor> ComeAsync(Site site, Chromium chromium, Album album, bool withScripts = true)
    {
        Assert.SkipWhen(chromium.Missing is not null, chromium.Missing ?? "");
        var address = await site.OpenAsync();
        var window = await chromium.NewWindowAsync(new BrowserNewContextOptions
        {
            BaseURL = address.ToString(),
            Locale = "fr-FR",
            JavaScriptEnabled = withScripts,
            ReducedMotion = ReducedMotion.Reduce,
            ViewportSize = new ViewportSize { Width = WideWidth, Height = 900 },
        });
        var page = await window.NewPageAsync();
        page.Console += (_, message) => album.FaultWhen(message.Type == "error", $"console of {page.Url}: {message.Text}");
        page.Request += (_, request) => album.FaultWhen(!request.Url.StartsWith(address.ToString(), StringComparison.Ordinal), $"asks another site: {request.Url}");
        page.Response += (_, response) => album.FaultWhen(response.Status >= 400, $"{response.Status} for {response.Url}");
        return new Visitor(album, window, page, withScripts);
    }

    public async Task SignInAsync(string userName)
    {
        await Page.GotoAsync("/connexion");
        await LookAsync("connexion");
        await Page.GetByLabel("Identifiant").FillAsync(userName);
        await Page.GetByLabel("Mot de passe").FillAsync("demonstration");
        await Page.Locator("main").GetByRole(AriaRole.Button, new() { Name = "Se connecter" }).ClickAsync();
    }

    /// <summary>A link of the navigation bar.</summary>
    public Task GoToAreaAsync(string area) =>
        Page.GetByRole(AriaRole.Navigation, new() { Name = "Rubriques", Exact = true }).GetByRole(AriaRole.Link, new() { Name = area }).ClickAsync();

    /// <summary>Checks the page and keeps its picture, on a screen and on a telephone.</summary>
    public async Task LookAsync(string name)
    {
        var number = album.NextNumber();
        foreach (var (width, height) in new[] { (NarrowWidth, 844), (WideWidth, 900) })
        {
            await Page.SetViewportSizeAsync(width, height);
            if (withScripts)
            {
                await CheckAsync($"{name} at {width}", width);
            }

            var file = string.Create(CultureInfo.InvariantCulture, $"{number:00}-{name}-{width}.png");
            await KeepPictureAsync(Path.Combine(album.Folder, file));
        }
    }

    // The picture is for people to look at later. On a busy machine Chromium now and then loses the request for one and never answers it: it is asked again.
    private async Task KeepPictureAsync(string file)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await Page.ScreenshotAsync(new PageScreenshotOptions { Path = file, FullPage = true });
                return;
            }
            catch (TimeoutException) when (attempt < MostPictureAttempts)
            {
                await Page.BringToFrontAsync();
            }
        }
    }

    // The checks are scripts themselves: a window without scripts only has its picture kept.
    private async Task CheckAsync(string where, int width)
    {
        await album.CheckAsync(Page, where);
        var shown = await Page.EvaluateAsync<int>("document.scrollingElement.scrollWidth");
        album.FaultWhen(shown > width, $"{where}: the page is {shown} pixels wide");

        // What a region hides to its side does not widen the page; a row made a block on a narrow window has no side to look for it.
        var hidden = await Page.EvaluateAsync<int>("[...document.querySelectorAll('.scroll')].filter(it => it.querySelector('table.stack tr') && getComputedStyle(it.querySelector('table.stack tr')).display === 'block' && it.scrollWidth > it.clientWidth).length");
        album.FaultWhen(hidden > 0, $"{where}: {hidden} tables of blocks are wider than the page");
    }

    public ValueTask DisposeAsync() => window.DisposeAsync();
}
