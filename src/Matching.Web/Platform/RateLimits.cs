using System.Globalization;
using System.Security.Claims;
using System.Threading.RateLimiting;

namespace Matching.Web.Platform;

/// <summary>How often one caller may ask: the API per token or user, the sign-in page per address.</summary>
public static class RateLimits
{
    public const string Api = "api";
    public const string SignIn = "connexion";

    public static IServiceCollection AddRateLimits(this IServiceCollection services, IConfiguration configuration)
    {
        var apiPerMinute = Read(configuration, "Limits:ApiPerMinute", 120);
        var signInPerMinute = Read(configuration, "Limits:SignInPerMinute", 20);
        return services.AddRateLimiter(options =>
        {
            options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            options.OnRejected = async (rejected, _) =>
            {
                rejected.HttpContext.Response.Headers.RetryAfter = "60";
                await ErrorAnswers.WriteAsync(rejected.HttpContext, StatusCodes.Status429TooManyRequests);
            };
            options.AddPolicy(Api, context => PerMinute(Caller(context), apiPerMinute));
            options.AddPolicy(SignIn, context => PerMinute(Address(context), signInPerMinute));
        });
    }

    public static RateLimitPartition<string> PerMinute(string caller, int permits) => RateLimitPartition.GetFixedWindowLimiter(
        caller, _ => new FixedWindowRateLimiterOptions { PermitLimit = permits, Window = TimeSpan.FromMinutes(1), QueueLimit = 0 });

    private static string Caller(HttpContext context) => ApiTokenScheme.IsUsedBy(context.Request)
        ? "jeton " + context.Request.Headers.Authorization.ToString()
        : context.User.FindFirstValue(ClaimTypes.NameIdentifier) ?? Address(context);

    /// <summary>Where a request comes from; behind a trusted proxy, the guest's own address.</summary>
    public static string Address(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.Connection.RemoteIpAddress?.ToString() ?? "local";
    }

    public static int Read(IConfiguration configuration, string name, int byDefault) =>
        int.TryParse(configuration[name], NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : byDefault;
}
