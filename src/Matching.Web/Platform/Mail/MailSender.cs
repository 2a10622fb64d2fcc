using System.Collections.Concurrent;
using Dapper;

namespace Matching.Web.Platform.Mail;

/// <summary>
/// Sends what waits in the queue, on one node at a time. A mail is marked as sent just after the server took it: a crash between the two
/// sends it again under the same message id, and never loses it.
/// </summary>
public sealed partial class MailSender(Database database, JobLock turn, MailSettings settings, MailSignal signal, FrenchCalendar calendar, ILogger<MailSender> logger)
    : BackgroundService
{
    /// <summary>Mails between two commits: what a crash may send a second time.</summary>
    public const int BatchSize = 64;

    private const int Connections = 8;

    /// <summary>The turn that a node has while it sends.</summary>
    public const string Turn = "courriels";

    private const int MostTries = 20;
    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(250);

    /// <summary>Waits between attempts; after the last one the mail goes to the dead letters.</summary>
    private static readonly TimeSpan[] BackOff =
    [
        TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15), TimeSpan.FromHours(1), TimeSpan.FromHours(4), TimeSpan.FromHours(12), TimeSpan.FromHours(24),
    ];

    /// <summary>A turn of the database is a node's; inside the node one sending at a time has it.</summary>
    private readonly SemaphoreSlim sending = new(1, 1);

    public static int MostAttempts => BackOff.Length + 1;

    /// <summary>Sends all that is due; answers how many left, 0 when another node is at it.</summary>
    public async Task<int> RunAsync(CancellationToken ct)
    {
        await sending.WaitAsync(ct);
        try
        {
            return await turn.RunAloneAsync(Turn, SendDueAsync, ct) ?? 0;
        }
        finally
        {
            sending.Release();
        }
    }

    /// <summary>Does a short work while no node sends: a mail that waits then is known not to be leaving. Null when the sending made no pause for some seconds.</summary>
    public async Task<T?> BetweenSendingsAsync<T>(Func<Task<T>> work, CancellationToken ct)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(work);
        if (!await sending.WaitAsync(MostTries * BetweenTries, ct))
        {
            return null;
        }

        try
        {
            T? answer = null;
            for (var tries = 0; answer is null && tries < MostTries; tries++)
            {
                await (tries == 0 ? Task.CompletedTask : Task.Delay(BetweenTries, ct));
                await turn.RunAloneAsync(Turn, async _ => (answer = await work()) is not null, ct);
            }

            return answer;
        }
        finally
        {
            sending.Release();
        }
    }

    public override void Dispose()
    {
        sending.Dispose();
        base.Dispose();
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => settings.EverySeconds <= 0
        ? Task.CompletedTask
        : RepeatedLooks.RunAsync(
            logger, "Sending mails", LookAsync, ct => signal.WaitAsync(TimeSpan.FromSeconds(settings.EverySeconds), ct), isFirstAtOnce: true, stoppingToken);

    private async Task LookAsync(CancellationToken ct)
    {
        var sent = await RunAsync(ct);
        if (sent > 0)
        {
            LogSent(sent);
        }
    }

    private async Task<int> SendDueAsync(CancellationToken ct)
    {
        using var last = new LastSeconds(ct);
        var posts = new ConcurrentBag<MailPost>(Enumerable.Range(0, Connections).Select(_ => new MailPost(settings)));
        var (sent, taken) = (0, 0);
        try
        {
            do
            {
                var due = await MailSecrets.FillAsync(database, await DueAsync(ct), calendar.Now, ct);
                var outcomes = new ConcurrentBag<MailOutcome>();
                try
                {
                    await Parallel.ForEachAsync(due, new ParallelOptions { MaxDegreeOfParallelism = Connections, CancellationToken = ct }, async (mail, _) =>
                    {
                        var post = posts.TryTake(out var free) ? free : new MailPost(settings);
                        outcomes.Add(await post.SendAsync(mail, last.Over));
                        posts.Add(post);
                    });
                }
                finally
                {
                    // What left before a stop is written down all the same.
                    await NoteAsync(due, [.. outcomes]);
                }

                sent += outcomes.Count(outcome => outcome.Error is null);
                taken = due.Count;
            }
            while (taken == BatchSize);
        }
        finally
        {
            await Task.WhenAll(posts.Select(post => post.DisposeAsync().AsTask()));
        }

        return sent;
    }

    private async Task<IReadOnlyList<QueuedMail>> DueAsync(CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        return (await db.QueryAsync<QueuedMail>(new CommandDefinition(
            $"""
            select id, recipient, subject, text_body, html_body, attempts
            from mail
            where state = '{MailQueue.Waiting}' and next_attempt_at <= @Now
            order by next_attempt_at, id
            limit {BatchSize}
            """,
            new { calendar.Now }, cancellationToken: ct))).AsList();
    }

    private Task NoteAsync(IReadOnlyList<QueuedMail> due, IReadOnlyList<MailOutcome> outcomes) => outcomes.Count == 0
        ? Task.CompletedTask
        : database.WriteAsync(
            async (db, tx) =>
            {
                foreach (var outcome in outcomes)
                {
                    var attempts = due.Single(mail => mail.Id == outcome.Id).Attempts + 1;
                    var state = outcome.Error is null ? MailQueue.Sent : outcome.IsFinal || attempts >= MostAttempts ? MailQueue.DeadLetter : MailQueue.Waiting;
                    var isSent = outcome.Error is null;
                    await db.ExecuteAsync(new CommandDefinition(
                        $"""
                        update mail set state = @state, attempts = @attempts, last_error = @Error, next_attempt_at = @next,
                            sent_at = case when @isSent then @Now else null end,
                            text_body = case when @isSent then '' else text_body end, html_body = case when @isSent then '' else html_body end
                        where id = @Id and state = '{MailQueue.Waiting}'
                        """,
                        new { outcome.Id, state, attempts, outcome.Error, isSent, calendar.Now, next = calendar.Now + BackOff[Math.Min(attempts, BackOff.Length) - 1] },
                        tx));
                }
            },
            CancellationToken.None);

    [LoggerMessage(Level = LogLevel.Information, Message = "Mails sent: {Count}")]
    private partial void LogSent(int count);
}
