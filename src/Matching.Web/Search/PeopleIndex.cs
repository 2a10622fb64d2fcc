using System.Collections.Concurrent;
using System.Data.Common;
using Matching.Engine.Columns;
using Matching.Engine.Filters;
using Matching.Rules;
using Matching.Rules.People;
using Matching.Web.Platform;
using Matching.Web.Platform.Records;
using Matching.Web.Platform.Reference;

namespace Matching.Web.Search;

/// <summary>
/// The trades, skills and certificates of people who are in a pool and not withdrawn. Names are not in it, nor the person's own words,
/// which only the structure reads: nobody can learn what they hold by searching.
/// </summary>
public sealed class PeopleIndex(Database database, ChangeFeed feed, FrenchCalendar calendar, Communes communes, OccupationTitles titles)
    : FollowedIndex<PersonCard>(database, feed, calendar, communes, titles, "person", SearchColumns.Schema)
{
    private const int Unpublished = 1;
    private const int Published = 2;
    private readonly ConcurrentDictionary<Guid, ushort> pools = new();
    private readonly Lock gate = new();

    /// <summary>Everyone of these pools; only those published unless it is one's own.</summary>
    public IReadOnlyList<Filter> Scope(IReadOnlySet<Guid> visible, bool publishedOnly)
    {
        var wanted = new bool[ushort.MaxValue];
        foreach (var pool in visible)
        {
            wanted[NumberOf(pool)] = true;
        }

        var ofPools = Filter.WideAny("pool", "pool", wanted);
        return publishedOnly ? [ofPools, Filter.CodeIn("published", "state", 1UL << Published)] : [ofPools];
    }

    /// <summary>What is searched of a person, as it is shown.</summary>
    public static PersonWords WordsOf(WorkProfile work, OccupationTitles titles)
    {
        ArgumentNullException.ThrowIfNull(work);
        ArgumentNullException.ThrowIfNull(titles);
        return new PersonWords(
            string.Join(" ; ", work.Wanted.Select(rome => titles.ByCode(rome)?.Label).OfType<string>()),
            string.Join(" ; ", work.Experiences.SelectMany(one => new[] { titles.Named(one.Title), one.Rome is { } rome ? titles.ByCode(rome)?.Label : null }).OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase)),
            string.Join(" ; ", work.Skills),
            string.Join(" ; ", work.Certificates.Select(held => Certificates.All.FirstOrDefault(one => one.Code == held.Code)?.Label).OfType<string>()));
    }

    protected override async Task<(IReadOnlyList<Guid> Ids, IReadOnlyList<Row<PersonCard>> Rows)> PageAsync(DbConnection db, Guid after, int limit, DateOnly day, CancellationToken ct)
    {
        var page = await PersonRecords.PageAsync(db, new PersonId(after), limit, ct);
        return ([.. page.Select(stored => stored.Person.Id.Value)], [.. page.Where(stored => stored.WithdrawnAt is null).Select(stored => RowOf(stored, day))]);
    }

    protected override async Task<IReadOnlyList<Row<PersonCard>>> ReadAsync(DbConnection db, IReadOnlyList<Guid> ids, DateOnly day, CancellationToken ct) =>
    [
        .. (await PersonRecords.ReadAsync(db, ids.Select(id => new PersonId(id)), ct)).Where(stored => stored.WithdrawnAt is null).Select(stored => RowOf(stored, day)),
    ];

    private Row<PersonCard> RowOf(StoredPerson stored, DateOnly day)
    {
        var (person, work) = (stored.Person, stored.Person.Work);
        var commune = Communes.ByInsee(work.InseeCode);
        var available = work.AvailableFrom <= day ? 1 : work.AvailableFrom <= day.AddMonths(1) ? 2 : 3;
        return SearchColumns.Row(
            person.Id.Value, stored.IsPublished ? Published : Unpublished, available, NumberOf(person.OrganizationId.Value),
            commune?.DepartmentCode, Places.NumberOf(commune?.InseeCode), work.Wanted, WordsOf(work, Titles).Whole,
            new PersonCard(person.OrganizationId, person.Identity.Initials, person.Reference, work.InseeCode, work.AvailableFrom));
    }

    private ushort NumberOf(Guid pool)
    {
        lock (gate)
        {
            return pools.GetOrAdd(pool, _ => checked((ushort)(pools.Count + 1)));
        }
    }
}

/// <summary>The lines of a person that words are looked for in.</summary>
public sealed record PersonWords(string Wanted, string Held, string Skills, string Certificates)
{
    public string Whole => string.Join('\n', Wanted, Held, Skills, Certificates);

    /// <summary>From <see cref="Whole"/>.</summary>
    public static PersonWords Of(string whole)
    {
        ArgumentNullException.ThrowIfNull(whole);
        return whole.Split('\n') is [var wanted, var held, var skills, .. var certificates]
            ? new PersonWords(wanted, held, skills, string.Join(' ', certificates)) : new PersonWords(whole, "", "", "");
    }
}

/// <summary>What is shown of a person while the database is away: initials, never a name.</summary>
public sealed record PersonCard(OrganizationId Pool, string Initials, string Reference, string InseeCode, DateOnly AvailableFrom);
