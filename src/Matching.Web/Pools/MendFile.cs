using System.Text;
using CsvHelper;
using Matching.Rules.People;

namespace Matching.Web.Pools;

/// <summary>Writes pool files: the template, and the refused rows as they were sent with what is wrong in front.</summary>
public sealed class MendFile(PoolHeader header) : IDisposable
{
    internal static readonly CsvWriterOptions Format = new()
    {
        Separator = ';',
        Injection = CsvInjection.Escape,
        ValidateFieldCount = false,
        WriteByteOrderMark = false,
    };

    private readonly MemoryStream bytes = new();
    private CsvWriter? csv;

    /// <summary>Adds a refused row. The column of errors comes first, so that a row with too few values keeps its places.</summary>
    public void Add(PoolLine line, IEnumerable<RowIssue> errors)
    {
        ArgumentNullException.ThrowIfNull(line);
        if (csv is null)
        {
            csv = CsvWriter.Create(bytes, Format, leaveOpen: true);
            Write([PoolColumns.ErrorHeader, .. header.Names.Where((_, i) => i != header.ErrorPosition)]);
        }

        var said = string.Join(" | ", errors.Select(error => $"{error.Column} : {error.Wrong} {error.Mend}"));
        Write([said, .. line.Cells.Where((_, i) => i != header.ErrorPosition).Select(PoolTable.ValueOf)]);
    }

    /// <summary>The file as text, null when nothing was refused. A byte order mark is added when it is sent.</summary>
    public string? ToText()
    {
        csv?.Dispose();
        return bytes.Length == 0 ? null : Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
    }

    /// <summary>The bytes to send: UTF-8 with the mark that spreadsheets need to show accents.</summary>
    public static byte[] ToBytes(string text) => [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text)];

    /// <summary>The template: the columns in order and one example row.</summary>
    public static byte[] Template()
    {
        using var stream = new MemoryStream();
        using (var writer = CsvWriter.Create(stream, Format, leaveOpen: true))
        {
            foreach (var column in PoolColumns.All)
            {
                writer.WriteField(column.Name);
            }

            writer.EndRecord();
            foreach (var column in PoolColumns.All)
            {
                writer.WriteField(column.Example);
            }

            writer.EndRecord();
        }

        return ToBytes(Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length));
    }

    public void Dispose()
    {
        csv?.Dispose();
        bytes.Dispose();
    }

    private void Write(IEnumerable<string> cells)
    {
        foreach (var cell in cells)
        {
            csv!.WriteField(cell);
        }

        csv!.EndRecord();
    }
}
