namespace Matching.Web.Platform;

/// <summary>
/// How old the answer of this request is: set when the database does not answer and what is shown comes from memory. The page says so,
/// and so does the <c>Warning</c> header that programs read (RFC 7234, 110).
/// </summary>
public sealed class AnswerAge
{
    /// <summary>When what is shown was last known to be true; null for an answer of now.</summary>
    public DateTimeOffset? AsOf { get; private set; }

    public void From(DateTimeOffset asOf) => AsOf = AsOf is { } older && older < asOf ? older : asOf;

    /// <summary>Tells programs, before the first byte of the answer leaves.</summary>
    public static void UseWarning(IApplicationBuilder app) => app.Use((context, next) =>
    {
        context.Response.OnStarting(() =>
        {
            if (context.RequestServices.GetService<AnswerAge>()?.AsOf is { } asOf)
            {
                context.Response.Headers.Warning = "110 - \"Response is Stale\"";
                context.Response.Headers.LastModified = asOf.ToUniversalTime().ToString("R");
            }

            return Task.CompletedTask;
        });
        return next(context);
    });
}
