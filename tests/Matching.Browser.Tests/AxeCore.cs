using System.Diagnostics;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Matching.Browser.Tests.AxeCore))]

namespace Matching.Browser.Tests;

/// <summary>
/// The accessibility checks of axe-core (WCAG 2.0 to 2.2, levels A and AA). Fetched by npm into the test's output the first time, kept for
/// the next runs; without npm, <see cref="Missing"/> says what to install.
/// </summary>
public sealed class AxeCore
{
    private const string Version = "4.14.1";

    private const string Run =
        """
        ; axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'], resultTypes: ['violations'] })
            .then(found => found.violations.map(it => `${it.id}: ${it.help}: ${it.nodes.map(node => node.html.slice(0, 160)).join(' ; ')}`))
        """;

    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "test-output", "npm");
    private static readonly string ScriptFile = Path.Combine(Folder, "node_modules", "axe-core", "axe.min.js");
    private readonly Lazy<Task<string?>> script = new(FetchAsync);

    public AxeCore()
    {
        if (Missing is not null && Programs.MustBeThere)
        {
            throw new InvalidOperationException(Missing);
        }
    }

    /// <summary>The sentence to skip with, null when the checks can be fetched or are already there.</summary>
    public string? Missing { get; } = File.Exists(ScriptFile) || Programs.Find("npm") is not null
        ? null : "npm is not installed, so accessibility is not checked: apt-get install npm";

    /// <summary>One line per rule that the page breaks, with the elements; none when npm is missing.</summary>
    public async Task<IReadOnlyList<string>> ViolationsAsync(IPage page) =>
        await script.Value is { } source ? await page.EvaluateAsync<string[]>(source + Run) : [];

    private static async Task<string?> FetchAsync()
    {
        if (!File.Exists(ScriptFile))
        {
            if (Programs.Find("npm") is not { } npm)
            {
                return null;
            }

            Directory.CreateDirectory(Folder);
            string[] words = ["install", "--prefix", Folder, "--ignore-scripts", "--no-audit", "--no-fund", $"axe-core@{Version}"];
            using var process = Process.Start(new ProcessStartInfo(npm, words) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var output = process.StandardOutput.ReadToEndAsync();
            var errors = process.StandardError.ReadToEndAsync();
            await process.WaitForExitAsync();
            Assert.True(process.ExitCode == 0, $"npm could not fetch axe-core {Version}: {await output} {await errors}");
        }

        return await File.ReadAllTextAsync(ScriptFile);
    }
}
