using System.Text;

namespace Matching.Engine.Columns;

/// <summary>The texts of a segment in one array of UTF-8: half the memory of strings, and no object for the collector to visit.</summary>
public sealed class TextColumn
{
    private readonly byte[] _utf8;
    private readonly int[] _ends;

    /// <param name="utf8">May be longer than the texts.</param>
    internal TextColumn(byte[] utf8, int[] ends) => (_utf8, _ends) = (utf8, ends);

    public string this[int row] => Encoding.UTF8.GetString(Utf8(row));

    internal ReadOnlySpan<byte> All => _utf8.AsSpan(0, _ends.Length == 0 ? 0 : _ends[^1]);

    internal ReadOnlySpan<int> Ends => _ends;

    /// <summary>Whether these could be texts one after another, to the last byte.</summary>
    internal static bool Fits(byte[] utf8, int[] ends)
    {
        var before = 0;
        foreach (var end in ends)
        {
            if (end < before)
            {
                return false;
            }
            before = end;
        }
        return before == utf8.Length;
    }

    /// <summary>The texts of the kept rows of several segments, without decoding them; rows that follow each other are copied together.</summary>
    internal static TextColumn Merge(IReadOnlyList<(TextColumn Texts, int[] KeptRows)> parts)
    {
        var ends = new int[parts.Sum(part => part.KeptRows.Length)];
        var (at, total) = (0, 0);
        foreach (var (texts, kept) in parts)
        {
            foreach (var row in kept)
            {
                ends[at++] = total = checked(total + texts._ends[row] - texts.StartOf(row));
            }
        }
        var utf8 = GC.AllocateUninitializedArray<byte>(total);
        var written = 0;
        foreach (var (texts, kept) in parts)
        {
            for (int first = 0, next; first < kept.Length; first = next)
            {
                next = first + 1;
                while (next < kept.Length && kept[next] == kept[next - 1] + 1)
                {
                    next++;
                }
                var start = texts.StartOf(kept[first]);
                var run = texts._utf8.AsSpan(start, texts._ends[kept[next - 1]] - start);
                run.CopyTo(utf8.AsSpan(written));
                written += run.Length;
            }
        }
        return new TextColumn(utf8, ends);
    }

    private int StartOf(int row) => row == 0 ? 0 : _ends[row - 1];

    private ReadOnlySpan<byte> Utf8(int row) => _utf8.AsSpan(StartOf(row), _ends[row] - StartOf(row));
}
