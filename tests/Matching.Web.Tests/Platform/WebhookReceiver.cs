using System.Collections.Concurrent;
using System.Net;
using Matching.Web.Platform.Webhooks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Matching.Web.Tests.Platform;

internal sealed record ReceivedWebhook(string Id, string Signature, string Body);

/// <summary>A program that listens on this machine, over real HTTP.</summary>
internal sealed class WebhookReceiver(WebApplication app) : IAsyncDisposable
{
    public ConcurrentQueue<ReceivedWebhook> Received { get; } = new();

    public HttpStatusCode Answer { get; set; } = HttpStatusCode.OK;

    public string? RedirectTo { get; set; }

    /// <summary>The answer waits for it when there is one; the message is received all the same.</summary>
    public TaskCompletionSource? AnswersAfter { get; set; }

    public string Address => $"{app.Urls.Single()}/messages";

    public static async Task<WebhookReceiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var receiver = new WebhookReceiver(app);
        app.MapPost("/messages", async (HttpRequest request) =>
        {
            using var reader = new StreamReader(request.Body);
            receiver.Received.Enqueue(new ReceivedWebhook(request.Headers[WebhookPost.IdHeader].ToString(), request.Headers[WebhookPost.SignatureHeader].ToString(), await reader.ReadToEndAsync()));
            await (receiver.AnswersAfter?.Task ?? Task.CompletedTask);
            return receiver.RedirectTo is { } elsewhere ? Results.Redirect(elsewhere, preserveMethod: true) : Results.StatusCode((int)receiver.Answer);
        });
        await app.StartAsync();
        return receiver;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
