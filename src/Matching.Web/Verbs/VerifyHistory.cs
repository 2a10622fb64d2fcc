using Matching.Web.Platform;
using Matching.Web.Platform.Records;

namespace Matching.Web.Verbs;

/// <summary>Reads the whole history again and says whether something was edited, removed or cut.</summary>
public static class VerifyHistory
{
    public static Verb Verb { get; } = new("verify", "Vérifie que l’historique n’a été ni modifié ni coupé.", RunAsync);

    private static async Task<int> RunAsync(WebApplication app, IReadOnlyList<string> words)
    {
        var ct = CancellationToken.None;
        await app.Services.GetRequiredService<Migrations>().ApplyAsync(ct);
        var (count, fault) = await app.Services.GetRequiredService<EventLog>().VerifyAsync(ct);
        var (lines, hourFault) = await app.Services.GetRequiredService<HourHistory>().VerifyAsync(ct);
        fault ??= hourFault;
        await Console.Out.WriteLineAsync(fault is null
            ? $"Historique intact : {count} événements. Registre des heures conforme : {lines} lignes." : $"Historique abîmé. {fault}");
        return fault is null ? 0 : 1;
    }
}
