using Matching.Engine.Scoring;
using Matching.Features;
using Matching.Web.Ranking;

namespace Matching.Benchmarks;

/// <summary>What the collector holds for each person, everything that a search needs included: columns, ids, texts and their index, facts, reference numbers.</summary>
public static class MemoryBenchmark
{
    public static async Task<int> RunAsync(Options options)
    {
        var people = options.Number("--people", 1_000_000);
        using var site = await LoadedSite.CreateAsync(people, options.Folder);
        using var index = await site.NewIndexAsync();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var view = await index.CurrentAsync(default);
        Touch(view);
        var after = GC.GetTotalMemory(forceFullCollection: true);
        var words = view.People.Segments.Sum(segment => (long)Enumerable.Range(0, segment.Segment.Count).Sum(row => segment.Segment.Texts[row].Length));
        Figures.Print(
            [
                Figures.Of($"bytes a person in memory, {view.People.Count:N0} people", [(after - before) / (double)view.People.Count], "<= 400"),
                Figures.Of("characters of own words a person", [words / (double)view.People.Count], "-"),
            ],
            "auto", "workstation GC", options.Has("--json"), people);
        GC.KeepAlive(view);
        return 0;
    }

    // What is made at the first search counts too: the places of each value of trades and skills, and the bits of a rule.
    private static void Touch(PoolView view)
    {
        var table = new byte[65_536];
        table[7] = 1;
        Features(view, [.. PersonRows.Schema.WideGroups.Select(group => new Feature(group.Name, CodeSource.Lookup(group.Name, table, SlotMerge.Count), [0, 1]))]);
    }

    private static void Features(PoolView view, Feature[] features) => Ranking.Of(view.People, new Query([], [], features, 0)).Top(10);
}
