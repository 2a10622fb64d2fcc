namespace Matching.Web.Platform.Spreadsheets;

/// <summary>One row of a sheet or of a CSV file.</summary>
/// <param name="Number">As a spreadsheet numbers it, from 1.</param>
/// <param name="IsHidden">Hidden in the spreadsheet, by hand or by a filter.</param>
public readonly record struct SheetRow(int Number, bool IsHidden, string[] Cells)
{
    public bool IsBlank => Array.TrueForAll(Cells, string.IsNullOrWhiteSpace);
}
