using Matching.Web.Platform.Reference;
using Matching.Web.Platform;

namespace Matching.Web.Verbs;

/// <summary>Loads the official files of the ROME and of the communes.</summary>
public static class ImportReference
{
    public static Verb Verb { get; } = new("reference import", "Charge le ROME et les communes depuis un DOSSIER de fichiers CSV officiels.", RunAsync);

    private static async Task<int> RunAsync(WebApplication app, IReadOnlyList<string> words)
    {
        if (words.Count != 1)
        {
            throw new SettingException("Indiquer un dossier : reference import DOSSIER.");
        }

        await app.Services.GetRequiredService<Migrations>().ApplyAsync(CancellationToken.None);
        var result = await app.Services.GetRequiredService<ReferenceLoader>().LoadAsync(words[0], CancellationToken.None);
        return result.Match(
            report =>
            {
                foreach (var loaded in report.Loaded)
                {
                    Console.WriteLine($"{loaded.Name} : {loaded.Rows} lignes, version {loaded.Version}" + (loaded.Skipped > 0 ? $", {loaded.Skipped} doublons ou lignes sans objet" : ""));
                }

                return 0;
            },
            () => 1,
            reasons => throw new SettingException(string.Join(" ", reasons.Select(reason => reason.Sentence))));
    }
}
