using Bogus;

namespace Matching.Lab.Sample;

/// <summary>The trade side of a person: main occupation, others near it, past jobs, skills.</summary>
public sealed record WorkLife(
    Occupation Main, IReadOnlyList<Occupation> Others, IReadOnlyList<string> Wanted, IReadOnlyList<PastJob> Jobs, int MainMonths, IReadOnlyList<string> Skills)
{
    public static WorkLife Draw(Randomizer random, OccupationBook book, string family, bool isWoman, int age, DateOnly day)
    {
        ArgumentNullException.ThrowIfNull(random);
        ArgumentNullException.ThrowIfNull(book);
        var main = random.Weighted([.. book.Occupations.Where(o => o.Family == family)], o => PoolShape.Wanted.GetValueOrDefault(o.Code, 1));
        var others = DrawOthers(random, book, main);
        var worked = DrawWorked(random, book, main, others);
        var jobs = DrawJobs(random, worked, isWoman, age, day);
        var mainMonths = jobs.Where(j => j.Occupation == main).Sum(j => j.Job.Months);
        return new(
            main, others,
            [.. others.Prepend(main).Select(o => Written(random, o, isWoman, 0.28))],
            [.. jobs.Select(j => j.Job)],
            mainMonths,
            DrawSkills(random, book, main, others, mainMonths));
    }

    /// <summary>A code, or a title of that occupation with the probability given: people write both.</summary>
    private static string Written(Randomizer random, Occupation occupation, bool isWoman, double titleShare) =>
        random.Chance(titleShare) ? Title.For(random.OneOf(occupation.Titles), isWoman) : occupation.Code;

    /// <summary>None, one or two other occupations: same family or a near step.</summary>
    private static List<Occupation> DrawOthers(Randomizer random, OccupationBook book, Occupation main)
    {
        var steps = book.Mobilities.Where(m => m.From == main.Parent).Select(m => m.To).ToHashSet(StringComparer.Ordinal);
        var near = book.Occupations.Where(o => o != main && (o.Parent == main.Parent || steps.Contains(o.Parent))).ToList();
        var count = random.Weighted([(0, 36.0), (1, 40.0), (2, 24.0)], c => c.Item2).Item1;
        return [.. random.Some(near, count)];
    }

    /// <summary>The occupations worked in, latest first; some people come from another trade altogether.</summary>
    private static List<Occupation> DrawWorked(Randomizer random, OccupationBook book, Occupation main, List<Occupation> others)
    {
        var worked = new List<Occupation>();
        if (random.Chance(0.72))
        {
            worked.Add(main);
        }

        worked.AddRange(others.Where(_ => random.Chance(0.45)));
        if (random.Chance(0.22))
        {
            worked.Add(random.OneOf(book.Occupations));
        }

        return [.. worked.Distinct()];
    }

    /// <summary>Jobs one before the other, none before the year of the person's sixteenth birthday.</summary>
    private static List<(Occupation Occupation, PastJob Job)> DrawJobs(Randomizer random, List<Occupation> worked, bool isWoman, int age, DateOnly day)
    {
        var jobs = new List<(Occupation, PastJob)>();
        var monthsLeft = (age - 16) * 12;
        var end = day.AddMonths(-random.MostlySmall(1, 40));
        foreach (var occupation in worked)
        {
            monthsLeft -= (day.Year - end.Year) * 12 + day.Month - end.Month;
            var months = Math.Min(random.MostlySmall(2, age < 26 ? 22 : 130), monthsLeft);
            if (months < 1)
            {
                break;
            }

            jobs.Add((occupation, new(Written(random, occupation, isWoman, 0.34), months, end)));
            var before = end.AddMonths(-months - random.MostlySmall(1, 24));
            monthsLeft = (age - 16) * 12;
            end = before;
        }

        return jobs;
    }

    private static List<string> DrawSkills(Randomizer random, OccupationBook book, Occupation main, List<Occupation> others, int mainMonths)
    {
        var own = book.Skills[main.Parent];
        var count = Math.Min(own.Count, random.Int(0, 2) + 1 + Math.Min(4, mainMonths / 9));
        var skills = new List<string>(random.Some(own, count));
        foreach (var other in others)
        {
            skills.AddRange(random.Some(book.Skills[other.Parent], random.Int(0, 2)));
        }

        return [.. skills.Distinct()];
    }
}
