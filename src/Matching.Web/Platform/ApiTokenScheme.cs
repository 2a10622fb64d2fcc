using System.Security.Claims;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using Dapper;
using Matching.Rules;
using Matching.Rules.Markets;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Matching.Web.Platform;

/// <summary>
/// <c>Authorization: Bearer …</c> on /api/v1: the token stands for its organisation, with the role of the person who made it. Only its
/// SHA-256 is stored; 256 random bits need no slower hash.
/// </summary>
public sealed class ApiTokenScheme(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder, Database database, FrenchCalendar calendar)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    public const string Name = "ApiToken";
    public const string ScopeClaim = "portee";
    public const string ReadScope = "lecture";
    public const string WriteScope = "ecriture";
    private const string Prefix = "Bearer ";

    /// <summary>A new token, to show once, and the hash to store.</summary>
    public static (string Token, string Hash) Create()
    {
        var token = "mtg_" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        return (token, DrawnSecret.HashOf(token));
    }

    /// <summary>Whether this request brings a token, good or not.</summary>
    public static bool IsUsedBy(HttpRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase)
            && request.Headers.Authorization.ToString().StartsWith(Prefix, StringComparison.OrdinalIgnoreCase);
    }

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var hash = DrawnSecret.HashOf(Request.Headers.Authorization.ToString()[Prefix.Length..].Trim());
        await using var db = await database.OpenAsync(Context.RequestAborted);
        var row = await db.QuerySingleOrDefaultAsync<Row>(new CommandDefinition(
            """
            select u.id as user_id, u.display_name, u.role, o.id as organization_id, o.name as organization_name, o.kind, t.scopes
            from api_token t
            join organization o on o.id = t.organization_id
            join app_user u on u.id = t.created_by
            where t.token_hash = @hash and t.revoked_at is null and t.expires_at > @Now and u.disabled_at is null
            """,
            new { hash, calendar.Now },
            cancellationToken: Context.RequestAborted));
        if (row is null || !OrganizationKinds.TryParse(row.Kind, out var kind))
        {
            return AuthenticateResult.Fail("Unknown, expired or revoked token.");
        }

        var signedIn = new SignedIn(row.UserId, row.DisplayName, row.OrganizationId, row.OrganizationName, kind, row.Role);
        var scopes = row.Scopes.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(scope => new Claim(ScopeClaim, scope));
        var principal = new ClaimsPrincipal(new ClaimsIdentity([.. signedIn.ToClaims(), .. scopes], Name));
        return AuthenticateResult.Success(new AuthenticationTicket(principal, Name));
    }

    private sealed record Row(
        Guid UserId, string DisplayName, string Role, OrganizationId OrganizationId, string OrganizationName, string Kind, string Scopes);
}
