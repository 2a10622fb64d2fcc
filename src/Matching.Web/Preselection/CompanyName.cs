using System.Text;
using Matching.Web.Platform;
using Microsoft.AspNetCore.WebUtilities;

namespace Matching.Web.Preselection;

/// <summary>
/// How people of a company sign: two of them may answer by the same link. The name typed last is kept by their own browser until it closes,
/// so that it is not typed for each file.
/// </summary>
public static class CompanyName
{
    public const string Field = "votre_nom";
    public const int Longest = 120;

    private const string CookieName = "signature";
    private const string Suffix = " (entreprise, par son lien)";

    /// <summary>The name typed in this form; "" and an error when none was.</summary>
    public static string Read(PostedForm form)
    {
        ArgumentNullException.ThrowIfNull(form);
        return form.Text(Field, "Votre nom", Longest);
    }

    public static string Read(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        try
        {
            var name = Encoding.UTF8.GetString(WebEncoders.Base64UrlDecode(context.Request.Cookies[CookieName] ?? ""));
            return name.Length <= Longest ? name : "";
        }
        catch (FormatException)
        {
            return "";
        }
    }

    public static void Keep(HttpContext context, string name)
    {
        ArgumentNullException.ThrowIfNull(context);
        context.Response.Cookies.Append(CookieName, WebEncoders.Base64UrlEncode(Encoding.UTF8.GetBytes(name)), Cookie(context, null));
    }

    /// <summary>As the history keeps it.</summary>
    public static string ByCompany(string name) => name + Suffix;

    /// <summary>As people of the company read it.</summary>
    public static string Plain(string byName)
    {
        ArgumentNullException.ThrowIfNull(byName);
        return byName.EndsWith(Suffix, StringComparison.Ordinal) ? byName[..^Suffix.Length] : byName;
    }

    /// <summary>Only for the pages of the links, and never for a script.</summary>
    public static CookieOptions Cookie(HttpContext context, TimeSpan? age)
    {
        ArgumentNullException.ThrowIfNull(context);
        return new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = context.Request.IsHttps, Path = "/e", MaxAge = age, IsEssential = true };
    }
}
