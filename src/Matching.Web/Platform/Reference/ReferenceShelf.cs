using System.Data.Common;
using Dapper;

namespace Matching.Web.Platform.Reference;

/// <summary>
/// Reads the referentials into memory at start, after an import in this process, and within half a minute of an import done by another
/// process on the same database.
/// </summary>
public sealed partial class ReferenceShelf(
    Database database, Communes communes, OccupationTitles occupations, Skills skills, Zones zones, ILogger<ReferenceShelf> log) : BackgroundService
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(30);
    private string? loaded;

    /// <summary>Reads everything again.</summary>
    public async Task ReloadAsync(CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        var mark = await MarkAsync(db, ct);
        await communes.LoadAsync(db, ct);
        await occupations.LoadAsync(db, ct);
        await skills.LoadAsync(db, ct);
        await zones.LoadAsync(db, ct);
        loaded = mark;
        LogLoaded(communes.All.Count, occupations.All.Count, skills.All.Count);
    }

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        // Not again what was read before the start: other lists in memory would have everybody coded again.
        await LookAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    // While the database is away, what is in memory keeps serving.
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        RepeatedLooks.RunAsync(log, "Reference data", LookAsync, ct => Task.Delay(BetweenLooks, ct), isFirstAtOnce: false, stoppingToken);

    private async Task LookAsync(CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        if (await MarkAsync(db, ct) != loaded)
        {
            await ReloadAsync(ct);
        }
    }

    private static async Task<string> MarkAsync(DbConnection db, CancellationToken ct) =>
        string.Join('|', await db.QueryAsync<DateTimeOffset>(new CommandDefinition(
            "select loaded_at from reference_source order by name limit 50", cancellationToken: ct)));

    [LoggerMessage(Level = LogLevel.Information, Message = "Reference: {Communes} communes, {Occupations} occupations, {Skills} skills")]
    private partial void LogLoaded(int communes, int occupations, int skills);
}

/// <summary>Registers the referentials.</summary>
public static class ReferenceServices
{
    public static IServiceCollection AddReference(this IServiceCollection services) => services
        .AddSingleton<Communes>()
        .AddSingleton<OccupationTitles>()
        .AddSingleton<Skills>()
        .AddSingleton<Zones>()
        .AddSingleton<ReferenceShelf>()
        .AddSingleton<ReferenceLoader>()
        .AddHostedService(provider => provider.GetRequiredService<ReferenceShelf>());
}
