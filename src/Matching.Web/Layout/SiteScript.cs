using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Matching.Web.Layout;

/// <summary>The address of a small script that improves a page which works without it: it carries the file's hash, so that browsers keep it until it changes.</summary>
public static class SiteScript
{
    private static readonly ConcurrentDictionary<string, string> Known = new();

    /// <param name="file">Its name in <c>wwwroot</c>.</param>
    public static string UrlOf(string file) => Known.GetOrAdd(
        file, name => $"/{name}?v=" + Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "wwwroot", name))))[..12]);
}
