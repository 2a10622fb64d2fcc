using System.Numerics;

namespace Matching.Engine.Scoring;

/// <summary>
/// The scores at some positions of the ascending order of all positive scores of passing rows, without sorting them all:
/// scores are counted by their leading bits, and only those that share them with a score looked for are sorted.
/// </summary>
internal sealed class ScoreOrder
{
    /// <summary>Exponent and eight bits of a double: positive doubles are ordered as their bits are.</summary>
    private const int TrailingBits = 44;

    /// <summary>32 octaves from 2^-16 have keys of their own; scores outside of them share the first or the last key.</summary>
    private const int FirstKey = (1023 - 16) << 8;

    private readonly int[] _counts = new int[32 << 8];

    /// <summary>Passing rows with a positive score.</summary>
    public int Matching { get; private set; }

    public void Count(PassingRows rows, double[][] scores) => Each(rows, scores, score =>
    {
        _counts[Key(score)]++;
        Matching++;
    });

    /// <summary>The score at each position, positions ascending; 0 before the first score, infinity after the last.</summary>
    public double[] At(long[] positions, PassingRows rows, double[][] scores)
    {
        var groups = new SortedDictionary<int, (int Before, List<double> Scores)>();
        var (key, before) = (0, 0);
        foreach (var position in positions.Where(position => position >= 0 && position < Matching))
        {
            while (before + _counts[key] <= position)
            {
                before += _counts[key++];
            }
            groups.TryAdd(key, (before, []));
        }
        Each(rows, scores, score =>
        {
            if (groups.TryGetValue(Key(score), out var group))
            {
                group.Scores.Add(score);
            }
        });
        foreach (var (_, same) in groups.Values)
        {
            same.Sort();
        }
        return Array.ConvertAll(positions, position =>
        {
            if (position < 0 || position >= Matching)
            {
                return position < 0 ? 0 : double.PositiveInfinity;
            }
            var (start, same) = groups.Values.Last(group => group.Before <= position);
            return same[(int)(position - start)];
        });
    }

    private static int Key(double score) => Math.Clamp((int)(BitConverter.DoubleToInt64Bits(score) >> TrailingBits) - FirstKey, 0, (32 << 8) - 1);

    private static void Each(PassingRows rows, double[][] scores, Action<double> read)
    {
        for (var at = 0; at < scores.Length; at++)
        {
            var passing = rows.Outcomes[at].Passing;
            for (var word = 0; word < passing.Length; word++)
            {
                for (var bits = passing[word]; bits != 0; bits &= bits - 1)
                {
                    var score = scores[at][(word << 6) + BitOperations.TrailingZeroCount(bits)];
                    if (score > 0)
                    {
                        read(score);
                    }
                }
            }
        }
    }
}
