using System.Text;
using CsvHelper;
using Matching.Rules.People;

namespace Matching.Web.Pools;

/// <summary>Writes pool files: the template, and the refused rows as they were sent with what is wrong in front.</summary>
public static class MendFile
{
    internal static readonly CsvWriterOptions Format = new()
    {
        Separator = ';',
        Injection = CsvInjection.Escape,
        ValidateFieldCount = false,
        WriteByteOrderMark = false,
    };

    /// <summary>The refused rows under their own header. The column of errors comes first, so that a row with too few values keeps its places.</summary>
    public static byte[] Of(PoolHeader header, IEnumerable<RefusedRow> rows)
    {
        ArgumentNullException.ThrowIfNull(header);
        ArgumentNullException.ThrowIfNull(rows);
        return Write(csv =>
        {
            AddRow(csv, [PoolColumns.ErrorHeader, .. header.Names.Where((_, i) => i != header.ErrorPosition)]);
            foreach (var row in rows)
            {
                AddRow(csv, [row.Said, .. row.Cells.Where((_, i) => i != header.ErrorPosition).Select(PoolTable.ValueOf)]);
            }
        });
    }

    /// <summary>The template: the columns in order and one example row.</summary>
    public static byte[] Template() => Write(csv =>
    {
        AddRow(csv, PoolColumns.All.Select(column => column.Name));
        AddRow(csv, PoolColumns.All.Select(column => column.Example));
    });

    /// <summary>The bytes to send: UTF-8 with the mark that spreadsheets need to show accents.</summary>
    public static byte[] ToBytes(string text) => [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text)];

    private static byte[] Write(Action<CsvWriter> write)
    {
        using var stream = new MemoryStream();
        stream.Write(Encoding.UTF8.Preamble);
        using (var csv = CsvWriter.Create(stream, Format, leaveOpen: true))
        {
            write(csv);
        }

        return stream.ToArray();
    }

    private static void AddRow(CsvWriter csv, IEnumerable<string> cells)
    {
        foreach (var cell in cells)
        {
            csv.WriteField(cell);
        }

        csv.EndRecord();
    }
}
