using System.Text;
using Dapper;
using Matching.Rules.Markets;
using Matching.Web.Platform;
using Matching.Web.Platform.Reference;
using Microsoft.Extensions.DependencyInjection;

namespace Matching.Web.Tests.Pools;

/// <summary>A structure signed in, in the invented territory of data-samples, with what it takes to send files.</summary>
public sealed class PoolScene
{
    private const string Columns =
        "reference;nom;prenom;date_naissance;telephone;code_postal;commune;structure_siret;structure_type;metiers_recherches;disponible_le;mobilite_minutes;moyen_transport;criteres;information_donnee_le";

    private const string Siret = "00000705400018";

    private readonly WebFixture web;

    private PoolScene(WebFixture web, Browser structure) => (this.web, Structure) = (web, structure);

    public Browser Structure { get; }

    public static async Task<PoolScene> MakeAsync(WebFixture web, OrganizationKind kind = OrganizationKind.Aci)
    {
        ArgumentNullException.ThrowIfNull(web);
        await using (var db = await web.Database.OpenAsync(default))
        {
            if (await db.QuerySingleAsync<int>("select count(*) from commune") == 0)
            {
                var loaded = await web.Services.GetRequiredService<ReferenceLoader>().LoadAsync(Samples("reference"), default);
                Assert.True(loaded.IsFound);
            }
        }

        return new PoolScene(web, await web.SignInAsync(Roles.Structure, kind));
    }

    /// <summary>A path of data-samples, wherever the tests run from.</summary>
    public static string Samples(string path)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !Directory.Exists(Path.Combine(folder.FullName, "data-samples")))
        {
            folder = folder.Parent;
        }

        return Path.Combine(folder!.FullName, "data-samples", path);
    }

    /// <summary>A right row; the given cells replace its own.</summary>
    public static string Row(string reference, string? name = null, string? born = null, string? work = null, string? town = null, string? informed = null) =>
        $"{reference};{name ?? "Essai"};Camille;{born ?? "14/03/1992"};06 39 98 00 01;00100;{town ?? "Valmiron"};{Siret};ACI;{work ?? "F1703"};01/12/2026;45;transports;RSA:01/09/2025;{informed ?? "12/11/2026"}";

    public static string File(params string[] rows) => Columns + "\n" + string.Join('\n', rows) + "\n";

    /// <summary>Gives the structure the SIRET that the rows bear.</summary>
    public async Task OwnSiretAsync()
    {
        await using var db = await web.Database.OpenAsync(default);
        await db.ExecuteAsync("update organization set siret = null where siret = @Siret", new { Siret });
        await db.ExecuteAsync("update organization set siret = @Siret where id = @id", new { Siret, id = Structure.Who!.OrganizationId });
    }

    public Task<PageSeen> SendAsync(string file) => SendAsync(Encoding.UTF8.GetBytes(file));

    public Task<PageSeen> SendAsync(byte[] file, string? key = null) =>
        Structure.PostFileAsync("/viviers/importer", "fichier", "vivier.csv", file, ("cle", key ?? Guid.CreateVersion7().ToString()));

    /// <summary>Sends a file and opens its report.</summary>
    public async Task<PageSeen> ImportAsync(string file) => await ImportAsync(Encoding.UTF8.GetBytes(file));

    public async Task<PageSeen> ImportAsync(byte[] file)
    {
        var sent = await SendAsync(file);
        Assert.True(sent.RedirectsTo is not null, sent.Words);
        return await ReportAsync(sent.RedirectsTo);
    }

    /// <summary>The page of an import once it no longer runs; a busy machine may take longer than the form waits.</summary>
    public async Task<PageSeen> ReportAsync(string url)
    {
        var page = await Structure.GetAsync(url);
        for (var tries = 0; tries < 300 && page.Words.Contains("Rien n’est enregistré avant la fin", StringComparison.Ordinal); tries++)
        {
            await Task.Delay(100);
            page = await Structure.GetAsync(url);
        }

        return page;
    }

    public async Task<IReadOnlyList<(string Reference, string LastName, bool IsPublished)>> PeopleAsync()
    {
        await using var db = await web.Database.OpenAsync(default);
        var rows = await db.QueryAsync<(string, string, bool)>(
            "select reference, last_name, case when published_at is not null and withdrawn_at is null then 1 else 0 end from person where organization_id = @pool order by reference",
            new { pool = Structure.Who!.OrganizationId });
        return [.. rows];
    }

    /// <summary>How much there is of all that an import writes: people, changes, reports, events, files waiting.</summary>
    public async Task<(long People, long Changes, long Reports, long Events, long Waiting)> CountsAsync()
    {
        await using var db = await web.Database.OpenAsync(default);
        return await db.QuerySingleAsync<(long, long, long, long, long)>(
            """
            select (select count(*) from person), (select count(*) from change), (select count(*) from pool_import), (select count(*) from event),
                (select count(*) from pool_upload)
            """);
    }

    /// <summary>How many rows the change feed holds.</summary>
    public async Task<long> ChangesAsync()
    {
        await using var db = await web.Database.OpenAsync(default);
        return await db.QuerySingleAsync<long>("select count(*) from change");
    }
}
