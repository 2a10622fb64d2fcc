using System.Security.Cryptography;
using Dapper;
using Microsoft.AspNetCore.DataProtection;

namespace Matching.Web.Platform.Webhooks;

/// <summary>
/// Sends what waits for programs, on one node at a time, each message under its id: a crash sends it again under the same one and never loses
/// it. What is refused is tried again, later each time, then goes to the dead letters.
/// </summary>
public sealed class WebhookSender(
    Database database, JobLock turn, WebhookSettings settings, WebhookPost post, IDataProtectionProvider keys, FrenchCalendar calendar, ILogger<WebhookSender> log) : BackgroundService
{
    public const string Purpose = "webhook";

    private const int BatchSize = 50;

    private static readonly TimeSpan[] BackOff =
        [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2), TimeSpan.FromHours(12), TimeSpan.FromHours(24)];

    public static int MostAttempts => BackOff.Length + 1;

    /// <summary>Sends all that is due; answers how many were taken by their programs.</summary>
    public async Task<int> RunAsync(CancellationToken ct) => await turn.RunAloneAsync("webhooks", SendDueAsync, ct) ?? 0;

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => settings.EverySeconds <= 0
        ? Task.CompletedTask
        : RepeatedLooks.RunAsync(
            log, "Sending webhooks", RunAsync, ct => Task.Delay(TimeSpan.FromSeconds(settings.EverySeconds), ct), isFirstAtOnce: true, stoppingToken);

    private async Task<int> SendDueAsync(CancellationToken ct)
    {
        var (sent, taken) = (0, 0);
        do
        {
            var due = await DueAsync(ct);
            var outcomes = await Task.WhenAll(due.GroupBy(message => message.HookId).Select(hook => SendInOrderAsync([.. hook], ct)));
            sent += outcomes.Sum();
            taken = due.Count;
        }
        while (taken == BatchSize);
        return sent;
    }

    // One address is told in the order in which things happened; a slow one keeps nobody else waiting. A stop waits for what is leaving: cut,
    // it would leave again.
    private async Task<int> SendInOrderAsync(IReadOnlyList<QueuedWebhook> messages, CancellationToken ct)
    {
        var sent = 0;
        foreach (var message in messages)
        {
            ct.ThrowIfCancellationRequested();
            var outcome = await SendAsync(message);
            await NoteAsync(message, outcome);
            sent += outcome.Error is null ? 1 : 0;
        }

        return sent;
    }

    private async Task<WebhookOutcome> SendAsync(QueuedWebhook message)
    {
        try
        {
            return await post.SendAsync(message, keys.CreateProtector(Purpose).Unprotect(message.ProtectedSecret), calendar.Now);
        }
        catch (CryptographicException)
        {
            return new WebhookOutcome(message.Id, "Le secret de cette adresse ne se lit plus : enregistrez-la de nouveau.", IsFinal: true);
        }
    }

    private async Task<IReadOnlyList<QueuedWebhook>> DueAsync(CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        return (await db.QueryAsync<QueuedWebhook>(new CommandDefinition(
            $"""
            select d.id, d.webhook_id as hook_id, h.url, h.protected_secret, d.event, d.body, d.attempts
            from webhook_delivery d join webhook h on h.id = d.webhook_id
            where d.state = '{WebhookQueue.Waiting}' and d.next_attempt_at <= @Now and h.disabled_at is null
            order by d.next_attempt_at, d.id limit {BatchSize}
            """,
            new { calendar.Now }, cancellationToken: ct))).AsList();
    }

    // What left before a stop is written down all the same.
    private Task<int> NoteAsync(QueuedWebhook message, WebhookOutcome outcome)
    {
        var attempts = message.Attempts + 1;
        var state = outcome.Error is null ? WebhookQueue.Sent : outcome.IsFinal || attempts >= MostAttempts ? WebhookQueue.DeadLetter : WebhookQueue.Waiting;
        return database.WriteAsync(
            (db, tx) => db.ExecuteAsync(new CommandDefinition(
                $"""
                update webhook_delivery set state = @state, attempts = @attempts, last_error = @Error, next_attempt_at = @next, sent_at = case when @isSent then @Now else null end
                where id = @Id and state = '{WebhookQueue.Waiting}'
                """,
                new { message.Id, state, attempts, outcome.Error, isSent = outcome.Error is null, calendar.Now, next = calendar.Now + BackOff[Math.Min(attempts, BackOff.Length) - 1] }, tx)),
            CancellationToken.None);
    }
}

/// <summary>The queue of webhooks and its sender.</summary>
public static class WebhookServices
{
    public static IServiceCollection AddWebhooks(this IServiceCollection services) => services
        .AddSingleton<WebhookSettings>().AddSingleton<WebhookPost>().AddSingleton<WebhookSender>()
        .AddHostedService(provider => provider.GetRequiredService<WebhookSender>());
}
