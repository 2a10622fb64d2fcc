using System.Text;

namespace Matching.Engine.Columns;

/// <summary>The texts of a segment in one array of UTF-8: half the memory of strings, and no object for the collector to visit.</summary>
public sealed class TextColumn
{
    private readonly byte[] _utf8;
    private readonly int[] _ends;

    internal TextColumn(byte[] utf8, int[] ends) => (_utf8, _ends) = (utf8, ends);

    public string this[int row] => Encoding.UTF8.GetString(Utf8(row));

    internal ReadOnlySpan<byte> All => _utf8;

    internal ReadOnlySpan<int> Ends => _ends;

    internal static TextColumn Of(IReadOnlyList<string> texts)
    {
        var ends = new int[texts.Count];
        var total = 0;
        for (var row = 0; row < ends.Length; row++)
        {
            ends[row] = total = checked(total + Encoding.UTF8.GetByteCount(texts[row]));
        }
        var utf8 = new byte[total];
        for (var row = 0; row < ends.Length; row++)
        {
            Encoding.UTF8.GetBytes(texts[row], utf8.AsSpan(row == 0 ? 0 : ends[row - 1]));
        }
        return new TextColumn(utf8, ends);
    }

    /// <summary>The texts of the kept rows of several segments, without decoding them.</summary>
    internal static TextColumn Merge(IReadOnlyList<(TextColumn Texts, int[] KeptRows)> parts)
    {
        var ends = new int[parts.Sum(part => part.KeptRows.Length)];
        var (at, total) = (0, 0);
        foreach (var (texts, kept) in parts)
        {
            foreach (var row in kept)
            {
                ends[at++] = total = checked(total + texts.Utf8(row).Length);
            }
        }
        var utf8 = new byte[total];
        at = 0;
        foreach (var (texts, kept) in parts)
        {
            foreach (var row in kept)
            {
                texts.Utf8(row).CopyTo(utf8.AsSpan(at == 0 ? 0 : ends[at - 1]));
                at++;
            }
        }
        return new TextColumn(utf8, ends);
    }

    private ReadOnlySpan<byte> Utf8(int row)
    {
        var start = row == 0 ? 0 : _ends[row - 1];
        return _utf8.AsSpan(start, _ends[row] - start);
    }
}
