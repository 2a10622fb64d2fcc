using System.IO.Compression;
using System.Text;
using System.Xml;
using Matching.Rules.Postings.Reading;

namespace Matching.Web.Postings;

/// <summary>The text of a file as companies send it: .txt (UTF-8, UTF-16 or Windows-1252), .docx or .odt. Tables become lines, a cell after the other.</summary>
public static class ProfileDocument
{
    /// <summary>Bytes of the file; a profile with its letterhead stays far below.</summary>
    public const int LongestFile = 5 * 1024 * 1024;

    public const string TooLong = "Ce fichier dépasse 5 Mo : garder seulement la fiche de poste, ou coller son texte.";

    // Characters of XML read: a small archive that unfolds beyond that is no job profile.
    private const int LongestXml = 10_000_000;
    private const int LongestManifest = 1_000_000;
    private static ReadOnlySpan<byte> OldOffice => [0xD0, 0xCF, 0x11, 0xE0];

    private const string Word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    private const string OpenText = "urn:oasis:names:tc:opendocument:xmlns:text:1.0";
    private const string OpenTable = "urn:oasis:names:tc:opendocument:xmlns:table:1.0";

    /// <summary>The text, or the French sentence that says why there is none.</summary>
    public static (string? Text, string? Fault) Read(string fileName, byte[] bytes)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        var extension = Path.GetExtension(fileName ?? "").ToLowerInvariant();
        if (bytes.Length > LongestFile)
        {
            return (null, TooLong);
        }

        if (bytes.Length == 0)
        {
            return (null, "Ce fichier est vide : vérifier qu’il s’ouvre, ou coller son texte.");
        }

        if (extension is ".docx" or ".odt" && (bytes.AsSpan().StartsWith(OldOffice) || IsEncrypted(bytes)))
        {
            return (null, "Ce fichier est protégé par un mot de passe : l’enregistrer sans mot de passe, ou coller son texte.");
        }

        try
        {
            var text = extension switch
            {
                ".txt" or ".text" or ".md" or "" => Decode(bytes),
                ".docx" => FromArchive(bytes, "word/document.xml"),
                ".odt" => FromArchive(bytes, "content.xml"),
                _ => null,
            };
            if (text is null)
            {
                return (null, extension switch
                {
                    ".doc" => "Les anciens fichiers .doc ne sont pas lus : l’enregistrer au format .docx, ou coller le texte.",
                    ".pdf" => "Les fichiers PDF ne sont pas lus : ouvrir le PDF, copier son texte et le coller.",
                    _ => "Format non lu : envoyer un fichier .txt, .docx ou .odt, ou coller le texte.",
                });
            }

            text = text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n').Replace("\0", "", StringComparison.Ordinal).Trim('\n');
            if (!text.Any(char.IsLetter))
            {
                return (null, "Ce fichier ne contient aucun texte, peut-être une image : recopier la fiche de poste et coller son texte.");
            }

            return text.Length > JobProfileReader.LongestText
                ? (null, $"Ce texte compte {text.Length} caractères, pour {JobProfileReader.LongestText} au plus : garder seulement la fiche de poste.")
                : (text, null);
        }
        catch (Exception fault) when (fault is InvalidDataException or XmlException or IOException)
        {
            return (null, $"Ce fichier {extension} est abîmé ou n’est pas ce que dit son nom : l’ouvrir, l’enregistrer à nouveau, ou coller son texte.");
        }
    }

    // A protected .docx is an old Office container; a protected .odt says in its manifest how each part is encrypted.
    private static bool IsEncrypted(byte[] bytes)
    {
        try
        {
            using var archive = new ZipArchive(new MemoryStream(bytes), ZipArchiveMode.Read);
            if (archive.GetEntry("META-INF/manifest.xml") is not { Length: < LongestManifest } manifest)
            {
                return false;
            }

            using var reader = new StreamReader(manifest.Open());
            return reader.ReadToEnd().Contains("encryption-data", StringComparison.Ordinal);
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }

    private static string Decode(byte[] bytes)
    {
        using var reader = new StreamReader(new MemoryStream(bytes), new UTF8Encoding(false, throwOnInvalidBytes: true), detectEncodingFromByteOrderMarks: true);
        try
        {
            return reader.ReadToEnd();
        }
        catch (DecoderFallbackException)
        {
            return CodePagesEncodingProvider.Instance.GetEncoding(1252)!.GetString(bytes);
        }
    }

    private static string FromArchive(byte[] bytes, string part)
    {
        using var archive = new ZipArchive(new MemoryStream(bytes), ZipArchiveMode.Read);
        var entry = archive.GetEntry(part) ?? throw new InvalidDataException();
        using var stream = entry.Open();
        using var xml = XmlReader.Create(stream, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = LongestXml });
        var text = new StringBuilder();
        var (rows, hiddenFrom) = (0, int.MaxValue);
        while (xml.Read())
        {
            if (xml.Depth > hiddenFrom || (xml.Depth == hiddenFrom && xml.NodeType != XmlNodeType.EndElement))
            {
                continue;
            }

            hiddenFrom = int.MaxValue;
            if (xml.NodeType == XmlNodeType.Element)
            {
                rows += IsTableRow(xml) && !xml.IsEmptyElement ? 1 : 0;
                hiddenFrom = IsHidden(xml) && !xml.IsEmptyElement ? xml.Depth : int.MaxValue;
                Open(xml, text);
            }
            else if (xml.NodeType == XmlNodeType.EndElement)
            {
                rows -= IsTableRow(xml) ? 1 : 0;
                Close(xml, text, rows > 0);
            }
            else if (xml.NodeType is XmlNodeType.Text or XmlNodeType.SignificantWhitespace or XmlNodeType.CDATA)
            {
                text.Append(xml.Value);
            }
        }

        return text.ToString();
    }

    // Words struck out by a revision, field codes and positions of drawings are not the text.
    private static bool IsHidden(XmlReader xml) => (xml.NamespaceURI, xml.LocalName) is (Word, "del" or "delText" or "instrText") or (OpenText, "tracked-changes")
        || xml.LocalName is "drawing" or "pict" or "AlternateContent" or "annotation" or "font-face-decls" or "automatic-styles";

    private static bool IsTableRow(XmlReader xml) =>
        (xml.NamespaceURI == Word && xml.LocalName == "tr") || (xml.NamespaceURI == OpenTable && xml.LocalName == "table-row");

    private static void Open(XmlReader xml, StringBuilder text)
    {
        switch (xml.NamespaceURI, xml.LocalName)
        {
            case (Word, "tab") when xml.Depth > 4:
            case (OpenText, "tab" or "s"):
                text.Append(' ');
                break;
            case (Word, "br" or "cr") or (OpenText, "line-break"):
                text.Append('\n');
                break;
            case (Word, "numPr") or (OpenText, "list-item"):
                text.Append("- ");
                break;
            default:
                break;
        }
    }

    private static void Close(XmlReader xml, StringBuilder text, bool inTable)
    {
        switch (xml.NamespaceURI, xml.LocalName)
        {
            case (Word, "p") or (OpenText, "p" or "h"):
                text.Append(inTable ? ' ' : '\n');
                break;
            case (Word, "tc") or (OpenTable, "table-cell"):
                TrimCell(text);
                text.Append(" : ");
                break;
            case (Word, "tr") or (OpenTable, "table-row"):
                TrimCell(text);
                text.Append('\n');
                break;
            default:
                break;
        }
    }

    private static void TrimCell(StringBuilder text)
    {
        while (text.Length > 0 && text[^1] is ' ' or ':')
        {
            text.Length--;
        }
    }
}
