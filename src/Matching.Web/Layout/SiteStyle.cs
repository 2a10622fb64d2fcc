using System.Security.Cryptography;

namespace Matching.Web.Layout;

/// <summary>The address of the style sheet: it carries the file's hash, so that browsers keep it until it changes.</summary>
public static class SiteStyle
{
    private static readonly string File = Path.Combine(AppContext.BaseDirectory, "wwwroot", "site.css");

    public static string Url { get; } = "/site.css?v=" + HashOf(File);

    /// <summary>The style sheet itself, for a document that must stand alone.</summary>
    public static string Text { get; } = System.IO.File.ReadAllText(File);

    private static string HashOf(string file) => Convert.ToHexStringLower(SHA256.HashData(System.IO.File.ReadAllBytes(file)))[..12];
}
