using System.Text;
using Matching.Lab.Sample;

namespace Matching.Lab.Tests.Sample;

/// <summary>The samples of the default seed and day, made once, and the small readers the tests share.</summary>
internal static class SampleFolder
{
    public static readonly IReadOnlyList<SampleFile> Files = SampleFiles.Make(SampleCommand.DefaultSeed, SampleCommand.DefaultDay);

    public static readonly OccupationBook Book = OccupationBook.Read();

    /// <summary>Every row of the twelve good pools, by column name.</summary>
    public static readonly IReadOnlyList<IReadOnlyDictionary<string, string>> People =
        [.. Files.Where(f => f.Path.StartsWith("viviers/", StringComparison.Ordinal) && !f.Path.Contains("abime", StringComparison.Ordinal))
            .SelectMany(f => Table(f, ';'))];

    public static SampleFile File(string path) => Files.Single(f => f.Path == path);

    /// <summary>UTF-8 (with or without mark), or Windows-1252 when the bytes are not UTF-8.</summary>
    public static string Text(SampleFile file)
    {
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(file.Content).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException)
        {
            return CodePagesEncodingProvider.Instance.GetEncoding(1252)!.GetString(file.Content);
        }
    }

    public static IReadOnlyList<IReadOnlyDictionary<string, string>> Table(SampleFile file, char separator)
    {
        var rows = Rows(Text(file), separator);
        return [.. rows.Skip(1).Select(row => rows[0].Zip(row).ToDictionary(x => x.First, x => x.Second))];
    }

    /// <summary>A second, independent reading of CSV: character by character.</summary>
    public static List<List<string>> Rows(string text, char separator)
    {
        var rows = new List<List<string>> { new() };
        var (field, isQuoted) = (new StringBuilder(), false);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (isQuoted && c == '"' && i + 1 < text.Length && text[i + 1] == '"')
            {
                field.Append(text[++i]);
            }
            else if (c == '"')
            {
                isQuoted = !isQuoted;
            }
            else if (!isQuoted && (c == separator || c == '\n'))
            {
                rows[^1].Add(field.ToString().TrimEnd('\r'));
                field.Clear();
                if (c == '\n')
                {
                    rows.Add([]);
                }
            }
            else
            {
                field.Append(c);
            }
        }

        rows.RemoveAll(r => r.Count == 0);
        return rows;
    }

    public static string[] Many(string field) => field.Length == 0 ? [] : field.Split('|');

    /// <summary>The project's root: the folder above this test that holds the solution.</summary>
    public static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !System.IO.File.Exists(Path.Combine(folder.FullName, "Matching.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("Matching.sln was not found above the tests.");
    }
}
