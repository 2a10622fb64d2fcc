using System.Text.Encodings.Web;
using System.Text.Json;
using Matching.Rules.People;
using Matching.Rules.Postings;
using Matching.Rules.Postings.Reading;
using Matching.Web.Platform;
using Matching.Web.Platform.Reference;

namespace Matching.Web.Postings;

/// <summary>analyser FICHIER: what a job profile says, one JSON object with --json, a few lines of French without. Nothing is stored.</summary>
public static class AnalyseFile
{
    private static readonly JsonSerializerOptions Format = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, WriteIndented = true };

    public static Verb Verb { get; } = new("analyser", "Lit une fiche de poste (FICHIER .txt, .docx ou .odt) ; avec --json, un objet JSON.", RunAsync);

    private static async Task<int> RunAsync(WebApplication app, IReadOnlyList<string> words)
    {
        if (words.Count != 1)
        {
            throw new SettingException("Indiquer un fichier : analyser FICHIER --json [--data DOSSIER].");
        }

        var text = ReadFile(words[0]);
        await LoadAsync(app);
        var drafts = app.Services.GetRequiredService<ProfileReading>().Read(text);
        var json = app.Configuration["json"] is not null;
        await Console.Out.WriteLineAsync(json ? JsonSerializer.Serialize(ProfileJson.Of(drafts), Format) : Summary(drafts));
        return 0;
    }

    private static string ReadFile(string path)
    {
        if (!File.Exists(path))
        {
            throw new SettingException($"Le fichier « {Path.GetFileName(path)} » n’existe pas. Vérifier le chemin.");
        }

        if (new FileInfo(path).Length > ProfileDocument.LongestFile)
        {
            throw new SettingException(ProfileDocument.TooLong);
        }

        var (text, fault) = ProfileDocument.Read(Path.GetFileName(path), File.ReadAllBytes(path));
        return text ?? throw new SettingException(fault!);
    }

    // A data folder without a database is left as it is: what is built in answers.
    private static async Task LoadAsync(WebApplication app)
    {
        var database = app.Services.GetRequiredService<Database>();
        var (communes, occupations, skills) = (
            app.Services.GetRequiredService<Communes>(), app.Services.GetRequiredService<OccupationTitles>(), app.Services.GetRequiredService<Skills>());
        if (database.IsPostgreSql || File.Exists(Path.Combine(database.DataFolder, "matching.db")))
        {
            await app.Services.GetRequiredService<Migrations>().ApplyAsync(CancellationToken.None);
            await using var db = await database.OpenAsync(CancellationToken.None);
            await communes.LoadAsync(db, CancellationToken.None);
            await occupations.LoadAsync(db, CancellationToken.None);
            await skills.LoadAsync(db, CancellationToken.None);
        }

        communes.Complete();
        occupations.Complete();
        skills.Complete();
    }

    private static string Summary(IReadOnlyList<PostingDraft> drafts)
    {
        var lines = new List<string>();
        foreach (var draft in drafts)
        {
            lines.Add($"Poste : {draft.Title?.Value ?? "intitulé non trouvé"}");
            lines.AddRange(draft.Occupations.Select(one => $"  métier possible : {one.Rome} {one.Label} ({one.Confidence:P0})"));
            lines.Add($"  commune : {draft.Commune?.Value.Name ?? "non dite"}");
            lines.Add($"  dates : {Day(draft.StartsOn)} – {Day(draft.EndsOn)}");
            lines.Add($"  heures par semaine : {(draft.WeeklyMinutes is { } minutes ? $"{minutes.Value / 60.0:0.##}" : "non dites")}");
            lines.Add($"  contrat : {draft.Contract?.Value.Label() ?? "non dit"} ; postes : {draft.Posts?.Value.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "non dit"}");
            lines.Add($"  certificats exigés : {List(draft.RequiredCertificates)} ; souhaités : {List(draft.WishedCertificates)}");
        }

        lines.AddRange(ProfileJson.Warnings(drafts).Select(one => $"À revoir : « {one.Words.Value} » : {one.Rule.Sentence} Écrire plutôt : « {one.Instead} »"));
        return string.Join('\n', lines);

        static string Day(Extracted<DateOnly>? day) => day?.Value.ToString("dd/MM/yyyy", null) ?? "non dite";
        static string List(IReadOnlyList<Extracted<string>> codes) => codes.Count == 0 ? "aucun" : string.Join(", ", codes.Select(one => Certificates.ByCode(one.Value)?.Label ?? one.Value));
    }
}
