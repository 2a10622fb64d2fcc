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
    public static int Run(IReadOnlyList<string> options, TextWriter output, TextWriter errors)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(errors);
        if (options is ["-h" or "--help"])
        {
            output.WriteLine(Help);
            return 0;
        }
        var (labels, queries, answers, top) = ((string?)null, (string?)null, (string?)null, DefaultTop);
        for (var at = 0; at < options.Count; at += 2)
        {
            var value = at + 1 < options.Count ? options[at + 1] : "";
            var understood = value.Length > 0;
            switch (options[at])
            {
                case "--labels":
                    labels = value;
                    break;
                case "--queries":
                    queries = value;
                    break;
                case "--out":
                    answers = value;
                    break;
                case "--top":
                    understood = int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out top) && top is >= 1 and <= MostTop;
                    break;
                default:
                    understood = false;
                    break;
            }
            if (!understood)
            {
                errors.WriteLine($"L’option « {options[at]} {value} » n’est pas comprise. Aide : titles --help.");
                return 2;
            }
        }
        if (labels is null || queries is null || answers is null)
        {
            errors.WriteLine("La commande « titles » a besoin de --labels, --queries et --out. Aide : titles --help.");
            return 2;
        }
        return Answer(labels, queries, answers, top, output, errors);
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
            return 0;
        }
        catch (InvalidDataException wrong)
        {
            errors.WriteLine(wrong.Message);
            return 1;
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
            throw new InvalidDataException($"{path} : le fichier n’est pas en UTF-8 ; l’enregistrer dans cet encodage.", broken);
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
            entries.Add(new TitleLabel(line[..tab], line[(tab + 1)..]));
        }
        return entries;
    }

    private const string Help = """
        lab titles : les libellés les plus proches de chaque intitulé.

          --labels FICHIER    libellés, un par ligne : identifiant, tabulation, texte
          --queries FICHIER   intitulés cherchés, dans la même forme
          --out FICHIER       réponses : intitulé, rang, libellé, score (0 à 1), séparés par des tabulations
          --top N             réponses par intitulé, de 1 à 1000 (10 par défaut)
        """;
}
