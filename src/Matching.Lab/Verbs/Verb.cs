using System.Security.Cryptography;
using System.Text;
using System.Text.Unicode;

namespace Matching.Lab.Verbs;

/// <summary>What every verb does alike: help, refusals in one sentence, exit codes, files written whole or not at all.</summary>
public static class Verb
{
    public const int Done = 0;
    public const int Failed = 1;
    public const int WronglyTyped = 2;

    /// <summary>Runs a verb. 0 done; 1 a file, its content or the value of an option cannot be used; 2 an option is unknown, twice there or without a value. Nothing is overwritten unless it is done.</summary>
    public static int Run(IReadOnlyList<string> typed, string help, IReadOnlyList<string> known, IReadOnlyList<string> switches, TextWriter output, TextWriter errors, Action<VerbOptions> act)
    {
        ArgumentNullException.ThrowIfNull(typed);
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(errors);
        ArgumentNullException.ThrowIfNull(act);
        if (typed.Any(option => option is "-h" or "--help"))
        {
            output.WriteLine(help);
            return Done;
        }

        var options = VerbOptions.Read(typed, known, switches);
        if (options.Refusal is { } refusal)
        {
            errors.WriteLine(refusal);
            return WronglyTyped;
        }

        try
        {
            act(options);
            return Done;
        }
        catch (InvalidDataException wrong)
        {
            errors.WriteLine(wrong.Message);
            return Failed;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            errors.WriteLine($"Un fichier ne peut pas être lu ou écrit : {Why(problem)}.");
            return Failed;
        }
    }

    /// <summary>The bytes of a text in UTF-8: in another encoding, what differs by an accent alone would be taken for the same.</summary>
    /// <exception cref="InvalidDataException">The file does not exist, or is not UTF-8.</exception>
    public static byte[] BytesOf(string path)
    {
        var bytes = Read(path, File.ReadAllBytes);
        // A zero is half a letter in an encoding of two bytes a letter, whose letters without an accent are valid UTF-8.
        return Utf8.IsValid(bytes) && !bytes.Contains((byte)0) ? bytes : throw new InvalidDataException($"Le fichier « {path} » n’est pas en UTF-8 : l’enregistrer dans cet encodage.");
    }

    /// <summary>What is read of a file that must be there.</summary>
    /// <param name="option">What to begin a refusal with, where the verb reads several files.</param>
    /// <exception cref="InvalidDataException">It is not, is a folder, or may not be read.</exception>
    public static T Read<T>(string path, Func<string, T> read, string option = "")
    {
        ArgumentNullException.ThrowIfNull(read);
        try
        {
            return File.Exists(path) ? read(path)
                : throw new InvalidDataException(option + (Directory.Exists(path) ? $"« {path} » est un dossier ; un fichier est attendu." : $"Le fichier « {path} » n’existe pas."));
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new InvalidDataException($"{option}Le fichier « {path} » ne peut pas être lu : {Why(problem)}.", problem);
        }
    }

    // The system says it in English.
    private static string Why(Exception problem) => problem switch
    {
        UnauthorizedAccessException => "les droits ne le permettent pas",
        FileNotFoundException or DirectoryNotFoundException => "il n’existe pas",
        PathTooLongException => "son nom est trop long",
        _ => "le système le refuse, par exemple parce que le disque est plein ou le fichier pris par un autre programme",
    };

    public static string TextOf(string path) => Encoding.UTF8.GetString(BytesOf(path)).TrimStart('\uFEFF');

    public static string HashOf(byte[] bytes) => "sha256:" + Convert.ToHexStringLower(SHA256.HashData(bytes));

    /// <summary>The file that <c>--out</c> names, known before any work is done to be one that can be written without losing another.</summary>
    /// <param name="read">Files, or several with commas; null for an option that is not there.</param>
    /// <exception cref="InvalidDataException">What would be lost, or that no file can have this name.</exception>
    public static string TargetOf(VerbOptions options, params IEnumerable<string?> read)
    {
        ArgumentNullException.ThrowIfNull(options);
        return Target("--out", options.Needed("--out"), read);
    }

    /// <summary>The same for the page that <c>--table</c> names, where the verb starts from a prior; null without it.</summary>
    public static string? PageOf(VerbOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return options.Text("--table") is { } page ? Target("--table", page, options.Text("--prior")) : null;
    }

    /// <summary>The same for any option and the name that it was given.</summary>
    public static string Target(string option, string target, params IEnumerable<string?> read)
    {
        ArgumentNullException.ThrowIfNull(read);
        if (Directory.Exists(target) || Path.EndsInDirectorySeparator(target))
        {
            throw new InvalidDataException($"« {target} » est un dossier ; {option} attend le nom d’un fichier.");
        }

        // A file that is moved over a device takes its place, for every program of the machine.
        if (Path.GetFullPath(target) is var full && full.StartsWith("/dev/", StringComparison.Ordinal) && !full.StartsWith("/dev/shm/", StringComparison.Ordinal))
        {
            throw new InvalidDataException($"« {target} » est un périphérique ; {option} attend le nom d’un fichier.");
        }

        for (var above = Path.GetDirectoryName(Path.GetFullPath(target)); above is not null; above = Path.GetDirectoryName(above))
        {
            if (File.Exists(above))
            {
                throw new InvalidDataException($"« {target} » ne peut pas être écrit : « {above} » est un fichier, pas un dossier.");
            }
        }

        var paths = read.OfType<string>().SelectMany(path => File.Exists(path) ? [path] : path.Split(',', StringSplitOptions.RemoveEmptyEntries));
        return paths.All(path => Path.GetFullPath(path) != Path.GetFullPath(target)) ? target
            : throw new InvalidDataException($"« {target} » est aussi un fichier à lire, qui serait perdu : donner à {option} un autre nom.");
    }

    /// <summary>Writes beside, then moves: a reader never sees half a file, and a failure leaves what was there.</summary>
    public static void WriteWhole(string path, string text) => WriteWhole(path, Encoding.UTF8.GetBytes(text));

    public static void WriteWhole(string path, byte[] bytes) => Interruption.Whole(() => WriteBeside(path, bytes));

    private static void WriteBeside(string path, byte[] bytes)
    {
        var beside = $"{path}.{Environment.ProcessId}.part";
        try
        {
            if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder)
            {
                Directory.CreateDirectory(folder);
            }

            File.WriteAllBytes(beside, bytes);
            File.Move(beside, path, overwrite: true);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            if (File.Exists(beside))
            {
                File.Delete(beside);
            }

            throw new InvalidDataException($"Le fichier « {path} » ne peut pas être écrit : {Why(problem)}.", problem);
        }
    }
}
