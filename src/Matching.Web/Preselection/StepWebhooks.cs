using System.Data.Common;
using Dapper;
using Matching.Rules;
using Matching.Rules.Preselection;
using Matching.Web.Platform.Webhooks;

namespace Matching.Web.Preselection;

/// <summary>Tells the programs of the facilitator and of the structure that a path moved: ids and states, no reason, no note.</summary>
public static class StepWebhooks
{
    public static async Task TellAsync(DbConnection db, DbTransaction tx, PreselectionId id, PreselectionState? from, PreselectionState to, DateTimeOffset now, CancellationToken ct)
    {
        if (from == to)
        {
            return;
        }

        // Nothing is found where nobody listens, which is the usual case.
        var row = await db.QueryFirstOrDefaultAsync<(Guid Posting, Guid Person, OrganizationId Facilitator, OrganizationId Pool)?>(new CommandDefinition(
            """
            select s.posting_id, s.person_id, s.facilitator_id, p.organization_id from preselection s join person p on p.id = s.person_id
            where s.id = @id and exists (select 1 from webhook h where h.organization_id in (s.facilitator_id, p.organization_id) and h.disabled_at is null)
            order by s.id limit 1
            """,
            new { id }, tx, cancellationToken: ct));
        if (row is var (posting, person, facilitator, pool))
        {
            await WebhookQueue.TellAsync(
                db, tx, WebhookEvents.PreselectionChanged, [facilitator, pool], new { preselection = id.Value, offre = posting, personne = person, de = from?.Code(), vers = to.Code() }, now, ct);
        }
    }
}
