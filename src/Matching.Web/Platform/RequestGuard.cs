using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.Metadata;

namespace Matching.Web.Platform;

/// <summary>
/// Headers that keep the browser from running or framing anything foreign, and the check that a post comes from one of our own pages.
/// A call made with an organisation's token needs no such proof, since a browser never adds that header by itself.
/// </summary>
public static class RequestGuard
{
    private const string ContentSecurity =
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    /// <summary>Forms are small unless a slice says otherwise with <see cref="AcceptUploads"/>.</summary>
    public const long DefaultBodyBytes = 2 * 1024 * 1024;

    public static void UseSecurityHeaders(this IApplicationBuilder app) => app.Use(async (context, next) =>
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = ContentSecurity;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()";
        headers.CacheControl = "no-store";
        await next(context);
    });

    public static void UsePostGuard(this IApplicationBuilder app) => app.Use(async (context, next) =>
    {
        var refused = context.GetEndpoint() is null || IsRead(context.Request.Method) ? 0 : await RefusalOf(context);
        if (refused == 0)
        {
            await next(context);
        }
        else
        {
            await ErrorAnswers.WriteAsync(context, refused);
        }
    });

    /// <summary>Lets this route receive up to <paramref name="bytes"/> (for example 50 MB for a pool file).</summary>
    public static RouteHandlerBuilder AcceptUploads(this RouteHandlerBuilder route, long bytes) => route.WithMetadata(new BodyLimit(bytes));

    private static bool IsRead(string method) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method);

    /// <summary>The status of the refusal, 0 when the call may go on.</summary>
    private static async Task<int> RefusalOf(HttpContext context)
    {
        if (context.User.Identity?.AuthenticationType == ApiTokenScheme.Name)
        {
            return context.User.HasClaim(ApiTokenScheme.ScopeClaim, ApiTokenScheme.WriteScope) ? 0 : StatusCodes.Status403Forbidden;
        }

        try
        {
            await context.RequestServices.GetRequiredService<IAntiforgery>().ValidateRequestAsync(context);
            return 0;
        }
        catch (AntiforgeryValidationException fault)
        {
            return fault.InnerException is BadHttpRequestException bad ? bad.StatusCode : StatusCodes.Status400BadRequest;
        }
    }

    private sealed record BodyLimit(long Bytes) : IRequestSizeLimitMetadata
    {
        public long? MaxRequestBodySize => Bytes;
    }
}
