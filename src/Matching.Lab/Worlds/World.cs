using Matching.Features;
using Matching.Lab.Lists;

namespace Matching.Lab.Worlds;

/// <summary>Lists drawn from a world, with what no file tells.</summary>
/// <param name="ExpectedGain">By row: what ranking by the truth would go by, the mean of 2^label − 1 over the noise of the decisions.</param>
/// <param name="Groups">By row.</param>
/// <param name="People">By row, see <see cref="Scenery"/>.</param>
/// <param name="Accepts">By row: the chance that the person takes the post when it is offered.</param>
public sealed record DrawnLists(RankedLists Lists, double[] ExpectedGain, bool[] Groups, int[] People, double[] Accepts)
{
    /// <summary>Only the lists that are named by their number, in that order.</summary>
    public DrawnLists Only(IReadOnlyList<int> lists)
    {
        ArgumentNullException.ThrowIfNull(lists);
        var rows = lists.SelectMany(list => Enumerable.Range(Lists.Start[list], Lists.Length(list))).ToArray();
        T[] Pick<T>(T[] column) => Array.ConvertAll(rows, row => column[row]);
        return new DrawnLists(Lists.Only(lists), Pick(ExpectedGain), Pick(Groups), Pick(People), Pick(Accepts));
    }
}

/// <summary>A world: what it was drawn with decides all that comes out of it.</summary>
public sealed class World
{
    private const int Employers = 60;
    private const double Preselected = 0.16;

    private readonly WorldFamily family;
    private readonly IScene scene;
    private readonly EmployerMind[] minds;
    private readonly Worth worth;
    private readonly Exposure exposure;

    public World(WorldFamily family, int seed, RankerModel prior)
    {
        ArgumentNullException.ThrowIfNull(family);
        this.family = family;
        var chance = new Chance(Chance.SeedOf(family.Name, seed));
        scene = family.Scene == Scene.Trade ? new TradeScene(family, chance, CatalogueSpecs.Of(prior)) : new NamelessScene(family, chance);
        minds = [.. Enumerable.Range(0, Employers).Select(_ => new EmployerMind(chance, family.Prejudice))];
        worth = new Worth(family.Form, chance);
        exposure = new Exposure(family, scene.Features, chance);
    }

    public IReadOnlyList<FeatureSpec> Features => scene.Features;

    /// <summary>Lists as a service would have logged them: only opened rows could be kept.</summary>
    /// <param name="part">Names this draw; another part of the same world has other people and postings, the same minds.</param>
    public DrawnLists Shown(string part, int seed, int count) => Draw(part, seed, count, everythingOpened: false);

    /// <summary>Lists on which every row was looked at: what a model is measured on.</summary>
    public DrawnLists Judged(string part, int seed, int count) => Draw(part, seed, count, everythingOpened: true);

    private DrawnLists Draw(string part, int seed, int count, bool everythingOpened)
    {
        var chance = new Chance(Chance.SeedOf($"{family.Name}/{part}", seed));
        var rows = new List<DrawnRow>();
        var (start, employer) = (new int[count + 1], new int[count]);
        for (var list = 0; list < count; list++)
        {
            employer[list] = Math.Min(chance.Index(Employers), chance.Index(Employers));
            rows.AddRange(DrawList(chance, employer[list], everythingOpened));
            start[list + 1] = rows.Count;
        }

        var lists = new RankedLists
        {
            Features = scene.Features,
            ListIds = [.. Enumerable.Range(0, count).Select(list => $"{family.Name}-{part}-{list + 1}")],
            Posting = [.. Enumerable.Range(0, count)],
            Employer = employer,
            Day = [.. Enumerable.Range(0, count).Select(list => list / 3)],
            Start = start,
            FileRow = [.. Enumerable.Range(0, rows.Count)],
            RankShown = [.. rows.Select(row => row.Rank)],
            Opened = [.. rows.Select(row => row.Opened)],
            Label = [.. rows.Select(row => (byte)row.Label)],
            Wanted = [.. rows.Select(row => row.Wanted)],
            Codes = [.. scene.Features.Select((_, feature) => rows.Select(row => row.Codes[feature]).ToArray())],
        };
        return new DrawnLists(lists, [.. rows.Select(row => row.Gain)], [.. rows.Select(row => row.Group)], [.. rows.Select(row => row.Person)], [.. rows.Select(row => row.Accepts)]);
    }

    private sealed record DrawnRow(byte[] Codes, int Rank, bool Opened, int Label, bool? Wanted, double Gain, bool Group, int Person, double Accepts);

