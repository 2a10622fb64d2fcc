using System.IO.Compression;
using System.Text;
using Matching.Web.Platform;
using Matching.Web.Pools;

namespace Matching.Web.Tests.Pools;

/// <summary>What people's spreadsheets hold, read down to the cells.</summary>
public sealed class WorkbookTests
{
    private const string Header = "reference;nom;prenom;date_naissance;telephone;code_postal;structure_siret";

    [Fact]
    public void A_date_is_a_day_whatever_way_the_cell_shows_it()
    {
        var rows = SheetFile.Rows(Header) + SheetFile.Row(2, SheetFile.Text("P-1"), SheetFile.Number("33677", 1), SheetFile.Number("33677.5", 2), SheetFile.Number("33677"));

        Assert.Equal(["P-1", "14/03/1992", "14/03/1992", "33677"], Read(new SheetFile().With("Vivier", rows).ToBytes())[0].Take(4));
    }

    [Fact]
    public void A_workbook_that_counts_from_1904_gives_the_same_day()
    {
        var rows = SheetFile.Rows(Header) + SheetFile.Row(2, SheetFile.Text("P-1"), SheetFile.Number("32215", 1));

        Assert.Equal("14/03/1992", Read(new SheetFile().Since1904().With("Vivier", rows).ToBytes())[0][1]);
    }

    [Fact]
    public void The_29_February_1900_of_spreadsheets_moves_no_other_day()
    {
        var rows = SheetFile.Rows(Header) + SheetFile.Row(2, SheetFile.Number("59", 1), SheetFile.Number("61", 1));

        Assert.Equal(["28/02/1900", "01/03/1900"], Read(new SheetFile().With("Vivier", rows).ToBytes())[0].Take(2));
    }

    [Fact]
    public void A_long_number_keeps_all_its_digits_though_the_sheet_shows_it_abridged()
    {
        var rows = SheetFile.Rows(Header) + SheetFile.Row(2, SheetFile.Number("1.2345678901234E13"), SheetFile.Number("44100"), SheetFile.Number("601020304.0"));

        Assert.Equal(["12345678901234", "44100", "601020304"], Read(new SheetFile().With("Vivier", rows).ToBytes())[0].Take(3));
    }

    [Fact]
    public void A_formula_counts_as_its_value_and_one_without_value_is_never_a_blank()
    {
        var rows = SheetFile.Rows(Header) + SheetFile.Row(2,
            "<c t=\"str\"><f>A1&amp;B1</f><v>P-1</v></c>", "<c><f>1+1</f><v>2</v></c>", "<c><f>NOM()</f></c>", "<c t=\"e\"><f>1/0</f><v>#DIV/0!</v></c>", "<c t=\"b\"><v>1</v></c>");

        Assert.Equal(["P-1", "2", "=NOM()", "#DIV/0!", "oui"], Read(new SheetFile().With("Vivier", rows).ToBytes())[0].Take(5));
    }

    [Fact]
    public void Empty_cells_left_out_by_the_sheet_keep_the_others_under_their_names()
    {
        var rows = SheetFile.Rows(Header) + "<row r=\"5\"><c r=\"A5\"><v>7</v></c><c r=\"F5\" t=\"inlineStr\"><is><r><t>44</t></r><r><t>100</t></r><rPh><t>x</t></rPh></is></c></row>";

        Assert.Equal(["7", "", "", "", "", "44100", ""], Read(new SheetFile().With("Vivier", rows).ToBytes())[0]);
    }

    [Fact]
    public void A_title_and_a_merged_line_above_the_header_are_not_taken_for_people()
    {
        var rows = SheetFile.Row(1, SheetFile.Text("Suivi du vivier 2026")) + SheetFile.Row(3, SheetFile.Text("reference"), SheetFile.Text("Identité"), "<c/>")
            + SheetFile.Row(4, "<c/>", SheetFile.Text("nom"), SheetFile.Text("prenom"), SheetFile.Text("date_naissance")) + SheetFile.Row(5, SheetFile.Text("P-1"), SheetFile.Text("Essai"));

        var file = PoolFile.Open(new SheetFile().With("Vivier", rows).ToBytes(), "vivier.xlsx").Value;

        Assert.Equal(["reference", "nom", "prenom", "date_naissance"], file.Headings);
        Assert.Equal((5, "P-1"), file.Rows.Select(row => (row.Number, row.Cells[0])).Single());
    }

