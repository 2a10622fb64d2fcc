using System.Diagnostics;
using System.Globalization;
using Matching.Engine.Columns;
using Matching.Engine.Filters;
using Matching.Engine.Index;

namespace Matching.Engine.Tests.Columns;

/// <summary>
/// Readers while every row is written again and again. Each batch rewrites a whole group of rows, so that half a batch would show.
/// </summary>
public class UpdateStormTests(ITestOutputHelper output)
{
    private const int Groups = 8;
    private const int RowsInGroup = 40;
    private const int Readers = 3;

    private sealed record Written(int Group, int Turn);

    [Fact]
    public async Task Readers_see_whole_batches_only_and_never_fail()
    {
        var store = new RowStore<Written>(new RowSchema(["turn"]));
        var random = new Random(4);
        var ids = Enumerable.Range(0, Groups).Select(_ => Enumerable.Range(0, RowsInGroup).Select(_ => RandomRows.Id(random)).ToArray()).ToArray();
        for (var group = 0; group < Groups; group++)
        {
            Write(store, ids, group, turn: 0);
        }
        using var stop = new CancellationTokenSource();
        var cancellation = TestContext.Current.CancellationToken;
        var started = new TaskCompletionSource();
        var storm = Task.Run(() =>
        {
            for (var turn = 1; !stop.IsCancellationRequested; turn++)
            {
                Write(store, ids, turn % Groups, turn);
                started.TrySetResult();
            }
        }, cancellation);
        await started.Task.WaitAsync(cancellation);
        var reading = await Task.WhenAll(Enumerable.Range(0, Readers).Select(reader => Task.Run(() => Read(store, new Random(reader)), cancellation)));
        await stop.CancelAsync();
        await storm;
        var times = reading.SelectMany(one => one).Order().ToList();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{store.Current.Version} batches; {times.Count} searches: p50 {times[times.Count / 2]:0.00} ms, p99 {times[times.Count * 99 / 100]:0.00} ms"));
        Assert.True(store.Current.Version > Groups + 1);
    }

    private static void Write(RowStore<Written> store, Guid[][] ids, int group, int turn) => store.Apply(
        [.. ids[group].Select(id => new Row<Written>(id, [(byte)(turn % 64)], [], [], $"lot commun groupe{group} tour{turn}", new Written(group, turn)))], []);

    private static List<double> Read(RowStore<Written> store, Random random)
    {
        var times = new List<double>();
        for (var read = 0; read < 150; read++)
        {
            var group = random.Next(Groups);
            var snapshot = store.Current;
            var start = Stopwatch.GetTimestamp();
            var search = new TextSearch<Written>(snapshot, new TextQuery($"groupe{group}", ForgiveTyping: false));
            var (hits, found) = search.Best(RowsInGroup);
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            var rows = hits.Select(hit => snapshot.Find(hit.Id)!).ToList();

            Assert.Equal(RowsInGroup, found);
            Assert.Equal(new Written(group, rows[0].Facts.Turn), Assert.Single(rows.Select(row => row.Facts).Distinct()));
            Assert.All(rows, row => Assert.Equal((byte)(row.Facts.Turn % 64), row.Codes[0]));
            Assert.All(rows, row => Assert.Equal($"lot commun groupe{group} tour{row.Facts.Turn}", row.Text));

            // What a filter counts is what the words find: one state, whichever way it is read.
            var turn = Filter.CodeIn("turn", "turn", 1UL << (rows[0].Facts.Turn % 64));
            Assert.Equal(search.Best(0).Found, search.Best(0, turn).Found);
            Assert.Equal(Groups * RowsInGroup, snapshot.Count);
        }
        return times;
    }
}
