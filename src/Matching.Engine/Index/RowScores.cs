using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace Matching.Engine.Index;

/// <summary>The scores of the rows of one segment while it is read, and which rows have one. Used again from segment to segment.</summary>
internal sealed class RowScores(int rows)
{
    // One for each search running at the same time, cleared: a fresh one for each search would cost more than the search.
    private static readonly ConcurrentBag<RowScores> Spare = [];

    private readonly List<int> _touched = [];
    private readonly List<int> _met = [];
    private double[]? _best;

    public double[] Scores { get; } = new double[rows];

    /// <summary>Rows with a score, each once, in the order they were met.</summary>
    public ReadOnlySpan<int> Touched => CollectionsMarshal.AsSpan(_touched);

    public static RowScores Rent(int rows) => Spare.TryTake(out var spare) && spare.Scores.Length >= rows ? spare : new RowScores(rows);

    public void Return()
    {
        Clear();
        Spare.Add(this);
    }

    public void Add(int row, double points)
    {
        ref var score = ref Scores[row];
        if (score == 0)
        {
            _touched.Add(row);
        }
        score += points;
    }

    /// <summary>Keeps the best points of the row for the word being met; <see cref="AddBest"/> adds them.</summary>
    public void Meet(int row, double points)
    {
        _best ??= new double[Scores.Length];
        ref var best = ref _best[row];
        if (points > 0 && best == 0)
        {
            _met.Add(row);
        }
        best = Math.Max(best, points);
    }

    public void AddBest()
    {
        foreach (var row in _met)
        {
            Add(row, _best![row]);
            _best[row] = 0;
        }
        _met.Clear();
    }

    public void Clear()
    {
        foreach (var row in _touched)
        {
            Scores[row] = 0;
        }
        _touched.Clear();
    }
}
