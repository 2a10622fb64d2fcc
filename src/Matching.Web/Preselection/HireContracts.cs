using System.Data.Common;
using Dapper;
using Matching.Rules;
using Matching.Rules.Markets;
using Matching.Rules.Postings;
using Matching.Rules.Preselection;
using Matching.Web.Platform;

namespace Matching.Web.Preselection;

/// <summary>What a hire writes beside the step itself.</summary>
public static class HireContracts
{
    public static async Task<ContractId> InsertAsync(
        DbConnection db, DbTransaction tx, RecordHire.Command hire, RecordHire.Answer found, DateTimeOffset now, CancellationToken ct)
    {
        var id = ContractId.New();
        await db.ExecuteAsync(new CommandDefinition(
            """
            insert into work_contract (id, person_id, lot_id, market_id, posting_id, preselection_id, facilitator_id, employer_id, modality, kind,
                starts_on, ends_on, weekly_minutes, eligible_from, category_code, created_at, ended_on, exit_code)
            values (@id, @PersonId, @LotId, @MarketId, @PostingId, @PreselectionId, @FacilitatorId, @Employer, @modality, @kind,
                @Start, @End, @WeeklyMinutes, @ValidFrom, @CategoryCode, @now, null, null)
            """,
            new
            {
                id,
                found.Preselection.PersonId,
                found.Posting.LotId,
                found.Posting.MarketId,
                PostingId = found.Posting.Id,
                PreselectionId = hire.Id,
                found.Preselection.FacilitatorId,
                hire.Employer,
                modality = MarketVocabulary.Modalities.Single(m => m.Value == hire.Modality).Code,
                kind = hire.Kind.Code(),
                hire.Start,
                hire.End,
                hire.WeeklyMinutes,
                found.Eligibility!.ValidFrom,
                found.Eligibility.CategoryCode,
                now,
            },
            tx, cancellationToken: ct));
        return id;
    }

    /// <summary>The person's other preselections on their way stop, each with its reason, for their facilitators to see.</summary>
    public static async Task StopOthersAsync(
        DbConnection db, DbTransaction tx, EventLog log, StoredPreselection hired, DateTimeOffset now, CancellationToken ct)
    {
        var author = new StepAuthor(PreselectionActor.System, "Le service", null);
        foreach (var other in await PreselectionStore.OfPersonAsync(db, hired.PersonId, ct, tx))
        {
            if (other.Id != hired.Id && other.State.IsPending())
            {
                var step = new PreselectionStep(other.State, PreselectionState.Withdrawn, author, Reasons.HiredElsewhere);
                await PreselectionStore.MoveAsync(db, tx, log, other.Id, step, now, ct);
            }
        }
    }
}
