using System.Text;
using Microsoft.AspNetCore.WebUtilities;

namespace Matching.Web.Platform;

/// <summary>A short sentence that survives one redirection, in a cookie: "Enregistré." It never holds personal data.</summary>
public static class OneTimeMessage
{
    private const string CookieName = "message";
    private const int MaxLength = 300;

    /// <summary>Leaves the message for the next page.</summary>
    public static void Leave(HttpContext context, string message)
    {
        ArgumentNullException.ThrowIfNull(context);
        context.Response.Cookies.Append(CookieName, WebEncoders.Base64UrlEncode(Encoding.UTF8.GetBytes(message)), Options(context));
    }

    /// <summary>Takes the message away and returns it; null when there is none.</summary>
    public static string? Take(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var text = context.Request.Cookies[CookieName];
        if (string.IsNullOrEmpty(text) || context.Response.HasStarted)
        {
            return null;
        }

        context.Response.Cookies.Delete(CookieName, Options(context));
        try
        {
            var message = Encoding.UTF8.GetString(WebEncoders.Base64UrlDecode(text));
            return message.Length <= MaxLength ? message : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static CookieOptions Options(HttpContext context) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Lax,
        Secure = context.Request.IsHttps,
        MaxAge = TimeSpan.FromMinutes(1),
        IsEssential = true,
    };
}
