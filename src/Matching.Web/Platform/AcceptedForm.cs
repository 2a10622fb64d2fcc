namespace Matching.Web.Platform;

/// <summary>The forms in which the API writes figures.</summary>
public enum FigureForm
{
    Json,
    Workbook,
    Pdf,
}

/// <summary>Which form a program asks for by its <c>Accept</c> header.</summary>
public static class AcceptedForm
{
    public const string WorkbookType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    public const string PdfType = "application/pdf";

    public const string Choices = "Cette adresse répond en JSON (application/json), en XLSX (" + WorkbookType + ") ou en PDF (" + PdfType + ").";

    /// <summary>The first form that the caller prefers; JSON when it asks for nothing; null when it asks only for what is not written here.</summary>
    public static FigureForm? Of(HttpRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var asked = request.GetTypedHeaders().Accept;
        if (asked.Count == 0)
        {
            return FigureForm.Json;
        }

        foreach (var type in asked.Where(type => type.Quality is not 0).OrderByDescending(type => type.Quality ?? 1))
        {
            FigureForm? form = type.MediaType.Value switch
            {
                "application/json" or "application/*" or "*/*" => FigureForm.Json,
                WorkbookType => FigureForm.Workbook,
                PdfType => FigureForm.Pdf,
                _ => null,
            };
            if (form is not null)
            {
                return form;
            }
        }

        return null;
    }
}
