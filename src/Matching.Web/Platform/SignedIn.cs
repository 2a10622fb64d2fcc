using System.Security.Claims;
using Matching.Rules;
using Matching.Rules.Markets;

namespace Matching.Web.Platform;

/// <summary>
/// Who asks: a person signed in, or a program with its organisation's token (then the person who made the token). A parameter of this
/// type in an endpoint is bound from the request; nullable where <see cref="Policies.Anyone"/> may call.
/// </summary>
public sealed record SignedIn(
    Guid UserId, string DisplayName, OrganizationId OrganizationId, string OrganizationName, OrganizationKind OrganizationKind, string Role)
{
    private const string OrganizationIdClaim = "organisation_id";
    private const string OrganizationNameClaim = "organisation_nom";
    private const string OrganizationKindClaim = "organisation_type";

    /// <summary>From the cookie's or the token's claims; null for a visitor.</summary>
    public static SignedIn? From(ClaimsPrincipal? user)
    {
        if (user?.Identity is not { IsAuthenticated: true }
            || !Guid.TryParse(user.FindFirstValue(ClaimTypes.NameIdentifier), out var userId)
            || !Guid.TryParse(user.FindFirstValue(OrganizationIdClaim), out var organizationId)
            || !OrganizationKinds.TryParse(user.FindFirstValue(OrganizationKindClaim), out var kind))
        {
            return null;
        }

        return new SignedIn(
            userId,
            user.FindFirstValue(ClaimTypes.Name) ?? "",
            new OrganizationId(organizationId),
            user.FindFirstValue(OrganizationNameClaim) ?? "",
            kind,
            user.FindFirstValue(ClaimTypes.Role) ?? "");
    }

    public static ValueTask<SignedIn?> BindAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return ValueTask.FromResult(From(context.User));
    }

    /// <summary>The claims that <see cref="From"/> reads back.</summary>
    public IEnumerable<Claim> ToClaims() =>
    [
        new(ClaimTypes.NameIdentifier, UserId.ToString()),
        new(ClaimTypes.Name, DisplayName),
        new(ClaimTypes.Role, Role),
        new(OrganizationIdClaim, OrganizationId.ToString()),
        new(OrganizationNameClaim, OrganizationName),
        new(OrganizationKindClaim, OrganizationKind.Code()),
    ];
}
