using System.Globalization;

namespace Matching.Web.Platform.Mail;

/// <summary>
/// How mails leave: <c>--Mail:Host</c>, <c>Mail:Port</c> (587), <c>Mail:StartTls</c> (true), <c>Mail:User</c>, <c>Mail:Password</c>, <c>--Mail:From</c>.
/// Without a host they are kept as .eml files in the folder <c>courriels</c> of the data. <c>--Site:Address</c> is what their links begin with.
/// </summary>
public sealed class MailSettings(IConfiguration configuration, Database database)
{
    public const string Folder = "courriels";

    private const int SubmissionPort = 587;

    public string? Host { get; } = configuration["Mail:Host"] is { Length: > 0 } host ? host : null;

    public int Port { get; } = Number(configuration["Mail:Port"], SubmissionPort);

    public bool StartTls { get; } = !string.Equals(configuration["Mail:StartTls"], "false", StringComparison.OrdinalIgnoreCase);

    public string? User { get; } = configuration["Mail:User"];

    public string? Password { get; } = configuration["Mail:Password"];

    public string From { get; } = configuration["Mail:From"] is { Length: > 0 } from ? from : "ne-pas-repondre@localhost";

    /// <summary>Seconds between two looks at the queue; 0 when this node sends nothing by itself.</summary>
    public int EverySeconds { get; } = Number(configuration["Mail:EverySeconds"], 5);

    /// <summary>The address of this site, without a slash at its end.</summary>
    public string Site { get; } = (configuration["Site:Address"] ?? configuration["urls"]?.Split(';')[0] ?? "http://localhost:5080").TrimEnd('/');

    public string FileFolder { get; } = Path.Combine(database.DataFolder, Folder);

    /// <summary>The name after the @ of a message id: the one of the sender's address.</summary>
    public string MessageDomain => From[(From.IndexOf('@', StringComparison.Ordinal) + 1)..];

    private static int Number(string? text, int byDefault) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : byDefault;
}
