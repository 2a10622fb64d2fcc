using Matching.Engine.Filters;

namespace Matching.Engine.Scoring;

/// <summary>What a pass calls for each block of scored rows, with what its caller keeps of those read before.</summary>
internal delegate void ScoreReader<in TState>(TState state, in ScoredRows rows);

/// <summary>Scores of up to 4096 rows of one segment, those that pass and, among them, others.</summary>
internal readonly ref struct ScoredRows(int segment, int start, int[]? picked, ReadOnlySpan<ulong> passing, ReadOnlySpan<int> scores, Kernel kernel)
{
    private readonly ReadOnlySpan<ulong> _passing = passing;

    public int Segment { get; } = segment;

    public ReadOnlySpan<int> Scores { get; } = scores;

    /// <summary>Groups of 64 rows.</summary>
    public int WordCount => Bitmap.WordCount(Scores.Length);

    /// <summary>One bit for each passing row of a group that scores at least the threshold.</summary>
    public ulong AtLeast(int word, int threshold)
    {
        var scores = Scores[(word * 64)..];
        // Picked rows all pass.
        var passing = picked is null ? _passing[(start >> 6) + word] : ulong.MaxValue;
        return passing == 0 ? 0 : passing & kernel.AtLeast(scores[..Math.Min(64, scores.Length)], threshold);
    }

    /// <summary>The row of the segment at a position of the block.</summary>
    public int RowAt(int position) => picked is null ? start + position : picked[start + position];
}

/// <summary>
/// The exact score of every passing row, a block at a time and column by column within it. Nothing is kept: a pass over a
/// million rows costs milliseconds, keeping their scores would cost memory for each reader.
/// </summary>
internal sealed class ScorePass
{
    /// <summary>Below one passing row in this many, gathering the rows costs less than scanning all of them.</summary>
    private const int SparseBelowOneIn = 8;

    private readonly Kernel _kernel;
    private readonly PassingRows _rows;
    private readonly (CodeSource Source, PointTable Points)[] _features;
    private readonly PlacedPair[] _pairs;
    private readonly bool[] _isPaired;

    public ScorePass(Kernel kernel, PassingRows rows, IReadOnlyList<Feature> features, IReadOnlyList<CodeSource> sources, PlacedPair[] pairs)
    {
        (_kernel, _rows, _pairs) = (kernel, rows, pairs);
        _features = new (CodeSource, PointTable)[sources.Count];
        _isPaired = new bool[sources.Count];
        foreach (var pair in pairs)
        {
            _isPaired[pair.First] = _isPaired[pair.Second] = true;
        }
        for (var at = 0; at < _features.Length; at++)
        {
            // A pair reads the codes themselves: nothing is folded away on the way to them.
            var (source, points) = _isPaired[at] ? (sources[at], features[at].Table) : sources[at].Fold(features[at].Table);
            _features[at] = (source, new PointTable(points));
        }
    }

    /// <summary>Reads every block once, in no promised order; each of those who read has a state of its own.</summary>
    public IReadOnlyList<TState> Run<TState>(Func<TState> start, ScoreReader<TState> read) =>
        [.. SegmentWork.Each(_rows.Views, () => (State: start(), Desk: new Desk(_kernel, _isPaired)), (it, at) => Read(at, it.Desk, it.State, read)).Select(it => it.State)];

    private void Read<TState>(int at, Desk desk, TState state, ScoreReader<TState> read)
    {
        var segment = _rows.Views[at].Columns;
        var outcome = _rows.Outcomes[at];
        var picked = (long)outcome.PassingCount * SparseBelowOneIn < segment.Count
            ? Bitmap.Rows(outcome.Passing, outcome.PassingCount)
            : null;
        var total = picked?.Length ?? segment.Count;
        for (var start = 0; start < total; start += RowBlock.Capacity)
        {
            var count = Math.Min(RowBlock.Capacity, total - start);
            if (picked is null && !outcome.Passing.AsSpan(start >> 6, Bitmap.WordCount(count)).ContainsAnyExcept(0UL))
            {
                continue;
            }
            desk.Block.Move(segment, picked, start, count);
            var scores = desk.Scores.AsSpan(0, count);
            Score(desk.Block, desk.Codes.AsSpan(0, count), desk.Paired, desk.Sums.AsSpan(0, count), scores);
            read(state, new ScoredRows(at, start, picked, outcome.Passing, scores, _kernel));
        }
    }

    /// <summary>Sums are kept in 16 bits as long as the tables prove that they fit, then carried over to 32.</summary>
    private void Score(RowBlock block, Span<byte> codes, byte[][] paired, Span<short> sums, Span<int> scores)
    {
        sums.Clear();
        scores.Clear();
        var room = new SumRoom();
        for (var at = 0; at < _features.Length; at++)
        {
            var (source, points) = _features[at];
            room.Take(_kernel, points.Lowest, points.Highest, sums, scores);
            if (at + 1 < _features.Length)
            {
                _features[at + 1].Source.Ahead(block);
            }
            if (source is ColumnSource column && !_isPaired[at])
            {
                _kernel.AddPoints(column.Read(block), points, sums);
            }
            else
            {
                var into = _isPaired[at] ? paired[at].AsSpan(0, codes.Length) : codes;
                source.Fill(block, into);
                _kernel.AddPoints(into, points, sums);
            }
            block.Release();
        }
        foreach (var (first, second, pair) in _pairs)
        {
            room.Take(_kernel, pair.Table.Lowest, pair.Table.Highest, sums, scores);
            _kernel.AddPairs(paired[first].AsSpan(0, codes.Length), paired[second].AsSpan(0, codes.Length), pair.Table, sums);
        }
        _kernel.Widen(sums, scores);
    }

    /// <summary>The working arrays of one of those who read.</summary>
    private sealed class Desk(Kernel kernel, bool[] isPaired)
    {
        public RowBlock Block { get; } = new(kernel);

        public byte[] Codes { get; } = new byte[RowBlock.Capacity];

        public byte[][] Paired { get; } = Array.ConvertAll(isPaired, one => one ? new byte[RowBlock.Capacity] : []);

        public short[] Sums { get; } = new short[RowBlock.Capacity];

        public int[] Scores { get; } = new int[RowBlock.Capacity];
    }

    /// <summary>How far the sums of 16 bits can have gone since they were last carried over.</summary>
    private struct SumRoom
    {
        private int _lowest;
        private int _highest;

        public void Take(Kernel kernel, short lowest, short highest, Span<short> sums, Span<int> scores)
        {
            if (_lowest + lowest < short.MinValue || _highest + highest > short.MaxValue)
            {
                kernel.Widen(sums, scores);
                sums.Clear();
                (_lowest, _highest) = (0, 0);
            }
            (_lowest, _highest) = (_lowest + Math.Min((short)0, lowest), _highest + Math.Max((short)0, highest));
        }
    }
}
