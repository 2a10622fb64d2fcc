using System.Data.Common;
using Matching.Features;
using Matching.Web.Platform;

namespace Matching.Web.Ranking;

/// <summary>
/// GET /administration/listes: how many lists were kept, by model; POST /administration/listes/rejouer: each line scored again, from the codes
/// that were stored, with the file of its model, and held against the points, the score and the rank that were shown. A list that alternates two
/// models is drafted again from its seed.
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
            var models = await ModelsOfAsync(db, shelf, list, ct);
            foreach (var (version, lines) in list.GroupBy(line => line.ModelVersion).Select(same => (same.Key, same.ToList())))
            {
                models.TryGetValue(version, out var model);
                var before = byModel.GetValueOrDefault(version, new Outcome(version, 0, 0, 0, 0));
                byModel[version] = before with
                {
                    Lists = before.Lists + 1,
                    Lines = before.Lines + lines.Count,
                    Different = before.Different + (model is null ? 0 : lines.Count(line => !IsSame(line, model) || !IsInItsPlace(line, list, model))),
                    WithoutModel = before.WithoutModel + (model is null ? lines.Count : 0),
                };
            }
        }

        return [.. byModel.Values];
    }

    private static async Task<Dictionary<string, RankerModel>> ModelsOfAsync(DbConnection db, ModelShelf shelf, IReadOnlyList<StoredLine> list, CancellationToken ct)
    {
        var models = new Dictionary<string, RankerModel>(StringComparer.Ordinal);
        foreach (var version in list.Select(line => line.ModelVersion).Distinct())
        {
            if (await shelf.FindAsync(db, version, ct) is { } model)
            {
                models[version] = model;
            }
        }

        return models;
    }

    private static bool IsSame(StoredLine line, RankerModel model) =>
        line.Points.Sum(point => point.Points) == line.Score && model.Gives(line.Points);

    // Whoever chose this line found nobody better among those that come after; and it was its turn.
    private static bool IsInItsPlace(StoredLine line, IReadOnlyList<StoredLine> list, RankerModel model) =>
        (line.DraftSeed is not { } seed || line.Side == TeamDraft.SideAt(seed, line.Rank - 1))
        && list.Where(other => other.Rank > line.Rank).All(other => model.ScoreOf(other.Points) <= line.Score);
}
