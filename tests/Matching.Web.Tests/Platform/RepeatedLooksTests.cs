using Matching.Web.Platform;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace Matching.Web.Tests.Platform;

/// <summary>The loop of the works behind the pages: what it outlives, what it says of it, when it ends.</summary>
public sealed class RepeatedLooksTests
{
    private readonly List<string> said = [];

    [Fact]
    public async Task A_database_that_is_away_is_said_and_the_next_look_tries_again()
    {
        var looks = await LooksUntilAsync(3, look => look < 3 ? throw new SqliteException("away", 14) : Task.CompletedTask);
        Assert.Equal(3, looks);
        Assert.Equal(["Essai: the database could not be read or written, the next look tries again", "Essai: the database could not be read or written, the next look tries again"], said);
    }

    [Fact]
    public async Task A_turn_lost_to_another_node_is_said_and_the_next_look_tries_again()
    {
        var looks = await LooksUntilAsync(2, look => look < 2 ? throw new OperationCanceledException() : Task.CompletedTask);
        Assert.Equal(2, looks);
        Assert.Equal(["Essai: the turn was lost to another node, which goes on"], said);
    }

    [Fact]
    public async Task A_look_that_the_stop_cuts_ends_the_loop_and_is_no_lost_turn()
    {
        using var stop = new CancellationTokenSource();
        await Assert.ThrowsAsync<OperationCanceledException>(() => RepeatedLooks.RunAsync(
            new Lines(said),
            "Essai",
            async ct =>
            {
                await stop.CancelAsync();
                ct.ThrowIfCancellationRequested();
            },
            _ => Task.CompletedTask,
            isFirstAtOnce: true,
            stop.Token));
        Assert.Empty(said);
    }

    [Fact]
    public async Task A_bug_is_not_taken_for_a_database_that_is_away() =>
        await Assert.ThrowsAsync<InvalidDataException>(() => LooksUntilAsync(2, _ => throw new InvalidDataException()));

    [Theory]
    [InlineData(true, "look wait look wait")]
    [InlineData(false, "wait look wait look wait")]
    public async Task The_first_look_comes_at_once_or_after_a_wait(bool isFirstAtOnce, string order)
    {
        using var stop = new CancellationTokenSource();
        var steps = new List<string>();
        await RepeatedLooks.RunAsync(
            new Lines(said),
            "Essai",
            _ =>
            {
                steps.Add("look");
                return Task.CompletedTask;
            },
            async _ =>
            {
                steps.Add("wait");
                if (steps.Count(step => step == "look") == 2)
                {
                    await stop.CancelAsync();
                }
            },
            isFirstAtOnce,
            stop.Token);
        Assert.Equal(order, string.Join(' ', steps));
    }

    [Fact]
    public async Task A_bell_wakes_who_waits_and_two_rings_before_that_are_one()
    {
        using var bell = new Bell();
        bell.Ring();
        bell.Ring();
        await bell.WaitAsync(Timeout.InfiniteTimeSpan, TestContext.Current.CancellationToken);
        using var soon = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => bell.WaitAsync(Timeout.InfiniteTimeSpan, soon.Token));
    }

    /// <summary>Stops the loop in the wait after this look; answers how many there were.</summary>
    private async Task<int> LooksUntilAsync(int last, Func<int, Task> look)
    {
        using var stop = new CancellationTokenSource();
        var looks = 0;
        await RepeatedLooks.RunAsync(
            new Lines(said), "Essai", _ => look(++looks), _ => looks == last ? stop.CancelAsync() : Task.CompletedTask, isFirstAtOnce: true, stop.Token);
        return looks;
    }

    private sealed class Lines(List<string> lines) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Add(formatter(state, exception));
    }
}
