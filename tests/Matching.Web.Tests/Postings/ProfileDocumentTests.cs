using System.IO.Compression;
using System.Text;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;
using Matching.Web.Postings;

namespace Matching.Web.Tests.Postings;

public sealed class ProfileDocumentTests
{
    private const string OpenDocument = """
        <?xml version="1.0" encoding="UTF-8"?>
        <office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">
        <office:body><office:text><text:h>Maçon</text:h><text:p>CDD<text:tab/>35h/sem</text:p></office:text></office:body></office:document-content>
        """;

    [Fact]
    public void A_word_file_is_read_in_its_order_with_its_tables_as_lines()
    {
        var (text, fault) = ProfileDocument.Read("fiche.docx", WordFile(
            new Paragraph(new Run(new Text("Peintre en bâtiment"))),
            new Table(new TableRow(Cell("Lieu"), Cell("Valmiron")), new TableRow(Cell("Contrat"), Cell("CDD"))),
            new Paragraph(new DeletedRun(new Run(new DeletedText("permis exigé"))), new Run(new Text("35 h par semaine")))));
        Assert.Null(fault);
        Assert.Equal("Peintre en bâtiment\nLieu : Valmiron\nContrat : CDD\n35 h par semaine", string.Join('\n', text!.Split('\n').Select(line => line.Trim())));
    }

    [Fact]
    public void An_open_document_is_read_too()
    {
        var (text, fault) = ProfileDocument.Read("fiche.odt", Archive("content.xml", OpenDocument));
        Assert.Null(fault);
        Assert.Equal("Maçon\nCDD 35h/sem", string.Join('\n', text!.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)));
    }

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    [InlineData("windows-1252")]
    public void A_text_file_is_read_in_the_encodings_people_have(string encoding)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var code = Encoding.GetEncoding(encoding);
        var (text, _) = ProfileDocument.Read("fiche.txt", [.. code.GetPreamble(), .. code.GetBytes("Maçon à l’été\r\n35 h")]);
        Assert.Equal("Maçon à l’été\n35 h", text);
    }

    [Theory]
    [InlineData("fiche.pdf", "Les fichiers PDF ne sont pas lus")]
    [InlineData("fiche.doc", "l’enregistrer au format .docx")]
    [InlineData("fiche.png", "Format non lu")]
    [InlineData("fiche.docx", "est abîmé")]
    [InlineData("fiche.odt", "est abîmé")]
    public void A_file_that_cannot_be_read_says_what_to_do(string name, string sentence)
    {
        foreach (var bytes in new byte[][] { [1, 2, 3], Encoding.UTF8.GetBytes("%PDF-1.7"), Archive("autre.xml", "<a/>"), Archive("word/document.xml", "<a><b>"), Archive("content.xml", "<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>") })
        {
            var (text, fault) = ProfileDocument.Read(name, bytes);
            Assert.Null(text);
            Assert.Contains(sentence, fault, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_protected_file_is_said_to_be_protected()
    {
        byte[] oldContainer = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
        Assert.Contains("protégé par un mot de passe", ProfileDocument.Read("fiche.docx", oldContainer).Fault, StringComparison.Ordinal);
        Assert.Contains("protégé par un mot de passe", ProfileDocument.Read("fiche.odt", Archive("META-INF/manifest.xml", "<m:encryption-data/>")).Fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("vide.txt")]
    [InlineData("vide.docx")]
    [InlineData("vide.odt")]
    public void An_empty_file_is_said_to_be_empty(string name) =>
        Assert.Contains("est vide", ProfileDocument.Read(name, []).Fault, StringComparison.Ordinal);

    [Fact]
    public void A_scan_without_text_and_a_huge_text_are_refused()
    {
        Assert.Contains("aucun texte", ProfileDocument.Read("blanc.docx", WordFile(new Paragraph())).Fault, StringComparison.Ordinal);
        Assert.Contains("20000 au plus", ProfileDocument.Read("long.txt", Encoding.UTF8.GetBytes(new string('a', 20_001))).Fault, StringComparison.Ordinal);
        Assert.Equal(ProfileDocument.TooLong, ProfileDocument.Read("gros.docx", new byte[ProfileDocument.LongestFile + 1]).Fault);
    }

    [Fact]
    public void A_small_archive_that_unfolds_without_end_is_refused()
    {
        var (text, fault) = ProfileDocument.Read("bombe.docx", Archive("word/document.xml", $"<a>{new string(' ', 12_000_000)}</a>"));
        Assert.Null(text);
        Assert.Contains("est abîmé", fault, StringComparison.Ordinal);
    }

    private static TableCell Cell(string text) => new(new Paragraph(new Run(new Text(text))));

    private static byte[] WordFile(params OpenXmlElement[] body)
    {
        using var stream = new MemoryStream();
        using (var file = WordprocessingDocument.Create(stream, WordprocessingDocumentType.Document))
        {
            file.AddMainDocumentPart().Document = new Document(new Body(body));
        }

        return stream.ToArray();
    }

    private static byte[] Archive(string name, string content)
    {
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var entry = archive.CreateEntry(name).Open();
            entry.Write(Encoding.UTF8.GetBytes(content.Trim()));
        }

        return stream.ToArray();
    }
}
