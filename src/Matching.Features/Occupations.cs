using System.Collections.Concurrent;
using Matching.Rules.Postings;

namespace Matching.Features;

/// <summary>How near an occupation is to that of a posting; the order is that of the points.</summary>
public enum Nearness : byte
{
    Unknown = 0,
    None = 1,
    SharedSkills = 2,
    SameDomain = 3,
    Near = 4,
    SameFamily = 5,
    Same = 6,
}

/// <summary>One occupation of ROME 4, with the ROME 3 code that mobility and skills are published under.</summary>
public sealed record Occupation(RomeCode Code, RomeCode Family);

/// <summary>
/// The occupations of one version of ROME: a number each (1 and up, for the engine's columns), who is near whom, and the skills of each family.
/// </summary>
public sealed class Occupations
{
    /// <summary>Two families that share fewer reference skills than this are strangers.</summary>
    public const int SharedSkillsFrom = 2;

    private readonly Dictionary<RomeCode, ushort> numbers = [];
    private readonly List<Occupation> all = [];
    private readonly HashSet<(RomeCode From, RomeCode To)> near;
    private readonly Dictionary<RomeCode, HashSet<string>> skills = [];

    // At most one table per occupation of the ROME: 1,600 tables of 1,600 bytes.
    private readonly ConcurrentDictionary<RomeCode, byte[]> tables = new();

    /// <param name="mobility">Pairs of families that ROME calls near (either kind of mobility).</param>
    /// <param name="familySkills">Reference skills (labels) by family.</param>
    public Occupations(
        IEnumerable<Occupation> occupations,
        IEnumerable<(RomeCode From, RomeCode To)> mobility,
        IEnumerable<(RomeCode Family, string Skill)> familySkills)
    {
        foreach (var occupation in occupations.OrderBy(o => o.Code.Value, StringComparer.Ordinal))
        {
            all.Add(occupation);
            numbers[occupation.Code] = checked((ushort)all.Count);
        }

        near = [.. mobility];
        foreach (var (family, skill) in familySkills)
        {
            if (!skills.TryGetValue(family, out var labels))
            {
                skills[family] = labels = [];
            }

            labels.Add(skill);
        }
    }

    public IReadOnlyList<Occupation> All => all;

    /// <summary>The number of an occupation, 0 when this version of ROME does not have it.</summary>
    public ushort NumberOf(RomeCode code) => numbers.GetValueOrDefault(code);

    /// <summary>Reference skills of the occupation's family, in alphabetical order.</summary>
    public IReadOnlyList<string> SkillsOf(RomeCode code) =>
        FamilyOf(code) is { } family && skills.TryGetValue(family, out var labels) ? [.. labels.Order(StringComparer.Ordinal)] : [];

    /// <summary>How near <paramref name="held"/> is to the occupation asked for. Mobility is read from held to asked, as ROME states it.</summary>
    public Nearness Between(RomeCode held, RomeCode asked)
    {
        if (held == asked)
        {
            return Nearness.Same;
        }

        if (FamilyOf(held) is not { } from || FamilyOf(asked) is not { } to)
        {
            return Nearness.None;
        }

        return from == to ? Nearness.SameFamily
            : near.Contains((from, to)) ? Nearness.Near
            : from.Domain == to.Domain ? Nearness.SameDomain
            : Shared(from, to) >= SharedSkillsFrom ? Nearness.SharedSkills
            : Nearness.None;
    }

    /// <summary>The nearness of every occupation to the one asked for, by number; entry 0 is <see cref="Nearness.Unknown"/>.</summary>
    public byte[] TableFor(RomeCode asked) => tables.GetOrAdd(asked, ComputeTableFor);

    private byte[] ComputeTableFor(RomeCode asked)
    {
        var table = new byte[all.Count + 1];
        for (var number = 1; number < table.Length; number++)
        {
            table[number] = (byte)Between(all[number - 1].Code, asked);
        }

        return table;
    }

    private int Shared(RomeCode one, RomeCode other) =>
        skills.TryGetValue(one, out var mine) && skills.TryGetValue(other, out var theirs) ? mine.Count(theirs.Contains) : 0;

    private RomeCode? FamilyOf(RomeCode code) => numbers.TryGetValue(code, out var number) ? all[number - 1].Family : null;
}
