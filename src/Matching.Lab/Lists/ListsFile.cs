using System.Globalization;
using System.Text;
using CsvHelper;
using Matching.Features;

namespace Matching.Lab.Lists;

/// <summary>Reads and writes <c>lists.csv</c>; its format is in <c>Lists/README.md</c>.</summary>
public static class ListsFile
{
    public const int MaximumRows = 20_000_000;
    public const int HighestLabel = 4;

    public static readonly string[] FixedColumns = ["list_id", "posting_id", "employer_id", "day", "rank_shown", "opened", "label"];

    /// <summary>A column that lists may lack. It may stand anywhere after the fixed ones; when a feature has this name, it is that feature.</summary>
    public const string TerritoryColumn = "territory_id";

    /// <summary>Another: what the person wanted. The same holds for it.</summary>
    public const string WantedColumn = "wanted";

    private static readonly string[] OptionalColumns = [TerritoryColumn, WantedColumn];

    /// <param name="mayHaveOthers">Whether columns that no feature describes are passed over (to score) or refused (to train).</param>
    /// <exception cref="InvalidDataException">A French sentence with the line and the column.</exception>
    public static RankedLists Read(Stream bytes, IReadOnlyList<FeatureSpec> features, string name = "lists.csv", bool mayHaveOthers = false, Action<IReadOnlyList<string>>? passedOver = null)
    {
        using var csv = CsvReader.Create(bytes, new CsvReaderOptions { Separator = ',', HasHeader = false, TrackLineNumbers = true });
        try
        {
            if (!csv.Read())
            {
                throw new InvalidDataException($"{name} : le fichier est vide ; l’en-tête attendu commence par {string.Join(',', FixedColumns)}.");
            }

            var columns = ColumnsOf([.. Enumerable.Range(0, csv.FieldCount).Select(csv.GetString)], features, name, mayHaveOthers);
            var notFeatures = Enumerable.Range(FixedColumns.Length, csv.FieldCount - FixedColumns.Length).Except(columns).ToLookup(csv.GetString);
            int? PlaceOf(string column) => notFeatures[column].Select(at => (int?)at).FirstOrDefault();
            var others = notFeatures.Select(it => it.Key).Except(OptionalColumns).ToList();
            if (others.Count > 0)
            {
                passedOver?.Invoke(others);
            }

            var rows = new RowsRead(features, PlaceOf(TerritoryColumn), PlaceOf(WantedColumn));
            var width = csv.FieldCount;
            while (csv.Read())
            {
                if (csv.FieldCount != width)
                {
                    throw new InvalidDataException($"{name}, ligne {csv.LineNumber} : {FrenchCount.Of(csv.FieldCount, "colonne")} au lieu de {width}.{(csv.GetString(csv.FieldCount - 1).Contains('\n', StringComparison.Ordinal) ? " Un guillemet n’est peut-être pas fermé." : "")}");
                }

                rows.Add(csv, columns, name);
                if (rows.Count > MaximumRows)
                {
                    throw new InvalidDataException($"{name} : plus de {MaximumRows} lignes.");
                }
            }

            return rows.Count > 0 ? rows.Build() : throw new InvalidDataException($"{name} : aucune ligne après l’en-tête.");
        }
        catch (CsvFormatException broken)
        {
            throw new InvalidDataException($"{name}, ligne {csv.LineNumber} : la ligne n’est pas lisible (guillemets ou séparateurs).", broken);
        }
    }

    public static void Write(TextWriter output, RankedLists lists, Func<int, string> postingId, Func<int, string> employerId)
    {
        var optional = OptionalColumns.Where(column => column == TerritoryColumn ? lists.Territory is not null : lists.Wanted is not null);
        output.Write(string.Join(',', FixedColumns.Concat(optional).Concat(lists.Features.Select(it => it.Name))) + "\n");
        var line = new StringBuilder();
        for (var list = 0; list < lists.Count; list++)
        {
            for (var row = lists.Start[list]; row < lists.Start[list + 1]; row++)
            {
                line.Clear().Append(CultureInfo.InvariantCulture, $"{lists.ListIds[list]},{postingId(lists.Posting[list])},{employerId(lists.Employer[list])},{lists.Day[list]},");
                line.Append(CultureInfo.InvariantCulture, $"{lists.RankShown[row]},{(lists.Opened[row] ? 1 : 0)},{lists.Label[row]}{(lists.Territory is null ? "" : $",{lists.Territory[list]}")}{(lists.Wanted is null ? "" : $",{WantedText(lists.Wanted[row])}")}");
                for (var feature = 0; feature < lists.Features.Count; feature++)
                {
                    var code = lists.Codes[feature][row];
                    line.Append(',');
                    if (code != lists.Features[feature].Missing)
                    {
                        line.Append(code);
                    }
                }

                output.Write(line.Append('\n'));
            }
        }
    }

    private static string WantedText(bool? wanted) => wanted switch { true => "1", false => "0", _ => "" };

