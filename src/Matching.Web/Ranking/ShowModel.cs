using Matching.Web.Platform;

namespace Matching.Web.Ranking;

/// <summary>GET /modele: the criteria, their points and the reason of each, for everyone.</summary>
public static class ShowModel
{
    public static void Map(IEndpointRouteBuilder app) =>
        app.MapGet("/modele", (ActiveModel active) => Page.Of<ShowModelPage>(new { active.Model })).RequireAuthorization(Policies.Anyone);
}
