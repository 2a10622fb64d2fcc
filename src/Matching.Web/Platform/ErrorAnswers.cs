using System.Data.Common;

namespace Matching.Web.Platform;

/// <summary>Gives every failure its French page, or its ProblemDetails under /api.</summary>
public static class ErrorAnswers
{
    public static void UseErrorAnswers(this IApplicationBuilder app)
    {
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            StatusCodeSelector = StatusOf,
            AllowStatusCode404Response = true,
            ExceptionHandler = context => WriteAsync(context, context.Response.StatusCode),
        });
        app.UseStatusCodePages(page => WriteAsync(page.HttpContext, page.HttpContext.Response.StatusCode));
    }

    /// <summary>Writes the answer of a status code, in the form that the caller reads.</summary>
    public static Task WriteAsync(HttpContext context, int status)
    {
        ArgumentNullException.ThrowIfNull(context);
        var answer = context.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase)
            ? Problems.Of(status)
            : Page.Error(status, []);
        return answer.ExecuteAsync(context);
    }

    private static int StatusOf(Exception exception) => exception switch
    {
        BadHttpRequestException bad => bad.StatusCode,

        // What was sent cannot be read as text (half of a surrogate pair in JSON) or as the parts of a form: the sender's fault, not ours.
        InvalidOperationException or InvalidDataException when IsUnreadable(exception) => StatusCodes.Status400BadRequest,
        DbException { IsTransient: true } => StatusCodes.Status503ServiceUnavailable,
        DbException fault when Database.IsAway(fault) => StatusCodes.Status503ServiceUnavailable,
        _ => StatusCodes.Status500InternalServerError,
    };

    private static bool IsUnreadable(Exception exception) =>
        exception.Source is { } source && (source.StartsWith("System.Text.Json", StringComparison.Ordinal) || source == "Microsoft.AspNetCore.WebUtilities");
}
