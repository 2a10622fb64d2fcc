using System.Data.Common;
using Matching.Web.Platform;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;

namespace Matching.Web.Accounts;

/// <summary>Sign-in by cookie for people and by token for programs; five wrong passwords lock an account for a quarter of an hour.</summary>
public static class AccountServices
{
    public const int FailuresBeforeLockout = 5;
    public const int MinPasswordLength = 12;
    private const string CookieOrToken = nameof(CookieOrToken);

    public static IServiceCollection AddAccounts(this IServiceCollection services)
    {
        services.AddScoped<DemoAccounts>().AddScoped<IUserClaimsPrincipalFactory<Account>, AccountStore>();
        services.AddIdentityCore<Account>(options =>
        {
            options.Lockout.MaxFailedAccessAttempts = FailuresBeforeLockout;
            options.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(15);

            // Length protects better than compulsory signs, which people write on paper.
            options.Password.RequiredLength = MinPasswordLength;
            options.Password.RequireDigit = options.Password.RequireLowercase = options.Password.RequireUppercase = false;
            options.Password.RequireNonAlphanumeric = false;
            options.Password.RequiredUniqueChars = 5;
        }).AddUserStore<AccountStore>().AddSignInManager().AddErrorDescriber<FrenchIdentityErrors>();
        services.Configure<SecurityStampValidatorOptions>(options => options.ValidationInterval = TimeSpan.FromMinutes(1));
        AddSchemes(services);
        return services;
    }

    private static void AddSchemes(IServiceCollection services) => services.AddAuthentication(CookieOrToken)
        .AddPolicyScheme(CookieOrToken, null, options => options.ForwardDefaultSelector =
            context => ApiTokenScheme.IsUsedBy(context.Request) ? ApiTokenScheme.Name : IdentityConstants.ApplicationScheme)
        .AddScheme<AuthenticationSchemeOptions, ApiTokenScheme>(ApiTokenScheme.Name, null)
        .AddCookie(IdentityConstants.ApplicationScheme, options =>
        {
            options.Cookie.Name = "session";
            options.Cookie.HttpOnly = true;
            options.Cookie.SameSite = SameSiteMode.Lax;
            options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            options.ExpireTimeSpan = TimeSpan.FromHours(10);
            options.SlidingExpiration = true;
            options.LoginPath = "/connexion";
            options.ReturnUrlParameter = "retour";
            options.Events.OnValidatePrincipal = ValidateAsync;
            options.Events.OnRedirectToLogin = redirect =>
            {
                if (redirect.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase))
                {
                    redirect.Response.StatusCode = StatusCodes.Status401Unauthorized;
                }
                else
                {
                    redirect.Response.Redirect(redirect.RedirectUri);
                }

                return Task.CompletedTask;
            };
            options.Events.OnRedirectToAccessDenied = denied =>
            {
                denied.Response.StatusCode = StatusCodes.Status403Forbidden;
                return Task.CompletedTask;
            };
        });

    /// <summary>While the database is away, nobody's session can be ended and nothing can be written: those who were reading may go on.</summary>
    private static async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        try
        {
            await SecurityStampValidator.ValidatePrincipalAsync(context);
        }
        catch (DbException fault) when (Database.IsAway(fault) && HttpMethods.IsGet(context.Request.Method))
        {
            context.ShouldRenew = false;
        }
    }
}
