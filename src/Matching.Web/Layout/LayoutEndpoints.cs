using Matching.Web.Platform;

namespace Matching.Web.Layout;

/// <summary>The pages of the house itself: home, accessibility, health, and the page of unknown addresses.</summary>
public static class LayoutEndpoints
{
    public static void Map(IEndpointRouteBuilder app)
    {
        // Those who work here every day begin with what waits for them.
        app.MapGet("/", (HttpContext context) => SignedIn.From(context.User) is { Role: Roles.Facilitator or Roles.Structure }
            ? Page.SeeOther("/aujourdhui")
            : Page.Of<HomePage>(new { Me = SignedIn.From(context.User) })).RequireAuthorization(Policies.Anyone);
        app.MapGet("/accessibilite", () => Page.Of<AccessibilityPage>()).RequireAuthorization(Policies.Anyone);
        app.MapGet("/sante", () => TypedResults.Text("ok")).RequireAuthorization(Policies.Anyone);

        // Matched so that an unknown address is "not found" and not "denied"; writing nothing lets the error answers speak.
        app.MapFallback("{*path}", () => TypedResults.StatusCode(StatusCodes.Status404NotFound)).RequireAuthorization(Policies.Anyone);
    }
}
