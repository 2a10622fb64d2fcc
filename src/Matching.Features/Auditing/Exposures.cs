namespace Matching.Features.Auditing;

/// <summary>Who stands where people look.</summary>
public static class Exposures
{
    public static double Of(int rank) => 1 / Math.Log2(rank + 1);

    /// <summary>The group's mean exposure over that of the others.</summary>
    public static double? Ratio(int[] ranks, bool[] isIn, bool[] isKnown) => Ratio(ranks, isIn, isKnown, _ => true);

    /// <summary>Among people who went as far; steps where one side has fewer than the fewest that may be shown are left out.</summary>
    public static double? RatioAtEqualMerit(AuditedRows lists, bool[] isIn, bool[] isKnown)
    {
        ArgumentNullException.ThrowIfNull(lists);
        ArgumentNullException.ThrowIfNull(isIn);
        ArgumentNullException.ThrowIfNull(isKnown);
        var (sum, members) = (0.0, 0);
        foreach (var label in lists.Merit.Distinct().Order())
        {
            var inside = Enumerable.Range(0, lists.Rows).Count(row => isIn[row] && lists.Merit[row] == label);
            var outside = Enumerable.Range(0, lists.Rows).Count(row => !isIn[row] && isKnown[row] && lists.Merit[row] == label);
            if (inside >= Audit.FewestShown && outside >= Audit.FewestShown && Ratio(lists.Rank, isIn, isKnown, row => lists.Merit[row] == label) is { } ratio)
            {
                sum += inside * ratio;
                members += inside;
            }
        }

        return members == 0 ? null : sum / members;
    }

    /// <summary>Mean over lists that hold the group, and are longer than the cut, of log(share among the first / share of the list); half a person is added to both shares.</summary>
    public static double? Skew(AuditedRows lists, bool[] isIn, bool[] isKnown, int cut)
    {
        ArgumentNullException.ThrowIfNull(lists);
        ArgumentNullException.ThrowIfNull(isIn);
        ArgumentNullException.ThrowIfNull(isKnown);
        var skews = new List<double>();
        for (var list = 0; list < lists.Count; list++)
        {
            var rows = Enumerable.Range(lists.Start[list], lists.Length(list)).Where(row => isKnown[row]).ToList();
            var first = rows.Where(row => lists.Rank[row] <= cut).ToList();
            if (rows.Count > cut && first.Count > 0 && rows.Any(row => isIn[row]))
            {
                skews.Add(Math.Log((first.Count(row => isIn[row]) + 0.5) / (first.Count + 1)) - Math.Log((rows.Count(row => isIn[row]) + 0.5) / (rows.Count + 1)));
            }
        }

        return skews.Count == 0 ? null : skews.Average();
    }

    /// <summary>Normalised discounted divergence of every head of a list from the whole list, mean over lists with two groups at least.</summary>
    public static double? Ndkl(AuditedRows lists, string?[] values)
    {
        ArgumentNullException.ThrowIfNull(lists);
        ArgumentNullException.ThrowIfNull(values);
        var found = new List<double>();
        for (var list = 0; list < lists.Count; list++)
        {
            var ordered = Enumerable.Range(lists.Start[list], lists.Length(list)).Where(row => values[row] is not null).OrderBy(row => lists.Rank[row]).Select(row => values[row]!).ToList();
            var whole = ordered.GroupBy(it => it, StringComparer.Ordinal).ToDictionary(same => same.Key, same => same.Count() / (double)ordered.Count, StringComparer.Ordinal);
            if (whole.Count < 2)
            {
                continue;
            }

            var seen = whole.Keys.ToDictionary(name => name, _ => 0, StringComparer.Ordinal);
            var (sum, weights) = (0.0, 0.0);
            for (var head = 1; head <= ordered.Count; head++)
            {
                seen[ordered[head - 1]]++;
                var divergence = seen.Where(it => it.Value > 0).Sum(it => it.Value / (double)head * Math.Log(it.Value / (double)head / whole[it.Key]));
                (sum, weights) = (sum + (Of(head) * divergence), weights + Of(head));
            }

            found.Add(sum / weights);
        }

        return found.Count == 0 ? null : found.Average();
    }

    private static double? Ratio(int[] ranks, bool[] isIn, bool[] isKnown, Func<int, bool> counts)
    {
        var (inside, insiders, outside, outsiders) = (0.0, 0, 0.0, 0);
        for (var row = 0; row < ranks.Length; row++)
        {
            if (!isKnown[row] || !counts(row))
            {
                continue;
            }

            if (isIn[row])
            {
                (inside, insiders) = (inside + Of(ranks[row]), insiders + 1);
            }
            else
            {
                (outside, outsiders) = (outside + Of(ranks[row]), outsiders + 1);
            }
        }

        return insiders == 0 || outsiders == 0 ? null : inside / insiders / (outside / outsiders);
    }
}
