using System.Data.Common;
using System.Globalization;
using Dapper;

namespace Matching.Web.Platform.Mail;

/// <summary>The mails that bring a company its file and remind it, by the link they carry: their keys, and whether they arrived.</summary>
public static class FileMails
{
    private const int Reminders = 2;

    public static string SendingKey(Guid link) => $"dossier:{link}";

    /// <param name="number">1 for the first reminder.</param>
    public static string ReminderKey(Guid link, int number) => string.Create(CultureInfo.InvariantCulture, $"relance-{number}:{link}");

    /// <summary>What the facilitator reads.</summary>
    public static string NotArrivedWords(string? address) =>
        $"Le courriel n’est pas arrivé à {address}. Vérifiez l’adresse avec l’entreprise, puis envoyez-lui un nouveau lien.";

    /// <summary>
    /// Of these links (300 at most), those whose newest mail was refused by its server or failed at every try. One that still waits says nothing yet.
    /// </summary>
    public static async Task<IReadOnlySet<Guid>> NotArrivedAsync(DbConnection db, IReadOnlyCollection<Guid> links, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(links);
        var linkOf = links.SelectMany(link => KeysOf(link).Select(key => (key, link))).ToDictionary(it => it.key, it => it.link);
        var rows = await db.QueryAsync<(string Key, string State)>(new CommandDefinition(
            $"select dedupe_key, state from mail where dedupe_key {db.In("@keys")} and state <> '{MailQueue.Waiting}' order by created_at desc, id desc limit 1000",
            new { keys = linkOf.Keys.ToArray() }, cancellationToken: ct));
        return rows.GroupBy(row => linkOf[row.Key]).Where(mails => mails.First().State != MailQueue.Sent).Select(mails => mails.Key).ToHashSet();
    }

    private static IEnumerable<string> KeysOf(Guid link) => Enumerable.Range(1, Reminders).Select(number => ReminderKey(link, number)).Prepend(SendingKey(link));
}