    private IEnumerable<DrawnRow> DrawList(Chance chance, int employer, bool everythingOpened)
    {
        var scenery = scene.Draw(chance, Math.Max(5, (int)(family.Shown * chance.Between(0.5, 1.5))));
        var mind = minds[employer];
        var (steps, accepts) = StepsOf(scenery, mind);
        var order = exposure.Order(scenery, steps, chance);
        var (labels, wanted) = (new int[order.Length], new bool?[order.Length]);
        foreach (var row in order)
        {
            (labels[row], wanted[row]) = Outcome(steps[row], accepts[row], chance);
        }

        var opened = everythingOpened ? [.. Enumerable.Repeat(true, order.Length)] : exposure.Opened(order, scenery, labels, chance);
        for (var rank = 0; rank < order.Length; rank++)
        {
            var row = order[rank];
            yield return new DrawnRow(scenery.Codes[row], rank + 1, opened[row], opened[row] ? labels[row] : 0, opened[row] ? wanted[row] : null, Gain(steps[row]), scenery.Groups[row], scenery.People[row], accepts[row]);
        }
    }

    // For each row, the chances of passing each step once the one before is passed; and that the person takes the post.
    private (double[][] Steps, double[] Accepts) StepsOf(Scenery scenery, EmployerMind mind)
    {
        var employer = Standardised([.. scenery.Truth.Select((truth, row) => worth.Of(truth, mind, scenery.IsHard))]);
        for (var row = 0; row < employer.Length; row++)
        {
            employer[row] -= scenery.Groups[row] ? mind.Prejudice : 0;
        }

        // The facilitator sees the same worth, with a mind for those who need the post; the person wants a way there and a wish.
        var facilitator = Standardised([.. scenery.Truth.Select((truth, row) => (0.8 * employer[row]) + (family.Form == UtilityForm.Reciprocal ? 1.6 * truth[Truths.Will] * truth[Truths.Reach] : 0.4 * truth[Truths.Will]))]);
        var bar = facilitator.Order().ElementAt((int)((1 - Preselected) * (facilitator.Length - 1)));
        double[] accepts = [.. scenery.Truth.Select(truth =>
        {
            var person = family.Form == UtilityForm.Reciprocal ? Math.Min(truth[Truths.Will], truth[Truths.Reach]) : truth[Truths.Will];
            return 1 / (1 + Math.Exp(-8 * (person - (family.Form == UtilityForm.Reciprocal ? 0.45 : 0.2))));
        })];
        return ([.. scenery.Truth.Select((truth, row) => new[]
        {
            Passes(facilitator[row] - bar),
            Passes(employer[row] - (0.6 * bar)),
            Passes(employer[row] - bar) * accepts[row],
            0.25 + (0.6 * truth[Truths.Stamina]),
        })], accepts);
    }

    private double Passes(double margin) => 1 / (1 + Math.Exp(-1.7 * margin / family.Noise));

    // How far it goes, and what is known of the person's wish: nothing before the interview, yes for who came to it, unless they then say no.
    private static (int Label, bool? Wanted) Outcome(double[] steps, double accepts, Chance chance)
    {
        const int Interviewed = 2;
        var label = 0;
        while (label < steps.Length)
        {
            var drawn = chance.Share();
            if (drawn >= steps[label])
            {
                return (label, label < Interviewed ? null : label > Interviewed || WantsIt(drawn, steps[Interviewed] / accepts, accepts));
            }

            label++;
        }

        return (label, true);
    }

    // After an interview without a hire, one of both said no. The draw that decided the hire says who, so that no other draw moves: under the chance
    // that the employer says yes it was the person; beyond it the employer did not, and a person who would not have come either spoke first half the times.
    private static bool WantsIt(double drawn, double employerTakes, double accepts)
    {
        if (drawn < employerTakes)
        {
            return false;
        }

        var rest = (drawn - employerTakes) / (1 - employerTakes);
        return rest < accepts + ((1 - accepts) / 2);
    }

    private static double Gain(double[] steps)
    {
        var (gain, reached) = (0.0, 1.0);
        for (var label = 1; label <= steps.Length; label++)
        {
            reached *= steps[label - 1];
            gain += reached * (Ndcg.GainOf(label) - Ndcg.GainOf(label - 1));
        }

        return gain;
    }

    private static double[] Standardised(double[] values)
    {
        var mean = values.Average();
        var spread = Math.Sqrt(values.Average(value => (value - mean) * (value - mean))) + 1e-9;
        return [.. values.Select(value => (value - mean) / spread)];
    }
}
