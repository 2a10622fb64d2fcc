using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Matching.Browser.Tests.Chromium))]

namespace Matching.Browser.Tests;

/// <summary>The Chromium of the machine, one process for the run. Without it, <see cref="Missing"/> says what to install.</summary>
public sealed class Chromium : IAsyncDisposable
{
    private static readonly string[] Options =
    [
        "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync",
    ];

    /// <summary>Milliseconds to wait for what a page must show: a disk that others use too can hold a write for seconds, and no test is about speed.</summary>
    private const float Patience = 30_000;

    private readonly string? program = Programs.Find("chromium") ?? Programs.Find("chromium-browser");
    private IPlaywright? playwright;
    private IBrowser? browser;

    public Chromium()
    {
        Assertions.SetDefaultExpectTimeout(Patience);
        if (Missing is not null && Programs.MustBeThere)
        {
            throw new InvalidOperationException(Missing);
        }
    }

    /// <summary>The sentence to skip with, null when the program is there.</summary>
    public string? Missing => program is null ? "Chromium is not installed: apt-get install chromium" : null;

    /// <summary>A window of its own: no cookie, no memory of the others.</summary>
    public async Task<IBrowserContext> NewWindowAsync(BrowserNewContextOptions options)
    {
        playwright ??= await Playwright.CreateAsync();
        browser ??= await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = program, Args = Options });
        return await browser.NewContextAsync(options);
    }

    public async ValueTask DisposeAsync()
    {
        if (browser is not null)
        {
            await browser.DisposeAsync();
        }

        playwright?.Dispose();
    }
}
