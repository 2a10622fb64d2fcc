using Dapper;
using Matching.Web.Platform;
using Matching.Web.Platform.Mail;

namespace Matching.Web.Accounts;

/// <summary>GET /administration/courriels: how mails leave, how many wait, and those that could not be sent, to send again or to close.</summary>
public static class FollowMails
{
    private const int ListLimit = 200;

    /// <param name="OldestWaiting">When the mail that waits longest was written; null when none waits.</param>
    public sealed record Answer(long Waiting, long Sent, DateTimeOffset? OldestWaiting, string? Host, string Folder, IReadOnlyList<Line> DeadLetters);

    /// <summary>A mail that could not be sent: neither its subject nor its text is shown.</summary>
    public sealed record Line(Guid Id, string Kind, string Recipient, int Attempts, string? LastError, DateTimeOffset CreatedAt);

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/administration/courriels", async (Database database, MailSettings settings, CancellationToken ct) =>
            Page.Of<FollowMailsPage>(new { Mails = await ReadAsync(database, settings, ct) })).RequireAuthorization(Policies.Administrator);
        app.MapPost("/administration/courriels/{id:guid}", DecideAsync).RequireAuthorization(Policies.Administrator);
    }

    private static async Task<Answer> ReadAsync(Database database, MailSettings settings, CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        var counts = (await db.QueryAsync<(string State, long Count)>(new CommandDefinition(
            "select state, count(*) from mail group by state order by state limit 10", cancellationToken: ct))).ToDictionary(row => row.State, row => row.Count);
        var oldest = await db.QueryFirstOrDefaultAsync<DateTimeOffset?>(new CommandDefinition(
            $"select created_at from mail where state = '{MailQueue.Waiting}' order by created_at limit 1", cancellationToken: ct));
        var dead = await db.QueryAsync<Line>(new CommandDefinition(
            $"""
            select id, kind, recipient, attempts, last_error, created_at
            from mail where state = '{MailQueue.DeadLetter}' order by created_at desc, id limit {ListLimit}
            """,
            cancellationToken: ct));
        return new Answer(
            counts.GetValueOrDefault(MailQueue.Waiting), counts.GetValueOrDefault(MailQueue.Sent), oldest, settings.Host, MailSettings.Folder, dead.AsList());
    }

    private static async Task<IResult> DecideAsync(Guid id, PostedForm form, Database database, FrenchCalendar calendar, MailSignal signal, CancellationToken ct)
    {
        var isSentAgain = form["action"] == "renvoyer";
        if (!isSentAgain && form["action"] != "clore")
        {
            return Page.Refused([new Refusal("action", "Choisissez : renvoyer ou clore.")]);
        }

        var changed = await database.WriteAsync(
            (db, tx) => db.ExecuteAsync(new CommandDefinition(
                $"update mail set state = @state, attempts = 0, next_attempt_at = @Now where id = @id and state = '{MailQueue.DeadLetter}'",
                new { id, state = isSentAgain ? MailQueue.Waiting : MailQueue.Closed, calendar.Now }, tx, cancellationToken: ct)),
            ct);
        if (changed == 0)
        {
            return Page.SeeOther("/administration/courriels", "Ce courriel n’est plus dans les rebuts : rien n’a changé.");
        }

        signal.Ring();
        return Page.SeeOther("/administration/courriels", isSentAgain ? "Le courriel repart." : "Le courriel est clos : il ne sera pas envoyé.");
    }
}
