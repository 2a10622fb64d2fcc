using Matching.Engine.Columns;
using Matching.Engine.Explanations;
using Matching.Engine.Filters;
using Matching.Engine.Scoring;

namespace Matching.Engine.Tests.Scoring;

public class RankingTests
{
    private static readonly Lazy<(RowStore<Facts> Store, Dictionary<Guid, Row<Facts>> Expected)> Large =
        new(() => RandomRows.StoreOf(seed: 7, rows: 120_000, batches: 9));

    private static readonly Lazy<(RowStore<Facts> Store, Dictionary<Guid, Row<Facts>> Expected)> LargeOfFewKeys =
        new(() => RandomRows.StoreOf(seed: 7, rows: 120_000, batches: 9, keys: 200));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Every_passing_row_has_the_score_a_row_by_row_computation_gives_and_the_sum_of_its_explanation(bool isNumbered)
    {
        var (store, expected) = (isNumbered ? LargeOfFewKeys : Large).Value;
        Assert.All(store.Current.Segments.Where(view => view.Segment.Count > 1_000), view => Assert.Equal(isNumbered, view.Segment.NumbersOf("keys") is not null));
        var ranking = Ranking.Of(store.Current, BruteForce.Query(salt: 3));
        var top = ranking.Top(int.MaxValue);
        var passing = expected.Values.Where(row => BruteForce.InScope(row) && BruteForce.Hard(row).All(yes => yes)).ToList();

        Assert.True(expected.Count >= 100_000);
        Assert.Equal(passing.Count, top.Count);
        Assert.All(top, ranked =>
        {
            Assert.Equal(BruteForce.Score(expected[ranked.Id]), ranked.Score);
            Assert.Equal(ranked.Score, ranked.Points.Sum(one => one.Points));
            Assert.Equal(BruteForce.Codes(expected[ranked.Id]), ranked.Points.Select(one => one.Code));
            Assert.Same(expected[ranked.Id].Facts, ranked.Facts);
        });
    }

    [Fact]
    public void Rows_that_stand_after_thousands_of_withdrawn_ones_keep_their_scores()
    {
        var random = new Random(8);
        var rows = Enumerable.Range(0, 20_000).Select(_ => RandomRows.Row(random, RandomRows.Id(random))).ToList();
        var store = new RowStore<Facts>(RandomRows.Schema);
        store.Apply(rows, []);
        var withdrawn = store.Current.Segments[0].Segment.Ids[4_000..12_500].ToArray().ToHashSet();

        store.Apply([], [.. withdrawn]);

        Assert.Single(store.Current.Segments);
        var expected = rows.Where(row => !withdrawn.Contains(row.Id) && BruteForce.InScope(row) && BruteForce.Hard(row).All(yes => yes)).ToDictionary(row => row.Id, BruteForce.Score);
        Assert.Equal(expected, Ranking.Of(store.Current, BruteForce.Query(salt: 3)).Top(int.MaxValue).ToDictionary(row => row.Id, row => row.Score));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(17)]
    [InlineData(5_000)]
    public void The_first_k_are_the_first_k_of_a_full_sort(int limit)
    {
        var (people, query) = (Large.Value.Store.Current, BruteForce.Query(salt: 11));
        var all = Ranking.Of(people, query).Top(int.MaxValue);
        Assert.Equal(all.Select(row => row.Score).OrderDescending(), all.Select(row => row.Score));
        Assert.Equal(Enumerable.Range(1, all.Count), all.Select(row => row.Rank));

        // A ranking of its own for each: one that has seen them all would answer from what it remembers.
        Assert.All(Kernel.Available, kernel => Assert.Equal(
            all.Take(limit).Select(row => (row.Rank, row.Id, row.Score)), Ranking.Of(people, query, kernel).Top(limit).Select(row => (row.Rank, row.Id, row.Score))));
    }

    [Fact]
    public void A_rank_asked_for_before_any_list_is_the_rank_in_the_list()
    {
        var (people, query) = (Large.Value.Store.Current, BruteForce.Query(salt: 12));
        var all = Ranking.Of(people, query).Top(int.MaxValue);
        Assert.All(all.Where((_, at) => at is 0 or 40 || at % 9_000 == 8_000), row => Assert.Equal(row.Rank, Ranking.Of(people, query).Explain(row.Id)!.Rank));
    }

    // Every comparison of this class is one of shared work: these rows are many enough, and in several segments.
    [Fact]
    public void What_is_refused_is_refused_in_the_same_words_when_several_processors_share_the_work()
    {
        var people = Large.Value.Store.Current;
        Assert.True(people.Segments.Count > 1);

        var (many, few) = (Refusal(people), Refusal(RandomRows.StoreOf(seed: 8, rows: 10, batches: 1).Store.Current));
        Assert.Equal(few, many);
        Assert.Contains("nowhere", many, StringComparison.Ordinal);

        static string Refusal(Snapshot<Facts> people) =>
            Assert.ThrowsAny<ArgumentException>(() => Ranking.Of(people, new Query([Filter.WideAny("territory", "nowhere", [true])], [], [], 1))).Message;
    }

