using System.Data.Common;
using Dapper;
using Matching.Features;
using Matching.Rules.Ranking;

namespace Matching.Web.Ranking;

/// <summary>The model that ranks, and the one on trial beside it, if there is one.</summary>
public sealed record ServingModels(RankerModel Model, RankerModel? Trial, ModelState? TrialState);

/// <summary>Which models serve now: what the last promotion says, in the database, so that every node changes at the same moment.</summary>
public sealed class ActiveModel(ModelShelf shelf)
{
    private ServingModels last = new(shelf.Started, null, null);

    /// <summary>The model in service, as last read.</summary>
    public RankerModel Model => Volatile.Read(ref last).Model;

    /// <summary>The version that serves when nobody has promoted any.</summary>
    public string Started => shelf.Started.Version;

    /// <exception cref="InvalidDataException">The version in service has no file any more: it must be loaded again.</exception>
    public async Task<ServingModels> CurrentAsync(DbConnection db, CancellationToken ct)
    {
        var version = await db.QueryFirstOrDefaultAsync<string>(new CommandDefinition(
            "select version from model_service order by at desc, id desc limit 1", cancellationToken: ct)) ?? shelf.Started.Version;
        var trial = await db.QueryFirstOrDefaultAsync<Trial>(new CommandDefinition(
            "select version, state from ranking_model where state in ('SHADOW', 'INTERLEAVED') order by loaded_at desc, version limit 1", cancellationToken: ct));
        var models = new ServingModels(
            await shelf.FindAsync(db, version, ct) ?? throw new InvalidDataException("The model in service has no file."),
            trial is null ? null : await shelf.FindAsync(db, trial.Version, ct),
            trial is null ? null : Enum.Parse<ModelState>(trial.State, ignoreCase: true));
        Volatile.Write(ref last, models);
        return models;
    }

    private sealed class Trial
    {
        public string Version { get; init; } = "";
        public string State { get; init; } = "";
    }
}
