namespace Matching.Web.Platform;

/// <summary>
/// How old the answer of this request is: set when the database does not answer and what is shown comes from memory, or when so much has just
/// changed that not all of it is in memory yet. The page says so, and so does the <c>Warning</c> header that programs read (RFC 7234, 110).
/// </summary>
public sealed class AnswerAge
{
    /// <summary>When what is shown was last known to be true; null for an answer of now.</summary>
    public DateTimeOffset? AsOf { get; private set; }

    /// <summary>Whether changes committed before this request were still being read: what is shown does not hold them all.</summary>
    public bool IsBehind { get; private set; }

    public void Behind(bool isBehind) => IsBehind |= isBehind;

    public void From(DateTimeOffset asOf) => AsOf = AsOf is { } older && older < asOf ? older : asOf;

    /// <summary>Tells programs, before the first byte of the answer leaves.</summary>
    public static void UseWarning(IApplicationBuilder app) => app.Use((context, next) =>
    {
        context.Response.OnStarting(() =>
        {
            var age = context.RequestServices.GetService<AnswerAge>();
            if (age is { IsBehind: true } or { AsOf: not null })
            {
                context.Response.Headers.Warning = "110 - \"Response is Stale\"";
            }

            if (age?.AsOf is { } asOf)
            {
                context.Response.Headers.LastModified = asOf.ToUniversalTime().ToString("R");
            }

            return Task.CompletedTask;
        });
        return next(context);
    });
}
