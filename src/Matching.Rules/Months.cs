namespace Matching.Rules;

/// <summary>Whole months as a contract counts them.</summary>
public static class Months
{
    /// <summary>
    /// The last of so many months that begin on <paramref name="first"/>: the day before the same day that many months later (24 months from
    /// 01/01 end on 31/12); where that month lacks the day (29 February), the first of the next counts as it.
    /// </summary>
    public static DateOnly LastDay(DateOnly first, int months)
    {
        var sameDay = first.AddMonths(months);
        return sameDay.Day < first.Day ? sameDay : sameDay.AddDays(-1);
    }
}
