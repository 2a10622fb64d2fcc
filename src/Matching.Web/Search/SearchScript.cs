using System.Security.Cryptography;

namespace Matching.Web.Search;

/// <summary>The address of the script that suggests while one types: it carries the file's hash, so that browsers keep it until it changes.</summary>
public static class SearchScript
{
    public static string Url { get; } = "/search.js?v=" + Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "wwwroot", "search.js"))))[..12];
}
