using System.Collections.Concurrent;
using Matching.Rules;

namespace Matching.Features;

/// <summary>A number (1 and up) for each skill label ever met; case and accents do not matter. Safe from several threads.</summary>
public sealed class SkillNumbers
{
    private readonly ConcurrentDictionary<string, ushort> numbers = new(StringComparer.Ordinal);
    private int last;

    /// <summary>The numbers given so far, by folded label.</summary>
    public IReadOnlyDictionary<string, ushort> Given => new Dictionary<string, ushort>(numbers);

    /// <summary>Goes on from numbers given before.</summary>
    public static SkillNumbers From(IReadOnlyDictionary<string, ushort> given)
    {
        var restored = new SkillNumbers { last = given.Count };
        foreach (var (label, number) in given)
        {
            restored.numbers[label] = number;
            restored.last = Math.Max(restored.last, number);
        }

        return restored;
    }

    /// <summary>The number of a label, given on first sight. Once all 65,535 are given, a new label is 0: not counted.</summary>
    public ushort NumberOf(string label)
    {
        var folded = FrenchKey.Of(label);
        return folded.Length == 0 ? (ushort)0 : numbers.TryGetValue(folded, out var given) ? given : numbers.GetOrAdd(folded, _ =>
        {
            var next = Interlocked.Increment(ref last);
            return next <= ushort.MaxValue ? (ushort)next : (ushort)0;
        });
    }

    /// <summary>A table by number, 1 at the numbers of these labels.</summary>
    public byte[] TableOf(IEnumerable<string> labels)
    {
        var wanted = labels.Select(NumberOf).Where(number => number != 0).Distinct().ToList();
        var table = new byte[wanted.Count == 0 ? 1 : wanted.Max() + 1];
        wanted.ForEach(number => table[number] = 1);
        return table;
    }
}
