using System.Security.Cryptography;
using System.Text;

namespace Matching.Web.Platform;

/// <summary>ETag and If-Match: a program that changes something says which state it had read.</summary>
public static class EntityTags
{
    /// <summary>The tag of a state: the same text, the same tag; nothing of the text can be read in it.</summary>
    public static string Of(string state) => $"\"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(state)).AsSpan(0, 16))}\"";

    /// <summary>True when the call says a state that is no longer the current one; a call without If-Match says none.</summary>
    /// <param name="current">The tag of what is stored; null when nothing is.</param>
    public static bool IsStale(string? ifMatch, string? current) =>
        !string.IsNullOrWhiteSpace(ifMatch) && (current is null || !ifMatch.Split(',', StringSplitOptions.TrimEntries).Any(tag => tag == "*" || tag == current));

    /// <summary>The same answer with the tag of what it shows.</summary>
    public static IResult Tagged(this IResult answer, string tag) => new TaggedResult(answer, tag);

    private sealed class TaggedResult(IResult answer, string tag) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.Headers.ETag = tag;
            return answer.ExecuteAsync(httpContext);
        }
    }
}
