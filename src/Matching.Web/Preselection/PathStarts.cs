using System.Data.Common;
using Dapper;
using Matching.Rules;
using Matching.Rules.Preselection;
using Matching.Web.Platform;

namespace Matching.Web.Preselection;

/// <summary>The first step of a path: a person is proposed for a posting.</summary>
public static class PathStarts
{
    /// <param name="list">The ranked list that named the person; null when none did.</param>
    /// <returns>The new id; null when the person is on this posting already.</returns>
    public static async Task<PreselectionId?> BeginAsync(
        DbConnection db, DbTransaction tx, EventLog log, PostingId posting, PersonId person, RankedListId? list, SignedIn facilitator, DateTimeOffset now, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(log);
        ArgumentNullException.ThrowIfNull(facilitator);
        var id = PreselectionId.New();
        var rows = await db.ExecuteAsync(new CommandDefinition(
            """
            insert into preselection (id, posting_id, person_id, facilitator_id, ranked_list_id, state, reason_code, interview_at, created_at, updated_at)
            values (@id, @posting, @person, @OrganizationId, @list, @state, null, null, @now, @now)
            on conflict (posting_id, person_id) do nothing
            """,
            new { id, posting, person, facilitator.OrganizationId, list, state = PreselectionState.Proposed.Code(), now },
            tx, cancellationToken: ct));
        if (rows == 0)
        {
            return null;
        }

        var author = new StepAuthor(PreselectionActor.Facilitator, facilitator.DisplayName, facilitator);
        await PreselectionStore.WriteStepAsync(db, tx, id, null, new PreselectionStep(PreselectionState.Proposed, PreselectionState.Proposed, author), now, ct);
        await log.AppendAsync(db, tx, "preselection", id.Value, "proposition", facilitator, new { offre = posting.Value, personne = person.Value, liste = list?.Value }, ct);
        return id;
    }
}
