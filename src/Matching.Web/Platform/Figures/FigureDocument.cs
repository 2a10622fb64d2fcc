using Matching.Web.Layout;

namespace Matching.Web.Platform.Figures;

/// <summary>Figures ready to leave: the page, the workbook and the PDF all show these same tables.</summary>
/// <param name="Lead">What it is about and as of when.</param>
/// <param name="Notes">What a reader must know to read the figures.</param>
public sealed record FigureDocument(string Title, string Lead, IReadOnlyList<FigureTable> Tables, IReadOnlyList<string> Notes, string FileName);

/// <summary>The files of a document, and the answer of the API in the form that the caller accepts.</summary>
public sealed class FigureFiles(PdfPrinter printer)
{
    public bool HasPdf => printer.IsInstalled;

    public static IResult ToWorkbook(FigureDocument document) =>
        TypedResults.File(FigureWorkbook.Write(document.Tables), AcceptedForm.WorkbookType, document.FileName + ".xlsx");

    /// <summary>The PDF; when it cannot be made, <paramref name="refuse"/> gets the French sentence that says so.</summary>
    public async Task<IResult> ToPdfAsync(FigureDocument document, Func<string, IResult> refuse, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(document);
        var bytes = await printer.PrintAsync<PrintedDocument>(new Dictionary<string, object?> { [nameof(PrintedDocument.Document)] = document }, ct);
        return bytes is not null ? TypedResults.File(bytes, AcceptedForm.PdfType, document.FileName + ".pdf")
            : refuse(printer.IsInstalled ? "Le PDF n’a pas pu être fabriqué. Réessayez, imprimez la page ou prenez le fichier XLSX." : PdfPrinter.Absent);
    }

    /// <summary>For the pages: the file in place of the page, with the French page of what is missing or cannot be read.</summary>
    public async Task<IResult> ForPageAsync<T>(Result<T> read, FigureForm form, Func<T, FigureDocument> toDocument, CancellationToken ct) => await read.Match(
        answer => form == FigureForm.Workbook ? Task.FromResult(ToWorkbook(toDocument(answer)))
            : ToPdfAsync(toDocument(answer), sentence => Page.Error(StatusCodes.Status503ServiceUnavailable, [new Refusal("", sentence)]), ct),
        () => Task.FromResult(Page.Missing()),
        reasons => Task.FromResult(Page.Error(StatusCodes.Status400BadRequest, reasons)));

    /// <summary>For programs: JSON, XLSX or PDF by <c>Accept</c>.</summary>
    public async Task<IResult> ForApiAsync<T>(HttpRequest request, Result<T> read, Func<T, FigureDocument> toDocument, Func<T, object> toJson, CancellationToken ct) => await read.Match(
        answer => AcceptedForm.Of(request) switch
        {
            FigureForm.Json => Task.FromResult<IResult>(TypedResults.Ok(toJson(answer))),
            FigureForm.Workbook => Task.FromResult(ToWorkbook(toDocument(answer))),
            FigureForm.Pdf => ToPdfAsync(toDocument(answer), sentence => Problems.Of(StatusCodes.Status503ServiceUnavailable, sentence), ct),
            _ => Task.FromResult(Problems.Of(StatusCodes.Status406NotAcceptable, AcceptedForm.Choices)),
        },
        () => Task.FromResult(Problems.Missing()),
        reasons => Task.FromResult(Problems.Of(StatusCodes.Status400BadRequest, "Certaines valeurs ne peuvent pas être lues : voir « errors ».", reasons)));

    /// <summary>The tables as the API writes them: one object a line, a masked number as null with its reason beside it.</summary>
    public static object ToJson(FigureDocument document)
    {
        ArgumentNullException.ThrowIfNull(document);
        return document.Tables.Select(table => new
        {
            code = table.Code,
            titre = table.Title,
            remarque = table.Note,
            lignes = table.Rows.Select(row => Line(table, row)).ToList(),
        }).ToList();
    }

    private static Dictionary<string, object?> Line(FigureTable table, IReadOnlyList<FigureCell> row)
    {
        var line = new Dictionary<string, object?>();
        for (var i = 0; i < row.Count; i++)
        {
            var (column, cell) = (table.Columns[i], row[i]);
            line[column.Key] = cell.Kind switch
            {
                CellKind.Text => cell.Text,
                CellKind.Month => cell.Month.Code,
                CellKind.Day => cell.Number is { } day ? DateOnly.FromDayNumber((int)day) : null,
                _ => cell.Number,
            };
            if (cell.IsVeiled)
            {
                line["masque"] = cell.Text;
            }
        }

        return line;
    }
}
