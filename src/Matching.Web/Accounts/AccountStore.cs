using System.Security.Claims;
using Dapper;
using Matching.Rules.Markets;
using Matching.Web.Platform;
using Microsoft.AspNetCore.Identity;

namespace Matching.Web.Accounts;

/// <summary>Where Identity finds and keeps accounts. A disabled account is not found, so it can neither sign in nor stay.</summary>
public sealed class AccountStore(Database database)
    : IUserPasswordStore<Account>, IUserLockoutStore<Account>, IUserSecurityStampStore<Account>, IUserClaimsPrincipalFactory<Account>
{
    private const string Select = """
        select u.id, u.organization_id, o.name as organization_name, o.kind as organization_kind, u.user_name, u.normalized_user_name,
               u.display_name, u.password_hash, u.role, u.security_stamp, u.concurrency_stamp, u.access_failed_count, u.lockout_end, u.created_at
        from app_user u join organization o on o.id = u.organization_id
        """;

    public async Task<IdentityResult> CreateAsync(Account user, CancellationToken cancellationToken)
    {
        user.ConcurrencyStamp = Guid.CreateVersion7().ToString();
        await database.WriteAsync(
            (db, tx) => db.ExecuteAsync(new CommandDefinition(
                """
                insert into app_user (id, organization_id, user_name, normalized_user_name, display_name, password_hash, role, security_stamp,
                    concurrency_stamp, access_failed_count, lockout_end, created_at)
                values (@Id, @OrganizationId, @UserName, @NormalizedUserName, @DisplayName, @PasswordHash, @Role, @SecurityStamp,
                    @ConcurrencyStamp, @AccessFailedCount, @LockoutEnd, @CreatedAt)
                """,
                user, tx, cancellationToken: cancellationToken)),
            cancellationToken);
        return IdentityResult.Success;
    }

    /// <summary>Writes what sign-in changes; a failure when someone else wrote in between.</summary>
    public async Task<IdentityResult> UpdateAsync(Account user, CancellationToken cancellationToken)
    {
        var before = user.ConcurrencyStamp;
        user.ConcurrencyStamp = Guid.CreateVersion7().ToString();
        var written = await database.WriteAsync(
            (db, tx) => db.ExecuteAsync(new CommandDefinition(
                """
                update app_user set display_name = @DisplayName, password_hash = @PasswordHash, security_stamp = @SecurityStamp,
                    concurrency_stamp = @ConcurrencyStamp, access_failed_count = @AccessFailedCount, lockout_end = @LockoutEnd
                where id = @Id and concurrency_stamp = @before
                """,
                new
                {
                    user.DisplayName,
                    user.PasswordHash,
                    user.SecurityStamp,
                    user.ConcurrencyStamp,
                    user.AccessFailedCount,
                    user.LockoutEnd,
                    user.Id,
                    before,
                },
                tx, cancellationToken: cancellationToken)),
            cancellationToken);
        return written == 1 ? IdentityResult.Success : IdentityResult.Failed(new FrenchIdentityErrors().ConcurrencyFailure());
    }

    public Task<IdentityResult> DeleteAsync(Account user, CancellationToken cancellationToken) =>
        throw new NotSupportedException("An account is disabled, never deleted: history names it.");

    public Task<Account?> FindByIdAsync(string userId, CancellationToken cancellationToken) => Guid.TryParse(userId, out var id)
        ? FindAsync("u.id = @id", new { id }, cancellationToken)
        : Task.FromResult<Account?>(null);

    public Task<Account?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken) =>
        FindAsync("u.normalized_user_name = @normalizedUserName", new { normalizedUserName }, cancellationToken);

    public Task<ClaimsPrincipal> CreateAsync(Account user)
    {
        if (!OrganizationKinds.TryParse(user.OrganizationKind, out var kind))
        {
            throw new InvalidOperationException("Unknown kind of organisation.");
        }

        var signedIn = new SignedIn(user.Id, user.DisplayName, user.OrganizationId, user.OrganizationName, kind, user.Role);
        var stamp = new Claim(new ClaimsIdentityOptions().SecurityStampClaimType, user.SecurityStamp);
        return Task.FromResult(new ClaimsPrincipal(new ClaimsIdentity([.. signedIn.ToClaims(), stamp], IdentityConstants.ApplicationScheme)));
    }

    public Task<string> GetUserIdAsync(Account user, CancellationToken cancellationToken) => Task.FromResult(user.Id.ToString());

    public Task<string?> GetUserNameAsync(Account user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.UserName);

    public Task SetUserNameAsync(Account user, string? userName, CancellationToken cancellationToken) => Done(user.UserName = userName ?? "");

    public Task<string?> GetNormalizedUserNameAsync(Account user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.NormalizedUserName);

    public Task SetNormalizedUserNameAsync(Account user, string? normalizedName, CancellationToken cancellationToken) =>
        Done(user.NormalizedUserName = normalizedName ?? "");

    public Task SetPasswordHashAsync(Account user, string? passwordHash, CancellationToken cancellationToken) => Done(user.PasswordHash = passwordHash);

    public Task<string?> GetPasswordHashAsync(Account user, CancellationToken cancellationToken) => Task.FromResult(user.PasswordHash);

    public Task<bool> HasPasswordAsync(Account user, CancellationToken cancellationToken) => Task.FromResult(user.PasswordHash is not null);

    public Task<DateTimeOffset?> GetLockoutEndDateAsync(Account user, CancellationToken cancellationToken) => Task.FromResult(user.LockoutEnd);

    public Task SetLockoutEndDateAsync(Account user, DateTimeOffset? lockoutEnd, CancellationToken cancellationToken) => Done(user.LockoutEnd = lockoutEnd);

    public Task<int> IncrementAccessFailedCountAsync(Account user, CancellationToken cancellationToken) => Task.FromResult(++user.AccessFailedCount);

    public Task ResetAccessFailedCountAsync(Account user, CancellationToken cancellationToken) => Done(user.AccessFailedCount = 0);

    public Task<int> GetAccessFailedCountAsync(Account user, CancellationToken cancellationToken) => Task.FromResult(user.AccessFailedCount);

    public Task<bool> GetLockoutEnabledAsync(Account user, CancellationToken cancellationToken) => Task.FromResult(true);

    public Task SetLockoutEnabledAsync(Account user, bool enabled, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task SetSecurityStampAsync(Account user, string stamp, CancellationToken cancellationToken) => Done(user.SecurityStamp = stamp);

    public Task<string?> GetSecurityStampAsync(Account user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.SecurityStamp);

    public void Dispose()
    {
        // Nothing is held: connections are opened and closed by each call.
    }

    private async Task<Account?> FindAsync(string condition, object parameters, CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        return await db.QuerySingleOrDefaultAsync<Account>(new CommandDefinition(
            $"{Select} where u.disabled_at is null and {condition}", parameters, cancellationToken: ct));
    }

    private static Task Done(object? assigned)
    {
        _ = assigned;
        return Task.CompletedTask;
    }
}
