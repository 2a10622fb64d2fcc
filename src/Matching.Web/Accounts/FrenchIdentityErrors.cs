using Microsoft.AspNetCore.Identity;

namespace Matching.Web.Accounts;

/// <summary>Identity's refusals that a user can meet here, in French.</summary>
public sealed class FrenchIdentityErrors : IdentityErrorDescriber
{
    public override IdentityError PasswordMismatch() => Error(nameof(PasswordMismatch), "Le mot de passe actuel n’est pas le bon.");

    public override IdentityError PasswordTooShort(int length) => Error(nameof(PasswordTooShort), $"Le mot de passe doit avoir au moins {length} caractères.");

    public override IdentityError DuplicateUserName(string userName) => Error(nameof(DuplicateUserName), "Cet identifiant est déjà pris. En choisir un autre.");

    public override IdentityError InvalidUserName(string? userName) =>
        Error(nameof(InvalidUserName), "L’identifiant ne peut contenir que des lettres sans accent, des chiffres et les signes . - _ @ +.");

    public override IdentityError ConcurrencyFailure() => Error(nameof(ConcurrencyFailure), "Ce compte vient d’être modifié ailleurs. Rechargez la page, puis recommencez.");

    public override IdentityError DefaultError() => Error(nameof(DefaultError), "Le compte n’a pas pu être enregistré.");

    private static IdentityError Error(string code, string sentence) => new() { Code = code, Description = sentence };
}
