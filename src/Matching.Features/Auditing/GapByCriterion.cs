namespace Matching.Features.Auditing;

/// <summary>
/// Where a difference of scores comes from: since a score is a sum, the mean difference between a group and the others of the same list is exactly
/// the sum of the same difference criterion by criterion. No approximation, and no order in which criteria are taken.
/// </summary>
public static class GapByCriterion
{
    /// <summary>The largest parts first. Lists where one side is absent say nothing; each list counts by its members of the group.</summary>
    public static IReadOnlyList<GapPart> Of(AuditedRows rows, bool[] isIn, bool[] isKnown)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return [.. rows.Parts.Select(part => new GapPart(part.Name, Difference(rows, part.Points, isIn, isKnown))).OrderByDescending(part => Math.Abs(part.Points)).ThenBy(part => part.Name, StringComparer.Ordinal)];
    }

    public static double Difference(AuditedRows rows, int[] scores, bool[] isIn, bool[] isKnown)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(scores);
        ArgumentNullException.ThrowIfNull(isIn);
        ArgumentNullException.ThrowIfNull(isKnown);
        var (sum, members) = (0.0, 0);
        for (var list = 0; list < rows.Count; list++)
        {
            var (inside, insiders, outside, outsiders) = (0L, 0, 0L, 0);
            for (var row = rows.Start[list]; row < rows.Start[list + 1]; row++)
            {
                if (isIn[row])
                {
                    (inside, insiders) = (inside + scores[row], insiders + 1);
                }
                else if (isKnown[row])
                {
                    (outside, outsiders) = (outside + scores[row], outsiders + 1);
                }
            }

            if (insiders > 0 && outsiders > 0)
            {
                sum += inside - (insiders * (outside / (double)outsiders));
                members += insiders;
            }
        }

        return members == 0 ? 0 : sum / members;
    }
}
