using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Matching.Web.Platform;
using Matching.Web.Platform.Mail;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Matching.Web.Tests.Mails;

/// <summary>
/// A real SMTP server on loopback that keeps what it receives. It refuses for good the addresses that contain "inconnu", and for now those
/// that contain "plus-tard"; it takes what goes to those that contain "lent@" and says so when the test lets it.
/// </summary>
public sealed class SmtpSink : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly Task accepting;

    public SmtpSink()
    {
        listener.Start();
        Port = ((IPEndPoint)listener.LocalEndpoint).Port;
        accepting = AcceptAsync();
    }

    public int Port { get; }

    /// <summary>Whether the server says that it can encrypt; it never can in truth.</summary>
    public bool OffersStartTls { get; init; }

    /// <summary>Every message taken, in order: its source.</summary>
    public ConcurrentQueue<string> Received { get; } = new();

    /// <summary>The passwords given by AUTH LOGIN.</summary>
    public ConcurrentQueue<string> Passwords { get; } = new();

    /// <summary>Completed by the test: the slow addresses are answered from then on.</summary>
    public TaskCompletionSource Answers { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public static string IdOf(string source) =>
        source.Split("\r\n").Single(line => line.StartsWith("Message-ID:", StringComparison.OrdinalIgnoreCase))["Message-ID:".Length..].Trim();

    /// <summary>What a service is set with to send by this server.</summary>
    public IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string> { ["Mail:Host"] = "127.0.0.1", ["Mail:Port"] = $"{Port}", ["Mail:StartTls"] = "false" };

    /// <summary>The service's own sender, started with this server and these other settings.</summary>
    public MailSender SenderOf(WebFixture web, params (string Name, string Value)[] more)
    {
        ArgumentNullException.ThrowIfNull(web);
        var settings = Settings.Concat(more.Select(it => KeyValuePair.Create(it.Name, it.Value))).GroupBy(it => it.Key, (name, values) => KeyValuePair.Create(name, (string?)values.Last().Value));
        var read = new MailSettings(new ConfigurationBuilder().AddInMemoryCollection(settings).Build(), web.Database);
        return new MailSender(
            web.Database, web.Services.GetRequiredService<JobLock>(), read, web.Services.GetRequiredService<MailSignal>(),
            web.Services.GetRequiredService<FrenchCalendar>(), NullLogger<MailSender>.Instance);
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Stop();
        await accepting;
        stop.Dispose();
        listener.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (!stop.IsCancellationRequested)
            {
                _ = TalkAsync(await listener.AcceptTcpClientAsync(stop.Token));
            }
        }
        catch (Exception over) when (over is OperationCanceledException or SocketException)
        {
            // The test is over.
        }
    }

    private async Task TalkAsync(TcpClient client)
    {
        using (client)
        {
            client.NoDelay = true;
            try
            {
                using var reader = new StreamReader(client.GetStream(), Encoding.UTF8);
                await using var writer = new StreamWriter(client.GetStream(), new UTF8Encoding(false)) { NewLine = "\r\n", AutoFlush = true };
                await writer.WriteLineAsync("220 sink");
                while (await reader.ReadLineAsync(stop.Token) is { } line && !line.StartsWith("QUIT", StringComparison.OrdinalIgnoreCase))
                {
                    await AnswerAsync(line, reader, writer);
                }
            }
            catch (Exception over) when (over is IOException or OperationCanceledException)
            {
                // The sender was killed, or the test is over: what was not finished was not taken.
            }
        }
    }

    private async Task AnswerAsync(string line, StreamReader reader, StreamWriter writer)
    {
        switch (line.Split(' ')[0].ToUpperInvariant())
        {
            case "EHLO":
                await writer.WriteLineAsync(OffersStartTls ? "250-sink\r\n250 STARTTLS" : "250-sink\r\n250 AUTH LOGIN");
                break;
            case "AUTH":
                await writer.WriteLineAsync("334 VXNlcm5hbWU6");
                _ = await reader.ReadLineAsync(stop.Token);
                await writer.WriteLineAsync("334 UGFzc3dvcmQ6");
                Passwords.Enqueue(Encoding.UTF8.GetString(Convert.FromBase64String(await reader.ReadLineAsync(stop.Token) ?? "")));
                await writer.WriteLineAsync("235 ok");
                break;
            case "STARTTLS":
                await writer.WriteLineAsync("454 not now");
                break;
            case "RCPT" when line.Contains("inconnu", StringComparison.Ordinal):
                await writer.WriteLineAsync("550 no such user");
                break;
            case "RCPT" when line.Contains("plus-tard", StringComparison.Ordinal):
                await writer.WriteLineAsync("451 later");
                break;
            case "DATA":
                await writer.WriteLineAsync("354 go");
                var source = new StringBuilder();
                for (var text = await reader.ReadLineAsync(stop.Token); text != "."; text = await reader.ReadLineAsync(stop.Token))
                {
                    // Cut before its end, a message is not taken: its sender does not believe that it left.
                    source.Append(text ?? throw new EndOfStreamException()).Append("\r\n");
                }

                Received.Enqueue(source.ToString());
                if (source.ToString().Contains("lent@", StringComparison.Ordinal))
                {
                    await Answers.Task.WaitAsync(stop.Token);
                }

                await writer.WriteLineAsync("250 taken");
                break;
            default:
                await writer.WriteLineAsync("250 ok");
                break;
        }
    }
}
