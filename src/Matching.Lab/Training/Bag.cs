using Matching.Lab.Lists;

namespace Matching.Lab.Training;

/// <summary>One bag: some employers to learn from, the others to know when to stop; and its own third of the rows whose label is unknown.</summary>
public sealed class Bag
{
    private readonly RankedLists source;
    private readonly CodeGroups[] groups;
    private readonly TrainingOptions options;
    private readonly BagRows learned;
    private readonly BagRows heldOut;
    private readonly int seed;

    public Bag(RankedLists source, CodeGroups[] groups, float[] rowWeight, TrainingOptions options, int number)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(options);
        (this.source, this.groups, this.options) = (source, groups, options);
        seed = unchecked((options.Seed * 1_000_003) + number);
        var random = new Random(seed);
        var useful = Enumerable.Range(0, source.Count).Where(source.HasOrder).ToArray();
        var isKept = Draw(source, useful, random, options.EmployersKept);
        var inside = useful.Where(list => isKept[list]).ToArray();
        var outside = useful.Where(list => !isKept[list]).ToArray();
        // Where nothing can be left out.
        inside = inside.Length == 0 ? useful : inside;
        outside = outside.Length == 0 ? useful : outside;
        var groupOf = groups.Select(it => it.GroupOf).ToArray();
        (LearnedLists, HeldOutLists) = (inside, outside);
        learned = BagRows.Of(source, inside, groupOf, rowWeight, options, random);
        heldOut = BagRows.Of(source, outside, groupOf, rowWeight, options, random);
    }

    /// <summary>Learns tables for every feature and for these pairs.</summary>
    public FloatModel Learn(PairShape[] pairs)
    {
        var (booster, judge) = (new Booster(learned, groups, options, new Random(seed)), new HeldOutLoss(heldOut));
        booster.Use(pairs, CellsOf(pairs, learned));
        var heldOutCells = CellsOf(pairs, heldOut);
        var (best, kept, waited) = (judge.Of(booster, heldOutCells), Copy(booster), 0);
        for (var round = 0; round < options.MostRounds && waited < options.Patience; round++)
        {
            booster.Round();
            var loss = judge.Of(booster, heldOutCells);
            waited++;
            if (loss < best)
            {
                (best, kept, waited) = (loss, Copy(booster), 0);
            }

            Rounds = round + 1 - waited;
        }

        return new FloatModel(source.Features, [.. kept.Main.Select((table, feature) => groups[feature].GroupOf.Select(group => table[group]).ToArray())], pairs, kept.Tables);
    }

    /// <summary>Lists of the employers that were drawn.</summary>
    public IReadOnlyList<int> LearnedLists { get; }

    /// <summary>Lists of the employers that were left out.</summary>
    public IReadOnlyList<int> HeldOutLists { get; }

    /// <summary>How many rounds the last learning kept.</summary>
    public int Rounds { get; private set; }

    /// <summary>Learns the features alone, then how much each pair of them would still explain.</summary>
    public double[] PairStrengths(IReadOnlyList<PairShape> candidates, int rounds)
    {
        var booster = new Booster(learned, groups, options, new Random(seed));
        for (var round = 0; round < rounds; round++)
        {
            booster.Round();
        }

        booster.TakeGradients();
        var columns = new byte[groups.Length][];
        foreach (var (feature, coarse) in candidates.SelectMany(pair => new[] { (pair.First, pair.FirstGroups), (pair.Second, pair.SecondGroups) }).DistinctBy(it => it.Item1))
        {
            columns[feature] = Coarser(learned, feature, coarse);
        }

        return [.. candidates.Select(pair => PairStrength.Of(pair, columns[pair.First], columns[pair.Second], booster.Gradient, booster.Curvature, options))];
    }

    private ushort[][] CellsOf(PairShape[] pairs, BagRows rows) =>
        [.. pairs.Select(pair =>
        {
            var (first, second) = (Coarser(rows, pair.First, pair.FirstGroups), Coarser(rows, pair.Second, pair.SecondGroups));
            var cells = new ushort[rows.Rows];
            for (var row = 0; row < cells.Length; row++)
            {
                cells[row] = first[row] < pair.Rows && second[row] < pair.Columns ? (ushort)((first[row] * pair.Columns) + second[row]) : PairShape.NoCell;
            }

            return cells;
        })];

    // The rows of a bag hold groups; pairs have groups of groups. All that is off the scale is one, after them.
    private byte[] Coarser(BagRows rows, int feature, CodeGroups coarse)
    {
        var fine = groups[feature];
        var groupOf = new byte[fine.Count];
        for (var code = 0; code < fine.GroupOf.Length; code++)
        {
            groupOf[fine.GroupOf[code]] = Math.Min(coarse.GroupOf[code], (byte)coarse.OnScale);
        }

        return Array.ConvertAll(rows.Codes[feature], group => groupOf[group]);
    }

    private static (double[][] Main, double[][] Tables) Copy(Booster booster) =>
        ([.. booster.Main.Select(table => (double[])table.Clone())], [.. booster.Tables.Select(table => (double[])table.Clone())]);

    /// <summary>By list: what a bag draws as a whole, its employer, or its posting where there are too few employers to leave some out.</summary>
    public static int[] DrawnBy(RankedLists source)
    {
        ArgumentNullException.ThrowIfNull(source);
        const int EmployersEnough = 5;
        return source.Employer.Distinct().Count() < EmployersEnough ? source.Posting : source.Employer;
    }

    /// <summary>Whether a bag has something to learn from and something else to stop by: not with one posting that has a choice.</summary>
    public static bool CanLeaveOut(RankedLists source)
    {
        var drawn = DrawnBy(source);
        return Enumerable.Range(0, source.Count).Where(source.HasOrder).Select(list => drawn[list]).Distinct().Count() > 1;
    }

    // By list, whether its employer was drawn; or its posting, where there are too few employers to leave some out. Where chance drew all of them, or
    // none, one changes sides: a bag would otherwise stop by what it learned, and count as not having seen it.
    private static bool[] Draw(RankedLists source, int[] useful, Random random, double share)
    {
        var drawn = DrawnBy(source);
        var isKept = Enumerable.Range(0, drawn.Max() + 1).Select(_ => random.NextDouble() < share).ToArray();
        var units = useful.Select(list => drawn[list]).Distinct().ToArray();
        if (units.Length > 1 && units.All(unit => isKept[unit] == isKept[units[0]]))
        {
            isKept[units[random.Next(units.Length)]] ^= true;
        }

        return [.. drawn.Select(one => isKept[one])];
    }
}
