using System.Text;
using System.Text.RegularExpressions;
using Matching.Web.Platform.Mail;
using Microsoft.Extensions.DependencyInjection;

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
        ArgumentNullException.ThrowIfNull(source);
        var subject = EncodedWord().Replace(Header().Match(source).Groups[1].Value, word => Encoding.UTF8.GetString(Convert.FromBase64String(word.Groups[1].Value)));
        var parts = Part().Matches(source).Select(part => part.Groups[1].Value == "base64"
            ? Encoding.UTF8.GetString(Convert.FromBase64String(part.Groups[2].Value))
            : Printable(part.Groups[2].Value));
        return new SentMail(source, [subject, .. parts]);
    }

    private static string Printable(string text)
    {
        var bytes = new List<byte>();
        var joined = text.Replace("=\r\n", "", StringComparison.Ordinal);
        for (var i = 0; i < joined.Length; i++)
        {
            var isEscape = joined[i] == '=' && i + 2 < joined.Length;
            bytes.Add(isEscape ? Convert.ToByte(joined.Substring(i + 1, 2), 16) : (byte)joined[i]);
            i += isEscape ? 2 : 0;
        }

        return Encoding.UTF8.GetString([.. bytes]);
    }

    [GeneratedRegex(@"^Subject: (.+(?:\r\n[ \t].+)*)", RegexOptions.Multiline)]
    private static partial Regex Header();

    [GeneratedRegex(@"=\?utf-8\?B\?([^?]+)\?=\s*", RegexOptions.IgnoreCase)]
    private static partial Regex EncodedWord();

    [GeneratedRegex(@"Content-Transfer-Encoding: (base64|quoted-printable)\r\n\r\n(.*?)\r\n--", RegexOptions.Singleline | RegexOptions.IgnoreCase)]
    private static partial Regex Part();

    [GeneratedRegex(@"https?://\S+")]
    private static partial Regex Address();
}
