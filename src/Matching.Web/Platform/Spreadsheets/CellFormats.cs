using System.Globalization;
using System.Xml;

namespace Matching.Web.Platform.Spreadsheets;

/// <summary>Which styles of a workbook show a number as a day, and what a number says as text.</summary>
internal sealed class CellFormats(bool is1904)
{
    /// <summary>31 December 9999 in the 1900 calendar.</summary>
    private const double LastSerial = 2_958_465;
    private const double LargestWhole = 1e15;
    private readonly List<bool> isDay = [];

    public void Read(XmlReader xml)
    {
        var custom = new Dictionary<int, bool>();
        var isInside = false;
        while (xml.Read())
        {
            if (xml.LocalName == "cellXfs")
            {
                isInside = xml.NodeType == XmlNodeType.Element && !xml.IsEmptyElement;
            }
            else if (xml.NodeType == XmlNodeType.Element && xml.LocalName == "numFmt" && int.TryParse(xml.GetAttribute("numFmtId"), out var id))
            {
                custom[id] = ShowsADay(xml.GetAttribute("formatCode") ?? "");
            }
            else if (isInside && xml.NodeType == XmlNodeType.Element && xml.LocalName == "xf")
            {
                var number = int.TryParse(xml.GetAttribute("numFmtId"), out var format) ? format : 0;
                isDay.Add(custom.TryGetValue(number, out var known) ? known : number is (>= 14 and <= 17) or 22 or (>= 27 and <= 36) or (>= 50 and <= 58));
            }
        }
    }

    /// <summary>A number as a person would write it: a day when its style shows one, all its digits otherwise.</summary>
    public string Shown(string raw, int style)
    {
        if (!double.TryParse(raw, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
        {
            return raw;
        }

        if (style >= 0 && style < isDay.Count && isDay[style] && number is >= 1 and <= LastSerial)
        {
            return DayOf((int)number).ToString("dd/MM/yyyy", CultureInfo.InvariantCulture);
        }

        return number == Math.Truncate(number) && Math.Abs(number) < LargestWhole ? number.ToString("F0", CultureInfo.InvariantCulture) : raw;
    }

    // Spreadsheets of 1900 count a 29 February 1900 that never was.
    private DateOnly DayOf(int serial) => is1904 ? new DateOnly(1904, 1, 1).AddDays(Math.Min(serial, (int)LastSerial - 1_462))
        : new DateOnly(1899, 12, serial < 60 ? 31 : 30).AddDays(serial);

    // A format code shows a day when "d" or "y" stands outside of quotes, brackets and escapes.
    private static bool ShowsADay(string code)
    {
        for (var i = 0; i < code.Length; i++)
        {
            switch (code[i])
            {
                case '"' or '[':
                    var end = code.IndexOf(code[i] == '"' ? '"' : ']', i + 1);
                    i = end < 0 ? code.Length : end;
                    break;
                case '\\' or '_' or '*':
                    i++;
                    break;
                case 'd' or 'D' or 'y' or 'Y':
                    return true;
                default:
                    break;
            }
        }

        return false;
    }
}
