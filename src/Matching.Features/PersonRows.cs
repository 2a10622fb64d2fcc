using Matching.Engine.Columns;
using Matching.Rules.People;

namespace Matching.Features;

/// <summary>What stays beside a person's row for the rules: facts of eligibility and certificates with their dates.</summary>
public readonly record struct PooledPerson(EligibilityFacts Eligibility, CertificateSet Certificates);

/// <summary>
/// The one coding of people into the engine's columns, used by serving and training alike. It reads <see cref="WorkProfile"/> and the dates
/// that bound a contract; identity, sex, age, residence as such and public criteria have no column.
/// </summary>
public sealed class PersonRows(Occupations occupations, Places places, SkillNumbers skills)
{
    public const int WantedSlots = 4;
    public const int HeldSlots = 6;
    public const int SkillSlots = 20;

    /// <summary>Months are coded one by one; the last step of the scale begins before 63.</summary>
    public const int MostMonths = 63;

    /// <summary>Recency 63 is "this month", one less per month since.</summary>
    public const int RecencyNow = 63;

    /// <summary>Days are numbered from here in the two-byte columns.</summary>
    public static readonly DateOnly FirstDay = new(2020, 1, 1);

    public static IReadOnlyList<string> MonthColumns { get; } = [.. Enumerable.Range(1, HeldSlots).Select(i => $"months_{i}")];

    public static IReadOnlyList<string> RecencyColumns { get; } = [.. Enumerable.Range(1, HeldSlots).Select(i => $"recency_{i}")];

    public static RowSchema Schema { get; } = new(
        ["mode", "limit", "shifts", "hours", "level", "french", "skill_count", .. MonthColumns, .. RecencyColumns],
        [
            new WideGroup("pool", 1), new WideGroup("commune", 1), new WideGroup("support", 1), new WideGroup("available", 1),
            new WideGroup("pass_end", 1), new WideGroup("checked", 1),
            new WideGroup("wanted", WantedSlots), new WideGroup("held", HeldSlots), new WideGroup("skill", SkillSlots),
        ],
        ["needs"]);

    /// <summary>The rows of two days of one month are the same: only experience is read against the day, and it is counted in months.</summary>
    public static DateOnly CodedOn(DateOnly day) => new(day.Year, day.Month, 1);

    /// <summary>Codes one person on one day.</summary>
    /// <param name="poolNumber">Number of the pool that published the person.</param>
    /// <param name="structureInseeCode">Where the accompanying structure is; null when unknown.</param>
    public Row<PooledPerson> Code(Person person, ushort poolNumber, string? structureInseeCode, DateOnly day)
    {
        var work = person.Work;
        var codes = new byte[Schema.CodeColumns.Count];
        codes[Schema.CodeColumn("mode")] = (byte)(1 + (int)work.Mobility.Mode);
        codes[Schema.CodeColumn("limit")] = Travel.LimitCode(work.Mobility);
        codes[Schema.CodeColumn("shifts")] = work.Shifts == Shifts.None ? (byte)0 : (byte)(1 + (int)work.Shifts);
        codes[Schema.CodeColumn("hours")] = (byte)Math.Clamp(work.WeeklyHours ?? 0, 0, 63);
        codes[Schema.CodeColumn("level")] = (byte)(work.QualificationLevel ?? 0);
        codes[Schema.CodeColumn("french")] = (byte)(work.FrenchLevel ?? 0);
        codes[Schema.CodeColumn("skill_count")] = (byte)Math.Min(work.Skills.Count, 63);

        var wide = new ushort[Schema.SlotCount];
        Put(wide, "pool", [poolNumber]);
        Put(wide, "commune", [places.NumberOf(work.InseeCode)]);
        Put(wide, "support", [places.NumberOf(structureInseeCode)]);
        Put(wide, "available", [DayNumber(work.AvailableFrom)]);
        Put(wide, "pass_end", [person.Eligibility.Pass is { } pass ? DayNumber(pass.LastDay) : (ushort)0]);
        Put(wide, "checked", [DayNumber(person.CheckedOn)]);
        Put(wide, "wanted", work.Wanted.Select(occupations.NumberOf));
        Put(wide, "skill", CountedSkills(work).Select(skills.NumberOf));
        CodeExperiences(work, day, codes, wide);
        return new Row<PooledPerson>(
            person.Id.Value, codes, wide, [WorkNeedBits.Of(work.WorkNeeds)], work.OwnWords ?? "",
            new PooledPerson(person.Eligibility, CertificateSet.Of(work.Certificates)));
    }

    /// <summary>Two bytes for a day; days before 2020 are 1, a day after 2199 the last.</summary>
    public static ushort DayNumber(DateOnly day) => (ushort)Math.Clamp(day.DayNumber - FirstDay.DayNumber + 1, 1, ushort.MaxValue);

    /// <summary>The skills that are counted: the first ones, as many as there are slots.</summary>
    public static IEnumerable<string> CountedSkills(WorkProfile work) => work.Skills.Take(SkillSlots);

    private void CodeExperiences(WorkProfile work, DateOnly day, byte[] codes, ushort[] wide)
    {
        var held = HeldExperience.Of(work, occupations, day);
        Put(wide, "held", held.Select(same => same.Number));
        for (var slot = 0; slot < held.Count; slot++)
        {
            codes[Schema.CodeColumn(MonthColumns[slot])] = (byte)Math.Clamp(held[slot].Months, 0, MostMonths);
            codes[Schema.CodeColumn(RecencyColumns[slot])] = held[slot].MonthsAgo is { } ago ? (byte)Math.Max(1, RecencyNow - ago) : (byte)0;
        }
    }

    private static void Put(ushort[] wide, string group, IEnumerable<ushort> values)
    {
        var (first, count) = Schema.Slots(group).GetOffsetAndLength(wide.Length);
        var slot = 0;
        foreach (var value in values.Where(value => value != 0).Distinct().Take(count))
        {
            wide[first + slot++] = value;
        }
    }
}
