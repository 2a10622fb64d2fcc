using System.Text;
using System.Text.Unicode;
using CsvHelper;
using Matching.Web.Platform;

namespace Matching.Web.Pools;

/// <summary>Reads the bytes of a pool file: encoding and separator are found, the whole file is walked once before anything is stored.</summary>
public static class PoolFile
{
    private const int MaxRecordBytes = 1024 * 1024;
    private const int MaxColumns = 200;
    private static readonly Encoding Windows1252 = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    /// <summary>The rows of the file, or one French sentence about the file as a whole (field <c>fichier</c>).</summary>
    public static Result<PoolTable> Open(byte[] bytes, string name)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        ArgumentNullException.ThrowIfNull(name);
        if (RefusalOf(bytes) is { } refusal)
        {
            return Result.Refused("fichier", refusal);
        }

        var (encoding, encodingName) = EncodingOf(bytes);
        var separator = SeparatorOf(bytes, encoding);
        var options = new CsvReaderOptions
        {
            Separator = separator,
            HasHeader = false,
            SkipEmptyLines = false,
            Encoding = encoding,
            MaxRecordSize = MaxRecordBytes,
            IncludeValuesInExceptions = false,
        };

        var (names, firstRow, fault) = Walk(bytes, options);
        if (fault is not null)
        {
            return Result.Refused("fichier", fault);
        }

        var (header, headerRefusal) = PoolHeader.Read(names);
        if (header is null)
        {
            return Result.Refused("fichier", headerRefusal!);
        }

        var shownSeparator = separator == '\t' ? "tabulation" : $"« {separator} »";
        return new PoolTable(ShortName(name), $"{encodingName}, séparateur {shownSeparator}", header, Lines(bytes, options, header, firstRow));
    }

    private static string? RefusalOf(byte[] bytes)
    {
        var isUtf16 = bytes is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..];
        return bytes.Length switch
        {
            0 => "Le fichier est vide : choisir le fichier des personnes, avec sa ligne de noms de colonnes.",
            > (int)PoolTable.MaxBytes => "Le fichier dépasse 50 Mo : le couper en plusieurs fichiers, chacun avec la ligne de noms de colonnes.",
            _ when bytes is [(byte)'P', (byte)'K', 3, 4, ..] or [0xD0, 0xCF, 0x11, 0xE0, ..] =>
                "C’est un classeur de tableur : l’ouvrir, l’enregistrer au format CSV (séparateur point-virgule), puis envoyer ce fichier CSV.",
            _ when !isUtf16 && bytes.AsSpan().Contains((byte)0) => "Ce fichier n’est pas du texte : envoyer un fichier CSV.",
            _ => null,
        };
    }

    // Windows-1252 gives a letter to nearly every byte, so it is what remains when the bytes are not valid UTF-8.
    private static (Encoding Encoding, string Name) EncodingOf(byte[] bytes) => bytes switch
    {
        [0xFF, 0xFE, ..] => (Encoding.Unicode, "UTF-16"),
        [0xFE, 0xFF, ..] => (Encoding.BigEndianUnicode, "UTF-16"),
        _ when Utf8.IsValid(bytes) => (Encoding.UTF8, "UTF-8"),
        _ => (Windows1252, "Windows-1252"),
    };

    // The separator is the one that occurs most in the first line outside quotes; "|" is never one, since it separates the items of a list.
    private static char SeparatorOf(byte[] bytes, Encoding encoding)
    {
        var start = encoding.GetString(bytes, 0, Math.Min(bytes.Length, 16 * 1024)).TrimStart('\ufeff', '\r', '\n');
        if (start.StartsWith("sep=", StringComparison.OrdinalIgnoreCase) && start.Length > 4 && start[4] is ';' or ',' or '\t')
        {
            return start[4];
        }

        var end = start.AsSpan().IndexOfAny('\r', '\n');
        var line = end < 0 ? start : start[..end];
        var isQuoted = false;
        int[] counts = [0, 0, 0];
        foreach (var letter in line)
        {
            isQuoted ^= letter == '"';
            var kind = isQuoted ? -1 : ";,\t".IndexOf(letter, StringComparison.Ordinal);
            if (kind >= 0)
            {
                counts[kind]++;
            }
        }

        return counts[1] > counts[0] && counts[1] >= counts[2] ? ',' : counts[2] > counts[0] ? '\t' : ';';
    }

    /// <summary>Finds the header and what makes the file unreadable as a whole: no row, too many, a quote never closed.</summary>
    private static (string[] Names, int HeaderRow, string? Fault) Walk(byte[] bytes, CsvReaderOptions options)
    {
        string? fault = null;
        var reading = options with
        {
            TrackLineNumbers = true,
            OnMalformedRecord = record => fault ??= record.Reason == CsvMalformedReason.UnterminatedQuote
                ? $"Un guillemet ouvert à la ligne {record.LineNumber} n’est jamais refermé : le corriger, puis recommencer."
                : null,
        };
        string[] names = [];
        var (row, headerRow, count) = (0, 0, 0);
        try
        {
            using var csv = CsvReader.Create(new MemoryStream(bytes, writable: false), reading);
            while (csv.Read())
            {
                row++;
                if (IsBlank(csv) || (headerRow == 0 && csv.GetString(0).StartsWith("sep=", StringComparison.OrdinalIgnoreCase)))
                {
                    continue;
                }

                if (headerRow == 0)
                {
                    (names, headerRow) = (Cells(csv), row);
                }
                else if (++count > PoolTable.MaxRows)
                {
                    return ([], 0, "Le fichier a plus de 200 000 personnes : le couper en plusieurs fichiers, chacun avec la ligne de noms de colonnes.");
                }
            }
        }
        catch (CsvFormatException)
        {
            return ([], 0, $"Après la ligne {row}, le fichier n’est plus lisible : vérifier les guillemets, puis recommencer.");
        }

        fault ??= headerRow == 0 ? "Le fichier est vide : choisir le fichier des personnes, avec sa ligne de noms de colonnes."
            : names.Length > MaxColumns ? $"Le fichier a plus de {MaxColumns} colonnes : garder celles du modèle."
            : count == 0 ? "Le fichier n’a que sa ligne de noms de colonnes : y ajouter au moins une personne."
            : null;
        return (names, headerRow, fault);
    }

    private static IEnumerable<PoolLine> Lines(byte[] bytes, CsvReaderOptions options, PoolHeader header, int headerRow)
    {
        using var csv = CsvReader.Create(new MemoryStream(bytes, writable: false), options);
        for (var row = 1; csv.Read(); row++)
        {
            if (row > headerRow && !IsBlank(csv))
            {
                yield return header.Clean(row, Cells(csv));
            }
        }
    }

    private static bool IsBlank(CsvReader csv)
    {
        for (var i = 0; i < csv.FieldCount; i++)
        {
            if (!csv.IsEmpty(i))
            {
                return false;
            }
        }

        return true;
    }

    private static string[] Cells(CsvReader csv)
    {
        var cells = new string[csv.FieldCount];
        for (var i = 0; i < cells.Length; i++)
        {
            // PostgreSQL refuses the NUL character in a text.
            cells[i] = csv.GetString(i).Replace("\0", "", StringComparison.Ordinal).Trim('\ufeff');
        }

        return cells;
    }

    private static string ShortName(string name)
    {
        var file = name[(name.LastIndexOfAny(['/', '\\']) + 1)..];
        return string.Concat(file.Where(letter => !char.IsControl(letter)).Take(120));
    }
}
