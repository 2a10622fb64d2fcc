using System.Globalization;
using Microsoft.Playwright;

namespace Matching.Browser.Tests;

/// <summary>Reads the ranked list as a person does.</summary>
public static class RankedList
{
    public static ILocator People(IPage page) => page.Locator("ol.ranked > li");

    public static async Task<int> ScoreAsync(ILocator person) => Number(await person.Locator(".score b").InnerTextAsync());

    /// <summary>The reasons shown and the line that gathers the others.</summary>
    public static async Task<int> SumOfPointsAsync(ILocator person) => (await person.Locator(".reasons .points").AllInnerTextsAsync()).Sum(Number);

    /// <summary>"+70", "−15" or "516".</summary>
    public static int Number(string text) => int.Parse(text.Trim().Replace('−', '-'), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);

    public static ILocator Submit(IPage page) => page.GetByRole(AriaRole.Button, new() { Name = "Ajouter les personnes cochées" });
}
