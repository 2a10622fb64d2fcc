using Matching.Rules.People;

namespace Matching.Features;

/// <summary>The time a person spent in one occupation, as it is counted: by the columns and by the sentences alike.</summary>
/// <param name="MonthsAgo">Months since the last spell ended; null when its end is not said.</param>
public sealed record HeldExperience(ushort Number, Matching.Rules.Postings.RomeCode Rome, int Months, int? MonthsAgo)
{
    /// <summary>What ended longer ago than this is not counted (40-ranking: last ten years).</summary>
    public const int CountedMonthsBack = 120;

    /// <summary>One entry an occupation, the longest first, at most <see cref="PersonRows.HeldSlots"/>: what does not fit is what matters least.</summary>
    public static IReadOnlyList<HeldExperience> Of(WorkProfile work, Occupations occupations, DateOnly day) =>
    [
        .. work.Experiences
            .Where(spell => spell.Rome is not null && !(MonthsSince(spell.End, day) > CountedMonthsBack))
            .GroupBy(spell => spell.Rome!.Value)
            .Select(same => new HeldExperience(
                occupations.NumberOf(same.Key), same.Key, same.Sum(spell => spell.Months), same.Min(spell => MonthsSince(spell.End, day))))
            .Where(same => same.Number != 0)
            .OrderByDescending(same => same.Months).ThenBy(same => same.Number)
            .Take(PersonRows.HeldSlots),
    ];

    private static int? MonthsSince(DateOnly? end, DateOnly day) =>
        end is { } month ? Math.Max(0, ((day.Year - month.Year) * 12) + day.Month - month.Month) : null;
}
