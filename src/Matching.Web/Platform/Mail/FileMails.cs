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

/// <summary>The mails that someone asked for on a page, when they did not arrive.</summary>
public static class AskedMails
{
    private const int DaysTold = 30;

    /// <summary>What who asked for a mail about an interview reads.</summary>
    public static string InterviewWords(string address) =>
        $"Le courriel de l’entretien n’est pas arrivé à {address}. Prévenez l’entreprise par téléphone, puis envoyez-lui un lien à une adresse qui marche.";

    /// <summary>Of those that this user asked for lately, page by page, the newest when it did not arrive. One that still waits says nothing yet.</summary>
    public static async Task<IReadOnlyList<(string Path, string Recipient, DateTimeOffset At)>> NotArrivedAsync(DbConnection db, Guid user, DateOnly today, CancellationToken ct)
    {
        var rows = await db.QueryAsync<(string Path, string Recipient, string State, DateTimeOffset At)>(new CommandDefinition(
            $"""
            select asked_at, recipient, state, created_at from mail
            where asked_by = @user and created_at >= @since and asked_at is not null and state <> '{MailQueue.Waiting}' order by created_at desc, id desc limit 1000
            """,
            new { user, since = FrenchCalendar.StartOf(today.AddDays(-DaysTold)) }, cancellationToken: ct));
        return [.. rows.GroupBy(row => row.Path).Select(mails => mails.First()).Where(mail => mail.State == MailQueue.DeadLetter).Select(mail => (mail.Path, mail.Recipient, mail.At))];
    }

    /// <summary>The address that the newest mail asked for on this page did not reach; null when it arrived, waits, or none was asked.</summary>
    public static async Task<string?> NotArrivedAsync(DbConnection db, string path, CancellationToken ct)
    {
        var newest = await db.QueryFirstOrDefaultAsync<(string Recipient, string State)?>(new CommandDefinition(
            $"select recipient, state from mail where asked_at = @path and state <> '{MailQueue.Waiting}' order by created_at desc, id desc limit 1", new { path }, cancellationToken: ct));
        return newest is { State: MailQueue.DeadLetter } mail ? mail.Recipient : null;
    }
}
