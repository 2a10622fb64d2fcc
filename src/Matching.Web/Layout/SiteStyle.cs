using System.Security.Cryptography;

namespace Matching.Web.Layout;

/// <summary>The address of the style sheet: it carries the file's hash, so that browsers keep it until it changes.</summary>
public static class SiteStyle
{
    public static string Url { get; } = "/site.css?v=" + HashOf(Path.Combine(AppContext.BaseDirectory, "wwwroot", "site.css"));

    private static string HashOf(string file) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file)))[..12];
}
