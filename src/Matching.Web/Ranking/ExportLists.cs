using System.Data.Common;
using System.IO.Compression;
using System.Text;
using Matching.Features;
using Matching.Features.Lists;
using Matching.Rules;
using Matching.Web.Platform;

namespace Matching.Web.Ranking;

/// <summary>
/// POST /administration/listes/export: the lists as shown, for a trainer, in the format of <c>Matching.Lab/Lists/README.md</c>. No person, name nor
/// group: lists, postings, employers and territories are numbered in order.
/// </summary>
public static class ExportLists
{
    public static void Map(IEndpointRouteBuilder app) =>
        app.MapPost("/administration/listes/export", async (SignedIn me, Database database, ActiveModel active, FrenchCalendar calendar, EventLog log, CancellationToken ct) =>
        {
            var archive = await WriteAsync(database, active, calendar, ct);
            await database.WriteAsync((db, tx) => log.AppendAsync(db, tx, "ranking", Guid.Empty, "listes.exportees", me, new { octets = archive.Length }, ct), ct);
            return Results.File(archive, "application/zip", "listes.zip");
        }).RequireAuthorization(Policies.Administrator);

    private static async Task<byte[]> WriteAsync(Database database, ActiveModel active, FrenchCalendar calendar, CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            await using (var features = new StreamWriter(zip.CreateEntry("features.json").Open(), new UTF8Encoding(false)))
            {
                // The points of the model that serves are the prior of the next one.
                await features.WriteAsync(FeaturesFile.Write(CatalogueSpecs.Of((await active.CurrentAsync(db, ct)).Model)));
            }

            await using var lists = new StreamWriter(zip.CreateEntry("lists.csv").Open(), new UTF8Encoding(false));
            await WriteListsAsync(db, lists, calendar, ct);
        }

        return bytes.ToArray();
    }

    private static async Task WriteListsAsync(DbConnection db, StreamWriter to, FrenchCalendar calendar, CancellationToken ct)
    {
        await to.WriteAsync($"list_id,posting_id,employer_id,day,rank_shown,opened,label,{string.Join(',', FeatureCatalogue.All.Select(it => it.Name))},territory_id,wanted\n");
        var (lists, postings, employers, territories, known) = (0, new Dictionary<PostingId, int>(), new Dictionary<Guid, int>(), new Dictionary<Guid, int>(), new Dictionary<PostingId, ListOutcomes>());
        await foreach (var list in StoredLists.AllAsync(db, ct))
        {
            var outcomes = await ListOutcomes.OncePerPostingAsync(db, known, list[0].PostingId, calendar.Today, ct);
            lists++;
            postings.TryAdd(list[0].PostingId, postings.Count + 1);
            employers.TryAdd(outcomes.Employer, employers.Count + 1);
            territories.TryAdd(outcomes.Territory, territories.Count + 1);
            var day = FrenchCalendar.DayOf(list[0].ShownAt).DayNumber;
            foreach (var line in list)
            {
                var codes = line.Points.ToDictionary(point => point.Feature, point => $"{point.Code}");
                await to.WriteAsync(
                    $"{lists},{postings[line.PostingId]},{employers[outcomes.Employer]},{day},{line.Rank},{(line.Opened || outcomes.IsDecided(line.PersonId) ? 1 : 0)},{outcomes.LabelOf(line.PersonId)},{string.Join(',', FeatureCatalogue.All.Select(it => codes.GetValueOrDefault(it.Name)))},{territories[outcomes.Territory]},{outcomes.WishOf(line.PersonId) switch { true => "1", false => "0", _ => "" }}\n");
            }
        }
    }
}
