using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Matching.Web.Platform;

namespace Matching.Web.Tests;

/// <summary>A page as received: its status, its document, where it redirects.</summary>
public sealed record PageSeen(HttpStatusCode Status, IHtmlDocument Document, string? RedirectsTo, HttpResponseMessage Response)
{
    /// <summary>The words of the page's content, spaces folded.</summary>
    public string Words => string.Join(' ', (Document.QuerySelector("main") ?? Document.Body!).TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    public IElement One(string selector) => Document.QuerySelectorAll(selector).Single();

    public IReadOnlyList<IElement> All(string selector) => [.. Document.QuerySelectorAll(selector)];

    /// <summary>What a field of the page shows.</summary>
    public string? ValueOf(string field) => Document.QuerySelector($"[name='{field}']") switch
    {
        IHtmlTextAreaElement area => area.Value,
        IHtmlSelectElement select => select.Value,
        IHtmlInputElement input => input.Value,
        _ => null,
    };
}

/// <summary>A browser that keeps its cookies and follows no redirection by itself, so that a test sees each answer.</summary>
public sealed class Browser(HttpClient client)
{
    private string? token;

    /// <summary>Who is signed in, when the fixture signed someone in.</summary>
    public SignedIn? Who { get; set; }

    public HttpClient Client => client;

    public async Task<PageSeen> GetAsync(string url) => await ReadAsync(await client.GetAsync(new Uri(url, UriKind.Relative)));

    /// <summary>Posts a form with its antiforgery token, as a page of the site would.</summary>
    public async Task<PageSeen> PostFormAsync(string url, params (string Name, string Value)[] fields)
    {
        token ??= (await GetAsync("/connexion")).Document.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        return await PostWithoutTokenAsync(url, [.. fields, ("__RequestVerificationToken", token)]);
    }

    public async Task<PageSeen> PostWithoutTokenAsync(string url, params (string Name, string Value)[] fields)
    {
        using var content = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));
        return await ReadAsync(await client.PostAsync(new Uri(url, UriKind.Relative), content));
    }

    /// <summary>Posts, then opens the page that the answer redirects to.</summary>
    public async Task<PageSeen> PostAndFollowAsync(string url, params (string Name, string Value)[] fields)
    {
        var posted = await PostFormAsync(url, fields);
        Assert.True(posted.RedirectsTo is not null, $"{(int)posted.Status} {posted.Words}");
        return await GetAsync(posted.RedirectsTo);
    }

    /// <summary>Posts a file with the fields of its form.</summary>
    public async Task<PageSeen> PostFileAsync(string url, string field, string fileName, byte[] bytes, params (string Name, string Value)[] fields)
    {
        token ??= (await GetAsync("/connexion")).Document.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        using var content = new MultipartFormDataContent();
        foreach (var (name, value) in fields.Append(("__RequestVerificationToken", token)))
        {
            content.Add(new StringContent(value), name);
        }

        content.Add(new ByteArrayContent(bytes), field, fileName);
        return await ReadAsync(await client.PostAsync(new Uri(url, UriKind.Relative), content));
    }

    public async Task SignInAsync(string userName, string password)
    {
        token = null;
        var answer = await PostFormAsync("/connexion", ("identifiant", userName), ("mot_de_passe", password));
        Assert.True(answer.RedirectsTo is not null, answer.Words);

        // The token belongs to a user: the visitor's no longer counts.
        token = null;
    }

    private static async Task<PageSeen> ReadAsync(HttpResponseMessage response)
    {
        var document = await new HtmlParser().ParseDocumentAsync(await response.Content.ReadAsStringAsync());
        return new PageSeen(response.StatusCode, document, response.Headers.Location?.ToString(), response);
    }
}
