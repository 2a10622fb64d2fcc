namespace Matching.Rules.Reporting;

/// <summary>One person shown for one posting, as an audit counts it.</summary>
/// <param name="Groups">By code of attribute.</param>
/// <param name="Stages">Codes of the stages reached.</param>
public sealed record FairnessCase(PersonId Person, PostingId Posting, IReadOnlyDictionary<string, string> Groups, IReadOnlyCollection<string> Stages);

/// <summary>
/// Which figures of an audit are masked, so that no printed number, no difference of two of them, of two stages or of two published audits stands for
/// fewer than <see cref="Below"/> people.
/// </summary>
public sealed class FairnessMasks
{
    public const int Below = 5;

    public static Rule Masked { get; } = new(
        "equite.effectifs-masques",
        "Un audit d’équité ne montre aucun nombre qui désigne de 1 à 4 personnes, ni seul, ni par différence entre deux groupes, deux étapes ou deux audits publiés.",
        Rule.ToConfirm + " (usage statistique ; le seuil de 5 est celui des tableaux du service)");

    public static Rule InGroups { get; } = new(
        "equite.publication-par-groupe",
        "Un nouvel audit d’équité se publie quand au moins 5 personnes ont été montrées ou ont avancé depuis le précédent.",
        Rule.ToConfirm + " (usage statistique, comme pour les tableaux)");

    private readonly HashSet<(string Group, string? Stage)> masked = [];

    private FairnessMasks()
    {
    }

    /// <summary>Stage null: how many people of the group were shown at all.</summary>
    public bool IsMasked(string group, string? stage) => masked.Contains((group, stage)) || masked.Contains((group, null));

    /// <summary>All groups together, as one group of that name: the totals are held to the same rule.</summary>
    public const string Everybody = "TOUS";

    /// <inheritdoc cref="Everybody"/>
    public static FairnessMasks OfTotals(IReadOnlyList<FairnessCase> cases, IReadOnlyList<IReadOnlyList<FairnessCase>> earlier)
    {
        ArgumentNullException.ThrowIfNull(cases);
        ArgumentNullException.ThrowIfNull(earlier);
        static List<FairnessCase> Together(IReadOnlyList<FairnessCase> some) => [.. some.Select(it => it with { Groups = new Dictionary<string, string> { [Everybody] = Everybody } })];
        return Of(Together(cases), [.. earlier.Select(Together)], Everybody);
    }

    /// <param name="earlier">The cases of every audit published before.</param>
    public static FairnessMasks Of(IReadOnlyList<FairnessCase> cases, IReadOnlyList<IReadOnlyList<FairnessCase>> earlier, string attribute)
    {
        ArgumentNullException.ThrowIfNull(cases);
        ArgumentNullException.ThrowIfNull(earlier);
        var masks = new FairnessMasks();
        var groups = cases.Select(it => it.Groups[attribute]).Distinct().Order(StringComparer.Ordinal).ToList();
        masks.Choose(cases, earlier, attribute, groups, null, []);
        foreach (var chain in FairnessGroups.Stages.GroupBy(stage => stage.IsDecision))
        {
            var before = new List<string?> { null };
            foreach (var stage in chain.Select(it => it.Code))
            {
                masks.Choose(cases, earlier, attribute, groups, stage, before);
                before.Add(stage);
            }
        }

        return masks;
    }

    /// <summary>How many people entered, left, or went further between two audits.</summary>
    public static int Moved(IReadOnlyList<FairnessCase> before, IReadOnlyList<FairnessCase> after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        static HashSet<(PersonId, PostingId, string)> Facts(IReadOnlyList<FairnessCase> cases) => [.. cases.SelectMany(it => it.Stages.Append("").Select(stage => (it.Person, it.Posting, stage)))];
        var changed = Facts(before);
        changed.SymmetricExceptWith(Facts(after));
        return changed.Select(it => it.Item1).Distinct().Count();
    }

    // The wider stages that are shown for a group are held against this one; the reader of both reads their difference.
    private void Choose(
        IReadOnlyList<FairnessCase> cases, IReadOnlyList<IReadOnlyList<FairnessCase>> earlier, string attribute, List<string> groups, string? stage, List<string?> wider)
    {
        var inside = groups.ConvertAll(group => In(cases, attribute, group, stage));
        var forced = groups.Select((group, at) =>
            IsMasked(group, null)
            || wider.Any(other => !IsMasked(group, other) && IsFew(People(In(cases, attribute, group, other).Except(inside[at]))))
            || earlier.Any(old => IsFew(MovedIn(In(old, attribute, group, stage), inside[at])))).ToList();
        var cells = inside.ConvertAll(found => new Cell(People(found), found.Count));
        var reached = cases.Where(it => IsAt(it, stage)).ToList();
        var people = reached.Select(it => it.Person).Distinct().Count();
        var choice = MaskingChoice.Of(cells, forced, Below, mask => MaskingChoice.IsSafe(cells, mask, people, reached.Count, Below));
        for (var at = 0; at < groups.Count; at++)
        {
            if (choice is null || choice[at])
            {
                masked.Add((groups[at], stage));
            }
        }
    }

    private static bool IsFew(int people) => people is > 0 and < Below;

    private static bool IsAt(FairnessCase it, string? stage) => stage is null || it.Stages.Contains(stage);

    private static HashSet<(PersonId Person, PostingId Posting)> In(IReadOnlyList<FairnessCase> cases, string attribute, string group, string? stage) =>
        [.. cases.Where(it => it.Groups.GetValueOrDefault(attribute) == group && IsAt(it, stage)).Select(it => (it.Person, it.Posting))];

    private static int People(IEnumerable<(PersonId Person, PostingId Posting)> cases) => cases.Select(it => it.Person).Distinct().Count();

    private static int MovedIn(HashSet<(PersonId Person, PostingId Posting)> before, HashSet<(PersonId Person, PostingId Posting)> after) => People(before.Except(after).Concat(after.Except(before)));
}
