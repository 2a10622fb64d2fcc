using System.Data.Common;
using System.Text.RegularExpressions;
using Dapper;

namespace Matching.Web.Platform.Mail;

/// <summary>
/// The secret that a mail carries is in no table, not even while the mail waits: the queue holds a mark in its place. When the mail leaves, a
/// secret is drawn, its hash stored, and the mark replaced. A mail sent again after a crash carries another one, good too until the link ends.
/// </summary>
public static partial class MailSecrets
{
    /// <summary>Stands in a draft for a secret of this company's link.</summary>
    public static string CompanyLink(Guid linkId) => $"~lien:{linkId}~";

    /// <summary>Stands in a draft for the code asked for under this id.</summary>
    public static string Code(Guid codeId) => $"~code:{codeId}~";

    /// <summary>The mails ready to leave; the hashes of the secrets drawn for them are on disk.</summary>
    public static async Task<IReadOnlyList<QueuedMail>> FillAsync(Database database, IReadOnlyList<QueuedMail> due, DateTimeOffset now, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(database);
        ArgumentNullException.ThrowIfNull(due);
        return due.Any(mail => Mark().IsMatch(mail.TextBody))
            ? await database.WriteAsync((db, tx) => FillAllAsync(db, tx, due, now, ct), ct)
            : due;
    }

    private static async Task<IReadOnlyList<QueuedMail>> FillAllAsync(DbConnection db, DbTransaction tx, IReadOnlyList<QueuedMail> due, DateTimeOffset now, CancellationToken ct)
    {
        var filled = new List<QueuedMail>();
        foreach (var mail in due)
        {
            var ready = mail;
            foreach (var mark in Mark().Matches(mail.TextBody).DistinctBy(it => it.Value))
            {
                var id = Guid.Parse(mark.Groups[2].Value);
                var secret = mark.Groups[1].Value == "code" ? await DrawCodeAsync(db, tx, id, now, ct) : await DrawLinkAsync(db, tx, id, now, ct);
                ready = ready with
                {
                    TextBody = ready.TextBody.Replace(mark.Value, secret, StringComparison.Ordinal),
                    HtmlBody = ready.HtmlBody.Replace(mark.Value, secret, StringComparison.Ordinal),
                };
            }

            filled.Add(ready);
        }

        return filled;
    }

    private static async Task<string> DrawLinkAsync(DbConnection db, DbTransaction tx, Guid id, DateTimeOffset now, CancellationToken ct)
    {
        var (secret, hash) = DrawnSecret.Draw();
        await db.ExecuteAsync(new CommandDefinition(
            "insert into company_link_secret (secret_hash, link_id, drawn_at) values (@hash, @id, @now)", new { hash, id, now }, tx, cancellationToken: ct));
        return secret;
    }

    // Its minutes run from here: a mail that waited for its server still brings a code that works.
    private static async Task<string> DrawCodeAsync(DbConnection db, DbTransaction tx, Guid id, DateTimeOffset now, CancellationToken ct)
    {
        var (code, hash) = DrawnSecret.DrawCode(id);
        await db.ExecuteAsync(new CommandDefinition(
            "update company_link_code set code_hash = @hash, sent_at = @now, tries = 0 where id = @id and used_at is null", new { hash, id, now }, tx, cancellationToken: ct));
        return code;
    }

    [GeneratedRegex("~(lien|code):([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})~")]
    private static partial Regex Mark();
}
