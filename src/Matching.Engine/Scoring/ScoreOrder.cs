using Matching.Engine.Index;

namespace Matching.Engine.Scoring;

/// <summary>
/// The scores at some positions of the ascending order of all scores, without sorting them all: scores are counted by their
/// leading bits, and only those that share them with a score looked for are sorted.
/// </summary>
internal sealed class ScoreOrder
{
    /// <summary>Exponent and eight bits of a double: positive doubles are ordered as their bits are.</summary>
    private const int TrailingBits = 44;

    /// <summary>32 octaves from 2^-16 have keys of their own; scores outside of them share the first or the last key.</summary>
    private const int FirstKey = (1023 - 16) << 8;

    private const int KeyCount = 32 << 8;

    private readonly RowScores[] _scores;
    private readonly int[] _counts = new int[KeyCount];

    public ScoreOrder(RowScores[] scores)
    {
        _scores = scores;
        foreach (var ofSegment in scores)
        {
            foreach (var row in ofSegment.Touched)
            {
                _counts[Key(ofSegment.Scores[row])]++;
            }
            Count += ofSegment.Touched.Length;
        }
    }

    /// <summary>How many scores there are.</summary>
    public int Count { get; }

    /// <summary>The score at each position, positions ascending; 0 before the first score, infinity after the last.</summary>
    public double[] At(long[] positions)
    {
        // 0 for a key that no position falls into, else the number of its group.
        var groupOf = new byte[KeyCount];
        var groups = new List<(int Before, List<double> Scores)> { (0, []) };
        var keys = new int[positions.Length];
        var (key, before) = (0, 0);
        for (var at = 0; at < positions.Length; at++)
        {
            if (positions[at] < 0 || positions[at] >= Count)
            {
                continue;
            }
            while (before + _counts[key] <= positions[at])
            {
                before += _counts[key++];
            }
            if (groupOf[key] == 0)
            {
                groupOf[key] = (byte)groups.Count;
                groups.Add((before, []));
            }
            keys[at] = key;
        }
        foreach (var ofSegment in _scores)
        {
            foreach (var row in ofSegment.Touched)
            {
                if (groupOf[Key(ofSegment.Scores[row])] is > 0 and var group)
                {
                    groups[group].Scores.Add(ofSegment.Scores[row]);
                }
            }
        }
        groups.ForEach(group => group.Scores.Sort());
        return [.. positions.Select((position, at) => position < 0 ? 0
            : position >= Count ? double.PositiveInfinity
            : groups[groupOf[keys[at]]] is var (start, scores) ? scores[(int)(position - start)] : 0)];
    }

    /// <summary>For each key, how many floors its scores reach; null where a floor has the key itself, and its scores must be compared one by one.</summary>
    /// <param name="floors">Ascending.</param>
    public static byte?[] ReachedByKey(double[] floors)
    {
        var reached = new byte?[KeyCount];
        var (key, count) = (0, 0);
        foreach (var floor in floors)
        {
            var here = Key(floor);
            if (here >= key)
            {
                reached.AsSpan(key, here - key).Fill((byte)count);
                key = here + 1;
            }
            count++;
        }
        reached.AsSpan(key).Fill((byte)count);
        return reached;
    }

    public static int Key(double score) => Math.Clamp((int)(BitConverter.DoubleToInt64Bits(score) >> TrailingBits) - FirstKey, 0, KeyCount - 1);
}
