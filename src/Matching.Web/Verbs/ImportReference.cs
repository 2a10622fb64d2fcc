using Matching.Web.Platform.Reference;
using Matching.Web.Platform;

namespace Matching.Web.Verbs;

/// <summary>Loads the official files of the ROME and of the communes.</summary>
public static class ImportReference
{
    public static Verb Verb { get; } = new("reference import", "Charge le ROME, les communes et les zones depuis un DOSSIER de fichiers officiels ; --comparer true dit seulement ce qui changerait.", RunAsync);

    private static async Task<int> RunAsync(WebApplication app, IReadOnlyList<string> words)
    {
        if (words.Count != 1)
        {
            throw new SettingException("Indiquer un dossier : reference import DOSSIER.");
        }

        await app.Services.GetRequiredService<Migrations>().ApplyAsync(CancellationToken.None);
        var loader = app.Services.GetRequiredService<ReferenceLoader>();
        var result = app.Configuration["comparer"] is "true" or "oui"
            ? await loader.CompareAsync(words[0], CancellationToken.None)
            : await loader.LoadAsync(words[0], CancellationToken.None);
        return result.Match(
            report =>
            {
                foreach (var loaded in report.Loaded)
                {
                    Console.WriteLine(
                        $"{loaded.Name} : {loaded.Rows} lignes, version {loaded.Version}" + (loaded.Before is null ? "" : $" (avant : {loaded.Before})")
                        + $", {loaded.Added} nouvelles, {loaded.Changed} modifiées, {loaded.Gone} disparues" + (loaded.Skipped > 0 ? $", {loaded.Skipped} doublons ou lignes sans objet" : ""));
                }

                return 0;
            },
            () => 1,
            reasons => throw new SettingException(string.Join(" ", reasons.Select(reason => reason.Sentence))));
    }
}
