using System.Globalization;
using System.Text;
using Matching.Engine.Text;
using Matching.Features;
using Matching.Lab.Verbs;

namespace Matching.Lab;

/// <summary>
/// <c>lab titles --labels FILE --queries FILE --out FILE [--top 10]</c>: the labels nearest to each query. Both inputs are TSV
/// (id, text) without a header; the output is TSV (query id, rank, label id, score). An id that several labels share comes once.
/// </summary>
public static class MatchTitles
{
    public const int DefaultTop = 10;
    public const int MostTop = 1_000;
    public const int MostLines = 1_000_000;

    /// <summary>Runs the verb. Returns 0 when the file is written, 2 when an option is wrong, 1 when a file cannot be used.</summary>
    public static int Run(IReadOnlyList<string> typed, TextWriter output, TextWriter errors)
    {
        ArgumentNullException.ThrowIfNull(typed);
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(errors);
        if (typed.Any(option => option is "-h" or "--help"))
        {
            output.WriteLine(Help);
            return Verb.Done;
        }

        var options = VerbOptions.Read(typed, ["--labels", "--queries", "--out", "--top"], []);
        try
        {
            return options.Refusal is { } refusal ? throw new InvalidDataException(refusal)
                : Answer(options.Needed("--labels"), options.Needed("--queries"), options.Needed("--out"), options.Number("--top", DefaultTop, 1, MostTop), output, errors);
        }
        catch (InvalidDataException wrong)
        {
            errors.WriteLine($"{wrong.Message} Aide : titles --help.");
            return Verb.WronglyTyped;
        }
    }

    private static int Answer(string labelFile, string queryFile, string answerFile, int top, TextWriter output, TextWriter errors)
    {
        try
        {
            Verb.Target("--out", answerFile, labelFile, queryFile);
            var labels = Read("--labels", labelFile);
            var queries = Read("--queries", queryFile);
            var matcher = new TitleMatcher(labels, TradeWords.Abbreviations, TradeWords.Related, TradeWords.Same);
            var lines = new StringBuilder();
            foreach (var query in queries)
            {
                var rank = 0;
                foreach (var match in matcher.Match(query.Text, top, varied: true).Matches)
                {
                    rank++;
                    lines.Append(CultureInfo.InvariantCulture, $"{query.Id}\t{rank}\t{match.Id}\t{match.Score:0.000000}\n");
                }
            }
            Verb.WriteWhole(answerFile, lines.ToString());
            output.WriteLine($"{FrenchCount.Of(queries.Count, "requête")}, {FrenchCount.Of(labels.Count, "libellé")} : réponses écrites dans {answerFile}");
            return Verb.Done;
        }
        catch (InvalidDataException wrong)
        {
            errors.WriteLine(wrong.Message);
            return Verb.Failed;
        }
    }

    private static List<TitleLabel> Read(string option, string path)
    {
        try
        {
            // A mark at its start says when it is UTF-16; read in a wrong encoding, words with an accent would be found nowhere.
            return Verb.Read(path, file => Entries(File.ReadLines(file, new UTF8Encoding(false, throwOnInvalidBytes: true)), file), $"{option} : ");
        }
        catch (DecoderFallbackException broken)
        {
            throw NotUtf8(path, broken);
        }
    }

    private static List<TitleLabel> Entries(IEnumerable<string> lines, string file)
    {
        var entries = new List<TitleLabel>();
        var number = 0;
        foreach (var line in lines)
        {
            number++;
            if (number > MostLines)
            {
                throw new InvalidDataException($"{file} : plus de {MostLines} lignes.");
            }
            if (string.IsNullOrWhiteSpace(line))
            {
                continue;
            }
            var tab = line.IndexOf('\t', StringComparison.Ordinal);
            if (tab <= 0)
            {
                throw new InvalidDataException($"{file}, ligne {number} : il faut un identifiant, une tabulation, puis le texte.");
            }
            if (line.Contains('\0', StringComparison.Ordinal))
            {
                throw NotUtf8(file);
            }
            entries.Add(new TitleLabel(line[..tab], line[(tab + 1)..]));
        }
        return entries.Count > 0 ? entries : throw new InvalidDataException($"{file} : le fichier est vide ; une ligne au moins est attendue.");
    }

    private static InvalidDataException NotUtf8(string file, Exception? broken = null) => new($"{file} : le fichier n’est pas en UTF-8 ; l’enregistrer dans cet encodage.", broken);

    private const string Help = """
        lab titles : les libellés les plus proches de chaque intitulé.

          --labels FICHIER    libellés, un par ligne : identifiant, tabulation, texte
          --queries FICHIER   intitulés cherchés, dans la même forme
          --out FICHIER       réponses : intitulé, rang, libellé, score (0 à 1), séparés par des tabulations
          --top N             réponses par intitulé, de 1 à 1000 (10 par défaut)
        """;
}
