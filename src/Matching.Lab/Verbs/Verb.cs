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
            errors.WriteLine($"Un fichier ne peut pas être lu ou écrit : {problem.Message}");
            return Failed;
        }
    }

    /// <summary>The bytes of a text in UTF-8: in another encoding, what differs by an accent alone would be taken for the same.</summary>
    /// <exception cref="InvalidDataException">The file does not exist, or is not UTF-8.</exception>
    public static byte[] BytesOf(string path)
    {
        var bytes = File.Exists(path) ? File.ReadAllBytes(path)
            : throw new InvalidDataException(Directory.Exists(path) ? $"« {path} » est un dossier ; un fichier est attendu." : $"Le fichier « {path} » n’existe pas.");
        return Utf8.IsValid(bytes) ? bytes : throw new InvalidDataException($"Le fichier « {path} » n’est pas en UTF-8 : l’enregistrer dans cet encodage.");
    }

    public static string TextOf(string path) => Encoding.UTF8.GetString(BytesOf(path)).TrimStart('\uFEFF');

    public static string HashOf(byte[] bytes) => "sha256:" + Convert.ToHexStringLower(SHA256.HashData(bytes));

    /// <summary>The file that <c>--out</c> names, known to be none of those that are read nor a folder before any work is done.</summary>
    /// <param name="read">Files, or several with commas; null for an option that is not there.</param>
    /// <exception cref="InvalidDataException">What would be lost, or that a folder is there.</exception>
    public static string TargetOf(VerbOptions options, params IEnumerable<string?> read)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(read);
        var target = options.Needed("--out");
        if (Directory.Exists(target) || Path.EndsInDirectorySeparator(target))
        {
            throw new InvalidDataException($"« {target} » est un dossier ; --out attend le nom d’un fichier.");
        }

        var paths = read.OfType<string>().SelectMany(path => File.Exists(path) ? [path] : path.Split(',', StringSplitOptions.RemoveEmptyEntries));
        return paths.All(path => Path.GetFullPath(path) != Path.GetFullPath(target)) ? target
            : throw new InvalidDataException($"« {target} » est aussi un fichier à lire, qui serait perdu : donner à --out un autre nom.");
    }

    /// <summary>Writes beside, then moves: a reader never sees half a file, and a failure leaves what was there.</summary>
    public static void WriteWhole(string path, string text) => WriteWhole(path, Encoding.UTF8.GetBytes(text));

    public static void WriteWhole(string path, byte[] bytes) => Interruption.Whole(() => WriteBeside(path, bytes));

    private static void WriteBeside(string path, byte[] bytes)
    {
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder)
        {
            Directory.CreateDirectory(folder);
        }

        var beside = $"{path}.{Environment.ProcessId}.part";
        try
        {
            File.WriteAllBytes(beside, bytes);
            File.Move(beside, path, overwrite: true);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            File.Delete(beside);
            throw;
        }
    }
}
