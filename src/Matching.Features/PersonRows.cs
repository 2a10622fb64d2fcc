using Matching.Engine.Columns;
using Matching.Rules.People;
using Matching.Rules.Postings;

namespace Matching.Features;

/// <summary>What stays beside a person's row for the rules: facts of eligibility and certificates with their dates.</summary>
public readonly record struct PooledPerson(KeptEligibility Kept, CertificateSet Certificates)
{
    public EligibilityFacts Eligibility => Kept.ToFacts();
}

/// <summary>
/// The one coding of people into the engine's columns, used by serving and training alike. It reads <see cref="WorkProfile"/> and the dates
/// that bound a contract; identity, sex, age, residence as such and public criteria have no column.
/// </summary>
public sealed class PersonRows(Occupations occupations, Places places, SkillNumbers skills)
{
    public const int WantedSlots = 4;
    public const int HeldSlots = 6;
    public const int SkillSlots = 20;
    public const int MissionSlots = 3;

    /// <summary>The code of who wishes a contract without end; below it, the months wished; 0 when no wish is known.</summary>
    public const int WithoutEnd = 61;

    /// <summary>Months are coded one by one; the last step of the scale begins before 63.</summary>
    public const int MostMonths = 63;

    /// <summary>Recency 63 is "this month", one less per month since.</summary>
    public const int RecencyNow = 63;

    /// <summary>Days are numbered from here in the two-byte columns.</summary>
    public static readonly DateOnly FirstDay = new(2020, 1, 1);

    public static IReadOnlyList<string> MonthColumns { get; } = [.. Enumerable.Range(1, HeldSlots).Select(i => $"months_{i}")];

    public static IReadOnlyList<string> RecencyColumns { get; } = [.. Enumerable.Range(1, HeldSlots).Select(i => $"recency_{i}")];

    public static RowSchema Schema { get; } = new(
        ["mode", "limit", "shifts", "hours", "level", "french", "skill_count", "contract", .. MonthColumns, .. RecencyColumns],
        [
            new WideGroup("pool", 1), new WideGroup("commune", 1), new WideGroup("support", 1), new WideGroup("available", 1),
            new WideGroup("pass_end", 1), new WideGroup("checked", 1),
            new WideGroup("wanted", WantedSlots), new WideGroup("held", HeldSlots), new WideGroup("skill", SkillSlots),
            new WideGroup("mission", MissionSlots),
        ],
        ["needs"]);

    /// <summary>The rows of two days of one month are the same: only experience is read against the day, and it is counted in months.</summary>
    public static DateOnly CodedOn(DateOnly day) => new(day.Year, day.Month, 1);

    private static readonly int Mode = Schema.CodeColumn("mode");
    private static readonly int Limit = Schema.CodeColumn("limit");
    private static readonly int WorkedShifts = Schema.CodeColumn("shifts");
    private static readonly int Hours = Schema.CodeColumn("hours");
    private static readonly int Level = Schema.CodeColumn("level");
    private static readonly int French = Schema.CodeColumn("french");
    private static readonly int SkillCount = Schema.CodeColumn("skill_count");
    private static readonly int Contract = Schema.CodeColumn("contract");
    private static readonly int FirstMonths = Schema.CodeColumn(MonthColumns[0]);
    private static readonly int FirstRecency = Schema.CodeColumn(RecencyColumns[0]);
    private static readonly int Pool = Schema.Slots("pool").Start.Value;
    private static readonly int Commune = Schema.Slots("commune").Start.Value;
    private static readonly int Support = Schema.Slots("support").Start.Value;
    private static readonly int Available = Schema.Slots("available").Start.Value;
    private static readonly int PassEnd = Schema.Slots("pass_end").Start.Value;
    private static readonly int Checked = Schema.Slots("checked").Start.Value;
    private static readonly Range Wanted = Schema.Slots("wanted");
    private static readonly Range Held = Schema.Slots("held");
    private static readonly Range Skill = Schema.Slots("skill");
    private static readonly Range Mission = Schema.Slots("mission");

