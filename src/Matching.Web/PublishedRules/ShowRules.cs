using Matching.Web.Platform;

namespace Matching.Web.PublishedRules;

/// <summary>GET /regles: every rule that the service applies, with its source, for everyone.</summary>
public static class ShowRules
{
    public static void Map(IEndpointRouteBuilder app) =>
        app.MapGet("/regles", () => Page.Of<ShowRulesPage>()).RequireAuthorization(Policies.Anyone);
}
