using Dapper;
using Matching.Rules;
using Matching.Rules.Markets;
using Matching.Web.Platform;
using Matching.Web.Platform.Records;
using Matching.Web.Ranking;
using MediatR;

namespace Matching.Web.Demonstrations;

/// <summary>What the terminal shows first: a posting and the ten people best placed for it, initials only.</summary>
public sealed class FirstShortlist(Database database, IMediator mediator)
{
    private const int People = 10;

    /// <summary>Lines to print; none when there is no open posting yet.</summary>
    public async Task<IReadOnlyList<string>> LinesAsync(CancellationToken ct)
    {
        var (posting, user) = await FirstAsync(ct);
        if (posting is null || user is null)
        {
            return [];
        }

        var result = await mediator.Send(new RankCandidates.Query(posting.Value, People, user), ct);
        return result.Match(
            answer => (IReadOnlyList<string>)
            [
                $"Offre : {answer.Title}",
                $"{answer.Passing} personnes classées sur {answer.InScope} publiées ; les {answer.People.Count} premières :",
                .. answer.People.Select(p => $"{p.Rank}. {p.ShownAs,-6} {p.Score,4} points  {FirstReason(p)}  ({p.Structure})"),
            ],
            () => [],
            _ => []);
    }

    private static string FirstReason(RankCandidates.Candidate person) => person.Reasons.For.Count == 0 ? "" : person.Reasons.For[0].Sentence;

    private async Task<(PostingId? Posting, SignedIn? User)> FirstAsync(CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        var postings = await PostingRecords.PublishedAsync(db, 100, ct);
        var user = await db.QueryFirstOrDefaultAsync<(Guid Id, string Name, OrganizationId OrganizationId)>(new CommandDefinition(
            "select id, display_name, organization_id from app_user where role = @role order by user_name limit 1",
            new { role = Roles.Facilitator }, cancellationToken: ct));

        // The oldest one: the story of the first visit begins with it.
        var own = postings.LastOrDefault(p => p.FacilitatorId == user.OrganizationId);
        return own is null ? (null, null) : (own.Id, new SignedIn(user.Id, user.Name, user.OrganizationId, "", OrganizationKind.Facilitateur, Roles.Facilitator));
    }
}
