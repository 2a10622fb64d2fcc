using Matching.Engine.Columns;

namespace Matching.Engine.Index;

/// <summary>The postings of every stem of a segment, in few arrays: two bytes or less for most of them.</summary>
internal sealed class CompactPostings
{
    /// <summary>A stem held by one row in this many, or more, is kept as a bitmap: there it costs less room than its rows do.</summary>
    private const int FrequentOneIn = 16;
    private const int FewestFrequent = 64;

    /// <summary>The counts of a stem that no row holds twice are not kept.</summary>
    private const int NoCounts = -1;

    private readonly int _blocks;
    private readonly int[] _postingCounts;
    private readonly int[] _blockEnds;
    private readonly ushort[] _low;
    private readonly int[] _countStarts;
    private readonly byte[] _counts;
    private readonly RankedBitmap?[] _frequent;

    private CompactPostings(
        int rowCount, int[] postingCounts, int[] blockEnds, ushort[] low, int[] countStarts, byte[] counts, RankedBitmap?[] frequent)
    {
        _blocks = BlocksOf(rowCount);
        (_postingCounts, _blockEnds, _low, _countStarts, _counts, _frequent) = (postingCounts, blockEnds, low, countStarts, counts, frequent);
        Count = postingCounts.Sum();
    }

    /// <summary>All postings.</summary>
    public int Count { get; }

    public static CompactPostings Of(LoosePostings loose, ushort[] lengths)
    {
        var blocks = BlocksOf(lengths.Length);
        var (postingCounts, countStarts, blockEnds) = (new int[loose.StemCount], new int[loose.StemCount], new int[loose.StemCount * blocks]);
        var frequent = new RankedBitmap?[loose.StemCount];
        var (lowCount, countCount) = Sizes(loose, lengths.Length);
        var (low, counts) = (new ushort[lowCount], new byte[countCount]);
        (lowCount, countCount) = (0, 0);
        for (var stem = 0; stem < loose.StemCount; stem++)
        {
            var postings = loose.Of(stem);
            postingCounts[stem] = postings.Rows.Length;
            countStarts[stem] = NoCounts;
            if (HasCounts(postings))
            {
                countStarts[stem] = countCount;
                postings.Counts.CopyTo(counts.AsSpan(countCount));
                countCount += postings.Counts.Length;
            }
            if (IsFrequent(postings.Rows.Length, lengths.Length))
            {
                frequent[stem] = RankedBitmap.Of(postings, lengths);
                blockEnds.AsSpan(stem * blocks, blocks).Fill(lowCount);
                continue;
            }
            var at = 0;
            for (var block = 0; block < blocks; block++)
            {
                for (; at < postings.Rows.Length && postings.Rows[at] >> 16 == block; at++)
                {
                    low[lowCount++] = (ushort)postings.Rows[at];
                }
                blockEnds[(stem * blocks) + block] = lowCount;
            }
        }
        return new CompactPostings(lengths.Length, postingCounts, blockEnds, low, countStarts, counts, frequent);
    }

    public Postings At(int stem)
    {
        var count = _postingCounts[stem];
        var counts = _countStarts[stem] == NoCounts ? [] : _counts.AsSpan(_countStarts[stem], count);
        if (_frequent[stem] is { } bitmap)
        {
            return new Postings(count, [], 0, [], counts, bitmap);
        }
        var start = stem == 0 ? 0 : _blockEnds[(stem * _blocks) - 1];
        return new Postings(count, _low.AsSpan(start, count), start, _blockEnds.AsSpan(stem * _blocks, _blocks), counts, frequent: null);
    }

    public void Write(BinaryWriter to)
    {
        RawArrays.Write<int>(to, _postingCounts);
        RawArrays.Write<int>(to, _blockEnds);
        RawArrays.Write<ushort>(to, _low);
        RawArrays.Write<int>(to, _countStarts);
        RawArrays.Write<byte>(to, _counts);
        for (var stem = 0; stem < _postingCounts.Length; stem++)
        {
            if (_frequent[stem] is { } bitmap)
            {
                RawArrays.Write(to, bitmap.Words);
            }
        }
    }

    /// <exception cref="InvalidDataException">What is read could not be the postings of this many stems in texts of these lengths.</exception>
    public static CompactPostings Read(BinaryReader from, int stems, ushort[] lengths)
    {
        var blocks = BlocksOf(lengths.Length);
        var postingCounts = RawArrays.Read<int>(from, stems);
        var blockEnds = RawArrays.Read<int>(from, stems * blocks);
        var low = RawArrays.Read<ushort>(from);
        var countStarts = RawArrays.Read<int>(from, stems);
        var counts = RawArrays.Read<byte>(from);
        var frequent = new RankedBitmap?[stems];
        var end = 0;
        for (var stem = 0; stem < stems; stem++)
        {
            var (count, start) = (postingCounts[stem], end);
            var isFrequent = IsFrequent(count, lengths.Length);
            Fits(count >= 0 && (countStarts[stem] == NoCounts || (countStarts[stem] >= 0 && countStarts[stem] <= counts.Length - count)));
            foreach (var blockEnd in blockEnds.AsSpan(stem * blocks, blocks))
            {
                Fits(blockEnd >= end && blockEnd <= low.Length);
                end = blockEnd;
            }
            Fits(end - start == (isFrequent ? 0 : count));
            if (isFrequent)
            {
                var words = RawArrays.Read<ulong>(from, Filters.Bitmap.WordCount(lengths.Length));
                Fits(Filters.Bitmap.Count(words) == count && (lengths.Length % 64 == 0 || words[^1] >> (lengths.Length % 64) == 0));
                var kept = countStarts[stem] == NoCounts ? [] : counts.AsSpan(countStarts[stem], count);
                frequent[stem] = new RankedBitmap(words, kept, lengths);
            }
        }
        Fits(end == low.Length && LastRowsFit(blockEnds, low, blocks, lengths.Length));
        return new CompactPostings(lengths.Length, postingCounts, blockEnds, low, countStarts, counts, frequent);
    }

    /// <summary>Every block but the last may hold any place; the last one ends where the rows do.</summary>
    private static bool LastRowsFit(int[] blockEnds, ushort[] low, int blocks, int rows)
    {
        for (var last = blocks - 1; last >= 0 && last < blockEnds.Length; last += blocks)
        {
            var start = last == 0 ? 0 : blockEnds[last - 1];
            foreach (var place in low.AsSpan(start, blockEnds[last] - start))
            {
                if (((blocks - 1) << 16) + place >= rows)
                {
                    return false;
                }
            }
        }
        return true;
    }

    private static void Fits(bool holds)
    {
        if (!holds)
        {
            throw new InvalidDataException("The words do not fit the rows.");
        }
    }

    private static (int Low, int Counts) Sizes(LoosePostings loose, int rows)
    {
        var (low, counts) = (0, 0);
        for (var stem = 0; stem < loose.StemCount; stem++)
        {
            var postings = loose.Of(stem);
            low += IsFrequent(postings.Rows.Length, rows) ? 0 : postings.Rows.Length;
            counts += HasCounts(postings) ? postings.Rows.Length : 0;
        }
        return (low, counts);
    }

    private static bool HasCounts(LoosePostingsOfStem postings) => postings.Counts.ContainsAnyExcept((byte)1);

    private static bool IsFrequent(int postings, int rows) => postings >= FewestFrequent && postings >= rows / FrequentOneIn;

    private static int BlocksOf(int rows) => (rows + ushort.MaxValue) >> 16;
}
