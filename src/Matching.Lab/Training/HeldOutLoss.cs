namespace Matching.Lab.Training;

/// <summary>The pairwise logistic loss on rows that were not learned from, each two weighed by what separates their labels; lists count alike.</summary>
public sealed class HeldOutLoss(BagRows rows)
{
    /// <summary>Of a list with more, about so many are looked at, the same ones each round: a list of 20,000 people has some 30 million.</summary>
    public const int MostPairs = 1 << 18;

    /// <summary>How many rows each one that was kept is compared with at least, in a list that has them.</summary>
    public const int FewestOthers = 8;

    private readonly float[] scores = new float[rows.Rows];

    public double Of(Booster booster, ushort[][] cells)
    {
        ArgumentNullException.ThrowIfNull(booster);
        ArgumentNullException.ThrowIfNull(cells);
        Array.Clear(scores);
        for (var feature = 0; feature < booster.Main.Length; feature++)
        {
            var table = Array.ConvertAll(booster.Main[feature], value => (float)value);
            var codes = rows.Codes[feature];
            for (var row = 0; row < codes.Length; row++)
            {
                scores[row] += table[codes[row]];
            }
        }

        for (var pair = 0; pair < cells.Length; pair++)
        {
            var (table, cellOf) = (booster.Tables[pair], cells[pair]);
            for (var row = 0; row < cellOf.Length; row++)
            {
                scores[row] += cellOf[row] == PairShape.NoCell ? 0 : (float)table[cellOf[row]];
            }
        }

        return Enumerable.Range(0, rows.Lists).Sum(OfList);
    }

    private double OfList(int list)
    {
        var (loss, weights) = (0.0, 0.0);
        var step = StepOf(rows.Label.AsSpan(rows.Start[list]..rows.Start[list + 1]));
        // Each begins one further than the last, so that all are looked at; rows are shuffled, so what stands a step away is drawn by chance.
        var first = 0;
        for (var better = rows.Start[list]; better < rows.Start[list + 1]; better++)
        {
            if (rows.Label[better] == 0)
            {
                continue;
            }

            for (var worse = rows.Start[list] + (first++ % step); worse < rows.Start[list + 1]; worse += step)
            {
                if (rows.Label[worse] < rows.Label[better])
                {
                    var weight = (Ndcg.GainOf(rows.Label[better]) - Ndcg.GainOf(rows.Label[worse])) * rows.Weight[better] * rows.Weight[worse];
                    var difference = scores[better] - scores[worse];
                    loss += weight * (difference < -20 ? -difference : Math.Log(1 + Math.Exp(-difference)));
                    weights += weight;
                }
            }
        }

        return weights > 0 ? loss / weights : 0;
    }

    /// <summary>1 compares each row that was kept with all others, n with every nth; with some others however long the list is.</summary>
    public static int StepOf(ReadOnlySpan<byte> labels)
    {
        var pairs = labels.Length * (long)(labels.Length - labels.Count((byte)0));
        return (int)Math.Max(1, Math.Min((pairs + MostPairs - 1) / MostPairs, labels.Length / FewestOthers));
    }
}
