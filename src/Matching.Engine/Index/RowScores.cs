using Matching.Engine.Columns;

namespace Matching.Engine.Index;

/// <summary>The scores of the rows of one segment while it is read, and which rows have one. Used again from segment to segment.</summary>
internal sealed class RowScores(int rows)
{
    private static readonly Spare<RowScores> Spares = new(length => new RowScores(length));

    private const int Steps = 1_024;

    private const int SmallestLength = 4_096;

    private readonly int[] _touched = new int[rows];
    private readonly int[] _reaching = new int[Steps];
    private readonly List<int> _met = [];
    private int _touchedCount;
    private double[]? _best;
    private ulong[] _found = [];

    public double[] Scores { get; } = new double[rows];

    /// <summary>Rows with a score, each once, in the order they were met.</summary>
    public ReadOnlySpan<int> Touched => _touched.AsSpan(0, _touchedCount);

    public static RowScores Rent(int rows) => Spares.Rent(Math.Max(rows, SmallestLength));

    public void Return()
    {
        Clear();
        Spares.Return(Scores.Length, this);
    }

    /// <summary>Room for a set of rows, empty.</summary>
    public Span<ulong> EmptySet(int words)
    {
        if (_found.Length < words)
        {
            _found = new ulong[words];
        }
        var set = _found.AsSpan(0, words);
        set.Clear();
        return set;
    }

    public void Add(int row, double points)
    {
        ref var score = ref Scores[row];
        if (score == 0)
        {
            _touched[_touchedCount++] = row;
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

    /// <summary>A score that at least this many rows reach, close to the highest such; minus infinity when fewer have one.</summary>
    /// <param name="most">No score is higher.</param>
    public double Reached(int rows, double most)
    {
        if (rows <= 0 || _touchedCount < rows || most <= 0)
        {
            return double.NegativeInfinity;
        }
        Array.Clear(_reaching);
        var steps = (Steps - 1) / most;
        foreach (var row in Touched)
        {
            _reaching[Math.Min(Steps - 1, (int)(Scores[row] * steps))]++;
        }
        var (step, reaching) = (Steps, 0);
        while (reaching < rows)
        {
            reaching += _reaching[--step];
        }
        // One step lower: the division that made the step may have rounded up.
        return Math.Max(0, step - 1) / steps;
    }

    /// <summary>Forgets the rows below this score, and every score: those that stay touched are scored again.</summary>
    public void Retain(double least)
    {
        var kept = 0;
        foreach (var row in Touched)
        {
            if (Scores[row] >= least)
            {
                _touched[kept++] = row;
            }
            Scores[row] = 0;
        }
        _touchedCount = kept;
    }

    public void Clear()
    {
        foreach (var row in Touched)
        {
            Scores[row] = 0;
        }
        _touchedCount = 0;
    }
}
