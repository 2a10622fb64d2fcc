using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using Matching.Rules;

namespace Matching.Web.Platform.Figures;

/// <summary>Writes tables of figures as a workbook: one sheet a table, real dates, durations and numbers, autofilter, header that stays in view.</summary>
public static class FigureWorkbook
{
    private const uint HeaderStyle = 1;
    private const uint CountStyle = 2;
    private const uint DurationStyle = 3;
    private const uint PercentStyle = 4;
    private const uint MonthStyle = 5;
    private const uint MaskedStyle = 6;
    private const uint EurosStyle = 7;
    private const uint DayStyle = 8;

    /// <summary>Excel refuses longer names of sheets.</summary>
    private const int SheetNameLength = 31;

    /// <summary>The bytes of the .xlsx file.</summary>
    public static byte[] Write(IReadOnlyList<FigureTable> tables)
    {
        ArgumentNullException.ThrowIfNull(tables);
        using var stream = new MemoryStream();
        using (var document = SpreadsheetDocument.Create(stream, SpreadsheetDocumentType.Workbook))
        {
            var workbook = document.AddWorkbookPart();
            workbook.AddNewPart<WorkbookStylesPart>().Stylesheet = Styles();
            var sheets = new Sheets();
            var names = new DefinedNames();
            for (var i = 0; i < tables.Count; i++)
            {
                var part = workbook.AddNewPart<WorksheetPart>();
                part.Worksheet = Sheet(tables[i]);
                var name = tables[i].Title.Cut(SheetNameLength);
                sheets.Append(new Sheet { Id = workbook.GetIdOfPart(part), SheetId = (uint)(i + 1), Name = name });
                names.Append(new DefinedName($"'{name}'!{Range(tables[i], absolute: true)}") { Name = "_xlnm._FilterDatabase", LocalSheetId = (uint)i, Hidden = true });
            }

            workbook.Workbook = new Workbook(sheets, names);
        }

        return stream.ToArray();
    }

    private static Worksheet Sheet(FigureTable table)
    {
        var data = new SheetData(new Row(table.Columns.Select((column, i) => Text(Reference(i, 1), column.Title, HeaderStyle))) { RowIndex = 1 });
        for (var r = 0; r < table.Rows.Count; r++)
        {
            var row = (uint)(r + 2);
            data.Append(new Row(table.Rows[r].Select((cell, i) => CellOf(Reference(i, row), cell))) { RowIndex = row });
        }

        if (table.Note is not null)
        {
            var row = (uint)(table.Rows.Count + 3);
            data.Append(new Row(Text(Reference(0, row), table.Note, 0)) { RowIndex = row });
        }

        var pane = new Pane { VerticalSplit = 1, TopLeftCell = "A2", ActivePane = PaneValues.BottomLeft, State = PaneStateValues.Frozen };
        return new Worksheet(
            new SheetViews(new SheetView(pane) { WorkbookViewId = 0 }),
            new Columns(table.Columns.Select((column, i) => new Column
            {
                Min = (uint)(i + 1),
                Max = (uint)(i + 1),
                Width = column.Kind == CellKind.Text ? 46 : 20,
                CustomWidth = true,
            })),
            data,
            new AutoFilter { Reference = Range(table, absolute: false) });
    }

    private static Cell CellOf(string reference, FigureCell cell) => cell.Kind switch
    {
        CellKind.Text => Text(reference, cell.Text, 0),
        CellKind.Month => Number(reference, cell.Month.FirstDay.ToDateTime(TimeOnly.MinValue).ToOADate(), MonthStyle),
        _ when cell.Number is not { } number => Text(reference, cell.Text, MaskedStyle),

        // A duration is a share of a day: the sheet can add hours up beyond 24.
        CellKind.Minutes => Number(reference, cell.Number.Value / 1440d, DurationStyle),
        CellKind.Cents => Number(reference, cell.Number.Value / 100d, EurosStyle),
        CellKind.Day => Number(reference, DateOnly.FromDayNumber((int)cell.Number.Value).ToDateTime(TimeOnly.MinValue).ToOADate(), DayStyle),
        CellKind.Permille => Number(reference, cell.Number.Value / 1000d, PercentStyle),
        _ => Number(reference, cell.Number.Value, CountStyle),
    };

    // Inline text is never read as a formula.
    private static Cell Text(string reference, string text, uint style) => new(new InlineString(new Text(text) { Space = SpaceProcessingModeValues.Preserve }))
    {
        CellReference = reference,
        DataType = CellValues.InlineString,
        StyleIndex = style,
    };

    private static Cell Number(string reference, double number, uint style) => new(new CellValue(number.ToString("R", CultureInfo.InvariantCulture)))
    {
        CellReference = reference,
        DataType = CellValues.Number,
        StyleIndex = style,
    };

    private static string Reference(int column, uint row) => $"{Letters(column)}{row}";

    /// <summary>A to Z, then AA, AB and so on.</summary>
    private static string Letters(int column) => column < 26 ? $"{(char)('A' + column)}" : Letters((column / 26) - 1) + (char)('A' + (column % 26));

    private static string Range(FigureTable table, bool absolute)
    {
        var (last, rows) = (Letters(table.Columns.Count - 1), table.Rows.Count + 1);
        return absolute ? $"$A$1:${last}${rows}" : $"A1:{last}{rows}";
    }

    private static Stylesheet Styles() => new(
        new NumberingFormats(
            new NumberingFormat { NumberFormatId = 164, FormatCode = "[h]:mm" },
            new NumberingFormat { NumberFormatId = 165, FormatCode = "0.0%" },
            new NumberingFormat { NumberFormatId = 166, FormatCode = "mmmm yyyy" },
            new NumberingFormat { NumberFormatId = 167, FormatCode = "#,##0.00 \"€\"" },
            new NumberingFormat { NumberFormatId = 168, FormatCode = "dd/mm/yyyy" }),
        new Fonts(new Font(), new Font(new Bold()), new Font(new Italic())),
        new Fills(new Fill(new PatternFill { PatternType = PatternValues.None }), new Fill(new PatternFill { PatternType = PatternValues.Gray125 })),
        new Borders(new Border()),
        new CellFormats(
            new CellFormat(),
            new CellFormat { FontId = 1, ApplyFont = true },
            new CellFormat { NumberFormatId = 3, ApplyNumberFormat = true },
            new CellFormat { NumberFormatId = 164, ApplyNumberFormat = true },
            new CellFormat { NumberFormatId = 165, ApplyNumberFormat = true },
            new CellFormat { NumberFormatId = 166, ApplyNumberFormat = true },
            new CellFormat { FontId = 2, ApplyFont = true },
            new CellFormat { NumberFormatId = 167, ApplyNumberFormat = true },
            new CellFormat { NumberFormatId = 168, ApplyNumberFormat = true }));
}
