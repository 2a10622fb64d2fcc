using System.Globalization;
using System.Net;
using Dapper;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using Matching.Rules.Preselection;
using Matching.Web.Platform;

namespace Matching.Web.Tests.Preselection;

public abstract class CandidacyExportTests(WebFixture web) : WebTests(web)
{
    [Fact]
    public async Task A_facilitator_downloads_each_path_with_the_day_of_each_step_as_a_date()
    {
        var scene = await Scene.MakeAsync(Web);
        await scene.PreselectAsync(scene.People[0], scene.People[1]);
        await scene.StepAsync(scene.People[0], PreselectionState.Proposed, PreselectionState.Contacted);

        var lines = await ReadAsync(scene.Facilitator);

        Assert.Equal(2, lines.Count);
        var first = lines.Single(line => line["Nom"] == scene.People[0].Identity.LastName);
        Assert.Equal(27, first.Count);
        Assert.Equal(("Contactée", "la structure", "Maçon"), (first["État"], first["On attend"], first["Poste"]));
        var day = new DateTime(2026, 11, 16).ToOADate().ToString(CultureInfo.InvariantCulture);
        Assert.Equal((day, day, "–"), (first["Proposée, le"], first["Contactée, le"], first["Embauchée, le"]));
        Assert.Equal("–", lines.Single(line => line != first)["Contactée, le"]);
    }

    [Fact]
    public async Task A_name_is_masked_once_the_path_is_over_and_the_person_no_longer_published()
    {
        var scene = await Scene.MakeAsync(Web);
        await scene.PreselectAsync(scene.People[0], scene.People[1]);
        await scene.StepAsync(scene.People[0], PreselectionState.Proposed, PreselectionState.Withdrawn, ("motif", Reasons.Of(ReasonList.PersonWithdraws)[0].Code));
        await Web.Database.WriteAsync((db, tx) => db.ExecuteAsync("update person set published_at = null where id = @Id", new { scene.People[0].Id }, tx), Cancel);

        var lines = await ReadAsync(scene.Facilitator);

        var over = Assert.Single(lines, line => line["État"] == "Retirée");
        Assert.Equal(("Nom masqué", "Nom masqué", "Nom masqué"), (over["Nom"], over["Prénom"], over["Référence"]));
        Assert.NotEmpty(over["Motif"]);
        Assert.Contains(lines, line => line["Nom"] == scene.People[1].Identity.LastName);
        Assert.Contains(await ReadAsync(scene.Structure), line => line["Nom"] == scene.People[0].Identity.LastName);
    }

    [Fact]
    public async Task Nobody_else_finds_a_line_in_it()
    {
        var scene = await Scene.MakeAsync(Web);
        await scene.PreselectAsync(scene.People[0]);

        Assert.Empty(await ReadAsync(await Web.SignInAsync(Roles.Facilitator)));
        Assert.Empty(await ReadAsync(await Web.SignInAsync(Roles.Structure)));
        Assert.Equal(HttpStatusCode.Forbidden, (await (await Web.SignInAsync(Roles.Buyer)).GetAsync("/preselections.xlsx")).Status);
        Assert.Contains("/preselections.xlsx", (await scene.Facilitator.GetAsync("/preselections")).All("a").Select(link => link.GetAttribute("href")));
    }

    // Each line by the title of its columns; the note under the table is left out.
    private static async Task<List<Dictionary<string, string>>> ReadAsync(Browser reader)
    {
        using var stream = new MemoryStream(await reader.Client.GetByteArrayAsync(new Uri("/preselections.xlsx", UriKind.Relative), Cancel));
        using var book = SpreadsheetDocument.Open(stream, isEditable: false);
        var rows = book.WorkbookPart!.WorksheetParts.Single().Worksheet!.Descendants<Row>().TakeWhile((row, at) => row.RowIndex! == at + 1).ToList();
        var titles = rows[0].Elements<Cell>().Select(cell => cell.InnerText).ToList();
        Assert.Equal(["Z1", "AA1"], rows[0].Elements<Cell>().Skip(25).Select(cell => cell.CellReference!.Value));
        return [.. rows.Skip(1).Select(row => titles.Zip(row.Elements<Cell>().Select(cell => cell.InnerText)).ToDictionary(pair => pair.First, pair => pair.Second))];
    }
}

public sealed class CandidacyExportOnSqlite(SqliteWeb web) : CandidacyExportTests(web), IClassFixture<SqliteWeb>;

public sealed class CandidacyExportOnPostgreSql(PostgreSqlWeb web) : CandidacyExportTests(web), IClassFixture<PostgreSqlWeb>;
