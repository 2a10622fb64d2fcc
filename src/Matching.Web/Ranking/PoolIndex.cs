using System.Data.Common;
using Dapper;
using Matching.Engine.Columns;
using Matching.Features;
using Matching.Rules;
using Matching.Rules.Postings;
using Matching.Web.Platform;
using Matching.Web.Platform.Records;
using Matching.Web.Platform.Reference;

namespace Matching.Web.Ranking;

/// <summary>One consistent state of everyone published, with the numbering its columns use.</summary>
public sealed record PoolView(
    DateOnly Day,
    Snapshot<PooledPerson> People,
    Occupations Occupations,
    Places Places,
    SkillNumbers Skills,
    IReadOnlyDictionary<Guid, ushort> PoolNumbers);

/// <summary>
/// Everyone published, in the engine's columns: loaded once, then followed by the change feed, so that a request sees every change committed
/// before it. Coded again when the day or the reference data changes. The database stays the truth.
/// </summary>
public sealed partial class PoolIndex(
    Database database, ChangeFeed feed, FrenchCalendar calendar, Communes communes, OccupationTitles titles, ILogger<PoolIndex> log) : IDisposable
{
    private const int PageSize = 2_000;
    private readonly SemaphoreSlim turn = new(1, 1);
    private Loaded? loaded;

    /// <summary>The state of now. The first call of a process, or of a day, waits for the load.</summary>
    public async Task<PoolView> CurrentAsync(CancellationToken ct)
    {
        await turn.WaitAsync(ct);
        try
        {
            var today = calendar.Today;
            if (loaded is null || loaded.Day != today || !ReferenceEquals(loaded.CommunesSeen, communes.All) || !ReferenceEquals(loaded.TitlesSeen, titles.All))
            {
                loaded = await LoadAsync(today, ct);
            }
            else
            {
                await FollowAsync(loaded, ct);
            }

            return new PoolView(loaded.Day, loaded.Store.Current, loaded.Occupations, loaded.Places, loaded.Skills, loaded.PoolNumbers);
        }
        finally
        {
            turn.Release();
        }
    }

    public void Dispose() => turn.Dispose();

    private async Task<Loaded> LoadAsync(DateOnly today, CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        var fresh = await EmptyAsync(db, today, ct);

        // The position is taken before the rows: what is written meanwhile is read twice, never missed.
        fresh.Position = await feed.LatestAsync(db, ct);
        PersonId? last = null;
        while (true)
        {
            var page = await PersonRecords.PageAsync(db, last, PageSize, ct);
            if (page.Count == 0)
            {
                break;
            }

            fresh.Store.Apply([.. page.Where(p => p.IsPublished).Select(p => CodeOf(p, fresh))], []);
            last = page[^1].Person.Id;
        }

        LogLoaded(fresh.Store.Current.Count);
        return fresh;
    }

    private async Task FollowAsync(Loaded state, CancellationToken ct)
    {
        while (true)
        {
            var changes = await feed.ReadAsync(state.Position, ChangeFeed.ReadLimit, ct);
            if (changes.Count == 0)
            {
                return;
            }

            var ids = changes.Where(c => c.Entity == "person").Select(c => new PersonId(c.EntityId)).Distinct().ToList();
            if (ids.Count > 0)
            {
                await using var db = await database.OpenAsync(ct);
                await ReadPoolsAsync(db, state, ct);
                var people = await PersonRecords.ReadAsync(db, ids, ct);
                var published = people.Where(p => p.IsPublished).ToList();
                var gone = ids.Select(id => id.Value).Except(published.Select(p => p.Person.Id.Value)).ToList();
                state.Store.Apply([.. published.Select(p => CodeOf(p, state))], gone);
            }

            state.Position = changes[^1].Position;
        }
    }

    private static Row<PooledPerson> CodeOf(StoredPerson person, Loaded state)
    {
        var pool = person.Person.OrganizationId.Value;
        return state.Rows.Code(person.Person, state.PoolNumbers.GetValueOrDefault(pool), state.PoolCommunes.GetValueOrDefault(pool), state.Day);
    }

    private async Task<Loaded> EmptyAsync(DbConnection db, DateOnly today, CancellationToken ct)
    {
        var mobility = await db.QueryAsync<(string From, string To)>(new CommandDefinition(
            "select from_code, to_code from rome_mobility order by from_code, to_code limit 100000", cancellationToken: ct));
        var skillRows = await db.QueryAsync<(string Family, string Label)>(new CommandDefinition(
            "select rome_parent_code, label from rome_skill order by rome_parent_code, skill_code limit 200000", cancellationToken: ct));
        var occupations = new Occupations(
            titles.All.Select(o => new Features.Occupation(o.Rome, Parse(o.ParentCode))),
            mobility.Select(m => (Parse(m.From), Parse(m.To))),
            skillRows.Select(s => (Parse(s.Family), s.Label)));
        var places = new Places(communes.All.Select(c => new Place(c.InseeCode, c.Latitude, c.Longitude)));
        var skills = new SkillNumbers();
        var state = new Loaded(today, communes.All, titles.All, occupations, places, skills, new PersonRows(occupations, places, skills));
        await ReadPoolsAsync(db, state, ct);
        return state;
    }

    // Pools are few and only ever added: numbers already given are kept.
    private static async Task ReadPoolsAsync(DbConnection db, Loaded state, CancellationToken ct)
    {
        var pools = await db.QueryAsync<(Guid Id, string? InseeCode)>(new CommandDefinition(
            "select id, insee_code from organization order by id limit 60000", cancellationToken: ct));
        var numbers = new Dictionary<Guid, ushort>(state.PoolNumbers);
        foreach (var (id, inseeCode) in pools)
        {
            numbers.TryAdd(id, checked((ushort)(numbers.Count + 1)));
            state.PoolCommunes[id] = inseeCode;
        }

        state.PoolNumbers = numbers;
    }

    private static RomeCode Parse(string code) =>
        RomeCode.TryParse(code, out var rome) ? rome : throw new InvalidDataException("A loaded ROME code is valid.");

    [LoggerMessage(Level = LogLevel.Information, Message = "Engine: {People} people published")]
    private partial void LogLoaded(int people);

    private sealed class Loaded(
        DateOnly day, object communesSeen, object titlesSeen, Occupations occupations, Places places, SkillNumbers skills, PersonRows rows)
    {
        public DateOnly Day { get; } = day;
        public object CommunesSeen { get; } = communesSeen;
        public object TitlesSeen { get; } = titlesSeen;
        public Occupations Occupations { get; } = occupations;
        public Places Places { get; } = places;
        public SkillNumbers Skills { get; } = skills;
        public PersonRows Rows { get; } = rows;
        public RowStore<PooledPerson> Store { get; } = new(PersonRows.Schema);
        public IReadOnlyDictionary<Guid, ushort> PoolNumbers { get; set; } = new Dictionary<Guid, ushort>();
        public Dictionary<Guid, string?> PoolCommunes { get; } = [];
        public ChangePosition Position { get; set; }
    }
}
