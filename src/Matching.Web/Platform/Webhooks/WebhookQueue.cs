using System.Data.Common;
using System.Text.Json;
using Dapper;
using Matching.Rules;

namespace Matching.Web.Platform.Webhooks;

/// <summary>
/// Puts messages for programs in their queue, in the transaction of the fact itself: what is undone tells nobody, what is committed is told
/// even after a crash. A message holds ids and codes, never a name nor a criterion: the program asks the API for what it may read.
/// </summary>
public static class WebhookQueue
{
    public const string Waiting = "EN_ATTENTE";
    public const string Sent = "ENVOYE";
    public const string DeadLetter = "REBUT";
    public const string Closed = "CLOS";

    private const int MostHooks = 50;

    private static readonly JsonSerializerOptions Format = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>Tells the programs of these organisations that asked for this event.</summary>
    /// <param name="facts">Ids and codes, written under <c>donnees</c>.</param>
    public static async Task TellAsync(
        DbConnection db, DbTransaction tx, string code, IEnumerable<OrganizationId> organizations, object facts, DateTimeOffset now, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(organizations);
        var hooks = await db.QueryAsync<(Guid Id, string Events)>(new CommandDefinition(
            $"select id, events from webhook where organization_id {db.In("@ids")} and disabled_at is null order by id limit {MostHooks}",
            new { ids = organizations.Select(id => id.Value).Distinct().ToArray() }, tx, cancellationToken: ct));
        foreach (var hook in hooks.Where(hook => hook.Events.Split('|').Contains(code)).Select(hook => hook.Id))
        {
            var id = Guid.CreateVersion7();
            await db.ExecuteAsync(new CommandDefinition(
                """
                insert into webhook_delivery (id, webhook_id, event, body, state, attempts, next_attempt_at, last_error, created_at, sent_at)
                values (@id, @hook, @code, @body, @Waiting, 0, @now, null, @now, null)
                """,
                new { id, hook, code, body = JsonSerializer.Serialize(new { id, evenement = code, le = now, donnees = facts }, Format), Waiting, now }, tx, cancellationToken: ct));
        }
    }
}
