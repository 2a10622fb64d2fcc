using Matching.Web.Accounts;
using Matching.Web.Demonstrations;
using Matching.Web.Platform;

namespace Matching.Web.Verbs;

/// <summary>The default verb: prepares the database, then answers requests until stopped.</summary>
public static class Serve
{
    public static Verb Verb { get; } = new("serve", "Prépare la base et ouvre le site (commande par défaut).", RunAsync);

    private static async Task<int> RunAsync(WebApplication app, IReadOnlyList<string> words)
    {
        var ct = app.Lifetime.ApplicationStopping;
        await app.Services.GetRequiredService<Migrations>().ApplyAsync(ct);
        var demonstration = app.Services.GetRequiredService<Demonstration>();
        if (demonstration.IsOn)
        {
            await using var scope = app.Services.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<LoadDemonstration>().RunAsync(ct);
            foreach (var line in await scope.ServiceProvider.GetRequiredService<FirstShortlist>().LinesAsync(ct))
            {
                Console.WriteLine(line);
            }
        }

        app.Lifetime.ApplicationStarted.Register(() => Announce(app, demonstration));
        await app.RunAsync();
        return 0;
    }

    private static void Announce(WebApplication app, Demonstration demonstration)
    {
        Console.WriteLine($"Le site est ouvert : {string.Join(", ", app.Urls)} (Ctrl+C pour arrêter)");
        if (!demonstration.IsOn)
        {
            return;
        }

        Console.WriteLine($"Comptes de démonstration, mot de passe « {DemoAccounts.Password} » :");
        foreach (var demo in DemoAccounts.All)
        {
            Console.WriteLine($"  {demo.UserName,-16}{Roles.Label(demo.Role)}");
        }
    }
}
