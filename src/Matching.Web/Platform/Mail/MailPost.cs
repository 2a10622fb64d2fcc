using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;
using MimeKit.Text;

namespace Matching.Web.Platform.Mail;

/// <summary>A mail taken from the queue.</summary>
public sealed record QueuedMail(Guid Id, string Recipient, string Subject, string TextBody, string HtmlBody, int Attempts);

/// <summary>How one sending ended.</summary>
/// <param name="Error">Null when it left.</param>
/// <param name="IsFinal">Whether trying again is useless: the address was refused.</param>
public sealed record MailOutcome(Guid Id, string? Error, bool IsFinal);

/// <summary>
/// One connection to the SMTP server, kept from one mail to the next; or the folder of .eml files. The message id is the row's: a mail sent
/// again after a crash is recognised as the same one, and written over the same file.
/// </summary>
public sealed class MailPost(MailSettings settings) : IAsyncDisposable
{
    /// <summary>What a mail may take, connection included.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan LongestGoodbye = TimeSpan.FromSeconds(2);

    private static readonly ParserOptions Addresses = new() { AllowAddressesWithoutDomain = false };

    private SmtpClient? client;

    /// <summary>Sends one mail; cut, or too slow, it is one to try again.</summary>
    public async Task<MailOutcome> SendAsync(QueuedMail mail, CancellationToken cut)
    {
        ArgumentNullException.ThrowIfNull(mail);
        if (!MailboxAddress.TryParse(Addresses, mail.Recipient, out var recipient))
        {
            return new MailOutcome(mail.Id, "L’adresse du destinataire n’est pas une adresse de courriel : corrigez-la.", true);
        }

        try
        {
            using var message = Message(mail, recipient);
            await (settings.Host is null ? WriteFileAsync(mail, message, cut) : SendAsync(message, settings.Host, cut));
            return new MailOutcome(mail.Id, null, false);
        }
        catch (SmtpCommandException refusal)
        {
            await DropAsync();
            return Refused(mail.Id, (int)refusal.StatusCode);
        }
        catch (Exception fault) when (fault is ProtocolException or CommandException or AuthenticationException or SslHandshakeException or NotSupportedException or InvalidOperationException or FormatException
            or SocketException or TimeoutException or OperationCanceledException || (fault is IOException && settings.Host is not null))
        {
            await DropAsync();
            return new MailOutcome(mail.Id, "Le serveur de courriel n’a pas répondu comme attendu : vérifiez son adresse, son chiffrement et le compte.", false);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return new MailOutcome(mail.Id, "Le dossier des courriels ne peut pas être écrit : vérifiez la place et les droits.", false);
        }
    }

    public async ValueTask DisposeAsync() => await DropAsync();

    private MimeMessage Message(QueuedMail mail, MailboxAddress recipient)
    {
        var message = new MimeMessage(
            [new MailboxAddress("Matching", settings.From)], [recipient], mail.Subject, new MultipartAlternative(Part(TextFormat.Plain, mail.TextBody), Part(TextFormat.Html, mail.HtmlBody)))
        {
            MessageId = $"{mail.Id}@{settings.MessageDomain}",
        };
        message.Headers.Add("Auto-Submitted", "auto-generated");
        return message;
    }

    private static TextPart Part(TextFormat format, string text) => new(format) { Text = text, ContentTransferEncoding = ContentEncoding.Base64 };

    private async Task SendAsync(MimeMessage message, string host, CancellationToken cut)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cut);
        limit.CancelAfter(Longest);
        if (client is not { IsConnected: true })
        {
            // Whether a certificate was withdrawn is asked from its issuer, which a server inside a network cannot always reach.
            client = new SmtpClient { CheckCertificateRevocation = false };
            await client.ConnectAsync(host, settings.Port, settings.StartTls ? SecureSocketOptions.StartTls : SecureSocketOptions.None, limit.Token);
            if (settings.User is { Length: > 0 } user)
            {
                await client.AuthenticateAsync(user, settings.Password ?? "", limit.Token);
            }
        }

        await client.SendAsync(message, limit.Token);
    }

    // Written aside, then put in its place under the row's id: a crash leaves no half file and no second one.
    private async Task WriteFileAsync(QueuedMail mail, MimeMessage message, CancellationToken cut)
    {
        Directory.CreateDirectory(settings.FileFolder);
        var aside = Path.Combine(settings.FileFolder, $".{mail.Id}");
        await using (var file = File.Create(aside))
        {
            await message.WriteToAsync(file, cut);
            file.Flush(flushToDisk: true);
        }

        File.Move(aside, Path.Combine(settings.FileFolder, $"{mail.Id}.eml"), overwrite: true);
    }

    // After a fault the state of the connection is not known: the next mail opens another.
    private async Task DropAsync()
    {
        try
        {
            using var limit = new CancellationTokenSource(LongestGoodbye);
            await (client?.DisconnectAsync(quit: true, limit.Token) ?? Task.CompletedTask);
        }
        catch (Exception fault) when (fault is ProtocolException or CommandException or IOException or SocketException or OperationCanceledException)
        {
            // The goodbye could not be said to a server that is gone.
        }

        client?.Dispose();
        client = null;
    }

    private static MailOutcome Refused(Guid id, int status) => status is 550 or 551 or 552 or 553 or 554
        ? new(id, $"Le serveur de courriel a refusé ce message ou son destinataire (réponse {status}).", true)
        : new(id, $"Le serveur de courriel a demandé de réessayer (réponse {status}).", false);
}
