using System.Data.Common;
using Matching.Rules;
using Matching.Rules.Hours;
using Matching.Rules.Preselection;
using Matching.Web.Platform;
using Matching.Web.Platform.Records;

namespace Matching.Web.Preselection;

/// <summary>What a hire writes beside the step itself.</summary>
public static class HireContracts
{
    public static async Task<ContractId> InsertAsync(
        DbConnection db, DbTransaction tx, RecordHire.Command hire, RecordHire.Answer found, DateTimeOffset now, CancellationToken ct)
    {
        var contract = new WorkContract(
            ContractId.New(), found.Preselection.PersonId, found.Posting.LotId, found.Posting.Id, hire.Employer, hire.Modality, hire.Kind,
            new DatePeriod(hire.Start, hire.End), hire.WeeklyMinutes, found.Eligibility!.ValidFrom, found.Eligibility.CategoryCode);
        await ContractWriting.InsertAsync(
            db, tx, new NewContract(contract, found.Posting.MarketId, hire.Id, found.Preselection.FacilitatorId, hire.Key), now, ct);
        return contract.Id;
    }

    /// <summary>The person's other preselections on their way stop, each with its reason, for their facilitators to see.</summary>
    public static async Task StopOthersAsync(
        DbConnection db, DbTransaction tx, EventLog log, StoredPreselection hired, DateTimeOffset now, CancellationToken ct)
    {
        var author = new StepAuthor(PreselectionActor.System, "Le service", null);
        foreach (var other in await PreselectionLists.OfPersonAsync(db, hired.PersonId, ct, tx))
        {
            if (other.Id != hired.Id && other.State.IsPending())
            {
                var step = new PreselectionStep(other.State, PreselectionState.Withdrawn, author, Reasons.HiredElsewhere);
                await PreselectionStore.MoveAsync(db, tx, log, other.Id, step, now, ct);
            }
        }
    }
}
