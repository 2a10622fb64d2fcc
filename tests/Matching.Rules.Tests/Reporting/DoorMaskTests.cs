using Matching.Rules.Reporting;

namespace Matching.Rules.Tests.Reporting;

public sealed class DoorMaskTests
{
    private const string Attribute = "sexe";
    private static readonly string[] Rules = ["public", "certificat"];
    private static readonly string[] Groups = ["A", "B", "C", "D"];

    /// <summary>Whom a posting looked at: the group of each person, and after how many rules they were still there.</summary>
    private sealed record Looked(PostingId Posting, RankedListId List, IReadOnlyList<(int Person, string Group, int Passed)> People)
    {
        public DoorCounts Counts { get; } = new(Posting, List, Rules, new Dictionary<string, IReadOnlyDictionary<string, int[]>>
        {
            [Attribute] = People.GroupBy(it => it.Group).ToDictionary(same => same.Key, same => Enumerable.Range(0, Rules.Length + 1).Select(step => same.Count(it => it.Passed >= step)).ToArray()),
        });
    }

    private static IEnumerable<string>? Masked(IReadOnlyList<DoorCounts> doors, IReadOnlyList<FairnessCase> shown, params PublishedDoors[] earlier) =>
        DoorMasks.Of(doors, shown, earlier).Attributes.GetValueOrDefault(Attribute)?.Masked;

    private static Looked Of(params (string Group, int[] Left)[] groups)
    {
        var (people, next) = (new List<(int, string, int)>(), 0);
        foreach (var (group, left) in groups)
        {
            people.AddRange(Enumerable.Range(0, left[0]).Select(at => (next++, group, left.Count(count => at < count) - 1)));
        }

        return new Looked(PostingId.New(), RankedListId.New(), people);
    }

    [Theory]
    [Trait("règle", "equite.effectifs-masques")]
    [InlineData(new[] { 20, 10, 5 }, new[] { 0, 1, 2 }, false)]
    [InlineData(new[] { 20, 10, 0 }, new[] { 0, 1, 2 }, false)]
    [InlineData(new[] { 20, 20, 20 }, new[] { 0, 1, 2 }, false)]
    [InlineData(new[] { 20, 18, 5 }, new[] { 0, 2 }, false)]
    [InlineData(new[] { 20, 10, 4 }, new[] { 0, 1, 2 }, true)]
    [InlineData(new[] { 4, 4, 4 }, new[] { 0, 1, 2 }, true)]
    public void Rules_are_joined_or_a_group_masked_where_one_to_four_of_it_are_looked_at_shut_out_or_left(int[] left, int[] steps, bool isMasked)
    {
        var looked = Of(("A", left), ("B", [60, 30, 15]), ("C", [90, 60, 30]), ("D", [90, 60, 30]));
        var mask = DoorMasks.Of([looked.Counts], [], []).Attributes[Attribute];
        Assert.Equal(steps, mask.Steps);
        Assert.Equal(isMasked ? ["A", "B"] : [], mask.Masked);
    }

    [Fact]
    public void When_all_groups_together_are_a_few_nothing_is_told()
    {
        Assert.Null(DoorMasks.Of([Of(("A", [2, 1, 1]), ("B", [2, 1, 0])).Counts], [], []).All);
        Assert.Null(DoorMasks.Of([], [], []).All);
        Assert.Empty(DoorMasks.Of([Of(("A", [20, 20, 2]), ("B", [20, 20, 3])).Counts], [], []).Attributes);
    }

    [Fact]
    public void The_same_few_people_in_front_of_three_postings_are_still_a_few()
    {
        var postings = Enumerable.Range(0, 3).Select(_ => Of(("A", [3, 3, 3]), ("B", [60, 30, 15]), ("C", [90, 60, 30])).Counts).ToList();
        Assert.Equal(["A", "B"], Masked(postings, []));
    }

    [Fact]
    public void A_few_who_passed_and_were_not_shown_are_masked()
    {
        var looked = Of(("A", [20, 14, 8]), ("B", [60, 30, 15]), ("C", [90, 60, 30]));
        IReadOnlyList<FairnessCase> Shown(int ofA) => [.. Enumerable.Range(0, ofA).Select(_ => new FairnessCase(PersonId.New(), looked.Posting, new Dictionary<string, string> { [Attribute] = "A" }, []))];
        Assert.Equal([], Masked([looked.Counts], Shown(8)));
        Assert.Equal(["A", "B"], Masked([looked.Counts], Shown(6)));
    }

    [Fact]
    public void A_group_masked_in_a_published_audit_stays_masked_while_a_list_is_in_both()
    {
        var (first, second, other) = (Of(("A", [3, 3, 3]), ("B", [60, 30, 15]), ("C", [90, 60, 30])), Of(("A", [50, 40, 30]), ("B", [60, 30, 15]), ("C", [90, 60, 30])), Of(("A", [50, 40, 30]), ("B", [60, 30, 15]), ("C", [90, 60, 30])));
        var published = DoorMasks.Of([first.Counts], [], []);
        Assert.Equal(["A", "B"], published.Attributes[Attribute].Masked);
        Assert.Equal([], Masked([first.Counts, second.Counts], []));
        Assert.Equal(["A", "B"], Masked([first.Counts, second.Counts], [], published));
        Assert.Equal([], Masked([second.Counts, other.Counts], [], published));
    }

