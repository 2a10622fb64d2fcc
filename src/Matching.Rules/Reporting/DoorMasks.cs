namespace Matching.Rules.Reporting;

/// <summary>
/// Which figures of the doors are printed. A group is printed after the same rules as the others or not at all, so that the reader knows of the masked ones
/// only their sum: that sum is held to the same threshold as a group that is printed. Who is behind a count is not known, and the same person may stand
/// in front of several postings: the largest count of one posting is the fewest people that it can be.
/// </summary>
public static class DoorMasks
{
    private const int Below = FairnessMasks.Below;

    /// <param name="shown">Who was then shown: who passed every rule and was not shown must not be a few people either.</param>
    /// <param name="earlier">What was published before; a group masked then stays masked as long as a list is counted in both, since one could be subtracted from the other.</param>
    public static PublishedDoors Of(IReadOnlyList<DoorCounts> doors, IReadOnlyList<FairnessCase> shown, IReadOnlyList<PublishedDoors> earlier)
    {
        ArgumentNullException.ThrowIfNull(doors);
        ArgumentNullException.ThrowIfNull(shown);
        ArgumentNullException.ThrowIfNull(earlier);
        if (doors.Count == 0)
        {
            return PublishedDoors.None;
        }

        var lists = doors.Select(door => door.List).ToHashSet();
        List<PublishedDoors> near = [.. earlier.Where(old => old.Doors.Any(door => lists.Contains(door.List)))];
        var attributes = doors[0].Left.Keys.ToList();
        Check CheckOf(string attribute, Func<PublishedDoors, DoorMask?> maskOf) => new(attribute, doors, shown, [.. near.Where(old => maskOf(old) is not null).Select(old => (old.Doors, maskOf(old)!))]);

        // The finest choice comes first. What is printed by group adds up to what is printed of everybody: never finer.
        var everybody = CheckOf(attributes[0], old => old.All);
        var steps = Choices([.. Enumerable.Range(0, doors[0].Rules.Count + 1)]).FirstOrDefault(choice => everybody.IsSafe(null, choice));
        return steps is null ? PublishedDoors.None : new PublishedDoors(doors, new DoorMask(steps, []), attributes
            .Select(attribute => (attribute, Mask: MaskOf(CheckOf(attribute, old => old.Attributes.GetValueOrDefault(attribute)), steps)))
            .Where(it => it.Mask is not null).ToDictionary(it => it.attribute, it => it.Mask!));
    }

    // As many groups as can be, then as many rules.
    private static DoorMask? MaskOf(Check check, IReadOnlyList<int> steps) => Choices(steps)
        .Select(choice => (Choice: choice, Masked: check.MaskedOf(choice))).Where(it => it.Masked is not null)
        .OrderByDescending(it => check.Sizes.Keys.Count(group => !it.Masked!.Contains(group))).ThenByDescending(it => it.Choice.Count)
        .Select(it => new DoorMask(it.Choice, [.. it.Masked!.Order(StringComparer.Ordinal)])).FirstOrDefault();

    // Those looked at and those who pass all are always among them.
    private static IEnumerable<IReadOnlyList<int>> Choices(IReadOnlyList<int> steps) => Enumerable.Range(0, 1 << (steps.Count - 2))
        .Select(left => (IReadOnlyList<int>)[.. steps.Where((_, at) => at == 0 || at == steps.Count - 1 || (left & (1 << (at - 1))) == 0)]).OrderByDescending(choice => choice.Count);

    private sealed class Check(string attribute, IReadOnlyList<DoorCounts> doors, IReadOnlyList<FairnessCase> shown, IReadOnlyList<(IReadOnlyList<DoorCounts> Doors, DoorMask Mask)> earlier)
    {
        private readonly Dictionary<(PostingId, string, string), int> shownAt = shown
            .SelectMany(it => it.Stages.Prepend("").Select(stage => (it.Posting, it.Groups[attribute], stage))).CountBy(it => it).ToDictionary(it => it.Key, it => it.Value);

        /// <summary>Of each group, how many cases were looked at.</summary>
        public IReadOnlyDictionary<string, int> Sizes { get; } = doors.SelectMany(door => door.Left[attribute]).GroupBy(it => it.Key).ToDictionary(same => same.Key, same => same.Sum(it => it.Value[0]));

        /// <summary>The groups to mask when these steps are printed, as few and as small as can be; null when that protects nobody.</summary>
        public HashSet<string>? MaskedOf(IReadOnlyList<int> steps)
        {
            var masked = earlier.SelectMany(old => old.Mask.Masked).Concat(Sizes.Keys.Where(group => !IsSafe([group], steps))).ToHashSet();
            var next = new Queue<string>(Sizes.Keys.Where(group => !masked.Contains(group)).OrderBy(group => Sizes[group]).ThenBy(group => group, StringComparer.Ordinal));
            while (masked.Count(Sizes.ContainsKey) == 1 || (masked.Count > 0 && !AreSafe(masked, steps)))
            {
                if (!next.TryDequeue(out var added))
                {
                    return null;
                }

                masked.Add(added);
            }

            return masked.Count(Sizes.ContainsKey) == Sizes.Count ? null : masked;
        }

        // What was masked together before can still be worked out together: those printed then are known.
        private bool AreSafe(IReadOnlyCollection<string> masked, IReadOnlyList<int> steps) =>
            IsSafe(masked, steps) && earlier.Select(old => old.Mask.Masked).Where(before => before.Count > 0).All(before => IsSafe(before, steps));

        /// <summary>Whether the sum of these groups, null for everybody, may be known after these rules.</summary>
        public bool IsSafe(IReadOnlyCollection<string>? groups, IReadOnlyList<int> steps)
        {
            var now = CountsOf(doors, groups);
            return PartsOf(steps).All(part => IsEnough(now.Values.Select(part)))
                && FairnessGroups.Stages.Select(stage => stage.Code).Prepend("").All(stage => IsEnough(now.Select(it => it.Value[^1] - ShownOf(it.Key, groups, stage))))
                && earlier.All(old => PartsOf([.. steps.Intersect(old.Mask.Steps)]).All(part => IsEnough(Moved(CountsOf(old.Doors, groups), now, part))));
        }

        private Dictionary<PostingId, int[]> CountsOf(IReadOnlyList<DoorCounts> counted, IReadOnlyCollection<string>? groups) => counted.ToDictionary(door => door.Posting, door => door.Of(attribute, groups));

        private int ShownOf(PostingId posting, IReadOnlyCollection<string>? groups, string stage) => (groups ?? Sizes.Keys).Sum(group => shownAt.GetValueOrDefault((posting, group, stage)));

        private static IEnumerable<int> Moved(Dictionary<PostingId, int[]> before, Dictionary<PostingId, int[]> now, Func<int[], int> part)
        {
            int At(Dictionary<PostingId, int[]> counts, PostingId posting) => counts.TryGetValue(posting, out var it) ? part(it) : 0;
            return before.Keys.Union(now.Keys).Select(posting => At(now, posting) - At(before, posting));
        }

        // Those shut out between two steps, then those who pass all: whatever is printed is a sum of these.
        private static IEnumerable<Func<int[], int>> PartsOf(IReadOnlyList<int> steps) => steps.Select((step, at) => (Func<int[], int>)(at == steps.Count - 1 ? counts => counts[step] : counts => counts[step] - counts[steps[at + 1]]));

        private static bool IsEnough(IEnumerable<int> byPosting) => byPosting.Select(Math.Abs).DefaultIfEmpty(0).Max() is 0 or >= Below;
    }
}
