using System.Data.Common;
using System.Globalization;
using Matching.Web.Platform;
using Microsoft.AspNetCore.DataProtection;

namespace Matching.Web.Preselection;

/// <summary>Who comes by a company's link: the secret of the address, and what the browser keeps of the code once typed.</summary>
/// <param name="Passes">The cookies of the browser, by name.</param>
/// <param name="Name">How this visitor signed the last answer from this browser; "" at first.</param>
public sealed record CompanyVisit(string Secret, IReadOnlyDictionary<string, string> Passes, string Name = "")
{
    /// <summary>Longer than any secret: what is longer is not looked up.</summary>
    private const int MaximumSecret = 100;

    public bool IsTooLong => Secret.Length > MaximumSecret;

    /// <summary>A visit without cookies.</summary>
    public static CompanyVisit By(string secret) => new(secret, new Dictionary<string, string>());

    public static ValueTask<CompanyVisit?> BindAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var secret = context.Request.RouteValues["secret"] as string ?? "";
        return ValueTask.FromResult<CompanyVisit?>(
            new CompanyVisit(secret, context.Request.Cookies.ToDictionary(it => it.Key, it => it.Value), CompanyName.Read(context)));
    }
}

public enum DoorState
{
    Unknown,

    /// <summary>Good once: expired or revoked.</summary>
    Closed,

    /// <summary>Good, and the facilitator asked that a code be typed first.</summary>
    AsksCode,

    Open,
}

/// <summary>The one entrance of everything under a company's link: pages, answers and files.</summary>
public sealed class CompanyDoor(IDataProtectionProvider protection, FrenchCalendar calendar)
{
    /// <summary>A working day: the code is not asked for at each page.</summary>
    private const int HoursOpen = 12;

    private readonly IDataProtector protector = protection.CreateProtector("company-code");

    /// <summary>The link, null when unknown, and whether the visitor may pass.</summary>
    public async Task<(DoorState State, CompanyLink? Link)> OpenAsync(DbConnection db, CompanyVisit visit, CancellationToken ct, DbTransaction? tx = null)
    {
        ArgumentNullException.ThrowIfNull(visit);
        var link = visit.IsTooLong ? null : await CompanyLinks.FindAsync(db, visit.Secret, ct, tx);
        return link is null ? (DoorState.Unknown, null)
            : !link.IsValidOn(calendar.Today) ? (DoorState.Closed, link)
            : link.AsksCode && !HasPass(link, visit) ? (DoorState.AsksCode, link)
            : (DoorState.Open, link);
    }

    /// <summary>Lets this browser pass for the day.</summary>
    public void Leave(CompanyLink link, HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(link);
        ArgumentNullException.ThrowIfNull(context);
        var until = calendar.Now.AddHours(HoursOpen);
        context.Response.Cookies.Append(CookieOf(link), protector.Protect(string.Create(CultureInfo.InvariantCulture, $"{link.Id}|{until.UtcTicks}")), CompanyName.Cookie(context, TimeSpan.FromHours(HoursOpen)));
    }

    private bool HasPass(CompanyLink link, CompanyVisit visit)
    {
        if (!visit.Passes.TryGetValue(CookieOf(link), out var text))
        {
            return false;
        }

        try
        {
            var parts = protector.Unprotect(text).Split('|');
            return parts[0] == link.Id.ToString() && calendar.Now.UtcTicks <= long.Parse(parts[1], CultureInfo.InvariantCulture);
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
            // Altered, or of a key that is gone: the code is asked for again.
            return false;
        }
    }

    private static string CookieOf(CompanyLink link) => "dossier-" + DrawnSecret.HashOf(link.Id.ToString())[..12];
}
