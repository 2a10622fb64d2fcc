using System.Globalization;
using Matching.Engine.Text;

namespace Matching.Benchmarks.Text;

/// <summary>A text to index, with the group that the filter asks for.</summary>
public sealed record CorpusText(Guid Id, int Group, string Text);

/// <summary>Words to look for within one group.</summary>
public sealed record CorpusQuery(int Group, string Text);

/// <summary>
/// Invented texts of 40 to 60 words, drawn by Zipf's law from a real French vocabulary. The words are stems already, so that every
/// index, whatever its analysis, holds the same terms and must find the same number of texts.
/// </summary>
public sealed record TextCorpus(int Vocabulary, IReadOnlyList<CorpusText> Texts, IReadOnlyList<CorpusQuery> Queries)
{
    public const int Groups = 20;
    private const int Seed = 1;

    public static TextCorpus Of(int texts, int queries)
    {
        var random = new Random(Seed);
        var words = Words().ToArray();
        random.Shuffle(words);
        var reached = new double[words.Length];
        var total = 0.0;
        for (var rank = 0; rank < words.Length; rank++)
        {
            reached[rank] = total += 1.0 / (rank + 1);
        }
        string Draw(int count) => string.Join(' ', Enumerable.Range(0, count).Select(_ =>
        {
            var at = Array.BinarySearch(reached, random.NextDouble() * total);
            return words[Math.Min(at < 0 ? ~at : at, words.Length - 1)];
        }));
        var id = new byte[16];
        return new TextCorpus(
            words.Length,
            [.. Enumerable.Range(0, texts).Select(_ =>
            {
                random.NextBytes(id);
                return new CorpusText(new Guid(id), random.Next(Groups), Draw(random.Next(40, 61)));
            })],
            [.. Enumerable.Range(0, queries).Select(_ => new CorpusQuery(
                random.Next(Groups), string.Join(' ', Draw(random.Next(2, 5)).Split(' ').Distinct())))]);
    }

    /// <summary>For programs in other languages: texts (id, group, text) and queries (group, text), separated by tabulations.</summary>
    public void Write(string folder)
    {
        File.WriteAllLines(Path.Combine(folder, "texts.tsv"), Texts.Select(one => string.Create(CultureInfo.InvariantCulture, $"{one.Id}\t{one.Group}\t{one.Text}")));
        File.WriteAllLines(Path.Combine(folder, "queries.tsv"), Queries.Select(one => string.Create(CultureInfo.InvariantCulture, $"{one.Group}\t{one.Text}")));
    }

    /// <summary>The open French vocabulary lying beside the repository; without it, the words of the samples.</summary>
    private static IEnumerable<string> Words()
    {
        var (open, samples) = (Find("shared", "reference", "langue", "snowball_french_voc.txt"), Find("data-samples"));
        var lines = open is not null ? File.ReadLines(open)
            : Directory.GetFiles(samples ?? throw new InvalidOperationException("Run from the repository: data-samples was not found."), "*", SearchOption.AllDirectories)
                .Order(StringComparer.Ordinal).SelectMany(File.ReadLines);
        return lines.SelectMany(line => FrenchAnalyzer.Tokens(line)).Select(token => token.Stem)
            .Where(stem => stem.Length >= 3 && stem.All(char.IsAsciiLetterLower) && FrenchAnalyzer.Tokens(stem) is [var same] && same.Stem == stem)
            .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
    }

    public static string? Find(params string[] parts)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var path = Path.Combine([folder.FullName, .. parts]);
            if (Path.Exists(path))
            {
                return path;
            }
        }
        return null;
    }
}
