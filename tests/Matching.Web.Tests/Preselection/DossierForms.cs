using System.Text.RegularExpressions;
using System.Text;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;
using UglyToad.PdfPig;

namespace Matching.Web.Tests.Preselection;

/// <summary>The files of a dossier, read back as a person would read them.</summary>
internal static partial class DossierForms
{
    /// <summary>Each paragraph of the DOCX, in order.</summary>
    public static IReadOnlyList<string> InDocument(byte[] bytes) => Read(bytes, body => body.Descendants<Paragraph>().Select(it => it.InnerText).Where(it => it.Length > 0).ToList());

    public static T Read<T>(byte[] bytes, Func<Body, T> read)
    {
        using var stream = new MemoryStream(bytes);
        using var document = WordprocessingDocument.Open(stream, isEditable: false);
        return read(document.MainDocumentPart!.Document.Body!);
    }

    /// <summary>Every part of the archive as text, names of parts included.</summary>
    public static string AllParts(byte[] bytes)
    {
        using var archive = new System.IO.Compression.ZipArchive(new MemoryStream(bytes));
        return string.Join('\n', archive.Entries.Select(entry =>
        {
            using var reader = new StreamReader(entry.Open());
            return entry.FullName + "\n" + reader.ReadToEnd();
        }));
    }

    /// <summary>The title that the reader of the PDF announces.</summary>
    public static string? TitleOfPdf(byte[] bytes)
    {
        using var document = PdfDocument.Open(bytes);
        return document.Information.Title;
    }

    /// <summary>All that a PDF says beside its pages: what names it, its author and tool, the tree that a screen reader follows, its bookmarks.</summary>
    public static string MarksOfPdf(byte[] bytes)
    {
        using var document = PdfDocument.Open(bytes);
        var about = document.Information;
        string?[] said = [about.Title, about.Author, about.Subject, about.Keywords, about.Creator, about.Producer, about.CreationDate];
        var bookmarks = document.TryGetBookmarks(out var found) ? found.GetNodes().Select(node => node.Title) : [];
        var metadata = document.TryGetXmpMetadata(out var xmp) ? xmp.GetXDocument().ToString() : "";
        return string.Join('\n', said.Concat(bookmarks).Append(metadata).Append(Stream().Replace(Encoding.Latin1.GetString(bytes), "")));
    }

    // What is packed between these words spells anything by chance; its text is read apart.
    [GeneratedRegex(@"stream\r?\n.*?endstream|xref\s.*?trailer", RegexOptions.Singleline)]
    private static partial Regex Stream();

    public static async Task<byte[]> BytesAsync(Browser reader, string url)
    {
        using var answer = await reader.Client.GetAsync(new Uri(url, UriKind.Relative));
        Assert.True(answer.IsSuccessStatusCode, $"{(int)answer.StatusCode} for {url}");
        return await answer.Content.ReadAsByteArrayAsync();
    }
}
