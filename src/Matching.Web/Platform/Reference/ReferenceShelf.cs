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
    private string loaded = "";

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
        await ReloadAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(BetweenLooks);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await using var db = await database.OpenAsync(stoppingToken);
                if (await MarkAsync(db, stoppingToken) != loaded)
                {
                    await ReloadAsync(stoppingToken);
                }
            }
            catch (DbException exception)
            {
                // The database may be away for a while: what is in memory keeps serving.
                LogUnreachable(exception);
            }
        }
    }

    private static async Task<string> MarkAsync(DbConnection db, CancellationToken ct) =>
        string.Join('|', await db.QueryAsync<DateTimeOffset>(new CommandDefinition(
            "select loaded_at from reference_source order by name limit 50", cancellationToken: ct)));

    [LoggerMessage(Level = LogLevel.Information, Message = "Reference: {Communes} communes, {Occupations} occupations, {Skills} skills")]
    private partial void LogLoaded(int communes, int occupations, int skills);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Reference data could not be checked")]
    private partial void LogUnreachable(Exception exception);
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
