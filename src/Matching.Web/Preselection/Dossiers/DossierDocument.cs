using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;
using Matching.Rules.Preselection;

namespace Matching.Web.Preselection.Dossiers;

/// <summary>Writes a dossier as a DOCX that a screen reader follows: French, headings, tables with a caption and a row of headers.</summary>
public static class DossierDocument
{
    private const string French = "fr-FR";
    private const string TitleStyle = "Title";
    private const string HeadingStyle = "Heading1";
    private const string CaptionStyle = "Caption";

    /// <summary>Width of a table, in fiftieths of a percent: the whole line.</summary>
    private const string FullWidth = "5000";

    /// <summary>The bytes of the .docx file.</summary>
    public static byte[] Write(DossierText text)
    {
        ArgumentNullException.ThrowIfNull(text);
        using var stream = new MemoryStream();
        using (var file = WordprocessingDocument.Create(stream, WordprocessingDocumentType.Document))
        {
            file.PackageProperties.Title = text.Title;
            file.PackageProperties.Language = French;
            var main = file.AddMainDocumentPart();
            main.AddNewPart<StyleDefinitionsPart>().Styles = AllStyles();
            main.AddNewPart<DocumentSettingsPart>().Settings = new Settings(new ThemeFontLanguages { Val = French });
            var body = new Body(Line(text.Title, TitleStyle));
            body.Append(text.Sections.SelectMany(Section));
            body.Append(new SectionProperties(
                new PageSize { Width = 11906, Height = 16838 },
                new PageMargin { Top = 1134, Right = 1134, Bottom = 1134, Left = 1134, Header = 567, Footer = 567, Gutter = 0 }));
            main.Document = new Document(body);
        }

        return stream.ToArray();
    }

    private static IEnumerable<OpenXmlElement> Section(DossierSection section)
    {
        var heading = Line(section.Heading, HeadingStyle);
        if (section.Position is not null)
        {
            heading.ParagraphProperties!.PageBreakBefore = new PageBreakBefore();
        }

        yield return heading;
        foreach (var paragraph in section.Paragraphs)
        {
            yield return Line(paragraph, null);
        }

        if (section.Table.Rows.Count > 0)
        {
            yield return Line(section.Table.Caption, CaptionStyle);
            yield return Grid(section.Table);

            // Word wants a paragraph between a table and what follows.
            yield return new Paragraph();
        }
    }

    private static Table Grid(DossierTable table)
    {
        const int thin = 4;
        var grid = new Table(
            new TableProperties(
                new TableWidth { Type = TableWidthUnitValues.Pct, Width = FullWidth },
                new TableBorders(
                    new TopBorder { Val = BorderValues.Single, Size = thin }, new LeftBorder { Val = BorderValues.Single, Size = thin }, new BottomBorder { Val = BorderValues.Single, Size = thin },
                    new RightBorder { Val = BorderValues.Single, Size = thin }, new InsideHorizontalBorder { Val = BorderValues.Single, Size = thin }, new InsideVerticalBorder { Val = BorderValues.Single, Size = thin }),
                new TableLook { FirstRow = true, FirstColumn = true, NoHorizontalBand = true, NoVerticalBand = true },
                new TableCaption { Val = table.Caption }),
            new TableGrid(table.Headers.Select(_ => new GridColumn())),
            new TableRow([new TableRowProperties(new CantSplit(), new TableHeader()), .. table.Headers.Select(header => CellOf([header], isBold: true))]));
        grid.Append(table.Rows.Select(row =>
            new TableRow([new TableRowProperties(new CantSplit()), .. row.Cells.Select((cell, i) => CellOf(cell, isBold: i == 0))])));
        return grid;
    }

    private static TableCell CellOf(IReadOnlyList<string> texts, bool isBold) =>
        new(texts.Select(text => new Paragraph(Written(text, isBold))));

    private static Paragraph Line(string text, string? style) => style is null
        ? new Paragraph(Written(text, isBold: false))
        : new Paragraph(new ParagraphProperties { ParagraphStyleId = new ParagraphStyleId { Val = style } }, Written(text, isBold: false));

    // The ends of lines that a facilitator typed stay ends of lines.
    private static Run Written(string text, bool isBold)
    {
        var run = new Run();
        if (isBold)
        {
            run.Append(new RunProperties(new Bold()));
        }

        foreach (var (i, line) in text.ReplaceLineEndings("\n").Split('\n').Index())
        {
            if (i > 0)
            {
                run.Append(new Break());
            }

            run.Append(new Text(line) { Space = SpaceProcessingModeValues.Preserve });
        }

        return run;
    }

    private static Styles AllStyles() => new(
        new DocDefaults(
            new RunPropertiesDefault(new RunPropertiesBaseStyle(
                new RunFonts { Ascii = "Arial", HighAnsi = "Arial", ComplexScript = "Arial" }, new FontSize { Val = "22" }, new Languages { Val = French, EastAsia = French, Bidi = French })),
            new ParagraphPropertiesDefault(new ParagraphPropertiesBaseStyle(new SpacingBetweenLines { After = "120" }))),
        StyleOf("Normal", "Normal", null, "22", isDefault: true),
        StyleOf(TitleStyle, "Title", null, "36"),
        StyleOf(HeadingStyle, "heading 1", 0, "28"),
        StyleOf(CaptionStyle, "caption", null, "20"));

    private static Style StyleOf(string id, string name, int? outline, string size, bool isDefault = false)
    {
        var style = new Style(new StyleName { Val = name }, new PrimaryStyle()) { Type = StyleValues.Paragraph, StyleId = id, Default = isDefault ? true : null };
        style.Append(outline is { } level
            ? new StyleParagraphProperties(new KeepNext(), new OutlineLevel { Val = level })
            : new StyleParagraphProperties());
        style.Append(isDefault ? new StyleRunProperties(new FontSize { Val = size }) : new StyleRunProperties(new Bold(), new FontSize { Val = size }));
        return style;
    }
}
