using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using Matching.Rules.Eligibility;
using Matching.Rules.Markets;
using Matching.Rules.People;

namespace Matching.Web.Pools;

/// <summary>The template as a workbook: the columns with an example, what each holds, and every code that may be written. All cells are text, so that nothing is changed in them.</summary>
public static class TemplateWorkbook
{
    public const string ContentType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    private const uint HeaderStyle = 1;
    private const uint TextStyle = 2;

    public static byte[] Write()
    {
        using var stream = new MemoryStream();
        using (var document = SpreadsheetDocument.Create(stream, SpreadsheetDocumentType.Workbook))
        {
            var workbook = document.AddWorkbookPart();
            workbook.AddNewPart<WorkbookStylesPart>().Stylesheet = Styles();
            var sheets = new Sheets();
            Add(workbook, sheets, "Vivier", 22, [[.. PoolColumns.All.Select(column => column.Name)], [.. PoolColumns.All.Select(column => column.Example)]]);
            Add(workbook, sheets, "Mode d’emploi", 60, [["À remplir", "Nécessaire", "Contenu"], .. PoolColumns.All.Select(column => new[] { column.Name, Need(column), column.Content })]);
            Add(workbook, sheets, "Codes", 60, [["Liste", "Code", "Signification"], .. Codes()]);
            workbook.Workbook = new DocumentFormat.OpenXml.Spreadsheet.Workbook(sheets);
        }

        return stream.ToArray();
    }

    private static string Need(PoolColumn column) => column.Need switch { PoolNeed.Required => "oui", PoolNeed.OneOfTwo => "l’une ou l’autre", _ => "non" };

    private static IEnumerable<string[]> Codes() =>
    [
        .. OrganizationKinds.All.Where(kind => kind.HasPool()).Select(kind => new[] { "Type de structure", kind.Code(), kind.Label() }),
        .. PublicCategories.All.Select(category => new[] { "Critère", category.Code, category.Label }),
        .. Certificates.All.Select(certificate => new[] { "Certificat ou permis", certificate.Code, certificate.Label }),
        .. PeopleVocabulary.Shifts.Select(shift => new[] { "Horaire possible", shift.Code, shift.Label }),
        .. PeopleVocabulary.TransportModes.Select(mode => new[] { "Moyen de transport", mode.Code, mode.Label }),
        .. PeopleVocabulary.FrenchLevels.Select(level => new[] { "Niveau de français", level, "Cadre européen commun de référence" }),
    ];

    private static void Add(WorkbookPart workbook, Sheets sheets, string name, int width, IReadOnlyList<string[]> rows)
    {
        var part = workbook.AddNewPart<WorksheetPart>();
        var columns = (uint)rows.Max(row => row.Length);
        var pane = new Pane { VerticalSplit = 1, TopLeftCell = "A2", ActivePane = PaneValues.BottomLeft, State = PaneStateValues.Frozen };
        part.Worksheet = new Worksheet(
            new SheetViews(new SheetView(pane) { WorkbookViewId = 0 }),
            new Columns(new Column { Min = 1, Max = columns, Width = Math.Min(width, 40), CustomWidth = true, Style = TextStyle }),
            new SheetData(rows.Select((row, i) => new Row(row.Select(text => Text(text, i == 0 ? HeaderStyle : TextStyle))))));
        sheets.Append(new DocumentFormat.OpenXml.Spreadsheet.Sheet { Id = workbook.GetIdOfPart(part), SheetId = (uint)sheets.Count() + 1, Name = name });
    }

    private static Cell Text(string text, uint style) => new(new InlineString(new Text(text) { Space = SpaceProcessingModeValues.Preserve })) { DataType = CellValues.InlineString, StyleIndex = style };

    // Format 49 is "@": what is typed stays as typed, zeros at the head of a postal code included.
    private static Stylesheet Styles() => new(
        new Fonts(new Font(), new Font(new Bold())),
        new Fills(new Fill(new PatternFill { PatternType = PatternValues.None }), new Fill(new PatternFill { PatternType = PatternValues.Gray125 })),
        new Borders(new Border()),
        new CellFormats(
            new CellFormat(),
            new CellFormat { FontId = 1, ApplyFont = true },
            new CellFormat { NumberFormatId = 49, ApplyNumberFormat = true }));
}
