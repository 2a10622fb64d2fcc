using System.Net;
using System.Text;
using Dapper;
using Matching.Web.Platform;
using Matching.Web.Platform.Reference;
using Microsoft.Extensions.DependencyInjection;

namespace Matching.Web.Tests.References;

public abstract class ReferenceTests(WebFixture web) : WebTests(web)
{
    [Fact]
    public async Task Files_of_the_official_formats_are_known_by_their_first_line_with_their_traps()
    {
        using var folder = new OfficialFiles();

        var report = (await Loader.LoadAsync(folder.Path, Cancel)).Value;

        Assert.Equal(["rome", "rome_title", "rome_mobility", "rome_skill", "communes", "communes_anciennes", "zrr", "qpv", "naf"], report.Loaded.Select(one => one.Name));
        Assert.Equal(["4.60", "3.47", "2026", "2022", "2015"], new[] { "rome", "rome_skill", "communes", "zrr", "qpv" }.Select(name => report.Loaded.Single(one => one.Name == name).Version));
        Assert.Equal(["autre.csv"], report.Ignored);
        Assert.Equal("Monter l'échafaudage", Web.Services.GetRequiredService<Skills>().All.Single(skill => skill.Code == "100").Label);
        await using var db = await Web.Database.OpenAsync(Cancel);
        Assert.Equal("Culture d'agrumes", await db.QuerySingleAsync<string>("select label from naf where code = '0123Z'"));
    }

    [Fact]
    public async Task A_commune_that_merged_is_found_by_its_old_code_and_its_old_name()
    {
        using var folder = new OfficialFiles();
        await Loader.LoadAsync(folder.Path, Cancel);
        var communes = Web.Services.GetRequiredService<Communes>();

        Assert.Equal("00901", communes.ByInsee("00950")?.InseeCode);
        Assert.Equal("00901", Assert.Single(communes.ByName("St-Vieux")).InseeCode);
        Assert.Equal("00902", Assert.Single(communes.ByName("Bourg-d’Essai")).InseeCode);
    }

    [Theory]
    [InlineData(1.5, 1.5, "QP000001")]
    [InlineData(5, 5, null)]
    [InlineData(9, 9, "QP000001")]
    [InlineData(10.5, 5, null)]
    [InlineData(20.5, 20.5, "QP000001")]
    [InlineData(31.2, 31.9, null)]
    public async Task A_point_is_in_the_district_whose_outline_holds_it_and_not_in_a_hole(double latitude, double longitude, string? code)
    {
        using var folder = new OfficialFiles();
        await Loader.LoadAsync(folder.Path, Cancel);
        var zones = Web.Services.GetRequiredService<Zones>();

        Assert.Equal(code, zones.DistrictAt(latitude, longitude)?.Code);
        Assert.Equal(("C", null, "QP000001"), (zones.RuralStatusOf("00901"), zones.RuralStatusOf("99999"), zones.DistrictsOf("00902").Single().Code));
    }