    [Fact]
    public void By_brute_force_no_sum_nor_difference_of_what_audits_print_stands_for_one_to_four_people()
    {
        var (shown, masked, silent, unguarded) = (0, 0, 0, 0);
        for (var seed = 0; seed < 200; seed++)
        {
            var random = new Random(seed);
            var looked = Enumerable.Range(0, 3).Select(_ => Draw(random, PostingId.New())).ToList();
            // Then a new posting comes, one is looked at again with a few changes, or one leaves.
            var later = (seed % 3) switch { 0 => [.. looked, Draw(random, PostingId.New())], 1 => [Changed(random, looked[0]), looked[1], looked[2]], _ => looked.Skip(1).ToList() };
            var once = DoorMasks.Of([.. looked.Select(it => it.Counts)], [], []);
            var again = DoorMasks.Of([.. later.Select(it => it.Counts)], [], [once]);
            Assert.Empty(Faults(seed, (looked, once), (later, again)));
            unguarded += Faults(seed, (looked, once), (later, DoorMasks.Of([.. later.Select(it => it.Counts)], [], []))).Count();
            foreach (var mask in new[] { once, again }.Select(published => published.Attributes.GetValueOrDefault(Attribute)))
            {
                silent += mask is null ? 1 : 0;
                shown += mask is null ? 0 : Groups.Length - mask.Masked.Count;
                masked += mask?.Masked.Count ?? 0;
            }
        }

        Assert.True(shown > 200 && masked > 200 && silent < 300, $"{shown} shown, {masked} masked, {silent} silent");
        Assert.True(unguarded > 0, "An audit that ignores the one before would tell as little.");
    }

    private static Looked Draw(Random random, PostingId posting)
    {
        // The same people stand in front of every posting: forty of them, more or less, in each group.
        var people = Groups.SelectMany((group, at) => Enumerable.Range(0, random.Next(4) == 0 ? random.Next(0, 8) : random.Next(20, 41))
            .Select(nth => ((at * 100) + nth, group, random.Next(3) == 0 ? random.Next(3) : at % 2 == 0 ? 2 : random.Next(3)))).ToList();
        return new Looked(posting, RankedListId.New(), people);
    }

    private static Looked Changed(Random random, Looked looked) =>
        new(looked.Posting, RankedListId.New(), [.. looked.People.Select(it => random.Next(30) == 0 ? it with { Passed = random.Next(3) } : it).Where(_ => random.Next(40) > 0)]);

    // Everything a reader can add and subtract: all unions of the groups told apart, at any step or between two, in one audit or between both.
    private static IEnumerable<string> Faults(int seed, params (IReadOnlyList<Looked> Looked, PublishedDoors Published)[] audits)
    {
        var known = audits.Select(audit => Known(audit.Published).ToHashSet()).ToList();
        for (var at = 0; at < audits.Length; at++)
        {
            foreach (var (union, from, to) in known[at])
            {
                var people = Between(audits[at].Looked, union, (from, to));
                if (IsFew(people))
                {
                    yield return $"seed {seed}, audit {at}, {union}, {from} to {to}";
                }

                if (at > 0 && known[0].Contains((union, from, to)) && Between(audits[0].Looked, union, (from, to)) is var before && before.Count != people.Count
                    && IsFew([.. before.Except(people).Concat(people.Except(before))]))
                {
                    yield return $"seed {seed}, between audits, {union}, {from} to {to}";
                }
            }
        }
    }

    private static IEnumerable<(string Union, int From, int To)> Known(PublishedDoors published)
    {
        if (published.All is not { } all)
        {
            return [];
        }

        var byGroup = published.Attributes.TryGetValue(Attribute, out var mask) ? Unions(mask.Masked).SelectMany(union => Spans(mask.Steps).Select(span => (union, span.From, span.To))) : [];
        return byGroup.Concat(Spans(all.Steps).Select(span => (string.Concat(Groups), span.From, span.To)));
    }

    // To one more than the rules there are: whoever passed them all.
    private static IEnumerable<(int From, int To)> Spans(IReadOnlyList<int> steps) =>
        steps.Append(Rules.Length + 1).SelectMany(to => steps.Where(from => from < to).Select(from => (from, to)));

    // Passed between so many rules and so many: to = 3 is whoever passed them all.
    private static HashSet<(int Person, PostingId Posting)> Between(IReadOnlyList<Looked> looked, string union, (int From, int To) span) =>
        [.. looked.SelectMany(it => it.People.Where(person => union.Contains(person.Group, StringComparison.Ordinal) && person.Passed >= span.From && person.Passed < span.To).Select(person => (person.Person, it.Posting)))];

    private static bool IsFew(HashSet<(int Person, PostingId Posting)> cases) => cases.Select(it => it.Person).Distinct().Count() is > 0 and < 5;

    private static IEnumerable<string> Unions(IReadOnlyList<string> masked)
    {
        // The masked ones together: what is left of everybody.
        string[] atoms = [.. Groups.Where(group => !masked.Contains(group)), string.Concat(masked)];
        for (var subset = 1; subset < 1 << atoms.Length; subset++)
        {
            yield return string.Concat(string.Concat(atoms.Where((_, at) => (subset & (1 << at)) != 0)).Order());
        }
    }
}
