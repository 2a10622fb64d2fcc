using System.Text;
using System.Xml;

namespace Matching.Web.Platform.Spreadsheets;

/// <summary>The small pieces of XML that a workbook is made of.</summary>
internal static class SheetXml
{
    /// <summary>What a spreadsheet accepts in one cell.</summary>
    public const int LongestText = 32_767;

    public static XmlReader Over(Stream stream) => XmlReader.Create(stream, new XmlReaderSettings
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        CloseInput = true,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
    });

    /// <summary>The text inside the element the reader is on; the reader ends on its last tag.</summary>
    public static string Text(XmlReader xml)
    {
        if (xml.IsEmptyElement)
        {
            return "";
        }

        var depth = xml.Depth;
        var only = "";
        StringBuilder? several = null;
        while (xml.Read() && !(xml.NodeType == XmlNodeType.EndElement && xml.Depth == depth))
        {
            if (xml.NodeType is not (XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace))
            {
                continue;
            }

            if (only.Length == 0)
            {
                only = xml.Value;
            }
            else
            {
                (several ??= new StringBuilder(only)).Append(xml.Value);
            }

            Bound(several?.Length ?? only.Length);
        }

        return several?.ToString() ?? only;
    }

    /// <summary>The text of <c>si</c> or <c>is</c>: its pieces joined, without the phonetic ones.</summary>
    public static string RichText(XmlReader xml)
    {
        if (xml.IsEmptyElement)
        {
            return "";
        }

        var depth = xml.Depth;
        var text = "";
        while (xml.Read() && !(xml.NodeType == XmlNodeType.EndElement && xml.Depth == depth))
        {
            if (xml.NodeType == XmlNodeType.Element && xml.LocalName == "t")
            {
                text += Text(xml);
                Bound(text.Length);
            }
            else if (xml.NodeType == XmlNodeType.Element && xml.LocalName == "rPh")
            {
                Text(xml);
            }
        }

        // What a spreadsheet writes for a carriage return typed in a cell.
        return text.Replace("_x000D_", "", StringComparison.Ordinal);
    }

    private static void Bound(int length)
    {
        if (length > LongestText)
        {
            throw new UnreadableFileException($"Une cellule du classeur a plus de {LongestText} caractères : ce n’est pas un fichier de personnes.");
        }
    }
}
