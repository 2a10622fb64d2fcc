using System.Data.Common;
using Dapper;
using Matching.Rules.Ranking;
using Matching.Web.Platform.Records;

namespace Matching.Web.Ranking.Promotions;

/// <summary>A model that an administrator loaded.</summary>
public sealed record LoadedModel(string Version, ModelState State, GateFigures? Gate, DateTimeOffset LoadedAt, string LoadedBy);

/// <summary>One change of the model in service.</summary>
public sealed record ServiceChange(string Version, string VersionBefore, DateTimeOffset At, string ByName, string Reason, bool IsRollback);

/// <summary>Reads and moves the models loaded; the caller writes the history.</summary>
public static class ModelRecords
{
    private const int MostListed = 200;

    /// <summary>The newest first.</summary>
    public static async Task<IReadOnlyList<LoadedModel>> AllAsync(DbConnection db, CancellationToken ct, DbTransaction? tx = null) =>
    [
        .. (await db.QueryAsync<Row>(new CommandDefinition(
            "select version, state, gate_json, loaded_at, loaded_by from ranking_model order by loaded_at desc, version limit @MostListed", new { MostListed }, tx, cancellationToken: ct)))
            .Select(row => new LoadedModel(
                row.Version, Enum.Parse<ModelState>(row.State, ignoreCase: true), row.GateJson is null ? null : RecordJson.Read<GateFigures>(row.GateJson), row.LoadedAt, row.LoadedBy)),
    ];

    /// <summary>The newest first.</summary>
    public static async Task<IReadOnlyList<ServiceChange>> ChangesAsync(DbConnection db, CancellationToken ct, DbTransaction? tx = null) =>
    [
        .. await db.QueryAsync<ServiceChange>(new CommandDefinition(
            "select version, version_before, at, by_name, reason, is_rollback from model_service order by at desc, id desc limit @MostListed", new { MostListed }, tx, cancellationToken: ct)),
    ];

    /// <summary>The gate is judged again after each change of state: what was read once is not true of another time.</summary>
    public static Task SetStateAsync(DbConnection db, DbTransaction tx, string version, ModelState state, CancellationToken ct) =>
        db.ExecuteAsync(new CommandDefinition(
            "update ranking_model set state = @state, gate_json = case when @state = 'INTERLEAVED' then gate_json else null end where version = @version",
            new { version, state = state.ToString().ToUpperInvariant() }, tx, cancellationToken: ct));

    private sealed class Row
    {
        public string Version { get; init; } = "";
        public string State { get; init; } = "";
        public string? GateJson { get; init; }
        public DateTimeOffset LoadedAt { get; init; }
        public string LoadedBy { get; init; } = "";
    }
}
