using Matching.Engine.Columns;
using Matching.Features;
using Matching.Web.Platform;

namespace Matching.Web.Ranking;

/// <summary>Everyone published as of a position of the change feed, with the numbering the columns use. Changed by one follower at a time.</summary>
/// <param name="codedOn">The month the rows are coded for.</param>
internal sealed class PoolState(DateOnly codedOn, Numbering numbering, RowStore<PooledPerson> store)
{
    private readonly PersonRows rows = new(numbering.Occupations, numbering.Places, numbering.Skills);
    private readonly SharedFacts shared = new();

    public DateOnly CodedOn { get; } = codedOn;

    public Numbering Numbering { get; } = numbering;

    public RowStore<PooledPerson> Store { get; } = store;

    /// <summary>Pools are few and only ever added: a number once given is kept.</summary>
    public IReadOnlyDictionary<Guid, ushort> PoolNumbers { get; private set; } = new Dictionary<Guid, ushort>();

    public FeedPlace Place { get; set; } = new(default);

    private IReadOnlyDictionary<Guid, string?> PoolCommunes { get; set; } = new Dictionary<Guid, string?>();

    public Row<PooledPerson> Code(PublishedFacts person)
    {
        var pool = person.OrganizationId.Value;
        var row = rows.Code(person, PoolNumbers.GetValueOrDefault(pool), PoolCommunes.GetValueOrDefault(pool), CodedOn);
        return row with { Facts = shared.Of(row.Facts) };
    }

    public void Number(IEnumerable<(Guid Id, string? InseeCode)> pools)
    {
        var numbers = new Dictionary<Guid, ushort>(PoolNumbers);
        var communes = new Dictionary<Guid, string?>(PoolCommunes);
        foreach (var (id, inseeCode) in pools)
        {
            numbers.TryAdd(id, checked((ushort)(numbers.Count + 1)));
            communes[id] = inseeCode;
        }

        (PoolNumbers, PoolCommunes) = (numbers, communes);
    }

    /// <summary>Numbers as a snapshot kept them, before any pool is added.</summary>
    public void Restore(IReadOnlyDictionary<Guid, ushort> pools) => PoolNumbers = pools;
}

/// <summary>What the numbers in the columns stand for, and the reference data they were given from.</summary>
internal sealed record Numbering(object CommunesSeen, object TitlesSeen, Occupations Occupations, Places Places, SkillNumbers Skills, string Fingerprint);
