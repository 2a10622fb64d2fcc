using System.Net;
using Dapper;
using Matching.Rules.Postings;
using Matching.Web.Platform.Records;

namespace Matching.Web.Tests.Pools;

/// <summary>Titles, skills and communes that were not understood for sure: listed once, chosen by a person, remembered, taken back.</summary>
public abstract class MeaningTests(WebFixture web) : WebTests(web)
{
    private const string Title = "Maconn batiment";

    [Fact]
    [Trait("règle", "vivier.sens-choisi")]
    public async Task A_doubtful_title_is_listed_once_chosen_for_everyone_remembered_and_taken_back()
    {
        var scene = await PoolScene.MakeAsync(Web);
        await scene.ImportAsync(PoolScene.File(PoolScene.Row("P-1", work: Title), PoolScene.Row("P-2", work: "F1703|" + Title.ToUpperInvariant()), PoolScene.Row("P-3")));
        var guessed = await WantedAsync(scene, "P-1");
        var page = await scene.Structure.GetAsync("/viviers/mots");
        var row = page.All("tbody tr").Single(line => line.TextContent.Contains(Title, StringComparison.OrdinalIgnoreCase));
        Assert.Contains("2 personnes", row.TextContent, StringComparison.Ordinal);
        var proposals = row.QuerySelectorAll("option").Select(option => option.GetAttribute("value")!).Where(value => value.Length > 0 && value != "AUCUN").ToList();
        Assert.Equal(guessed, [proposals[0]]);
        var changes = await scene.ChangesAsync();

        var chosen = await scene.Structure.PostAndFollowAsync("/viviers/mots", ("genre-0", "METIER"), ("mot-0", Title), ("choix-0", "A1203"));

        Assert.Contains("1 choix retenu, 2 personnes relues", chosen.Document.Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal(["A1203"], await WantedAsync(scene, "P-1"));
        Assert.Equal(["F1703", "A1203"], await WantedAsync(scene, "P-2"));
        Assert.Equal(["F1703"], await WantedAsync(scene, "P-3"));
        Assert.Equal(changes + 2, await scene.ChangesAsync());
        Assert.Contains("Aucun mot n’est à préciser", chosen.Words, StringComparison.Ordinal);

        var report = await scene.ImportAsync(PoolScene.File(PoolScene.Row("P-1", work: Title), PoolScene.Row("P-4", work: Title)));
        Assert.Contains("1 ajoutée, 0 mise à jour, 1 inchangée", report.Words, StringComparison.Ordinal);
        Assert.DoesNotContain("sans certitude", report.Words, StringComparison.Ordinal);
        Assert.Equal(["A1203"], await WantedAsync(scene, "P-4"));

        await scene.Structure.PostFormAsync("/viviers/mots", ("genre-0", "METIER"), ("mot-0", Title), ("choix-0", "ANNULER"));
        Assert.Equal(guessed, await WantedAsync(scene, "P-1"));
        Assert.Equal(guessed, await WantedAsync(scene, "P-4"));
    }

    [Fact]
    public async Task Saying_that_no_occupation_corresponds_takes_the_guess_away_and_later_leaves_it()
    {
        var scene = await PoolScene.MakeAsync(Web);
        await scene.ImportAsync(PoolScene.File(PoolScene.Row("P-1", work: "F1703|" + Title)));

        await scene.Structure.PostFormAsync("/viviers/mots", ("genre-0", "METIER"), ("mot-0", Title), ("choix-0", ""));
        Assert.Contains(Title, (await scene.Structure.GetAsync("/viviers/mots")).Words, StringComparison.Ordinal);
        var after = await scene.Structure.PostAndFollowAsync("/viviers/mots", ("genre-0", "METIER"), ("mot-0", Title), ("choix-0", "AUCUN"));

        Assert.Contains("Rien ne correspond", after.Words, StringComparison.Ordinal);
        Assert.Equal(["F1703"], await WantedAsync(scene, "P-1"));
    }

    [Fact]
    public async Task A_skill_takes_the_name_that_was_chosen_and_its_own_back()
    {
        var scene = await PoolScene.MakeAsync(Web);
        await scene.OwnSiretAsync();
        await scene.ImportAsync(WithSkills("P-1", "Tailler haies et arbustes|Lire un plan"));
        var page = await scene.Structure.GetAsync("/viviers/mots");
        var option = page.All("tbody tr").Single(line => line.TextContent.Contains("Tailler haies", StringComparison.Ordinal)).QuerySelectorAll("option")[1];
        Assert.Equal("Tailler une haie ou un arbuste", option.GetAttribute("value"));

        await scene.Structure.PostFormAsync("/viviers/mots", ("genre-0", "COMPETENCE"), ("mot-0", "Tailler haies et arbustes"), ("choix-0", "Tailler une haie ou un arbuste"));
        Assert.Equal(["Tailler une haie ou un arbuste", "Lire un plan"], (await WorkAsync(scene, "P-1")).Skills);
        var exported = await scene.Structure.Client.GetByteArrayAsync(new Uri("/viviers/export.csv", UriKind.Relative), Cancel);
        Assert.Contains("1 inchangée", (await scene.ImportAsync(exported)).Words, StringComparison.Ordinal);
        await scene.Structure.PostFormAsync("/viviers/mots", ("genre-0", "COMPETENCE"), ("mot-0", "Tailler haies et arbustes"), ("choix-0", "ANNULER"));

        Assert.Equal(["Tailler haies et arbustes", "Lire un plan"], (await WorkAsync(scene, "P-1")).Skills);
    }

    [Fact]
    public async Task A_commune_chosen_once_stores_the_rows_that_waited_for_it_and_the_next_ones()
    {
        var scene = await PoolScene.MakeAsync(Web);
        await scene.ImportAsync(PoolScene.File(PoolScene.Row("P-1", town: "Valmyron"), PoolScene.Row("P-2", town: "VALMYRON CEDEX"), PoolScene.Row("P-3", town: "Valmyron", born: "31/02/1990")));
        var page = await scene.Structure.GetAsync("/viviers/mots");
        var row = page.All("tbody tr").Single(line => line.TextContent.Contains("Valmyron", StringComparison.Ordinal));
        Assert.Contains("3 lignes refusées", row.TextContent, StringComparison.Ordinal);
        Assert.Contains("nom proche et même code postal", row.QuerySelectorAll("option")[1].TextContent, StringComparison.Ordinal);

        var after = await scene.Structure.PostAndFollowAsync("/viviers/mots", ("genre-0", "COMMUNE"), ("mot-0", "Valmyron 00100"), ("choix-0", row.QuerySelectorAll("option")[1].GetAttribute("value")!));
        await scene.ImportAsync(PoolScene.File(PoolScene.Row("P-4", town: "Valmyron")));

        Assert.Contains("2 lignes refusées enregistrées", after.Document.Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal(["P-1", "P-2", "P-4"], (await scene.PeopleAsync()).Select(person => person.Reference));
    }

    [Fact]
    public async Task A_choice_is_of_one_structure_and_what_does_not_exist_is_refused()
    {
        var scene = await PoolScene.MakeAsync(Web);
        await scene.ImportAsync(PoolScene.File(PoolScene.Row("P-1", work: Title)));
        var other = await PoolScene.MakeAsync(Web);
        await other.ImportAsync(PoolScene.File(PoolScene.Row("P-1", work: Title)));
        var guessed = await WantedAsync(scene, "P-1");

        await other.Structure.PostFormAsync("/viviers/mots", ("genre-0", "METIER"), ("mot-0", Title), ("choix-0", "A1203"));
        var unknown = await scene.Structure.PostFormAsync("/viviers/mots", ("genre-0", "METIER"), ("mot-0", Title), ("choix-0", "Z9999"));
        var kind = await scene.Structure.PostFormAsync("/viviers/mots", ("genre-0", "AUTRE"), ("mot-0", Title), ("choix-0", "A1203"));
        var empty = await scene.Structure.PostFormAsync("/viviers/mots");

        Assert.Equal(guessed, await WantedAsync(scene, "P-1"));
        Assert.Equal(["A1203"], await WantedAsync(other, "P-1"));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, HttpStatusCode.NotFound, HttpStatusCode.SeeOther), (unknown.Status, kind.Status, empty.Status));
        Assert.Contains("n’existe pas dans les référentiels", unknown.Words, StringComparison.Ordinal);
    }

    private static string WithSkills(string reference, string skills) => PoolScene.File(PoolScene.Row(reference))
        .Replace("information_donnee_le\n", "information_donnee_le;competences\n", StringComparison.Ordinal).Replace("12/11/2026\n", $"12/11/2026;{skills}\n", StringComparison.Ordinal);

    private async Task<IReadOnlyList<string>> WantedAsync(PoolScene scene, string reference) => [.. (await WorkAsync(scene, reference)).Wanted.Select((RomeCode rome) => rome.Value)];

    private async Task<Rules.People.WorkProfile> WorkAsync(PoolScene scene, string reference)
    {
        await using var db = await Web.Database.OpenAsync(Cancel);
        return RecordJson.Read<Rules.People.WorkProfile>(await db.QuerySingleAsync<string>(
            "select work_json from person where organization_id = @pool and reference = @reference", new { pool = scene.Structure.Who!.OrganizationId, reference }));
    }
}

public sealed class MeaningsOnSqlite(SqliteWeb web) : MeaningTests(web), IClassFixture<SqliteWeb>;

public sealed class MeaningsOnPostgreSql(PostgreSqlWeb web) : MeaningTests(web), IClassFixture<PostgreSqlWeb>;
