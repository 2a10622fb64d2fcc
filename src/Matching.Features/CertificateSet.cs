using Matching.Rules.People;

namespace Matching.Features;

/// <summary>The certificates of a person by their bits of the catalogue, with the last day of those that end: a whole pool is asked in a millisecond.</summary>
public sealed class CertificateSet : IEquatable<CertificateSet>
{
    private readonly ulong lasting;
    private readonly (ulong Bit, DateOnly LastDay)[] ending;

    private CertificateSet(ulong lasting, (ulong Bit, DateOnly LastDay)[] ending) => (this.lasting, this.ending) = (lasting, ending);

    public static CertificateSet Of(IReadOnlyList<HeldCertificate> held)
    {
        var lasting = 0UL;
        var ending = new List<(ulong Bit, DateOnly LastDay)>();
        foreach (var one in held)
        {
            if (one.ExpiresOn is { } lastDay)
            {
                ending.Add((MaskOf(one.Code), lastDay));
            }
            else
            {
                lasting |= MaskOf(one.Code);
            }
        }

        return new CertificateSet(lasting, [.. ending]);
    }

    public bool Equals(CertificateSet? other) => other is not null && lasting == other.lasting && ending.AsSpan().SequenceEqual(other.ending);

    public override bool Equals(object? obj) => Equals(obj as CertificateSet);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.Add(lasting);
        foreach (var one in ending)
        {
            hash.Add(one);
        }

        return hash.ToHashCode();
    }

    public void Write(BinaryWriter to)
    {
        ArgumentNullException.ThrowIfNull(to);
        to.Write(lasting);
        to.Write((byte)ending.Length);
        foreach (var (bit, lastDay) in ending)
        {
            to.Write(bit);
            to.Write(lastDay.DayNumber);
        }
    }

    public static CertificateSet Read(BinaryReader from)
    {
        ArgumentNullException.ThrowIfNull(from);
        var lasting = from.ReadUInt64();
        var ending = new (ulong Bit, DateOnly LastDay)[from.ReadByte()];
        foreach (ref var one in ending.AsSpan())
        {
            one = (from.ReadUInt64(), DateOnly.FromDayNumber(from.ReadInt32()));
        }

        return new CertificateSet(lasting, ending);
    }

    /// <summary>One bit a code; codes out of the catalogue have none.</summary>
    public static ulong MaskOf(IEnumerable<string> codes)
    {
        var mask = 0UL;
        foreach (var code in codes)
        {
            mask |= MaskOf(code);
        }

        return mask;
    }

    private static ulong MaskOf(string code) => Certificates.BitOf(code) is >= 0 and var bit ? 1UL << bit : 0;

    /// <summary>Of the certificates asked, those that are not held or no longer run on that day.</summary>
    public ulong MissingOn(DateOnly day, ulong asked)
    {
        var missing = asked & ~lasting;
        for (var at = 0; missing != 0 && at < ending.Length; at++)
        {
            if (ending[at].LastDay >= day)
            {
                missing &= ~ending[at].Bit;
            }
        }

        return missing;
    }
}
