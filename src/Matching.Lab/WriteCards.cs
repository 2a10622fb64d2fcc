using Matching.Features;
using Matching.Lab.Verbs;

namespace Matching.Lab;

/// <summary><c>lab card --models DIR</c>: writes beside each ranking model the card that people read, from the model file alone.</summary>
public static class WriteCards
{
    public const string DefaultFolder = "models";
    public const int MaximumModels = 100;

    /// <summary>Runs the verb. Returns 0 when every card is written, 2 when an option is wrong, 1 when a model or the folder cannot be used.</summary>
    public static int Run(IReadOnlyList<string> options, TextWriter output, TextWriter errors)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(errors);
        switch (options)
        {
            case ["-h" or "--help"]:
                output.WriteLine(Help);
                return 0;
            case []:
                return Write(DefaultFolder, output, errors);
            case ["--models", { Length: > 0 } folder]:
                return Write(folder, output, errors);
            default:
                errors.WriteLine("La commande « card » n’a qu’une option : --models DOSSIER.");
                return 2;
        }
    }

    /// <summary>The path of the card of a model file: the same name, in Markdown.</summary>
    public static string CardOf(string modelFile) => Path.ChangeExtension(modelFile, ".md");

    private static int Write(string folder, TextWriter output, TextWriter errors)
    {
        try
        {
            var files = Directory.GetFiles(folder, "ranker-*.json").Order(StringComparer.Ordinal).Take(MaximumModels).ToList();
            if (files.Count == 0)
            {
                errors.WriteLine($"Aucun modèle ranker-*.json dans « {folder} » : indiquez le dossier des modèles avec --models.");
                return 1;
            }

            foreach (var file in files)
            {
                Verb.WriteWhole(CardOf(file), ModelCard.Write(RankerModel.Read(File.ReadAllText(file))));
                output.WriteLine($"Carte écrite : {CardOf(file)}");
            }

            return 0;
        }
        catch (InvalidDataException wrong)
        {
            errors.WriteLine(wrong.Message);
            return 1;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            errors.WriteLine($"Impossible de lire ou d’écrire dans « {folder} » : vérifiez que le dossier existe et que vous pouvez y écrire. ({problem.GetType().Name})");
            return 1;
        }
    }

    private const string Help = """
        lab card : écrit la carte de chaque modèle de classement, à côté de son fichier.

          --models DOSSIER   où sont les fichiers ranker-*.json (models par défaut)
        """;
}
