using Matching.Rules;

namespace Matching.Web.Accounts;

/// <summary>A user as Identity handles it; its organisation is read with it because every page needs its name.</summary>
public sealed class Account
{
    public Guid Id { get; set; }
    public OrganizationId OrganizationId { get; set; }
    public string OrganizationName { get; set; } = "";

    /// <summary>The code of an <c>OrganizationKind</c>.</summary>
    public string OrganizationKind { get; set; } = "";
    public string UserName { get; set; } = "";
    public string NormalizedUserName { get; set; } = "";
    public string DisplayName { get; set; } = "";
    public string? PasswordHash { get; set; }
    public string Role { get; set; } = "";

    /// <summary>Changes with the password or when the account is disabled: older sign-ins then end.</summary>
    public string SecurityStamp { get; set; } = "";
    public string ConcurrencyStamp { get; set; } = "";
    public int AccessFailedCount { get; set; }
    public DateTimeOffset? LockoutEnd { get; set; }
    public DateTimeOffset CreatedAt { get; set; }
}
