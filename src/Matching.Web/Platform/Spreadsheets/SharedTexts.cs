using System.Text;
using System.Xml;

namespace Matching.Web.Platform.Spreadsheets;

/// <summary>The texts that the cells of a workbook point to, kept as UTF-8 pages: a third of what as many strings would take.</summary>
internal sealed class SharedTexts
{
    private const int PageBytes = 1 << 20;
    private const int MaxPages = 200;
    private readonly List<byte[]> pages = [];
    private readonly List<(int Page, int Start, int Length)> places = [];
    private int used = PageBytes;

    /// <summary>The text of that number; "" when the workbook points nowhere.</summary>
    public string this[int number]
    {
        get
        {
            if (number < 0 || number >= places.Count)
            {
                return "";
            }

            var (page, start, length) = places[number];
            return length == 0 ? "" : Encoding.UTF8.GetString(pages[page], start, length);
        }
    }

    public static SharedTexts Read(XmlReader xml)
    {
        var texts = new SharedTexts();
        while (xml.Read())
        {
            if (xml.NodeType == XmlNodeType.Element && xml.LocalName == "si")
            {
                texts.Add(SheetXml.RichText(xml));
            }
        }

        return texts;
    }

    private void Add(string text)
    {
        var length = Encoding.UTF8.GetByteCount(text);
        if (used + length > PageBytes)
        {
            if (pages.Count == MaxPages)
            {
                throw new UnreadableFileException("Ce classeur contient trop de texte : le couper en plusieurs fichiers, chacun avec la ligne de noms de colonnes.");
            }

            pages.Add(new byte[Math.Max(PageBytes, length)]);
            used = 0;
        }

        Encoding.UTF8.GetBytes(text, pages[^1].AsSpan(used));
        places.Add((pages.Count - 1, used, length));
        used += length;
    }
}
