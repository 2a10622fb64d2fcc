using Matching.Features;
using Matching.Features.Auditing;
using Matching.Features.Evaluation;
using Matching.Rules;
using Matching.Rules.Ranking;
using Matching.Rules.Reporting;
using Matching.Web.Platform;
using Matching.Web.Ranking.Fairness;

namespace Matching.Web.Ranking.Promotions;

/// <summary>
/// Judges a model against what was shown, on the lists kept of postings that are new since its trial began: each line is scored again from its stored
/// values. People who were not shown are in no list, so that a model can only be judged on the order of those who were, and of them on those whom
/// somebody looked at: <see cref="LookedAtOrder"/>.
/// </summary>
public sealed class ModelGate(Database database, ModelShelf shelf, ActiveModel active, FairnessCases cases, FrenchCalendar calendar)
{
    private const int Cut = 10;
    private const int Seed = 1;

    /// <summary>Null for a version that is not known.</summary>
    public async Task<GateFigures?> JudgeAsync(string version, CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        if (await shelf.FindAsync(db, version, ct) is not { } candidate)
        {
            return null;
        }

        var (differences, postings, numbers, known) = (new List<double>(), new List<int>(), new Dictionary<PostingId, int>(), new Dictionary<PostingId, ListOutcomes>());
        await foreach (var list in StoredLists.NewToAsync(db, version, ct))
        {
            var posting = list[0].PostingId;
            numbers.TryAdd(posting, numbers.Count);
            var outcomes = await ListOutcomes.OncePerPostingAsync(db, known, posting, calendar.Today, ct);
            var lines = list.Select(line => new LookedAtLine(line.Opened || outcomes.IsDecided(line.PersonId), (byte)outcomes.LabelOf(line.PersonId), -line.Rank, candidate.ScoreOf(line.Points)));
            if (LookedAtOrder.Change(lines, Cut) is { } difference)
            {
                differences.Add(difference);
                postings.Add(numbers[posting]);
            }
        }

        var interval = Bootstrap.MeanOf(differences, postings, Seed);
        var service = (await active.CurrentAsync(db, ct)).Model;
        return new GateFigures(differences.Count, postings.Distinct().Count(), interval.Value, interval.Low, interval.High, candidate.Problems().Count == 0, Unfair(await cases.LoadAsync(ct), service, candidate));
    }

    // By posting, everyone shown in the order of each model; only groups that may be told apart are compared.
    private static List<string> Unfair(FairnessCases.Loaded loaded, RankerModel service, RankerModel candidate)
    {
        var (before, after) = (FirstTen(loaded, service), FirstTen(loaded, candidate));
        var unfair = new List<string>();
        foreach (var attribute in FairnessGroups.Attributes)
        {
            var masks = FairnessMasks.Of(loaded.Cases, [], attribute.Code);
            var known = Enumerable.Range(0, loaded.Cases.Count).Where(at => loaded.Cases[at].Groups[attribute.Code] != Facets.Unknown).ToList();
            foreach (var group in known.Select(at => loaded.Cases[at].Groups[attribute.Code]).Distinct().Order(StringComparer.Ordinal).Where(group => !masks.IsMasked(group, null)))
            {
                StageRate Rate(bool[] first)
                {
                    var inside = known.Where(at => loaded.Cases[at].Groups[attribute.Code] == group).ToList();
                    return StageRate.Of("", inside.Count(at => first[at]), inside.Count, known.Count(at => first[at]) - inside.Count(at => first[at]), Math.Max(1, known.Count - inside.Count));
                }

                var (now, then) = (Rate(before), Rate(after));
                if (then.IsAlarm && then.High < 1 && !now.IsAlarm)
                {
                    unfair.Add($"{attribute.Title}, {attribute.LabelOf(group)}");
                }
            }
        }

        return unfair;
    }

    private static bool[] FirstTen(FairnessCases.Loaded loaded, RankerModel model) =>
    [
        .. loaded.Lists.SelectMany(list =>
        {
            var first = list.OrderByDescending(it => model.ScoreOf(it.Line.Points)).ThenBy(it => it.Line.Rank).ThenBy(it => it.Line.ListId.Value).Take(Cut).ToHashSet();
            return list.Select(first.Contains);
        }),
    ];
}
