using Matching.Rules.People;

namespace Matching.Features;

/// <summary>The time a person spent in one occupation, as it is counted: by the columns and by the sentences alike.</summary>
/// <param name="MonthsAgo">Months since the last spell ended; null when its end is not said.</param>
public sealed record HeldExperience(ushort Number, Matching.Rules.Postings.RomeCode Rome, int Months, int? MonthsAgo)
{
    /// <summary>What ended longer ago than this is not counted (40-ranking: last ten years).</summary>
    public const int CountedMonthsBack = 120;

    /// <summary>One entry an occupation, the longest first, at most <see cref="PersonRows.HeldSlots"/>: what does not fit is what matters least.</summary>
    public static IReadOnlyList<HeldExperience> Of(WorkProfile work, Occupations occupations, DateOnly day)
    {
        var held = new List<HeldExperience>(work.Experiences.Count);
        foreach (var spell in work.Experiences)
        {
            var ago = MonthsSince(spell.End, day);
            if (spell.Rome is not { } rome || ago > CountedMonthsBack || occupations.NumberOf(rome) is not (> 0 and var number))
            {
                continue;
            }

            // The last spell says how recent it is; a spell whose end is not said says nothing of it.
            var at = held.FindIndex(same => same.Number == number);
            if (at < 0)
            {
                held.Add(new HeldExperience(number, rome, spell.Months, ago));
            }
            else
            {
                var same = held[at];
                held[at] = same with { Months = same.Months + spell.Months, MonthsAgo = ago < same.MonthsAgo ? ago : same.MonthsAgo ?? ago };
            }
        }

        held.Sort((one, other) => one.Months != other.Months ? other.Months.CompareTo(one.Months) : one.Number.CompareTo(other.Number));
        return held.Count <= PersonRows.HeldSlots ? held : held[..PersonRows.HeldSlots];
    }

    private static int? MonthsSince(DateOnly? end, DateOnly day) =>
        end is { } month ? Math.Max(0, ((day.Year - month.Year) * 12) + day.Month - month.Month) : null;
}
