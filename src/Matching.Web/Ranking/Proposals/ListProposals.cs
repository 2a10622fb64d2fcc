using System.Data.Common;
using Matching.Rules;

namespace Matching.Web.Ranking.Proposals;

/// <summary>What the last proposal says of the people of one posting; has it looked at behind the page, where a new one is made when it is out of date.</summary>
public sealed class ListProposals(ProposalKeeper keeper)
{
    /// <param name="At">When it was computed; null before the first.</param>
    public sealed record Found(DateTimeOffset? At, IReadOnlyDictionary<Guid, ProposalWords> Words);

    public async Task<Found> OfAsync(DbConnection db, PostingId posting, OrganizationId facilitator, IReadOnlyList<Guid> people, CancellationToken ct)
    {
        keeper.Ask(facilitator);
        var run = await ProposalRecords.RunAsync(db, facilitator, ct);
        return new Found(
            run?.ComputedAt,
            run is null || people.Count == 0 ? new Dictionary<Guid, ProposalWords>() : (await ProposalRecords.OfPeopleAsync(db, facilitator, people, ct)).ToDictionary(it => it.PersonId.Value, it => ProposalWords.Of(it, posting)));
    }
}
