namespace Matching.Engine.Columns;

/// <summary>A group of <paramref name="SlotCount"/> wide values: several of the same kind per row, in no promised order.</summary>
public sealed record WideGroup(string Name, int SlotCount);

/// <summary>
/// The columns of a store, by name. Byte columns hold codes 0..63 (0 = missing); wide groups hold <c>ushort</c> slots
/// (0 = nothing in the slot); bit columns hold 64 flags. Names are unique within their kind.
/// </summary>
public sealed class RowSchema
{
    /// <summary>Codes are below this: one point table of 64 entries fits one 512-bit pair of registers.</summary>
    public const int CodeCount = 64;

    private readonly Dictionary<string, int> _codes;
    private readonly Dictionary<string, Range> _slots = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _bits;
    private readonly Dictionary<string, int> _groups;

    /// <exception cref="ArgumentException">A name is given twice, or a group has no slot.</exception>
    public RowSchema(
        IReadOnlyList<string> codeColumns, IReadOnlyList<WideGroup>? wideGroups = null, IReadOnlyList<string>? bitColumns = null)
    {
        CodeColumns = codeColumns;
        WideGroups = wideGroups ?? [];
        BitColumns = bitColumns ?? [];
        _codes = Positions(CodeColumns);
        _bits = Positions(BitColumns);
        _groups = [];
        foreach (var group in WideGroups)
        {
            if (group.SlotCount < 1)
            {
                throw new ArgumentException($"Wide group '{group.Name}' needs at least one slot.", nameof(wideGroups));
            }
            if (!_slots.TryAdd(group.Name, new Range(SlotCount, SlotCount + group.SlotCount)))
            {
                throw new ArgumentException($"Wide group '{group.Name}' is given twice.", nameof(wideGroups));
            }
            _groups[group.Name] = _groups.Count;
            SlotCount += group.SlotCount;
        }
    }

    public IReadOnlyList<string> CodeColumns { get; }

    public IReadOnlyList<WideGroup> WideGroups { get; }

    public IReadOnlyList<string> BitColumns { get; }

    /// <summary>Slots of all wide groups together: the length of <see cref="Row{TFacts}.Wide"/>.</summary>
    public int SlotCount { get; }

    /// <summary>Position of a byte column in <see cref="Row{TFacts}.Codes"/>.</summary>
    public int CodeColumn(string name) => _codes.TryGetValue(name, out var at) ? at : throw Unknown("byte column", name);

    /// <summary>Positions of a group's slots in <see cref="Row{TFacts}.Wide"/>, end excluded.</summary>
    public Range Slots(string group) => _slots.TryGetValue(group, out var range) ? range : throw Unknown("wide group", group);

    /// <summary>The first of a group's slots and how many they are.</summary>
    internal (int First, int Count) SlotSpan(string group) => Slots(group).GetOffsetAndLength(SlotCount);

    internal int GroupNumber(string group) => _groups.TryGetValue(group, out var at) ? at : throw Unknown("wide group", group);

    /// <summary>Position of a bit column in <see cref="Row{TFacts}.Bits"/>.</summary>
    public int BitColumn(string name) => _bits.TryGetValue(name, out var at) ? at : throw Unknown("bit column", name);

    private static ArgumentException Unknown(string kind, string name) => new($"This schema has no {kind} named '{name}'.");

    private static Dictionary<string, int> Positions(IReadOnlyList<string> names)
    {
        var positions = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var name in names)
        {
            if (!positions.TryAdd(name, positions.Count))
            {
                throw new ArgumentException($"Column '{name}' is given twice.", nameof(names));
            }
        }
        return positions;
    }
}