    [Fact]
    public void The_sheet_of_people_is_found_among_notes_codes_and_hidden_ones()
    {
        var file = PoolFile.Open(new SheetFile().With("Notes", SheetFile.Rows("Bonjour;nom"))
            .With("Ancien", SheetFile.Rows(Header + "\nP-0"), "hidden").With("Personnes", SheetFile.Rows(Header + "\nP-1")).ToBytes(), "vivier.xlsx").Value;

        Assert.Equal("XLSX, feuille « Personnes »", file.Format);
        Assert.Equal("P-1", file.Rows.Single().Cells[0]);
    }

    [Fact]
    public void Two_sheets_of_people_are_refused_rather_than_one_forgotten()
    {
        var opened = PoolFile.Open(new SheetFile().With("Nord", SheetFile.Rows(Header + "\nP-1")).With("Sud", SheetFile.Rows(Header + "\nP-2")).ToBytes(), "vivier.xlsx");

        Assert.Contains("« Nord », « Sud »", Sentence(opened), StringComparison.Ordinal);
    }

    [Fact]
    public void The_template_of_the_site_is_read_back_with_every_column()
    {
        var file = PoolFile.Open(TemplateWorkbook.Write(), "modele.xlsx").Value;

        Assert.Equal(Matching.Rules.People.PoolColumns.All.Select(column => column.Name), file.Headings);
        Assert.Equal(Matching.Rules.People.PoolColumns.All.Select(column => column.Example), file.Rows.Single().Cells);
    }

    [Theory]
    [InlineData("xl/worksheets/sheet1.xml", "<row><c><v>                ")]
    [InlineData("xl/worksheets/sheet1.xml", "<row/><row/><row/><row/><row/>")]
    [InlineData("xl/sharedStrings.xml", "<si><t>aaaaaaaaaaaa</t></si>")]
    public void A_workbook_that_unpacks_into_a_flood_is_refused_before_it_is_read(string part, string repeated)
    {
        using var memory = new MemoryStream();
        memory.Write(SheetFile.OfCsv(Header + "\nP-1"));
        using (var zip = new ZipArchive(memory, ZipArchiveMode.Update, leaveOpen: true))
        {
            zip.GetEntry(part)?.Delete();
            using var bomb = zip.CreateEntry(part).Open();
            bomb.Write(Encoding.UTF8.GetBytes("<x>"));
            var block = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(repeated, 20_000)));
            for (var written = 0; written < 64 << 20; written += block.Length)
            {
                bomb.Write(block);
            }
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Matches("volume anormal|plus de 32767 caractères", Fault(memory.ToArray()));
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 256L << 20);
    }

    [Theory]
    [InlineData("PK\u0003\u0004 et rien d’autre")]
    [InlineData("\u00d0\u00cf\u0011\u00e0")]
    public void A_file_that_only_begins_like_a_workbook_is_refused_with_what_to_do(string file) =>
        Assert.Contains("classeur de tableur", Fault(Encoding.Latin1.GetBytes(file)), StringComparison.Ordinal);

    private static List<string[]> Read(byte[] bytes) => [.. PoolFile.Open(bytes, "vivier.xlsx").Value.Rows.Select(row => row.Cells)];

    private static string Sentence(Result<PoolFile> opened) => opened.Match(_ => "", () => "", reasons => reasons[0].Sentence);

    /// <summary>What is said of the file, at its opening or while its rows are read.</summary>
    private static string Fault(byte[] bytes)
    {
        var opened = PoolFile.Open(bytes, "vivier.xlsx");
        if (!opened.IsFound)
        {
            return Sentence(opened);
        }

        return Assert.Throws<UnreadableFileException>(() => opened.Value.Rows.Count()).Message;
    }
}
