using System.Globalization;
using Matching.Lab.Verbs;

namespace Matching.Lab.Sample;

/// <summary>
/// <c>lab sample --seed 1 --day 2026-11-16 --out DIR</c>: writes the invented territory. The day is an option and not the
/// clock's, so that the same command gives the same bytes next year.
/// </summary>
public static class SampleCommand
{
    public const int DefaultSeed = 1;
    public static readonly DateOnly DefaultDay = new(2026, 11, 16);

    /// <summary>Runs the verb. Returns 0 when the files are written, 2 when an option is wrong, 1 when the folder cannot be written.</summary>
    public static int Run(IReadOnlyList<string> options, TextWriter output, TextWriter errors)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(errors);
        if (options.Any(option => option is "-h" or "--help"))
        {
            output.WriteLine(Help);
            return 0;
        }

        var (seed, day, folder) = (DefaultSeed, DefaultDay, "data-samples");
        for (var i = 0; i < options.Count; i += 2)
        {
            var value = i + 1 < options.Count ? options[i + 1] : "";
            string? refusal = options[i] switch
            {
                "--seed" => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out seed)
                    ? null : $"--seed attend un nombre entier positif, par exemple 1 ; reçu « {value} ».",
                "--day" => DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day)
                    && day.Year is >= 2000 and <= 2100
                    ? null : $"--day attend une date comme 2026-11-16, entre 2000 et 2100 ; reçu « {value} ».",
                "--out" => (folder = value).Length > 0
                    ? null : "--out attend le nom d'un dossier.",
                _ => $"L'option « {options[i]} » n'existe pas. Options : --seed, --day, --out.",
            };
            if (refusal is not null)
            {
                errors.WriteLine(refusal);
                return 2;
            }
        }

        return Write(seed, day, folder, output, errors);
    }

    private static int Write(int seed, DateOnly day, string folder, TextWriter output, TextWriter errors)
    {
        try
        {
            var files = SampleFiles.Make(seed, day);
            foreach (var file in files)
            {
                Verb.WriteWhole(Path.Combine(folder, file.Path), file.Content);
            }

            output.WriteLine($"{files.Count} fichiers écrits dans {folder} (graine {seed}, jour de référence {PoolFile.Day(day)}).");
            return 0;
        }
        catch (InvalidDataException problem)
        {
            errors.WriteLine($"Impossible d'écrire dans « {folder} » : vérifiez que le dossier existe et que vous pouvez y écrire. {problem.Message}");
            return 1;
        }
    }

    private const string Help = """
        lab sample : écrit les exemples d'un territoire inventé.

          --seed N      graine du hasard (1 par défaut) ; la même graine redonne les mêmes fichiers, octet pour octet
          --day DATE    jour de référence, AAAA-MM-JJ (2026-11-16 par défaut) : âges, disponibilités et PASS en dépendent
          --out DOSSIER où écrire (data-samples par défaut)
        """;
}
