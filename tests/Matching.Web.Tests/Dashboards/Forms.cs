using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using Matching.Rules.Hours;
using Matching.Web.Platform;
using Microsoft.Extensions.DependencyInjection;
using UglyToad.PdfPig;

namespace Matching.Web.Tests.Dashboards;

/// <summary>The forms in which figures leave, read back as a person would read them.</summary>
internal static class Forms
{
    /// <summary>Skips where the PDF cannot be made; on the continuous integration machine that is a failure.</summary>
    public static void NeedPdf(WebFixture web)
    {
        var missing = !web.Services.GetRequiredService<PdfPrinter>().IsInstalled;
        Assert.False(missing && Environment.GetEnvironmentVariable("CI") == "true", PdfPrinter.Absent);
        Assert.SkipWhen(missing, PdfPrinter.Absent);
    }

    /// <summary>The rows of each table of a page, header first.</summary>
    public static List<List<string>> OnScreen(PageSeen page) =>
        [.. page.All("table[data-table]").SelectMany(table => table.QuerySelectorAll("tr").Select(row => row.Children.Select(cell => cell.TextContent).ToList()))];

    public static async Task<HttpResponseMessage> AskAsync(Browser reader, string url, string accept)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(url, UriKind.Relative));
        request.Headers.Accept.Add(MediaTypeWithQualityHeaderValue.Parse(accept));
        return await reader.Client.SendAsync(request);
    }

    /// <summary>The rows of every sheet, written as the page writes them; the note under a table is left out.</summary>
    public static List<List<string>> InWorkbook(byte[] bytes)
    {
        using var stream = new MemoryStream(bytes);
        using var document = SpreadsheetDocument.Open(stream, isEditable: false);
        var book = document.WorkbookPart!;
        return [.. book.Workbook.Sheets!.Elements<Sheet>().SelectMany(sheet =>
        {
            var worksheet = ((WorksheetPart)book.GetPartById(sheet.Id!)).Worksheet;
            return worksheet.Descendants<Row>().TakeWhile((row, i) => row.RowIndex! == i + 1).Select(row => row.Elements<Cell>().Select(Shown).ToList());
        })];
    }

    /// <summary>The letters of the PDF, without any space: lines may be broken anywhere.</summary>
    public static string InPdf(byte[] bytes)
    {
        using var document = PdfDocument.Open(bytes);
        return Plain(string.Concat(document.GetPages().SelectMany(page => page.Letters.Select(letter => letter.Value))));
    }

    public static string Plain(string text) => string.Concat(text.Normalize(NormalizationForm.FormKC).Where(c => !char.IsWhiteSpace(c)));

    private static string Shown(Cell cell)
    {
        if (cell.CellValue is null)
        {
            return cell.InnerText;
        }

        var french = CultureInfo.GetCultureInfo("fr-FR");
        var number = double.Parse(cell.CellValue.Text, CultureInfo.InvariantCulture);
        return cell.StyleIndex!.Value switch
        {
            3 => HoursText.Show((int)Math.Round(number * 1440)),
            4 => (number * 100).ToString("0.#", french) + "\u00a0%",
            5 => DateTime.FromOADate(number).ToString("MMMM yyyy", french),
            _ => number.ToString("N0", french),
        };
    }
}
