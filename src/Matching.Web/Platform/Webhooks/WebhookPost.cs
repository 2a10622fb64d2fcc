using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace Matching.Web.Platform.Webhooks;

/// <summary>A message taken from the queue.</summary>
public sealed record QueuedWebhook(Guid Id, Guid HookId, string Url, string ProtectedSecret, string Event, string Body, int Attempts);

/// <param name="Error">Null when the program took it.</param>
/// <param name="IsFinal">Whether trying again is useless.</param>
public sealed record WebhookOutcome(Guid Id, string? Error, bool IsFinal = false);

/// <summary>
/// Sends one message: signed, no redirection followed, no answer read. The address is looked up and checked at the moment of connecting, and
/// that very address is connected to: a name that changes between the two goes nowhere.
/// </summary>
public sealed class WebhookPost : IDisposable
{
    public const string SignatureHeader = "X-Matching-Signature";
    public const string EventHeader = "X-Matching-Evenement";
    public const string IdHeader = "X-Matching-Id";

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);
    private readonly HttpClient client;

    public WebhookPost(WebhookSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        client = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            MaxResponseHeadersLength = 16,
            ConnectCallback = (context, ct) => ConnectAsync(context.DnsEndPoint, settings.AllowsPrivate, ct),
        })
        { Timeout = Timeout };
    }

    /// <summary>"t=1763283600,v1=…": the HMAC-SHA-256, in hexadecimal, of the instant, a point and the body.</summary>
    public static string Sign(string secret, DateTimeOffset at, string body)
    {
        var seconds = at.ToUnixTimeSeconds();
        var hash = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"{seconds}.{body}"));
        return $"t={seconds},v1={Convert.ToHexStringLower(hash)}";
    }

    /// <summary>Sends it to its end, or to its limit of time.</summary>
    public async Task<WebhookOutcome> SendAsync(QueuedWebhook message, string secret, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(message);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, message.Url);
            request.Content = new StringContent(message.Body, Encoding.UTF8, new MediaTypeHeaderValue("application/json", "utf-8"));
            request.Headers.Add(SignatureHeader, Sign(secret, now, message.Body));
            request.Headers.Add(EventHeader, message.Event);
            request.Headers.Add(IdHeader, message.Id.ToString());
            using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            return new WebhookOutcome(
                message.Id,
                answer.IsSuccessStatusCode ? null : $"Le programme a répondu {(int)answer.StatusCode}.",
                answer.StatusCode == HttpStatusCode.Gone);
        }
        catch (HttpRequestException fault) when (fault.InnerException is UnreachableAddressException || fault is { HttpRequestError: HttpRequestError.ConnectionError, InnerException: UnreachableAddressException })
        {
            return new WebhookOutcome(message.Id, PublicAddress.NotPublic, IsFinal: true);
        }
        catch (HttpRequestException)
        {
            return new WebhookOutcome(message.Id, "Le programme ne répond pas à cette adresse.");
        }
        catch (TaskCanceledException)
        {
            return new WebhookOutcome(message.Id, $"Le programme n’a pas répondu en {Timeout.Seconds} secondes.");
        }
    }

    public void Dispose() => client.Dispose();

    private static async ValueTask<Stream> ConnectAsync(DnsEndPoint to, bool allowsPrivate, CancellationToken ct)
    {
        var addresses = await Dns.GetHostAddressesAsync(to.Host, ct);
        if (!allowsPrivate && !addresses.All(PublicAddress.IsPublic))
        {
            throw new UnreachableAddressException();
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, to.Port, ct);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private sealed class UnreachableAddressException() : IOException(PublicAddress.NotPublic);
}
