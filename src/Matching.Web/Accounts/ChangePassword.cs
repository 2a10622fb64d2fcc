using Matching.Web.Platform;
using Microsoft.AspNetCore.Identity;

namespace Matching.Web.Accounts;

/// <summary>GET and POST /compte: who I am here, and a new password.</summary>
public static class ChangePassword
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/compte", (SignedIn me) => Page.Of<AccountPage>(new { Me = me, Form = PostedForm.Of() })).RequireAuthorization(Policies.SignedInAny);
        app.MapPost("/compte", PostAsync).RequireAuthorization(Policies.SignedInAny);
    }

    private static async Task<IResult> PostAsync(PostedForm form, SignedIn me, UserManager<Account> users, SignInManager<Account> signIns)
    {
        if (form["nouveau"] != form["confirmation"])
        {
            form.Errors.Add("confirmation", "Les deux nouveaux mots de passe sont différents. Les taper à nouveau.");
        }

        if (await users.FindByIdAsync(me.UserId.ToString()) is not { } account)
        {
            return Page.Missing();
        }

        if (!form.Errors.Any)
        {
            var changed = await users.ChangePasswordAsync(account, form["actuel"], form["nouveau"]);
            foreach (var error in changed.Errors)
            {
                form.Errors.Add(error.Code == nameof(IdentityErrorDescriber.PasswordMismatch) ? "actuel" : "nouveau", error.Description);
            }
        }

        if (form.Errors.Any)
        {
            return Page.Invalid<AccountPage>(new { Me = me, Form = form });
        }

        // The change ends every session; this one is opened again.
        await signIns.RefreshSignInAsync(account);
        return Page.SeeOther("/compte", "Mot de passe changé. Vos autres sessions sont fermées.");
    }
}
