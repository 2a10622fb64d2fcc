using CsvHelper;

namespace Matching.Lab.Auditing;

/// <summary>
/// Who belongs to which group, in a file of its own that no trainer reads: <c>row,&lt;attribute&gt;,&lt;attribute&gt;…</c>, row being the place of the
/// person among the data rows of the lists, from 0; an empty cell is not known.
/// </summary>
/// <param name="Values">By attribute, then by file row; null where it is not known.</param>
public sealed record GroupsFile(IReadOnlyList<string> Attributes, IReadOnlyList<string?[]> Values)
{
    public const int MaximumAttributes = 30;

    /// <exception cref="InvalidDataException">A French sentence with the line.</exception>
    public static GroupsFile Read(Stream bytes, int rows, string name)
    {
        using var csv = CsvReader.Create(bytes, new CsvReaderOptions { Separator = ',', HasHeader = false, TrackLineNumbers = true });
        try
        {
            if (!csv.Read() || csv.GetString(0).TrimStart('\uFEFF') != "row" || csv.FieldCount < 2 || csv.FieldCount > MaximumAttributes + 1)
            {
                throw new InvalidDataException($"{name} : l’en-tête attendu est row, puis de 1 à {MaximumAttributes} attributs.");
            }

            var attributes = Enumerable.Range(1, csv.FieldCount - 1).Select(csv.GetString).ToList();
            if (attributes.GroupBy(it => it, StringComparer.Ordinal).FirstOrDefault(same => same.Count() > 1) is { } twice)
            {
                throw new InvalidDataException($"{name} : l’attribut « {twice.Key} » est écrit deux fois.");
            }

            var (values, isRead) = (attributes.ConvertAll(_ => new string?[rows]), new bool[rows]);
            while (csv.Read())
            {
                if (csv.FieldCount != attributes.Count + 1 || !int.TryParse(csv.GetSpan(0), out var row) || row < 0 || row >= rows)
                {
                    throw new InvalidDataException($"{name}, ligne {csv.LineNumber} : {attributes.Count + 1} colonnes sont attendues, la première étant une ligne des listes, de 0 à {rows - 1}.");
                }

                if (isRead[row])
                {
                    throw new InvalidDataException($"{name}, ligne {csv.LineNumber} : la ligne {row} des listes est écrite deux fois.");
                }

                isRead[row] = true;
                for (var at = 0; at < attributes.Count; at++)
                {
                    values[at][row] = csv.GetString(at + 1) is { Length: > 0 } value ? value : null;
                }
            }

            return isRead.Contains(true) ? new GroupsFile(attributes, values) : throw new InvalidDataException($"{name} : aucune ligne après l’en-tête.");
        }
        catch (CsvFormatException broken)
        {
            throw new InvalidDataException($"{name}, ligne {csv.LineNumber} : la ligne n’est pas lisible.", broken);
        }
    }
}