    [Fact]
    public async Task An_administrator_compares_a_new_version_and_nothing_changes_before_it_is_applied()
    {
        using var folder = new OfficialFiles();
        await Loader.LoadAsync(folder.Path, Cancel);
        var administrator = await Web.SignInAsync(Roles.Administrator);
        var newer = Encoding.UTF8.GetBytes("naf_id|naf_label\n0123Z|Agrumes\n9999Z|Nouvelle activité\n");

        var compared = await administrator.PostFileAsync("/administration/referentiels/comparer", "fichiers", "naf_2027.csv", newer);
        Assert.Equal(["2", "1", "1", "1"], compared.All("tbody tr td.number").Select(cell => cell.TextContent));
        Assert.Equal("Culture d'agrumes", await LabelAsync());
        var applied = await administrator.PostAndFollowAsync(compared.One("form[action*=appliquer]").GetAttribute("action")!);

        Assert.Equal("Agrumes", await LabelAsync());
        Assert.Contains("Activités (NAF) 2027 INSEE", applied.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_an_administrator_sees_the_referentials()
    {
        foreach (var role in new[] { Roles.Facilitator, Roles.Structure })
        {
            var browser = await Web.SignInAsync(role);
            Assert.NotEqual(HttpStatusCode.OK, (await browser.GetAsync("/administration/referentiels")).Status);
        }
    }

    [Fact]
    public async Task A_faulty_file_is_refused_in_a_sentence_and_nothing_is_applied()
    {
        using var folder = new OfficialFiles();
        await Loader.LoadAsync(folder.Path, Cancel);
        File.WriteAllText(System.IO.Path.Combine(folder.Path, "qpv2024.geojson"), """{"features":[{"properties":{"code_qp":"QP1"},"geometry":{"type":"Polygon","coordinates":[[[6500000,400]]]}}]}""");
        var administrator = await Web.SignInAsync(Roles.Administrator);

        var refused = await Loader.LoadAsync(folder.Path, Cancel);
        var page = await administrator.PostFileAsync("/administration/referentiels/comparer", "fichiers", "liste.csv", Encoding.UTF8.GetBytes("a,b\n1,2\n"));

        Assert.Contains("ces contours ne se lisent pas", refused.Match(_ => "", () => "", reasons => reasons[0].Sentence), StringComparison.Ordinal);
        Assert.Contains("Aucun fichier reconnu", page.Words, StringComparison.Ordinal);
        Assert.Equal(1, Web.Services.GetRequiredService<Zones>().DistrictCount);
    }

    private ReferenceLoader Loader => Web.Services.GetRequiredService<ReferenceLoader>();

    private async Task<string> LabelAsync()
    {
        await using var db = await Web.Database.OpenAsync(Cancel);
        return await db.QuerySingleAsync<string>("select label from naf where code = '0123Z'");
    }

    /// <summary>A few lines of each official format, invented.</summary>
    private sealed class OfficialFiles : IDisposable
    {
        private static readonly (string Name, string Text)[] All =
        [
            ("v460_code_rome.csv", "\"code_rome\",\"code_fiche_metier\",\"libelle_rome\",\"code_rome_parent\"\n\"F1703\",\"1\",\"Maçon / Maçonne\",\"F1703\"\n"),
            ("v460_appellation.csv", "\"code_ogr\",\"libelle_appellation_long\",\"code_rome\"\n\"1\",\"Maçon / Maçonne\",\"F1703\"\n\"2\",\"Sans métier\",\"Z9999\"\n"),
            ("v347_mobilite.csv", "\"code_rome\",\"code_rome_cible\",\"code_type_mobilite\"\n\"F1703\",\"F1701\",\"2\"\n\"F1703\",\"F1701\",\"1\"\n"),
            ("v347_coherence.csv", "\"code_rome\",\"code_ogr\"\n\"F1703\",\"100\"\n\"F1703\",\"101\"\n"),
            ("v347_items.csv", "\"code_ogr\",\"libelle\",\"code_type_referentiel\"\n\"100\",\"Monter l''échafaudage\",\"2\"\n\"101\",\"Chantier\",\"5\"\n"),
            ("communes_2026.csv", "insee,nom,type,codes_postaux,dep,reg,lat,lon,population\n00901,Essai-Ville,commune,00900,00,00,1,1,10\n00902,Bourg-d'Essai,commune,00901|00902,00,00,,,20\n"),
            ("communes_anciennes.csv", "insee_ancien,nom,type,insee_actuel\n00950,Saint-Vieux,commune-deleguee,00901\n00951,Bourg-d'Essai,commune-deleguee,00901\n"),
            ("zrr_20221109.csv", "insee,statut\n00901,C\n00902,NC\n00903,?\n"),
            ("naf_rev2_732.csv", "naf_id|naf_label\n0123Z|Culture d\u0019agrumes\n0111Z|Céréales, légumes\n"),
            ("qpv2015_contours.geojson", """{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"code_qp":"QP000001","nom_qp":"Essai","code_commune":"00902"},"geometry":{"type":"MultiPolygon","coordinates":[[[[0,0],[10,0],[10,10],[0,10],[0,0]],[[4,4],[6,4],[6,6],[4,6],[4,4]]],[[[20,20],[21,20],[21,21],[20,20]],[[0,0],[0,0]]]]}}]}"""),
            ("autre.csv", "a,b\n1,2\n"),
        ];

        public OfficialFiles()
        {
            foreach (var (name, text) in All)
            {
                File.WriteAllText(System.IO.Path.Combine(Path, name), text);
            }
        }

        public string Path { get; } = Directory.CreateTempSubdirectory("matching-reference-").FullName;

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }
}

public sealed class ReferencesOnSqlite(SqliteWeb web) : ReferenceTests(web), IClassFixture<SqliteWeb>;

public sealed class ReferencesOnPostgreSql(PostgreSqlWeb web) : ReferenceTests(web), IClassFixture<PostgreSqlWeb>;
