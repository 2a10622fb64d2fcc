using System.Text;
using System.Text.Unicode;
using CsvHelper;
using Matching.Web.Platform;
using Matching.Web.Platform.Spreadsheets;

namespace Matching.Web.Pools;

/// <summary>The bytes of a CSV file, its encoding and its separator.</summary>
internal sealed class CsvText
{
    private const int MaxRecordBytes = 1024 * 1024;
    private const int BytesLookedAt = 16 * 1024;
    private const int LinesLookedAt = 20;
    private static readonly Encoding Windows1252 = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;
    private readonly byte[] bytes;
    private readonly CsvReaderOptions options;

    private CsvText(byte[] bytes, Encoding encoding, string encodingName)
    {
        this.bytes = bytes;
        var separator = SeparatorOf(bytes, encoding);
        Format = $"{encodingName}, séparateur {(separator == '\t' ? "tabulation" : $"« {separator} »")}";
        options = new CsvReaderOptions
        {
            Separator = separator,
            HasHeader = false,
            SkipEmptyLines = false,
            Encoding = encoding,
            MaxRecordSize = MaxRecordBytes,
            IncludeValuesInExceptions = false,
            TrackLineNumbers = true,
        };
    }

    public string Format { get; }

    public int LineCount => bytes.AsSpan().Count((byte)'\n');

    public static bool IsText(byte[] bytes) => Utf16Of(bytes) is not null || !bytes.AsSpan().Contains((byte)0);

    // Windows-1252 gives a letter to nearly every byte, so it is what remains when the bytes are not valid UTF-8.
    public static CsvText Of(byte[] bytes) =>
        Utf16Of(bytes) is { } utf16 ? new CsvText(bytes, utf16, "UTF-16")
        : Utf8.IsValid(bytes) ? new CsvText(bytes, Encoding.UTF8, "UTF-8")
        : new CsvText(bytes, Windows1252, "Windows-1252");

    /// <summary>Every record, numbered as a spreadsheet does; <see cref="UnreadableFileException"/> at a quote that is never closed.</summary>
    public IEnumerable<SheetRow> Rows()
    {
        string? fault = null;
        var reading = options with
        {
            OnMalformedRecord = record => fault ??= record.Reason == CsvMalformedReason.UnterminatedQuote
                ? $"Un guillemet ouvert à la ligne {record.LineNumber} n’est jamais refermé : le corriger, puis recommencer."
                : null,
        };
        using var csv = CsvReader.Create(new MemoryStream(bytes, writable: false), reading);
        for (var row = 1; Read(csv, row); row++)
        {
            if (fault is not null)
            {
                throw new UnreadableFileException(fault);
            }

            var cells = Cells(csv);
            if (row > 1 || cells is [var first, ..] && !first.StartsWith("sep=", StringComparison.OrdinalIgnoreCase))
            {
                yield return new SheetRow(row, false, cells);
            }
        }
    }

    // Without a mark, UTF-16 shows by the zero in every other byte of plain letters.
    private static UnicodeEncoding? Utf16Of(byte[] bytes)
    {
        if (bytes is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..])
        {
            return new UnicodeEncoding(bigEndian: bytes[0] == 0xFE, byteOrderMark: true);
        }

        var looked = Math.Min(bytes.Length, BytesLookedAt) & ~1;
        var (even, odd) = (0, 0);
        for (var i = 0; i < looked; i += 2)
        {
            even += bytes[i] == 0 ? 1 : 0;
            odd += bytes[i + 1] == 0 ? 1 : 0;
        }

        return looked >= 32 && odd > looked * 0.35 && even == 0 ? new UnicodeEncoding(false, false)
            : looked >= 32 && even > looked * 0.35 && odd == 0 ? new UnicodeEncoding(true, false)
            : null;
    }

    // The separator is the one that occurs most in the first line outside quotes; "|" is never one, since it separates the items of a list.
    private static char SeparatorOf(byte[] bytes, Encoding encoding)
    {
        var start = encoding.GetString(bytes, 0, Math.Min(bytes.Length, BytesLookedAt)).TrimStart('\ufeff', '\r', '\n');
        if (start.StartsWith("sep=", StringComparison.OrdinalIgnoreCase) && start.Length > 4 && start[4] is ';' or ',' or '\t')
        {
            return start[4];
        }

        // A title may stand alone on the first lines: the first line that looks like several columns tells.
        var counts = start.Split(['\r', '\n'], LinesLookedAt + 1).Take(LinesLookedAt).Select(Count).ToList();
        return counts.FirstOrDefault(found => found.Count >= 3) is { Count: > 0 } several ? several.Separator : counts.MaxBy(found => found.Count).Separator;
    }

    private static (char Separator, int Count) Count(string line)
    {
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

        return counts[1] > counts[0] && counts[1] >= counts[2] ? (',', counts[1]) : counts[2] > counts[0] ? ('\t', counts[2]) : (';', counts[0]);
    }

    private static bool Read(CsvReader csv, int row)
    {
        try
        {
            return csv.Read();
        }
        catch (CsvFormatException)
        {
            throw new UnreadableFileException($"Après la ligne {row - 1}, le fichier n’est plus lisible : vérifier les guillemets, puis recommencer.");
        }
    }

    private static string[] Cells(CsvReader csv)
    {
        var cells = new string[csv.FieldCount];
        for (var i = 0; i < cells.Length; i++)
        {
            // PostgreSQL refuses the NUL character in a text.
            var cell = csv.GetString(i);
            cells[i] = cell.Contains('\0', StringComparison.Ordinal) ? cell.Replace("\0", "", StringComparison.Ordinal) : cell;
        }

        if (cells.Length > 0)
        {
            cells[0] = cells[0].TrimStart('\ufeff');
        }

        return cells;
    }
}
