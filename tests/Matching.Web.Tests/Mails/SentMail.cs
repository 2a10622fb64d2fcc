using System.Text;
using System.Text.RegularExpressions;
using Matching.Web.Platform.Mail;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;

namespace Matching.Web.Tests.Mails;

/// <summary>A mail that left, read from the file that the service wrote.</summary>
/// <param name="Source">The bytes of the file as text, headers included.</param>
/// <param name="Parts">Its subject, then its plain text and its HTML, decoded.</param>
public sealed partial record SentMail(string Source, IReadOnlyList<string> Parts)
{
    public string Everything => string.Join('\n', Parts.Prepend(Source));

    /// <summary>The path of the one link.</summary>
    public string Path => new Uri(Address().Match(Parts[1]).Value).AbsolutePath;

    /// <summary>Sends what waits, then reads all the mails that left for this address, the newest last.</summary>
    public static async Task<IReadOnlyList<SentMail>> ToAsync(WebFixture web, string address)
    {
        ArgumentNullException.ThrowIfNull(web);
        await web.Services.GetRequiredService<MailSender>().RunAsync(default);
        return [.. new DirectoryInfo(web.Services.GetRequiredService<MailSettings>().FileFolder).GetFiles("*.eml").OrderBy(file => file.Name)
            .Select(file => File.ReadAllText(file.FullName)).Where(source => source.Contains(address, StringComparison.Ordinal)).Select(Read)];
    }

    public static SentMail Read(string source)
    {
        using var message = MimeMessage.Load(new MemoryStream(Encoding.UTF8.GetBytes(source)));
        return new SentMail(source, [message.Subject!, message.TextBody!, message.HtmlBody!]);
    }

    [GeneratedRegex(@"https?://\S+")]
    private static partial Regex Address();
}
