using Matching.Web.Platform;
using Microsoft.AspNetCore.Identity;

namespace Matching.Web.Accounts;

/// <summary>GET and POST /connexion, POST /deconnexion. An unknown user, a wrong password and a locked account read the same.</summary>
public static class SignIn
{
    public const string Refusal =
        "Identifiant ou mot de passe incorrect. Après 5 essais manqués, un compte reste fermé un quart d’heure. Mot de passe oublié : demandez-en un nouveau à l’administration du service.";

    // A stored hash of nothing: checking it makes an unknown name cost the same time as a known one.
    private static readonly string NobodysHash = new PasswordHasher<Account>().HashPassword(new Account(), "personne");

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/connexion", (string? retour, Demonstration demonstration) => Show(PostedForm.Of(("retour", retour)), demonstration))
            .RequireAuthorization(Policies.Anyone);
        app.MapPost("/connexion", SignInAsync).RequireAuthorization(Policies.Anyone).RequireRateLimiting(RateLimits.SignIn);
        app.MapPost("/deconnexion", SignOutAsync).RequireAuthorization(Policies.Anyone);
    }

    private static async Task<IResult> SignInAsync(PostedForm form, Demonstration demonstration, SignInManager<Account> signIns, UserManager<Account> users)
    {
        var name = form.Text("identifiant", "Identifiant", 100);
        var password = form["mot_de_passe"];
        if (password.Length == 0)
        {
            form.Errors.Add("mot_de_passe", "Mot de passe : à remplir.");
        }

        if (form.Errors.Any)
        {
            return Show(form, demonstration);
        }

        var account = await users.FindByNameAsync(name);
        if (account is null)
        {
            new PasswordHasher<Account>().VerifyHashedPassword(new Account(), NobodysHash, password);
        }
        else if ((await signIns.PasswordSignInAsync(account, password, isPersistent: false, lockoutOnFailure: true)).Succeeded)
        {
            return Page.SeeOther(LocalOrHome(form["retour"]));
        }

        form.Errors.Add("identifiant", Refusal);
        return Show(form, demonstration);
    }

    private static async Task<IResult> SignOutAsync(SignInManager<Account> signIns)
    {
        await signIns.SignOutAsync();
        return Page.SeeOther("/connexion", "Vous êtes déconnecté·e.");
    }

    private static IResult Show(PostedForm form, Demonstration demonstration) => Page.Of<SignInPage>(
        new { Form = form, Demos = demonstration.IsOn ? DemoAccounts.All : [] },
        form.Errors.Any ? StatusCodes.Status400BadRequest : StatusCodes.Status200OK);

    // Only a path of this site: "//elsewhere" and "/\elsewhere" would send the visitor away.
    private static string LocalOrHome(string path) =>
        path.StartsWith('/') && !path.StartsWith("//", StringComparison.Ordinal) && !path.Contains('\\', StringComparison.Ordinal)
            && !path.Any(letter => char.IsControl(letter) || letter > 127)
            ? path
            : "/";
}
