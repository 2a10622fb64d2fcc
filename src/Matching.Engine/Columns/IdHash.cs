using System.Runtime.InteropServices;

namespace Matching.Engine.Columns;

/// <summary>Two salted 64-bit words from an id. The pair is a one-to-one function of the id, so two ids never tie.</summary>
internal readonly record struct IdHash(ulong First, ulong Second) : IComparable<IdHash>
{
    public static IdHash Mix(Guid id, ulong salt)
    {
        var halves = MemoryMarshal.Cast<Guid, ulong>(new ReadOnlySpan<Guid>(in id));
        var second = Scramble(halves[1] ^ Scramble(salt));
        return new IdHash(Scramble(halves[0] ^ second), second);
    }

    public int CompareTo(IdHash other) =>
        First != other.First ? First.CompareTo(other.First) : Second.CompareTo(other.Second);

    /// <summary>An invertible mixer: odd multiplications and right shifts spread every input bit over the word.</summary>
    private static ulong Scramble(ulong word)
    {
        word += 0x9E3779B97F4A7C15;
        word = (word ^ (word >> 32)) * 0xD6E8FEB86659FD93;
        word = (word ^ (word >> 29)) * 0xA0761D6478BD642F;
        return word ^ (word >> 32);
    }
}
