using Matching.Rules.Preselection;
using Matching.Web.Platform;

namespace Matching.Web.Preselection.Dossiers;

/// <summary>The two files of a dossier, written from the same text. Their name says nothing of anybody.</summary>
public sealed class DossierFiles(PdfPrinter printer)
{
    public const string NoPdf = "Le PDF n’est pas disponible : ce serveur n’a pas le programme Chromium qui le fabrique (paquet « chromium », ou option --Pdf:Program). Prenez le fichier DOCX : il dit la même chose.";
    public const string DocumentType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

    private const string Name = "dossier-de-candidatures";

    public bool HasPdf => printer.IsInstalled;

    public static IResult ToDocument(DossierText text) => TypedResults.File(DossierDocument.Write(text), DocumentType, Name + ".docx");

    /// <summary>The PDF, or the French page that says what is missing.</summary>
    public async Task<IResult> ToPdfAsync(DossierText text, CancellationToken ct)
    {
        var bytes = await printer.PrintAsync<PrintedDossier>(new Dictionary<string, object?> { [nameof(PrintedDossier.Text)] = text }, ct);
        return bytes is not null ? TypedResults.File(bytes, AcceptedForm.PdfType, Name + ".pdf")
            : Page.Error(StatusCodes.Status503ServiceUnavailable, [new Refusal("", HasPdf ? "Le PDF n’a pas pu être fabriqué. Réessayez, ou prenez le fichier DOCX : il dit la même chose." : NoPdf)]);
    }
}
