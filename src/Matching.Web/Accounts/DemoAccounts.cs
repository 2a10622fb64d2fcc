using Dapper;
using Matching.Rules.Markets;
using Matching.Web.Platform;
using MediatR;

namespace Matching.Web.Accounts;

/// <summary>One account per role for a first visit, with a password that the sign-in page shows. Only in demonstration mode.</summary>
public sealed class DemoAccounts(Database database, IMediator mediator)
{
    public const string Password = "demonstration";

    public sealed record Demo(string UserName, string DisplayName, string Role, OrganizationKind Kind, string OrganizationName);

    /// <summary>The accounts; each joins the first organisation of its kind already loaded, or one created with the name given here.</summary>
    public static IReadOnlyList<Demo> All { get; } =
    [
        new("facilitatrice", "Claire Aubin", Roles.Facilitator, OrganizationKind.Facilitateur, "Maison de l’emploi du Val-d’Ivrette"),
        new("siae", "Mehdi Larrieu", Roles.Structure, OrganizationKind.Etti, "Ivrette Intérim Insertion"),
        new("conseiller", "Sophie Delmas", Roles.Structure, OrganizationKind.FranceTravail, "Agence de l’emploi d’Ivrette"),
        new("acheteur", "Paul Garnier", Roles.Buyer, OrganizationKind.Acheteur, "Région Pays-d’Ivrette"),
        new("entreprise", "Nadia Ferrand", Roles.Company, OrganizationKind.Entreprise, "Ferrand Bâtiment"),
        new("administration", "Luc Berthier", Roles.Administrator, OrganizationKind.Administration, "Administration du service"),
    ];

    /// <summary>Creates those that are missing.</summary>
    public async Task EnsureAsync(CancellationToken ct)
    {
        foreach (var demo in All)
        {
            if (await ExistsAsync(demo.UserName, ct))
            {
                continue;
            }

            var name = await FirstOrganizationAsync(demo.Kind, ct) ?? demo.OrganizationName;
            var created = await mediator.Send(
                new CreateAccount.Command(name, demo.Kind, null, [], demo.DisplayName, demo.Role, demo.UserName, Password), ct);
            created.Match(
                _ => true,
                () => throw new InvalidOperationException("A demonstration account was not created."),
                reasons => throw new SettingException(string.Join(" ", reasons.Select(reason => reason.Sentence))));
        }
    }

    private async Task<bool> ExistsAsync(string userName, CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        return await db.ExecuteScalarAsync<long>(new CommandDefinition(
            "select count(*) from app_user where user_name = @userName", new { userName }, cancellationToken: ct)) > 0;
    }

    private async Task<string?> FirstOrganizationAsync(OrganizationKind kind, CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        return await db.QueryFirstOrDefaultAsync<string>(new CommandDefinition(
            "select name from organization where kind = @kind order by name, id limit 1", new { kind = kind.Code() }, cancellationToken: ct));
    }
}