    /// <summary>Codes one person on one day.</summary>
    /// <param name="poolNumber">Number of the pool that published the person.</param>
    /// <param name="structureInseeCode">Where the accompanying structure is; null when unknown.</param>
    public Row<PooledPerson> Code(PublishedFacts person, ushort poolNumber, string? structureInseeCode, DateOnly day)
    {
        var work = person.Work;
        var codes = new byte[Schema.CodeColumns.Count];
        codes[Mode] = (byte)(1 + (int)work.Mobility.Mode);
        codes[Limit] = Travel.LimitCode(work.Mobility);
        codes[WorkedShifts] = work.Shifts == Shifts.None ? (byte)0 : (byte)(1 + (int)work.Shifts);
        codes[Hours] = (byte)Math.Clamp(work.WeeklyHours ?? 0, 0, 63);
        codes[Level] = (byte)(work.QualificationLevel ?? 0);
        codes[French] = (byte)(work.FrenchLevel ?? 0);
        codes[Contract] = (byte)(work.Contract is { } wish ? Math.Clamp(wish.Months ?? WithoutEnd, 1, WithoutEnd) : 0);
        codes[SkillCount] = (byte)Math.Min(work.Skills.Count, 63);

        var wide = new ushort[Schema.SlotCount];
        wide[Pool] = poolNumber;
        wide[Commune] = places.NumberOf(work.InseeCode);
        wide[Support] = places.NumberOf(structureInseeCode);
        wide[Available] = DayNumber(work.AvailableFrom);
        wide[PassEnd] = person.Eligibility.Pass is { } pass ? DayNumber(pass.LastDay) : (ushort)0;
        wide[Checked] = DayNumber(person.CheckedOn);
        Put(wide.AsSpan(Wanted), work.Wanted, occupations.NumberOf);
        Put(wide.AsSpan(Skill), CountedSkills(work), skills.NumberOf);
        Put(wide.AsSpan(Mission), GoodMissions(work, day), occupations.NumberOf);
        CodeExperiences(work, day, codes, wide.AsSpan(Held));
        return new Row<PooledPerson>(
            person.Id.Value, codes, wide, [WorkNeedBits.Of(work.WorkNeeds)], work.OwnWords ?? "",
            new PooledPerson(new KeptEligibility(person.Eligibility), CertificateSet.Of(work.Certificates)));
    }

    /// <summary>Two bytes for a day; days before 2020 are 1, a day after 2199 the last.</summary>
    public static ushort DayNumber(DateOnly day) => (ushort)Math.Clamp(day.DayNumber - FirstDay.DayNumber + 1, 1, ushort.MaxValue);

    /// <summary>The skills that are counted: the first ones, as many as there are slots.</summary>
    public static IReadOnlyList<string> CountedSkills(WorkProfile work) => work.Skills.Count <= SkillSlots ? work.Skills : [.. work.Skills.Take(SkillSlots)];

    // The last ones first; an old one says nothing any more.
    private static IReadOnlyList<RomeCode> GoodMissions(WorkProfile work, DateOnly day) => work.Past is not { } past
        ? []
        : [.. past.Missions.Where(one => (12 * (day.Year - one.End.Year)) + day.Month - one.End.Month <= GoodMission.MostMonthsAgo).OrderByDescending(one => one.End).Select(one => one.Rome).OfType<RomeCode>()];

    private void CodeExperiences(WorkProfile work, DateOnly day, byte[] codes, Span<ushort> slots)
    {
        var held = HeldExperience.Of(work, occupations, day);
        for (var slot = 0; slot < held.Count; slot++)
        {
            slots[slot] = held[slot].Number;
            codes[FirstMonths + slot] = (byte)Math.Clamp(held[slot].Months, 0, MostMonths);
            codes[FirstRecency + slot] = held[slot].MonthsAgo is { } ago ? (byte)Math.Max(1, RecencyNow - ago) : (byte)0;
        }
    }

    // Each number once, in the order given; what is not known has none; what does not fit is left out.
    private static void Put<T>(Span<ushort> slots, IReadOnlyList<T> values, Func<T, ushort> numberOf)
    {
        var used = 0;
        for (var at = 0; at < values.Count && used < slots.Length; at++)
        {
            if (numberOf(values[at]) is > 0 and var number && !slots[..used].Contains(number))
            {
                slots[used++] = number;
            }
        }
    }
}
