using System.Data.Common;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Dapper;
using Matching.Features;
using Matching.Rules;
using Matching.Rules.Preselection;
using Matching.Web.Platform;

namespace Matching.Web.Ranking;

/// <summary>
/// POST /administration/listes/export: the lists as shown, for a trainer, in the format of <c>Matching.Lab/Lists/README.md</c>. No person, name nor
/// group: lists, postings and employers are numbered in order.
/// </summary>
public static class ExportLists
{
    public static void Map(IEndpointRouteBuilder app) =>
        app.MapPost("/administration/listes/export", async (SignedIn me, Database database, ActiveModel active, FrenchCalendar calendar, EventLog log, CancellationToken ct) =>
        {
            var archive = await WriteAsync(database, active.Model, calendar, ct);
            await database.WriteAsync((db, tx) => log.AppendAsync(db, tx, "ranking", Guid.Empty, "listes.exportees", me, new { octets = archive.Length }, ct), ct);
            return Results.File(archive, "application/zip", "listes.zip");
        }).RequireAuthorization(Policies.Administrator);

    private static async Task<byte[]> WriteAsync(Database database, RankerModel model, FrenchCalendar calendar, CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            await using (var features = new StreamWriter(zip.CreateEntry("features.json").Open(), new UTF8Encoding(false)))
            {
                await features.WriteAsync(FeaturesOf(model));
            }

            await using var lists = new StreamWriter(zip.CreateEntry("lists.csv").Open(), new UTF8Encoding(false));
            await WriteListsAsync(db, lists, calendar, ct);
        }

        return bytes.ToArray();
    }

    private static async Task WriteListsAsync(DbConnection db, StreamWriter to, FrenchCalendar calendar, CancellationToken ct)
    {
        await to.WriteAsync($"list_id,posting_id,employer_id,day,rank_shown,opened,label,{string.Join(',', FeatureCatalogue.All.Select(it => it.Name))}\n");
        var (lists, postings, employers) = (0, new Dictionary<PostingId, int>(), new Dictionary<Guid, int>());
        await foreach (var list in StoredLists.AllAsync(db, ct))
        {
            var (employer, paths) = await PathsAsync(db, list[0].PostingId, ct);
            lists++;
            postings.TryAdd(list[0].PostingId, postings.Count + 1);
            employers.TryAdd(employer, employers.Count + 1);
            var day = FrenchCalendar.DayOf(list[0].ShownAt).DayNumber;
            foreach (var line in list)
            {
                var codes = line.Points.ToDictionary(point => point.Feature, point => $"{point.Code}");
                var label = paths.TryGetValue(line.PersonId.Value, out var path) ? OutcomeLabel.Of(path.Reached, path.HiredOn, path.LastDay, calendar.Today) : OutcomeLabel.NotKept;
                await to.WriteAsync(
                    $"{lists},{postings[line.PostingId]},{employers[employer]},{day},{line.Rank},{(line.Opened ? 1 : 0)},{label},{string.Join(',', FeatureCatalogue.All.Select(it => codes.GetValueOrDefault(it.Name)))}\n");
            }
        }
    }

    private sealed record Path(IReadOnlyCollection<PreselectionState> Reached, DateOnly? HiredOn, DateOnly? LastDay);

    /// <summary>How far each person went for this posting, and who employs: the company of the lot, or the lot itself when none is named.</summary>
    private static async Task<(Guid Employer, IReadOnlyDictionary<Guid, Path> Paths)> PathsAsync(DbConnection db, PostingId posting, CancellationToken ct)
    {
        var employer = await db.QuerySingleAsync<Guid>(new CommandDefinition(
            "select coalesce(l.company_id, l.id) from posting p join lot l on l.id = p.lot_id where p.id = @posting", new { posting }, cancellationToken: ct));
        var steps = await db.QueryAsync<(Guid Person, string State)>(new CommandDefinition(
            """
            select p.person_id, s.to_state from preselection p join preselection_step s on s.preselection_id = p.id
            where p.posting_id = @posting order by p.person_id, s.at, s.id limit 100000
            """,
            new { posting }, cancellationToken: ct));
        var contracts = (await db.QueryAsync<Contract>(new CommandDefinition(
            """
            select p.person_id, c.starts_on, c.ends_on, c.ended_on from work_contract c join preselection p on p.id = c.preselection_id
            where p.posting_id = @posting order by p.person_id, c.id limit 100000
            """,
            new { posting }, cancellationToken: ct))).ToLookup(contract => contract.PersonId);
        return (employer, steps.GroupBy(step => step.Person).ToDictionary(same => same.Key, same =>
        {
            var contract = contracts[same.Key].FirstOrDefault();
            return new Path(
                [.. same.Where(step => PreselectionStates.TryParse(step.State, out _)).Select(step => PreselectionStates.TryParse(step.State, out var state) ? state : default)],
                contract?.StartsOn, contract?.EndedOn ?? contract?.EndsOn);
        }));
    }

    private sealed class Contract
    {
        public Guid PersonId { get; init; }
        public DateOnly StartsOn { get; init; }
        public DateOnly? EndsOn { get; init; }
        public DateOnly? EndedOn { get; init; }
    }

    // The points of the model that serves are the prior of the next one.
    private static string FeaturesOf(RankerModel model)
    {
        var lines = FeatureCatalogue.All.Select(definition =>
        {
            var (bins, shape) = (definition.Bins.Max(bin => bin.Code) + 1, model.Features.Single(it => it.Name == definition.Name));
            var prior = Enumerable.Range(0, bins).Select(code => (int)shape.Points.GetValueOrDefault((byte)code)).ToList();
            return "  " + JsonSerializer.Serialize(new Dictionary<string, object>
            {
                ["name"] = definition.Name,
                ["bins"] = bins,
                ["direction"] = definition.Direction == Direction.More ? "+" : "-",
                ["prior"] = prior.Append(prior[0]),
                ["neutral"] = definition.Bins.Where(bin => bin.IsNeutral).Select(bin => (int)bin.Code),
                ["most"] = definition.Name == "engagement" ? RankerModel.LargestShareOfEngagement : RankerModel.LargestShare,
            }, Plain);
        });
        return "[\n" + string.Join(",\n", lines) + "\n]\n";
    }

    private static readonly JsonSerializerOptions Plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
