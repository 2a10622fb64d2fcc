using System.Data.Common;
using Dapper;
using Matching.Rules;

namespace Matching.Web.Platform.Mail;

/// <summary>
/// Puts mails in the queue in the caller's own transaction: what is undone writes to nobody, what is committed is sent even after a crash.
/// A key already used is not sent again. A draft that is incomplete goes to the dead letters, with the reason, and is not sent.
/// </summary>
public sealed class MailQueue(MailSettings settings, FrenchCalendar calendar, MailSignal signal)
{
    public const string Waiting = "EN_ATTENTE";
    public const string Sent = "ENVOYE";
    public const string DeadLetter = "REBUT";
    public const string Closed = "CLOS";

    private const int MostUsers = 200;
    private const int MostGone = 10_000;

    /// <summary>Writes to one user. False when there is nothing to send: kind switched off, no address, account closed, or key already used.</summary>
    public async Task<bool> ToUserAsync(DbConnection db, DbTransaction tx, Guid userId, MailDraft draft, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(draft);
        var address = await db.QuerySingleOrDefaultAsync<string?>(new CommandDefinition(
            """
            select u.email
            from app_user u
            where u.id = @userId and u.email is not null and u.disabled_at is null
                and not exists (select 1 from mail_switched_off m where m.user_id = u.id and m.kind = @Code)
            """,
            new { userId, draft.Kind.Code }, tx, cancellationToken: ct));
        return address is not null && await InsertAsync(
            db, tx, userId, address, draft with { DedupeKey = $"{draft.DedupeKey}:{userId}" },
            $"Vous recevez ce message du service Matching. Pour choisir vos courriels : {settings.Site}/compte/courriels", ct);
    }

    /// <summary>Writes to each user of an organisation who has the role and wants this kind; answers how many mails were queued.</summary>
    public async Task<int> ToOrganizationAsync(DbConnection db, DbTransaction tx, OrganizationId organization, string role, MailDraft draft, CancellationToken ct)
    {
        var users = (await db.QueryAsync<Guid>(new CommandDefinition(
            $"select id from app_user where organization_id = @organization and role = @role and disabled_at is null order by id limit {MostUsers}",
            new { organization, role }, tx, cancellationToken: ct))).AsList();
        var queued = 0;
        foreach (var user in users)
        {
            queued += await ToUserAsync(db, tx, user, draft, ct) ? 1 : 0;
        }

        return queued;
    }

    /// <summary>Writes to someone who has no account. False when this key was already used.</summary>
    /// <param name="asked">Who asked for it and on which page, to be told when it does not arrive; null when nobody did.</param>
    public Task<bool> ToAddressAsync(DbConnection db, DbTransaction tx, string address, MailDraft draft, CancellationToken ct, (Guid By, string Path)? asked = null) =>
        InsertAsync(db, tx, null, address, draft, "Vous recevez ce message du service Matching, pour un recrutement lié à une clause sociale d’insertion. Ne le transférez pas.", ct, asked);

    /// <summary>Takes out of the queue the mails whose key begins so and that did not arrive; answers how many, and who had one. To be called between two sendings.</summary>
    /// <param name="since">None of them is older.</param>
    public static async Task<(int Withdrawn, IReadOnlyList<Gone> Gone)> WithdrawAsync(DbConnection db, DbTransaction tx, string keyStart, DateTimeOffset since, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(keyStart);
        const string those = "created_at >= @since and substr(dedupe_key, 1, @Length) = @keyStart";
        var gone = await db.QueryAsync<Gone>(new CommandDefinition(
            $"select user_id, recipient from mail where {those} and state = '{Sent}' order by id limit {MostGone}", new { since, keyStart, keyStart.Length }, tx, cancellationToken: ct));
        var withdrawn = await db.ExecuteAsync(new CommandDefinition(
            $"update mail set state = '{Closed}', text_body = '', html_body = '' where {those} and state in ('{Waiting}', '{DeadLetter}')",
            new { since, keyStart, keyStart.Length }, tx, cancellationToken: ct));
        return (withdrawn, gone.AsList());
    }

    private async Task<bool> InsertAsync(DbConnection db, DbTransaction tx, Guid? userId, string address, MailDraft draft, string footer, CancellationToken ct, (Guid By, string Path)? asked = null)
    {
        var fault = draft.Fault;
        var added = await db.ExecuteAsync(new CommandDefinition(
            """
            insert into mail (id, kind, user_id, recipient, subject, text_body, html_body, dedupe_key, state, attempts, next_attempt_at, last_error, created_at, sent_at, asked_by, asked_at)
            values (@id, @Code, @userId, @address, @subject, @text, @html, @DedupeKey, @state, 0, @Now, @fault, @Now, null, @askedBy, @askedAt)
            on conflict do nothing
            """,
            new
            {
                id = Guid.CreateVersion7(),
                draft.Kind.Code,
                userId,
                address,
                subject = OneLine(draft.Subject),
                text = draft.ToText(settings.Site, footer),
                html = draft.ToHtml(settings.Site, footer),
                draft.DedupeKey,
                state = fault is null ? Waiting : DeadLetter,
                fault,
                calendar.Now,
                askedBy = asked?.By,
                askedAt = asked?.Path,
            },
            tx, cancellationToken: ct)) == 1;
        if (added)
        {
            signal.Ring();
        }

        return added;
    }

    // A line end in a subject would start another header.
    private static string OneLine(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>A mail that left.</summary>
    /// <param name="UserId">Null when it was written to someone without account.</param>
    public sealed record Gone(Guid? UserId, string Recipient);
}
