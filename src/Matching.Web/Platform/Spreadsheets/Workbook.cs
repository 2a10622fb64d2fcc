using System.IO.Compression;
using System.Xml;

namespace Matching.Web.Platform.Spreadsheets;

/// <summary>A sheet of a workbook, in the order of its tabs.</summary>
public sealed record Sheet(string Name, bool IsHidden, string Part);

/// <summary>
/// An XLSX workbook opened for reading. The parts are unpacked under guard and read as they come: 200,000 rows take the memory of the shared
/// texts and of one row. A library would hold the whole tree, or unpack without a bound.
/// </summary>
public sealed class Workbook : IDisposable
{
    public const int MaxColumns = 200;
    private const int MaxParts = 2_000;
    private const int MaxSheets = 200;
    private const string Broken = "Ce classeur de tableur est abîmé ou d’un autre format : l’ouvrir, l’enregistrer au format XLSX ou CSV, puis l’envoyer à nouveau.";
    private readonly ZipArchive zip;
    private readonly Lazy<SharedTexts> texts;
    private readonly CellFormats formats;

    private Workbook(ZipArchive zip, IReadOnlyList<Sheet> sheets, bool is1904)
    {
        (this.zip, Sheets) = (zip, sheets);
        texts = new Lazy<SharedTexts>(() => Part("xl/sharedStrings.xml") is { } part ? SharedTexts.Read(part) : new SharedTexts());
        formats = new CellFormats(is1904);
        if (Part("xl/styles.xml") is { } styles)
        {
            formats.Read(styles);
        }
    }

    public IReadOnlyList<Sheet> Sheets { get; }

    /// <exception cref="UnreadableFileException">It is not a workbook that can be read.</exception>
    public static Workbook Open(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return Guarded(() =>
        {
            var zip = new ZipArchive(stream, ZipArchiveMode.Read);
            if (zip.Entries.Count > MaxParts || zip.GetEntry("xl/workbook.xml") is null)
            {
                throw new UnreadableFileException(Broken);
            }

            var (sheets, is1904) = ReadWorkbook(zip);
            return new Workbook(zip, sheets, is1904);
        });
    }

    /// <summary>The rows of a sheet, as they are read; <see cref="UnreadableFileException"/> where it cannot be read further.</summary>
    public IEnumerable<SheetRow> Rows(Sheet sheet)
    {
        ArgumentNullException.ThrowIfNull(sheet);
        using var xml = Guarded(() => Part(sheet.Part)) ?? throw new UnreadableFileException(Broken);
        var reader = new SheetReader(xml, Guarded(() => texts.Value), formats);
        while (Guarded(() => reader.TryNext(out var row) ? row : (SheetRow?)null) is { } next)
        {
            yield return next;
        }
    }

    /// <summary>The last row that the sheet says it has; 0 when it does not say.</summary>
    public int LastRow(Sheet sheet)
    {
        ArgumentNullException.ThrowIfNull(sheet);
        return Guarded(() =>
        {
            using var xml = Part(sheet.Part);
            while (xml is not null && xml.Read() && xml.LocalName != "sheetData")
            {
                if (xml.NodeType == XmlNodeType.Element && xml.LocalName == "dimension")
                {
                    var digits = (xml.GetAttribute("ref") ?? "").AsSpan().TrimEnd("$");
                    return int.TryParse(digits[(digits.LastIndexOfAnyExceptInRange('0', '9') + 1)..], out var last) ? last : 0;
                }
            }

            return 0;
        });
    }

    public void Dispose() => zip.Dispose();

    private static (IReadOnlyList<Sheet> Sheets, bool Is1904) ReadWorkbook(ZipArchive zip)
    {
        var parts = new Dictionary<string, string>(StringComparer.Ordinal);
        using (var xml = Part(zip, "xl/_rels/workbook.xml.rels") ?? throw new UnreadableFileException(Broken))
        {
            while (xml.Read())
            {
                if (xml.NodeType == XmlNodeType.Element && xml.LocalName == "Relationship" && xml.GetAttribute("Id") is { } id && xml.GetAttribute("Target") is { } target)
                {
                    parts[id] = target.StartsWith('/') ? target[1..] : "xl/" + target;
                }
            }
        }

        var sheets = new List<Sheet>();
        var is1904 = false;
        using var workbook = Part(zip, "xl/workbook.xml")!;
        while (workbook.Read())
        {
            if (workbook.NodeType != XmlNodeType.Element)
            {
                continue;
            }

            if (workbook.LocalName == "workbookPr")
            {
                is1904 = workbook.GetAttribute("date1904") is "1" or "true";
            }
            else if (workbook.LocalName == "sheet" && sheets.Count < MaxSheets && parts.TryGetValue(RelationOf(workbook), out var part))
            {
                sheets.Add(new Sheet(workbook.GetAttribute("name") ?? "", workbook.GetAttribute("state") is "hidden" or "veryHidden", part));
            }
        }

        return (sheets, is1904);
    }

    private static string RelationOf(XmlReader sheet)
    {
        for (var more = sheet.MoveToFirstAttribute(); more; more = sheet.MoveToNextAttribute())
        {
            if (sheet.LocalName == "id" && sheet.NamespaceURI.Length > 0)
            {
                var id = sheet.Value;
                sheet.MoveToElement();
                return id;
            }
        }

        sheet.MoveToElement();
        return "";
    }

    private XmlReader? Part(string name) => Part(zip, name);

    private static XmlReader? Part(ZipArchive zip, string name) =>
        zip.GetEntry(name) is { } entry ? SheetXml.Over(new GuardedStream(entry.Open(), entry.CompressedLength)) : null;

    // What the libraries throw on damaged bytes becomes the one sentence that helps.
    private static T Guarded<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception fault) when (fault is InvalidDataException or XmlException or IOException or NotSupportedException or ArgumentException or OverflowException)
        {
            throw new UnreadableFileException(Broken);
        }
    }
}
