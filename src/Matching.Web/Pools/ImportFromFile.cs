using Matching.Rules.Markets;
using Matching.Web.Platform;
using Matching.Web.Platform.Records;
using Matching.Web.Platform.Reference;
using MediatR;

namespace Matching.Web.Pools;

/// <summary>The verb <c>import --organisation SIRET FICHIER</c>: the same import as the page's, with its report in the terminal.</summary>
public static class ImportFromFile
{
    private const int IssuesShown = 50;

    public static Verb Verb { get; } = new("import", "Importe un vivier : import --organisation SIRET FICHIER", RunAsync);

    private static async Task<int> RunAsync(WebApplication app, IReadOnlyList<string> words)
    {
        var ct = CancellationToken.None;
        if (words is not [var path] || !Siret.TryParse(app.Configuration["organisation"], out var siret))
        {
            await Console.Error.WriteLineAsync("Usage : import --organisation SIRET FICHIER (SIRET de 14 chiffres de la structure).");
            return Verb.BadUsage;
        }

        if (!File.Exists(path) || new FileInfo(path).Length > PoolTable.MaxBytes)
        {
            await Console.Error.WriteLineAsync("Ce fichier n’existe pas, ou dépasse 50 Mo. Vérifier le chemin.");
            return 1;
        }

        await app.Services.GetRequiredService<Migrations>().ApplyAsync(ct);
        await app.Services.GetRequiredService<ReferenceShelf>().ReloadAsync(ct);
        StoredOrganization? pool;
        await using (var db = await app.Services.GetRequiredService<Database>().OpenAsync(ct))
        {
            pool = await OrganizationRecords.FindBySiretAsync(db, siret, ct);
        }

        if (pool is null || !pool.Kind.HasPool())
        {
            await Console.Error.WriteLineAsync("Aucune structure qui tient un vivier n’a ce SIRET.");
            return 1;
        }

        await using var scope = app.Services.CreateAsyncScope();
        var done = await scope.ServiceProvider.GetRequiredService<IMediator>().Send(
            new ImportPool.Command(pool.Id, await File.ReadAllBytesAsync(path, ct), Path.GetFileName(path), null, null), ct);
        return await done.Match(
            import => PrintAsync(import.Report),
            () => Task.FromResult(1),
            async reasons =>
            {
                await Console.Error.WriteLineAsync(string.Join(" ", reasons.Select(reason => reason.Sentence)));
                return 1;
            });
    }

    private static async Task<int> PrintAsync(PoolReport report)
    {
        await Console.Out.WriteLineAsync($"{report.Fichier} ({report.Format}) : {report.Summary}");
        foreach (var issue in report.Erreurs.Take(IssuesShown))
        {
            await Console.Out.WriteLineAsync($"  ligne {issue.Ligne}, {issue.Colonne} « {issue.Valeur} » : {issue.Anomalie} {issue.Correction}");
        }

        if (report.Erreurs.Count > IssuesShown)
        {
            await Console.Out.WriteLineAsync($"  … et {report.Erreurs.Count - IssuesShown} autres remarques.");
        }

        return report.Refusees == 0 ? 0 : 1;
    }
}
