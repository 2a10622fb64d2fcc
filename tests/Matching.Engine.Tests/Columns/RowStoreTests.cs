using Matching.Engine.Columns;
using Matching.Engine.Tests.Scoring;

namespace Matching.Engine.Tests.Columns;

public class RowStoreTests
{
    [Fact]
    public void A_snapshot_holds_exactly_what_the_batches_before_it_said()
    {
        var (store, expected) = RandomRows.StoreOf(seed: 21, rows: 6_000, batches: 40);
        var held = store.Current.Segments.SelectMany(view => view.Segment.Ids.ToArray()).Distinct()
            .Select(store.Current.Find).OfType<Row<Facts>>().ToDictionary(row => row.Id);

        Assert.Equal(40, store.Current.Version);
        Assert.Equal(expected.Count, store.Current.Count);
        Assert.Equal(expected.Keys.Order(), held.Keys.Order());
        Assert.All(expected.Values, row => Assert.Equivalent(row, held[row.Id], strict: true));
    }

    [Fact]
    public void Many_small_batches_leave_few_segments()
    {
        var random = new Random(2);
        var store = new RowStore<Facts>(RandomRows.Schema);
        for (var batch = 0; batch < 1_000; batch++)
        {
            store.Apply([RandomRows.Row(random, RandomRows.Id(random))], []);
        }
        Assert.Equal(1_000, store.Current.Count);
        Assert.InRange(store.Current.Segments.Count, 1, 11);
    }

    [Fact]
    public void Rows_mostly_deleted_are_given_back()
    {
        var random = new Random(2);
        var rows = Enumerable.Range(0, 1_000).Select(_ => RandomRows.Row(random, RandomRows.Id(random))).ToList();
        var store = new RowStore<Facts>(RandomRows.Schema);
        store.Apply(rows, []);
        store.Apply([], [.. rows.Take(600).Select(row => row.Id)]);
        Assert.Equal(400, store.Current.Segments.Sum(view => view.Segment.Count));

        store.Apply([], [.. rows.Select(row => row.Id)]);
        Assert.Empty(store.Current.Segments);
        Assert.Null(store.Current.Find(rows[999].Id));
    }

    [Fact]
    public void A_batch_deletes_first_then_adds_and_the_last_row_of_an_id_wins()
    {
        var random = new Random(2);
        var id = RandomRows.Id(random);
        var (first, second) = (RandomRows.Row(random, id), RandomRows.Row(random, id));
        var store = new RowStore<Facts>(RandomRows.Schema);
        store.Apply([first, second], [id, Guid.CreateVersion7()]);

        Assert.Equal(1, store.Current.Count);
        Assert.Same(second.Facts, store.Current.Find(id)!.Facts);
    }

    [Fact]
    public void A_row_that_does_not_fit_is_refused_and_nothing_of_its_batch_is_applied()
    {
        var random = new Random(2);
        var row = RandomRows.Row(random, RandomRows.Id(random));
        var store = new RowStore<Facts>(RandomRows.Schema);

        Assert.Throws<ArgumentException>(() => store.Apply([row, row with { Codes = [1, 2] }], []));
        Assert.Throws<ArgumentException>(() => store.Apply([row, row with { Codes = [64, 0, 0, 0, 0] }], []));
        Assert.Throws<ArgumentException>(() => store.Apply([row, row with { Wide = [] }], []));
        Assert.Equal((0, 0L), (store.Current.Count, store.Current.Version));
    }

