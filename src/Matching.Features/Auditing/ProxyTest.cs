namespace Matching.Features.Auditing;

/// <summary>Whether the criteria together tell a group that none of them states: naive Bayes fitted on every other list, judged on the rest.</summary>
public static class ProxyTest
{
    /// <summary>The chance that a member is told from another person; null when a side has nobody to be judged on.</summary>
    public static double? Auc(AuditedRows lists, string?[] values, string group)
    {
        ArgumentNullException.ThrowIfNull(lists);
        ArgumentNullException.ThrowIfNull(values);
        var tables = lists.Codes.Select(codes => new double[codes.Max() + 1]).ToArray();
        for (var feature = 0; feature < tables.Length; feature++)
        {
            Fit(lists, values, group, feature, tables[feature]);
        }

        var judged = Rows(lists, even: false).Where(row => values[row] is not null)
            .Select(row => (Score: tables.Select((table, feature) => table[lists.Codes[feature][row]]).Sum(), IsIn: values[row] == group)).OrderBy(it => it.Score).ToList();
        var (inside, outside) = (judged.Count(it => it.IsIn), judged.Count(it => !it.IsIn));
        return inside == 0 || outside == 0 ? null : (RankSum(judged) - (inside * (inside + 1.0) / 2)) / ((double)inside * outside);
    }

    private static void Fit(AuditedRows lists, string?[] values, string group, int feature, double[] table)
    {
        var (inside, outside) = (new double[table.Length], new double[table.Length]);
        foreach (var row in Rows(lists, even: true).Where(row => values[row] is not null))
        {
            (values[row] == group ? inside : outside)[lists.Codes[feature][row]]++;
        }

        var (insiders, outsiders) = (inside.Sum() + table.Length, outside.Sum() + table.Length);
        for (var code = 0; code < table.Length; code++)
        {
            table[code] = Math.Log((inside[code] + 1) / insiders) - Math.Log((outside[code] + 1) / outsiders);
        }
    }

    // Equal scores share the mean of their ranks.
    private static double RankSum(List<(double Score, bool IsIn)> sorted)
    {
        var sum = 0.0;
        for (int from = 0, to; from < sorted.Count; from = to)
        {
            for (to = from; to < sorted.Count && sorted[to].Score == sorted[from].Score;)
            {
                to++;
            }

            sum += sorted[from..to].Count(it => it.IsIn) * ((from + 1 + to) / 2.0);
        }

        return sum;
    }

    private static IEnumerable<int> Rows(AuditedRows lists, bool even) =>
        Enumerable.Range(0, lists.Count).Where(list => list % 2 == 0 == even).SelectMany(list => Enumerable.Range(lists.Start[list], lists.Length(list)));
}
