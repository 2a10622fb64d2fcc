using System.Net;
using System.Net.Mail;
using System.Net.Mime;
using System.Text;

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
public sealed class MailPost(MailSettings settings) : IDisposable
{
    private const int TimeoutMs = 15_000;

    private SmtpClient? client;

    public async Task<MailOutcome> SendAsync(QueuedMail mail, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(mail);
        try
        {
            using var message = Message(mail);
            await (settings.Host is null ? WriteFileAsync(mail, message, ct) : Client(settings.Host).SendMailAsync(message, ct));
            return new MailOutcome(mail.Id, null, false);
        }
        catch (FormatException)
        {
            return new MailOutcome(mail.Id, "L’adresse du destinataire n’est pas une adresse de courriel : corrigez-la.", true);
        }
        catch (SmtpException fault)
        {
            Drop();
            return Refused(mail.Id, fault);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return new MailOutcome(mail.Id, "Le dossier des courriels ne peut pas être écrit : vérifiez la place et les droits.", false);
        }
    }

    public void Dispose() => Drop();

    private MailMessage Message(QueuedMail mail)
    {
        var message = new MailMessage(new MailAddress(settings.From, "Matching"), new MailAddress(mail.Recipient))
        {
            Subject = mail.Subject,
            SubjectEncoding = Encoding.UTF8,
            BodyEncoding = Encoding.UTF8,
            HeadersEncoding = Encoding.UTF8,
        };
        message.Headers.Add("Message-ID", $"<{mail.Id}@{settings.MessageDomain}>");
        message.Headers.Add("Auto-Submitted", "auto-generated");
        message.AlternateViews.Add(AlternateView.CreateAlternateViewFromString(mail.TextBody, Encoding.UTF8, MediaTypeNames.Text.Plain));
        message.AlternateViews.Add(AlternateView.CreateAlternateViewFromString(mail.HtmlBody, Encoding.UTF8, MediaTypeNames.Text.Html));
        return message;
    }

    private SmtpClient Client(string host) => client ??= new SmtpClient(host, settings.Port)
    {
        EnableSsl = settings.StartTls,
        Timeout = TimeoutMs,
        Credentials = settings.User is { Length: > 0 } user ? new NetworkCredential(user, settings.Password) : null,
    };

    // Written aside, then put in its place under the row's id: a crash leaves no half file and no second one.
    private async Task WriteFileAsync(QueuedMail mail, MailMessage message, CancellationToken ct)
    {
        var aside = Directory.CreateDirectory(Path.Combine(settings.FileFolder, $".{mail.Id}"));
        try
        {
            using var pickup = new SmtpClient { DeliveryMethod = SmtpDeliveryMethod.SpecifiedPickupDirectory, PickupDirectoryLocation = aside.FullName };
            await pickup.SendMailAsync(message, ct);
            var written = aside.GetFiles("*.eml").OrderBy(file => file.LastWriteTimeUtc).Last();
            await using (var file = written.Open(FileMode.Open, FileAccess.ReadWrite))
            {
                file.Flush(flushToDisk: true);
            }

            written.MoveTo(Path.Combine(settings.FileFolder, $"{mail.Id}.eml"), overwrite: true);
        }
        finally
        {
            aside.Delete(recursive: true);
        }
    }

    // After a fault the state of the connection is not known: the next mail opens another.
    private void Drop()
    {
        try
        {
            client?.Dispose();
        }
        catch (Exception fault) when (fault is SmtpException or IOException)
        {
            // The goodbye could not be said to a server that is gone.
        }

        client = null;
    }

    private static MailOutcome Refused(Guid id, SmtpException fault) => (int)fault.StatusCode switch
    {
        550 or 551 or 552 or 553 or 554 => new(id, $"Le serveur de courriel a refusé ce message ou son destinataire (réponse {(int)fault.StatusCode}).", true),
        > 0 => new(id, $"Le serveur de courriel a demandé de réessayer (réponse {(int)fault.StatusCode}).", false),
        _ => new(id, "Le serveur de courriel n’a pas répondu comme attendu : vérifiez son adresse, son chiffrement et le compte.", false),
    };
}
