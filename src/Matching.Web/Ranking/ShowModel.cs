using System.Data.Common;
using Matching.Features;
using Matching.Rules.Ranking;
using Matching.Web.Platform;
using Matching.Web.Ranking.Promotions;

namespace Matching.Web.Ranking;

/// <summary>GET /modele: the criteria, their points with error bars, the reason of each, and what changed from the version before, for everyone.</summary>
public static class ShowModel
{
    /// <param name="Promotion">Who put it in service; null for the model that the service was started with.</param>
    /// <param name="Changes">Against the version that served before, in French; empty when there was none.</param>
    /// <param name="Alternates">The version that alternates with it in lists, when there is one.</param>
    public sealed record Answer(RankerModel Model, ServiceChange? Promotion, IReadOnlyList<string> Changes, string? Alternates);

    public static void Map(IEndpointRouteBuilder app) => app.MapGet("/modele", async (Database database, ActiveModel active, ModelShelf shelf, CancellationToken ct) =>
        Page.Of<ShowModelPage>(new { Answer = await ReadAsync(database, active, shelf, ct) })).RequireAuthorization(Policies.Anyone);

    private static async Task<Answer> ReadAsync(Database database, ActiveModel active, ModelShelf shelf, CancellationToken ct)
    {
        try
        {
            await using var db = await database.OpenAsync(ct);
            var models = await active.CurrentAsync(db, ct);
            var last = await ModelRecords.ChangesAsync(db, ct) is [var newest, ..] ? newest : null;
            var before = last is null ? null : await shelf.FindAsync(db, last.VersionBefore, ct);
            return new Answer(models.Model, last, before is null ? [] : ModelChanges.Of(before, models.Model), models.TrialState == ModelState.Interleaved ? models.Trial?.Version : null);
        }
        catch (DbException fault) when (Database.IsAway(fault))
        {
            return new Answer(active.Model, null, [], null);
        }
    }
}
