using Dapper;
using Matching.Rules;
using Matching.Rules.Markets;
using Matching.Web.Platform;
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

        var result = await mediator.Send(new RankCandidates.Query(posting.Value, People, user, IsShown: false), ct);
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

    // The oldest open posting, seen by someone who may see it: the story of the first visit begins with it.
    private async Task<(PostingId? Posting, SignedIn? User)> FirstAsync(CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        var row = await db.QueryFirstOrDefaultAsync<First>(new CommandDefinition(
            """
            select p.id as posting_id, u.id as user_id, u.display_name, u.organization_id
            from posting p join app_user u on u.organization_id = p.facilitator_id and u.role = @role
            where p.state = 'PUBLISHED' order by p.published_at, p.id, u.user_name limit 1
            """,
            new { role = Roles.Facilitator }, cancellationToken: ct));
        return row is null
            ? (null, null)
            : (row.PostingId, new SignedIn(row.UserId, row.DisplayName, row.OrganizationId, "", OrganizationKind.Facilitateur, Roles.Facilitator));
    }

    private sealed record First(PostingId PostingId, Guid UserId, string DisplayName, OrganizationId OrganizationId);
}
