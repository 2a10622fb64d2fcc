using System.Security.Cryptography;
using Matching.Rules.Markets;
using Matching.Web.Accounts;
using Matching.Web.Platform;
using MediatR;

namespace Matching.Web.Verbs;

/// <summary>Creates an account from the terminal: the first administrator, mostly.</summary>
public static class AddUser
{
    public static Verb Verb { get; } = new(
        "user add",
        "Crée un compte : --organisation NOM --kind TYPE --name NOM --role ROLE --user IDENTIFIANT. Le mot de passe est lu sur l’entrée, ou créé et affiché une fois.",
        RunAsync);

    private static async Task<int> RunAsync(WebApplication app, IReadOnlyList<string> words)
    {
        var options = app.Configuration;
        string[] needed = ["organisation", "kind", "name", "role", "user"];
        var missing = needed.Where(name => string.IsNullOrWhiteSpace(options[name])).ToArray();
        if (missing.Length > 0)
        {
            throw new SettingException($"Il manque : {string.Join(", ", missing.Select(name => $"--{name}"))}.");
        }

        if (!OrganizationKinds.TryParse(options["kind"], out var kind))
        {
            throw new SettingException($"Type d’organisation inconnu. Choisir parmi : {string.Join(", ", OrganizationKinds.All.Select(known => known.Code()))}.");
        }

        var role = options["role"]!.Trim().ToUpperInvariant();
        if (!Roles.All.Contains(role))
        {
            throw new SettingException($"Rôle inconnu. Choisir parmi : {string.Join(", ", Roles.All)}.");
        }

        var typed = await ReadPasswordAsync();
        var password = typed.Length > 0 ? typed : RandomNumberGenerator.GetString("abcdefghijkmnpqrstuvwxyz23456789", 20);
        await app.Services.GetRequiredService<Migrations>().ApplyAsync(CancellationToken.None);
        await using var scope = app.Services.CreateAsyncScope();
        var created = await scope.ServiceProvider.GetRequiredService<IMediator>().Send(new CreateAccount.Command(
            options["organisation"]!.Trim(), kind, null, [], options["name"]!.Trim(), role, options["user"]!.Trim(), password));
        if (!created.IsFound)
        {
            throw new SettingException(created.Match(_ => "", () => "", reasons => string.Join(" ", reasons.Select(reason => reason.Sentence))));
        }

        await Console.Out.WriteLineAsync($"Compte créé : {options["user"]}.");
        if (typed.Length == 0)
        {
            await Console.Out.WriteLineAsync($"Mot de passe, affiché cette seule fois : {password}");
        }

        return 0;
    }

    private static async Task<string> ReadPasswordAsync()
    {
        if (!Console.IsInputRedirected)
        {
            await Console.Out.WriteAsync("Mot de passe (visible ; Entrée seule pour en créer un) : ");
        }

        return (await Console.In.ReadLineAsync())?.Trim() ?? "";
    }
}
