using System.Data.Common;
using Matching.Engine.Columns;
using Matching.Features;
using Matching.Web.Platform;
using Matching.Web.Platform.Reference;

namespace Matching.Web.Search;

/// <summary>
/// Texts of one kind of thing in memory: loaded once, then followed by the change feed, so that a search sees every change committed
/// before it. Read again when the day or the reference data changes. The database stays the truth; while it is away, what is in memory
/// goes on serving.
/// </summary>
public abstract class FollowedIndex<TFacts>(Database database, ChangeFeed feed, FrenchCalendar calendar, Communes communes, OccupationTitles titles, string entity, RowSchema schema)
    : IDisposable
{
    private const int PageSize = 2_000;

    /// <summary>After the database did not answer, searches do not wait for it again before this.</summary>
    private static readonly TimeSpan BetweenTries = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim turn = new(1, 1);
    private Loaded? loaded;
    private DateTimeOffset? awaySince;

    protected Communes Communes { get; } = communes;

    protected OccupationTitles Titles { get; } = titles;

    /// <summary>The numbers of the communes in the columns.</summary>
    protected Places Places { get; private set; } = new([]);

    /// <summary>The state of now, or the last one known while the database is away. The first call of a process, or of a day, waits for the load.</summary>
    public async Task<IndexState<TFacts>> CurrentAsync(CancellationToken ct)
    {
        await turn.WaitAsync(ct);
        try
        {
            if (loaded is not null && awaySince is { } since && calendar.Now - since < BetweenTries)
            {
                return new IndexState<TFacts>(loaded.Store.Current, loaded.SeenAt, Places);
            }

            if (loaded is null || loaded.Day != calendar.Today || !ReferenceEquals(loaded.CommunesSeen, Communes.All) || !ReferenceEquals(loaded.TitlesSeen, Titles.All))
            {
                loaded = await LoadAsync(ct);
            }
            else
            {
                await FollowAsync(loaded, ct);
            }

            (awaySince, loaded.SeenAt) = (null, calendar.Now);
            return new IndexState<TFacts>(loaded.Store.Current, AsOf: null, Places);
        }
        catch (DbException fault) when (Database.IsAway(fault) && loaded is not null)
        {
            awaySince = calendar.Now;
            return new IndexState<TFacts>(loaded.Store.Current, loaded.SeenAt, Places);
        }
        finally
        {
            turn.Release();
        }
    }

    public void Dispose()
    {
        turn.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>The next ids in their order, and the rows of those that can be found.</summary>
    protected abstract Task<(IReadOnlyList<Guid> Ids, IReadOnlyList<Row<TFacts>> Rows)> PageAsync(DbConnection db, Guid after, int limit, DateOnly day, CancellationToken ct);

    /// <summary>The rows of these ids that can be found.</summary>
    protected abstract Task<IReadOnlyList<Row<TFacts>>> ReadAsync(DbConnection db, IReadOnlyList<Guid> ids, DateOnly day, CancellationToken ct);

    private async Task<Loaded> LoadAsync(CancellationToken ct)
    {
        var fresh = new Loaded(calendar.Today, Communes.All, Titles.All, new RowStore<TFacts>(schema));
        var before = Places;
        Places = new Places(Communes.All.Select(commune => new Place(commune.InseeCode, commune.Latitude, commune.Longitude)));
        try
        {
            await ReadAllAsync(fresh, ct);
            return fresh;
        }
        catch
        {
            // What is in memory goes on serving, under the numbers it was made with.
            Places = before;
            throw;
        }
    }

    private async Task ReadAllAsync(Loaded fresh, CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);

        // The position is taken before the rows: what is written meanwhile is read twice, never missed.
        fresh.Place = new FeedPlace(await feed.LatestAsync(db, ct));
        var page = await PageAsync(db, Guid.Empty, PageSize, fresh.Day, ct);
        while (page.Ids.Count > 0)
        {
            fresh.Store.Apply(page.Rows, []);
            page = await PageAsync(db, page.Ids[^1], PageSize, fresh.Day, ct);
        }
    }

    private async Task FollowAsync(Loaded state, CancellationToken ct)
    {
        await foreach (var changes in feed.FollowAsync(state.Place, ct))
        {
            var ids = changes.Where(change => change.Entity == entity).Select(change => change.EntityId).Distinct().ToList();
            if (ids.Count > 0)
            {
                await using var db = await database.OpenAsync(ct);
                var rows = await ReadAsync(db, ids, state.Day, ct);
                state.Store.Apply(rows, [.. ids.Except(rows.Select(row => row.Id))]);
            }
        }
    }

    private sealed class Loaded(DateOnly day, object communesSeen, object titlesSeen, RowStore<TFacts> store)
    {
        public DateOnly Day { get; } = day;
        public object CommunesSeen { get; } = communesSeen;
        public object TitlesSeen { get; } = titlesSeen;
        public RowStore<TFacts> Store { get; } = store;
        public FeedPlace Place { get; set; } = new(default);
        public DateTimeOffset SeenAt { get; set; }
    }
}

/// <summary>What is in memory; <paramref name="AsOf"/> tells when it was last known to be true, null for now.</summary>
public sealed record IndexState<TFacts>(Snapshot<TFacts> Snapshot, DateTimeOffset? AsOf, Places Places);