    [Fact]
    public void Everyone_in_scope_is_there_once_with_the_first_filter_that_shuts_the_door()
    {
        var (store, expected) = Large.Value;
        var looked = Ranking.Of(store.Current, BruteForce.Query(salt: 3)).InScope().ToDictionary(it => it.Id);
        Assert.Equal(expected.Values.Count(BruteForce.InScope), looked.Count);
        Assert.All(looked.Values, it =>
        {
            var first = BruteForce.Hard(expected[it.Id]).ToList().IndexOf(false);
            Assert.Equal(first < 0 ? null : first, it.ShutBy);
            Assert.True(BruteForce.InScope(expected[it.Id]));
            Assert.Same(expected[it.Id].Facts, it.Facts);
        });
    }

    [Fact]
    public void Counts_are_those_of_a_row_by_row_count()
    {
        var (store, expected) = Large.Value;
        var counts = Ranking.Of(store.Current, BruteForce.Query(salt: 3)).Counts;
        var verdicts = expected.Values.Where(BruteForce.InScope).Select(BruteForce.Hard).ToList();

        Assert.Equal(verdicts.Count, counts.InScope);
        Assert.Equal(verdicts.Count(verdict => verdict.All(yes => yes)), counts.Passing);
        for (var filter = 0; filter < counts.Removed.Count; filter++)
        {
            Assert.Equal(verdicts.Count(verdict => !verdict[filter]), counts.Removed[filter].Rows);
            Assert.Equal(verdicts.Count(verdict => !verdict[filter] && verdict.Count(yes => !yes) == 1), counts.Removed[filter].Alone);
            Assert.InRange(counts.Removed[filter].Alone, 1, counts.Removed[filter].Rows);
        }
    }

    [Fact]
    public void When_few_rows_pass_they_have_the_same_scores_as_when_many_do()
    {
        var store = Large.Value.Store;
        var many = Ranking.Of(store.Current, BruteForce.Query(salt: 3)).Top(int.MaxValue);
        var chosen = many.Where((_, at) => at % 97 == 0).ToList();
        var few = Ranking.Of(store.Current, BruteForce.Query(
            salt: 3, [Filter.IdsOnly("chosen", chosen.Select(row => row.Id).ToHashSet())])).Top(int.MaxValue);

        Assert.True(chosen.Count > 50);
        Assert.Equal(chosen.Select(row => (row.Id, row.Score)), few.Select(row => (row.Id, row.Score)));
    }

    [Fact]
    public void The_explanation_of_a_row_gives_the_rank_it_has_in_the_list()
    {
        var ranking = Ranking.Of(Large.Value.Store.Current, BruteForce.Query(salt: 5));
        var top = ranking.Top(int.MaxValue);

        foreach (var ranked in top.Where((_, at) => at % 101 == 0))
        {
            var explained = ranking.Explain(ranked.Id)!;
            Assert.Equal((ranked.Rank, ranked.Score, true), (explained.Rank, explained.Score, explained.InScope));
            Assert.Equal(ranked.Points, explained.Points);
            Assert.Empty(explained.FailedFilters);
        }
    }

    [Fact]
    public void The_explanation_of_a_removed_row_names_every_filter_it_fails_and_gives_no_rank()
    {
        var (store, expected) = Large.Value;
        var query = BruteForce.Query(salt: 5);
        var ranking = Ranking.Of(store.Current, query);

        foreach (var row in expected.Values.Where((row, at) => at % 499 == 0 && !BruteForce.Hard(row).All(yes => yes)))
        {
            var explained = ranking.Explain(row.Id)!;
            Assert.Equal(query.Hard.Where((_, at) => !BruteForce.Hard(row)[at]).Select(filter => filter.Name), explained.FailedFilters);
            Assert.Null(explained.Rank);
            Assert.Equal(row.Facts.Flag, explained.InScope);
            Assert.Equal(BruteForce.Score(row), explained.Score);
        }
    }

    [Fact]
    public void An_unknown_or_deleted_row_has_no_explanation()
    {
        var store = new RowStore<Facts>(RandomRows.Schema);
        var row = RandomRows.Row(new Random(1), Guid.CreateVersion7());
        store.Apply([row], []);
        var before = Ranking.Of(store.Current, BruteForce.Query(salt: 5));
        store.Apply([], [row.Id]);

        Assert.NotNull(before.Explain(row.Id));
        Assert.Null(Ranking.Of(store.Current, BruteForce.Query(salt: 5)).Explain(row.Id));
    }

    [Fact]
    public void What_would_change_gives_the_rank_the_row_would_really_have()
    {
        var random = new Random(4);
        var rows = Enumerable.Range(0, 500).Select(_ => RandomRows.Row(random, RandomRows.Id(random))).ToList();
        var query = BruteForce.Query(salt: 9) with { Hard = [], Scope = [] };
        var store = new RowStore<Facts>(RandomRows.Schema);
        store.Apply(rows, []);
        var ranking = Ranking.Of(store.Current, query);
        var row = rows[123];

        var change = Assert.Single(ranking.Changes(row.Id, [new ReachableCodes("f0", [1, 2, 30, 40])]));
        var codes = (byte[])row.Codes.Clone();
        codes[0] = change.ToCode;
        store.Apply([row with { Codes = codes }], []);
        var really = Ranking.Of(store.Current, query).Explain(row.Id)!;

        Assert.Equal(new byte[] { 1, 2, 30, 40 }.Max(code => BruteForce.Points[0][code]), BruteForce.Points[0][change.ToCode]);
        Assert.Equal((really.Rank, really.Score), (change.RankThen, change.Score));
        Assert.Equal(ranking.Explain(row.Id)!.Rank, change.RankNow);
        Assert.True(change.RankThen < change.RankNow);
    }
}
