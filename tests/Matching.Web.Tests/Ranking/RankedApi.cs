using System.Text.Json;

namespace Matching.Web.Tests.Ranking;

/// <summary>The ranked list of a posting as programs read it.</summary>
internal static class RankedApi
{
    /// <param name="limit">How many people are asked for; null = as many as are answered to whoever does not say.</param>
    public static async Task<JsonElement> ListAsync(Browser facilitator, Guid posting, int? limit = null) =>
        JsonDocument.Parse(await facilitator.Client.GetStringOfAnyStatusAsync($"/api/v1/offres/{posting}/candidats{(limit is { } most ? $"?limite={most}" : "")}")).RootElement;
}
