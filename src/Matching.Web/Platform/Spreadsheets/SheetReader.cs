using System.Globalization;
using System.Xml;

namespace Matching.Web.Platform.Spreadsheets;

/// <summary>Reads the rows of one sheet, one after the other: only the current one is in memory.</summary>
internal sealed class SheetReader(XmlReader xml, SharedTexts texts, CellFormats formats)
{
    private readonly List<string> cells = [];
    private int number;

    /// <summary>Where a cell stands that does not say it.</summary>
    private int next;

    /// <summary>The next row of the sheet; false at the end.</summary>
    public bool TryNext(out SheetRow row)
    {
        while (xml.Read())
        {
            if (xml.NodeType == XmlNodeType.Element && xml.LocalName == "row")
            {
                row = ReadRow();
                return true;
            }
        }

        row = default;
        return false;
    }

    private SheetRow ReadRow()
    {
        number = int.TryParse(xml.GetAttribute("r"), NumberStyles.None, CultureInfo.InvariantCulture, out var written) && written > number ? written : number + 1;
        var isHidden = xml.GetAttribute("hidden") is "1" or "true";
        cells.Clear();
        next = 0;
        if (!xml.IsEmptyElement)
        {
            var depth = xml.Depth;
            while (xml.Read() && !(xml.NodeType == XmlNodeType.EndElement && xml.Depth == depth))
            {
                if (xml.NodeType == XmlNodeType.Element && xml.LocalName == "c")
                {
                    ReadCell();
                }
            }
        }

        return new SheetRow(number, isHidden, [.. cells]);
    }

    private void ReadCell()
    {
        var column = ColumnOf(xml.GetAttribute("r")) ?? next;
        next = column + 1;
        var type = xml.GetAttribute("t");
        var style = int.TryParse(xml.GetAttribute("s"), NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? index : -1;
        var text = ReadValue(type, style);
        if (text.Length == 0)
        {
            return;
        }

        if (column >= Workbook.MaxColumns)
        {
            throw new UnreadableFileException($"La feuille a plus de {Workbook.MaxColumns} colonnes : garder celles du modèle.");
        }

        while (cells.Count < column)
        {
            cells.Add("");
        }

        if (column == cells.Count)
        {
            cells.Add(text);
        }
    }

    private string ReadValue(string? type, int style)
    {
        if (xml.IsEmptyElement)
        {
            return "";
        }

        var depth = xml.Depth;
        var (value, formula) = ("", "");
        while (xml.Read() && !(xml.NodeType == XmlNodeType.EndElement && xml.Depth == depth))
        {
            if (xml.NodeType == XmlNodeType.Element)
            {
                switch (xml.LocalName)
                {
                    case "v":
                        value = SheetXml.Text(xml);
                        break;
                    case "is":
                        value = SheetXml.RichText(xml);
                        break;
                    case "f":
                        formula = SheetXml.Text(xml);
                        break;
                    default:
                        break;
                }
            }
        }

        // A formula that was never computed has no value: it is shown as it is, so that the row is refused with it and not with a blank.
        return value.Length == 0 ? formula.Length == 0 ? "" : "=" + formula : type switch
        {
            "s" => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var place) ? texts[place] : "",
            "b" => value == "1" ? "oui" : "non",
            "str" or "inlineStr" or "e" => value,
            "d" => value.Length > 10 ? value[..10] : value,
            _ => formats.Shown(value, style),
        };
    }

    // "AB12" is column 27, from 0; null when it is not written.
    private static int? ColumnOf(string? reference)
    {
        var column = 0;
        foreach (var letter in reference ?? "")
        {
            if (letter is < 'A' or > 'Z' || column > 20_000)
            {
                break;
            }

            column = (column * 26) + letter - 'A' + 1;
        }

        return column == 0 ? null : column - 1;
    }
}
