using System.IO.Compression;
using System.Security;
using System.Text;

namespace Matching.Web.Tests.Pools;

/// <summary>Writes workbooks as spreadsheets do, down to the raw cells, so that a test can put anything in them.</summary>
public sealed class SheetFile
{
    private readonly List<(string Name, string State, string Rows)> sheets = [];
    private string workbook = "";

    /// <summary>A workbook of one sheet where every cell is text, from rows as a CSV has them.</summary>
    public static byte[] OfCsv(string csv) => new SheetFile().With("Vivier", Rows(csv)).ToBytes();

    public static string Rows(string csv)
    {
        ArgumentNullException.ThrowIfNull(csv);
        return string.Concat(csv.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select((line, i) => Row(i + 1, [.. line.Split(';').Select(Text)])));
    }

    public static string Row(int number, params string[] cells) => $"<row r=\"{number}\">{string.Concat(cells)}</row>";

    public static string Text(string text) => text.Length == 0 ? "<c/>" : $"<c t=\"inlineStr\"><is><t xml:space=\"preserve\">{SecurityElement.Escape(text)}</t></is></c>";

    /// <summary>Style 1 is a date, 2 a date of a format written by hand, 0 a plain number.</summary>
    public static string Number(string number, int style = 0) => $"<c s=\"{style}\"><v>{number}</v></c>";

    public SheetFile With(string name, string rows, string state = "visible")
    {
        sheets.Add((name, state, rows));
        return this;
    }

    public SheetFile Since1904()
    {
        workbook = "<workbookPr date1904=\"1\"/>";
        return this;
    }

    public byte[] ToBytes()
    {
        using var memory = new MemoryStream();
        using (var zip = new ZipArchive(memory, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add(zip, "xl/workbook.xml", $"<workbook xmlns:r=\"urn:relations\">{workbook}<sheets>{string.Concat(sheets.Select((sheet, i) => $"<sheet name=\"{SecurityElement.Escape(sheet.Name)}\" state=\"{sheet.State}\" sheetId=\"{i + 1}\" r:id=\"rId{i + 1}\"/>"))}</sheets></workbook>");
            Add(zip, "xl/_rels/workbook.xml.rels", $"<Relationships>{string.Concat(sheets.Select((_, i) => $"<Relationship Id=\"rId{i + 1}\" Target=\"worksheets/sheet{i + 1}.xml\"/>"))}</Relationships>");
            Add(zip, "xl/styles.xml", "<styleSheet><numFmts><numFmt numFmtId=\"170\" formatCode=\"[$-40C]d\\ mmmm\\ yyyy\"/></numFmts><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"170\"/></cellXfs></styleSheet>");
            for (var i = 0; i < sheets.Count; i++)
            {
                Add(zip, $"xl/worksheets/sheet{i + 1}.xml", $"<worksheet><sheetData>{sheets[i].Rows}</sheetData></worksheet>");
            }
        }

        return memory.ToArray();
    }

    private static void Add(ZipArchive zip, string name, string text)
    {
        using var part = zip.CreateEntry(name).Open();
        part.Write(Encoding.UTF8.GetBytes(text));
    }
}