    // The place of each feature in the header.
    private static int[] ColumnsOf(string[] header, IReadOnlyList<FeatureSpec> features, string name, bool mayHaveOthers)
    {
        header[0] = header[0].TrimStart('\uFEFF');
        if (header is [var whole] && whole.Count(it => it is ';' or '\t') >= FixedColumns.Length - 1)
        {
            throw new InvalidDataException($"{name} : les colonnes sont séparées par {(whole.Contains(';', StringComparison.Ordinal) ? "des points-virgules" : "des tabulations")} ; enregistrer le fichier en CSV avec des virgules.");
        }

        for (var at = 0; at < FixedColumns.Length; at++)
        {
            if (at >= header.Length || header[at] != FixedColumns[at])
            {
                throw new InvalidDataException($"{name} : la colonne {at + 1} doit être « {FixedColumns[at]} »{(at < header.Length ? $" et non « {header[at]} »" : ", elle manque")}.");
            }
        }

        var names = header[FixedColumns.Length..];
        if (names.GroupBy(it => it, StringComparer.Ordinal).FirstOrDefault(same => same.Count() > 1) is { } twice)
        {
            throw new InvalidDataException($"{name} : la colonne « {twice.Key} » est écrite deux fois.");
        }

        if (!mayHaveOthers && names.FirstOrDefault(it => !OptionalColumns.Contains(it) && features.All(feature => feature.Name != it)) is { } unknown)
        {
            throw new InvalidDataException($"{name} : la colonne « {unknown} » n’est pas décrite parmi les critères.");
        }

        return [.. features.Select(feature => Array.IndexOf(names, feature.Name) is >= 0 and var at
            ? FixedColumns.Length + at
            : throw new InvalidDataException($"{name} : la colonne du critère « {feature.Name} » manque."))];
    }

    /// <summary>The rows as they come, before the lists are put together.</summary>
    private sealed class RowsRead(IReadOnlyList<FeatureSpec> features, int? territory, int? wanted)
    {
        private readonly Dictionary<string, int> lists = new(StringComparer.Ordinal);
        private readonly Dictionary<string, int> postings = new(StringComparer.Ordinal);
        private readonly Dictionary<string, int> employers = new(StringComparer.Ordinal);
        private readonly List<(int Posting, int Employer, int Day, string? Territory)> shown = [];
        private readonly List<(int List, int Rank, bool Opened, byte Label)> rows = [];
        private readonly List<bool?> wishes = [];
        private readonly List<byte>[] codes = [.. features.Select(_ => new List<byte>())];

        public int Count => rows.Count;

        public void Add(CsvReader csv, int[] columns, string name)
        {
            var (id, posting, employer) = (Text(csv, 0, name), Text(csv, 1, name), Text(csv, 2, name));
            var day = Number(csv, 3, int.MinValue, int.MaxValue, name);
            var rank = Number(csv, 4, 0, int.MaxValue, name);
            var opened = Number(csv, 5, 0, 1, name) == 1;
            var label = (byte)Number(csv, 6, 0, HighestLabel, name);
            var about = (NumberOf(postings, posting), NumberOf(employers, employer), day, territory is { } at && csv.GetString(at) is { Length: > 0 } where ? where : null);
            var list = NumberOf(lists, id);
            if (list == shown.Count)
            {
                shown.Add(about);
            }
            else if (shown[list] != about)
            {
                throw new InvalidDataException($"{name}, ligne {csv.LineNumber} : la liste « {id} » change d’offre, d’employeur, de jour ou de territoire.");
            }

            rows.Add((list, rank, opened, label));
            if (wanted is { } column)
            {
                wishes.Add(csv.GetSpan(column).Trim(" "u8).IsEmpty ? null : Number(csv, column, 0, 1, name, WantedColumn) == 1);
            }

            for (var feature = 0; feature < features.Count; feature++)
            {
                codes[feature].Add(csv.GetSpan(columns[feature]).Trim(" "u8).IsEmpty ? features[feature].Missing : (byte)Number(csv, columns[feature], 0, features[feature].Bins - 1, name, features[feature].Name));
            }
        }

        public RankedLists Build()
        {
            var order = Enumerable.Range(0, rows.Count).OrderBy(row => rows[row].List).ToArray();
            var start = new int[lists.Count + 1];
            foreach (var row in rows)
            {
                start[row.List + 1]++;
            }

            for (var list = 0; list < lists.Count; list++)
            {
                start[list + 1] += start[list];
            }

            return new RankedLists
            {
                Features = features,
                ListIds = [.. lists.OrderBy(it => it.Value).Select(it => it.Key)],
                Posting = [.. shown.Select(it => it.Posting)],
                Employer = [.. shown.Select(it => it.Employer)],
                Day = [.. shown.Select(it => it.Day)],
                Territory = territory is null ? null : [.. shown.Select(it => it.Territory)],
                Start = start,
                FileRow = order,
                RankShown = Array.ConvertAll(order, row => rows[row].Rank),
                Opened = Array.ConvertAll(order, row => rows[row].Opened),
                Label = Array.ConvertAll(order, row => rows[row].Label),
                Wanted = wanted is null ? null : Array.ConvertAll(order, row => wishes[row]),
                Codes = [.. codes.Select(column => Array.ConvertAll(order, row => column[row]))],
            };
        }

        private static int NumberOf(Dictionary<string, int> numbers, string id)
        {
            if (!numbers.TryGetValue(id, out var number))
            {
                number = numbers.Count;
                numbers.Add(id, number);
            }

            return number;
        }

        private static string Text(CsvReader csv, int column, string name) =>
            csv.GetString(column) is { Length: > 0 } text ? text : throw new InvalidDataException($"{name}, ligne {csv.LineNumber} : « {FixedColumns[column]} » est vide.");

        private static int Number(CsvReader csv, int column, int from, int to, string name, string? feature = null)
        {
            if (int.TryParse(csv.GetSpan(column), NumberStyles.AllowLeadingSign | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var value) && value >= from && value <= to)
            {
                return value;
            }

            var expected = from == int.MinValue ? "un entier" : to == int.MaxValue ? $"un entier à partir de {from}" : $"un entier de {from} à {to}";
            throw new InvalidDataException($"{name}, ligne {csv.LineNumber}, colonne « {feature ?? FixedColumns[column]} » : {expected} est attendu, « {csv.GetString(column)} » ne l’est pas.");
        }
    }
}
