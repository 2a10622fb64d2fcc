using Matching.Features;
using Matching.Web.Platform;

namespace Matching.Web.Ranking;

/// <summary>
/// GET /administration/listes: how many lists were kept, by model; POST /administration/listes/rejouer: each line scored again, from the codes
/// that were stored, with the file of its model, and held against the points, the score and the rank that were shown.
/// </summary>
public static class ReplayLists
{
    /// <param name="Different">Lines whose points, score or rank are not those that were shown.</param>
    /// <param name="WithoutModel">Lines of a model whose file is no longer here.</param>
    public sealed record Outcome(string ModelVersion, int Lists, int Lines, int Different, int WithoutModel);

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/administration/listes", () => Page.Of<ReplayListsPage>()).RequireAuthorization(Policies.Administrator);
        app.MapPost("/administration/listes/rejouer", async (SignedIn me, Database database, ModelShelf shelf, EventLog log, CancellationToken ct) =>
        {
            var outcomes = await RunAsync(database, shelf, ct);
            await database.WriteAsync(
                (db, tx) => log.AppendAsync(db, tx, "ranking", Guid.Empty, "listes.rejouees", me, new { lignes = outcomes.Sum(it => it.Lines), differentes = outcomes.Sum(it => it.Different) }, ct), ct);
            return Page.Of<ReplayListsPage>(new { Outcomes = outcomes });
        }).RequireAuthorization(Policies.Administrator);
    }

    internal static async Task<IReadOnlyList<Outcome>> RunAsync(Database database, ModelShelf shelf, CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        var byModel = new SortedDictionary<string, Outcome>(StringComparer.Ordinal);
        await foreach (var list in StoredLists.AllAsync(db, ct))
        {
            var version = list[0].ModelVersion;
            var before = byModel.GetValueOrDefault(version, new Outcome(version, 0, 0, 0, 0));
            var model = shelf.ByVersion(version);
            byModel[version] = before with
            {
                Lists = before.Lists + 1,
                Lines = before.Lines + list.Count,
                Different = before.Different + (model is null ? 0 : list.Where((line, at) => !IsSame(line, model) || (at > 0 && line.Score > list[at - 1].Score)).Count()),
                WithoutModel = before.WithoutModel + (model is null ? list.Count : 0),
            };
        }

        return [.. byModel.Values];
    }

    private static bool IsSame(StoredLine line, RankerModel model) =>
        line.Points.Sum(point => point.Points) == line.Score
        && line.Points.All(point => model.Features.FirstOrDefault(shape => shape.Name == point.Feature)?.Points.TryGetValue(point.Code, out var points) == true && points == point.Points);
}