    [Fact]
    public void Rows_added_to_a_batch_one_by_one_make_the_store_that_they_make_given_at_once()
    {
        var random = new Random(12);
        var rows = Enumerable.Range(0, 700).Select(_ => RandomRows.Row(random, RandomRows.Id(random))).ToList();
        rows.AddRange(rows.Take(90).Select(row => RandomRows.Row(random, row.Id)).ToList());
        var (atOnce, oneByOne) = (new RowStore<Facts>(RandomRows.Schema), new RowStore<Facts>(RandomRows.Schema));
        foreach (var store in new[] { atOnce, oneByOne })
        {
            store.Apply([.. rows.Take(30).Select(row => RandomRows.Row(new Random(row.Id.GetHashCode()), row.Id))], []);
        }
        var batch = new RowBatch<Facts>(RandomRows.Schema, expectedRows: 5);
        rows.ForEach(batch.Add);
        Assert.Throws<ArgumentException>(() => batch.Add(rows[0] with { Codes = [64, 0, 0, 0, 0] }));
        oneByOne.Apply(batch, [rows[0].Id, RandomRows.Id(random)]);
        atOnce.Apply(rows, [rows[0].Id, RandomRows.Id(random)]);

        Assert.Throws<InvalidOperationException>(() => batch.Add(rows[0]));
        Assert.Throws<InvalidOperationException>(() => oneByOne.Apply(batch, []));
        Assert.Equal((700, 700), (atOnce.Current.Count, oneByOne.Current.Count));
        var last = rows.GroupBy(row => row.Id).Select(same => same.Last()).ToList();
        Assert.All(last, row => Assert.Equivalent(row, oneByOne.Current.Find(row.Id), strict: true));
        Assert.All(last, row => Assert.Equivalent(row, atOnce.Current.Find(row.Id), strict: true));
        var query = BruteForce.Query(salt: 8);
        Assert.Equal(
            Engine.Scoring.Ranking.Of(atOnce.Current, query).Top(700).Select(row => (row.Id, row.Score)),
            Engine.Scoring.Ranking.Of(oneByOne.Current, query).Top(700).Select(row => (row.Id, row.Score)));
    }

    [Fact]
    public async Task A_reader_sees_its_snapshot_unchanged_while_others_write()
    {
        var (store, expected) = RandomRows.StoreOf(seed: 5, rows: 4_000, batches: 4);
        var before = store.Current;
        using var stop = new CancellationTokenSource();
        var cancellation = TestContext.Current.CancellationToken;
        var writing = new TaskCompletionSource();
        var writer = Task.Run(() =>
        {
            var random = new Random(6);
            var ids = expected.Keys.ToArray();
            while (!stop.IsCancellationRequested)
            {
                var known = ids[random.Next(ids.Length)];
                store.Apply([RandomRows.Row(random, known), RandomRows.Row(random, RandomRows.Id(random))], [ids[random.Next(ids.Length)]]);
                writing.TrySetResult();
            }
        }, cancellation);

        // On a busy machine the writer may start late: without it the test would show nothing.
        await writing.Task.WaitAsync(cancellation);
        var query = BruteForce.Query(salt: 1) with { Scope = [], Hard = [] };
        var scores = expected.Values.Select(BruteForce.Score).OrderDescending().ToArray();
        for (var read = 0; read < 30; read++)
        {
            var ranking = Engine.Scoring.Ranking.Of(before, query);
            Assert.Equal(scores, ranking.Top(int.MaxValue).Select(row => row.Score));

            // A snapshot taken during the writes agrees with itself: its count is the number of rows it ranks.
            var during = store.Current;
            Assert.Equal(during.Count, Engine.Scoring.Ranking.Of(during, query).Counts.Passing);
        }
        await stop.CancelAsync();
        await writer;
        Assert.True(store.Current.Version > before.Version);
    }

    [Fact]
    public void A_schema_refuses_a_name_given_twice_or_unknown()
    {
        Assert.Throws<ArgumentException>(() => new RowSchema(["a", "a"]));
        Assert.Throws<ArgumentException>(() => new RowSchema([], [new("g", 1), new("g", 2)]));
        Assert.Throws<ArgumentException>(() => new RowSchema([], [new("g", 0)]));
        Assert.Throws<ArgumentException>(() => RandomRows.Schema.CodeColumn("zone"));
        Assert.Equal(3..4, RandomRows.Schema.Slots("zone"));
    }
}
