using Dapper;
using Matching.Rules;
using Matching.Web.Platform;
using Microsoft.Extensions.DependencyInjection;

namespace Matching.Web.Tests.Platform;

public abstract class StorageTests(WebFixture web) : WebTests(web)
{
    private sealed record Values(
        PersonId Id, PersonId? NoId, Guid Plain, DateOnly Day, DateOnly? NoDay, DateTimeOffset At, int Count, long Big, bool Flag, string Words, string? NoWords);

    [Fact]
    public async Task Every_simple_type_comes_back_as_it_was_written()
    {
        var written = new Values(
            new PersonId(Guid.CreateVersion7()), null, Guid.CreateVersion7(), new DateOnly(2026, 2, 28), null,
            new DateTimeOffset(2026, 11, 16, 9, 0, 0, TimeSpan.Zero).AddTicks(1234560), 7, long.MaxValue, true, "été à Noël", null);
        var read = await Web.Database.WriteAsync(
            async (db, tx) =>
            {
                await db.ExecuteAsync(
                    "create table sample (id uuid, no_id uuid, plain uuid, day date, no_day date, at timestamptz, count integer, big bigint, flag boolean, words text, no_words text)",
                    transaction: tx);
                await db.ExecuteAsync("insert into sample values (@Id, @NoId, @Plain, @Day, @NoDay, @At, @Count, @Big, @Flag, @Words, @NoWords)", written, tx);
                return await db.QuerySingleAsync<Values>(
                    $"select * from sample where id {db.In("@ids")} and plain {db.In("@plains")} and words {db.In("@texts")} and day = @Day and at = @At and flag = @Flag",
                    new { ids = new[] { written.Id.Value }, plains = new[] { written.Plain }, texts = new[] { written.Words }, written.Day, written.At, written.Flag }, tx);
            },
            Cancel);
        Assert.Equal(written, read);
    }

    [Fact]
    public async Task A_write_that_fails_leaves_nothing()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => Web.Database.WriteAsync(
            async (db, tx) =>
            {
                await db.ExecuteAsync("insert into setting (name, value) values ('half', 'written')", transaction: tx);
                throw new InvalidOperationException("stop");
            },
            Cancel));
        await using var db = await Web.Database.OpenAsync(Cancel);
        Assert.Equal(0, await db.ExecuteScalarAsync<int>("select count(*) from setting where name = 'half'"));
    }

    [Fact]
    public async Task An_applied_migration_that_was_edited_is_refused_and_a_known_one_is_not_applied_twice()
    {
        var migrations = Web.Services.GetRequiredService<Migrations>();
        Assert.Equal(0, await migrations.ApplyAsync(Cancel));
        var first = new Migrations.Step(9001, "9001_essai", "create table essai (number {{identity}})");
        Assert.Equal(1, await migrations.ApplyAsync([first], Cancel));
        Assert.Equal(0, await migrations.ApplyAsync([first], Cancel));
        var edited = first with { Sql = first.Sql + " -- retouche" };
        var refusal = await Assert.ThrowsAsync<SettingException>(() => migrations.ApplyAsync([edited], Cancel));
        Assert.Contains("9001_essai a été modifiée", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_migration_that_fails_leaves_no_half_of_itself()
    {
        var migrations = Web.Services.GetRequiredService<Migrations>();
        var broken = new Migrations.Step(9002, "9002_essai", "create table moitie (number {{identity}}); insert into nulle_part values (1)");
        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => migrations.ApplyAsync([broken], Cancel));
        Assert.Equal(1, await migrations.ApplyAsync([broken with { Sql = "create table moitie (number {{identity}})" }], Cancel));
    }

    [Fact]
    public async Task A_reader_of_the_feed_continues_where_it_stopped()
    {
        var feed = Web.Services.GetRequiredService<ChangeFeed>();
        var place = await PlaceOfNowAsync(feed);
        var ids = Enumerable.Range(0, 5).Select(_ => Guid.CreateVersion7()).ToArray();
        await Web.Database.WriteAsync((db, tx) => feed.AppendAsync(db, tx, "person", ids, Cancel), Cancel);

        Assert.Equal(ids, await NewAsync(feed, place, atOnce: 2));
        Assert.Empty(await NewAsync(feed, place));
        var later = Guid.CreateVersion7();
        await Web.Database.WriteAsync((db, tx) => feed.AppendAsync(db, tx, "person", [later], Cancel), Cancel);
        Assert.Equal([later], await NewAsync(feed, place));
    }

    [Fact]
    public async Task A_follower_that_fails_on_some_changes_reads_them_again()
    {
        var feed = Web.Services.GetRequiredService<ChangeFeed>();
        var place = await PlaceOfNowAsync(feed);
        var ids = Enumerable.Range(0, 5).Select(_ => Guid.CreateVersion7()).ToArray();
        await Web.Database.WriteAsync((db, tx) => feed.AppendAsync(db, tx, "person", ids, Cancel), Cancel);
        await foreach (var changes in feed.FollowAsync(place, Cancel, atOnce: 3))
        {
            Assert.Equal(3, changes.Count);
            break;
        }

        Assert.Equal(ids, await NewAsync(feed, place));
    }

    /// <summary>What a follower at this place reads now.</summary>
    protected static async Task<List<Guid>> NewAsync(ChangeFeed feed, FeedPlace place, int atOnce = ChangeFeed.ReadLimit)
    {
        var seen = new List<Guid>();
        await foreach (var changes in feed.FollowAsync(place, Cancel, atOnce))
        {
            seen.AddRange(changes.Select(change => change.EntityId));
        }

        return seen;
    }

    // What other stories of this class wrote is read first: a transaction of any database of the server may keep the settled place behind it.
    protected async Task<FeedPlace> PlaceOfNowAsync(ChangeFeed feed)
    {
        await using var db = await Web.Database.OpenAsync(Cancel);
        var place = new FeedPlace(await feed.LatestAsync(db, Cancel));
        await NewAsync(feed, place);
        return place;
    }
}

public sealed class StorageOnSqlite(SqliteWeb web) : StorageTests(web), IClassFixture<SqliteWeb>;

public sealed class StorageOnPostgreSql(PostgreSqlWeb web) : StorageTests(web), IClassFixture<PostgreSqlWeb>
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_transaction_that_commits_late_is_not_skipped(bool lateOneTakesItsNumberFirst)
    {
        var feed = Web.Services.GetRequiredService<ChangeFeed>();
        var place = await PlaceOfNowAsync(feed);
        var (late, early) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await using var lateDb = await Web.Database.OpenAsync(Cancel);
        await using var lateTx = await lateDb.BeginTransactionAsync(Cancel);
        await using var earlyDb = await Web.Database.OpenAsync(Cancel);
        await using var earlyTx = await earlyDb.BeginTransactionAsync(Cancel);

        // The order of transactions and the order of numbers are two things: both mixes must read well.
        await lateDb.ExecuteAsync("select pg_current_xact_id()", transaction: lateTx);
        await earlyDb.ExecuteAsync("select pg_current_xact_id()", transaction: earlyTx);
        await (lateOneTakesItsNumberFirst ? feed.AppendAsync(lateDb, lateTx, "person", [late], Cancel) : feed.AppendAsync(earlyDb, earlyTx, "person", [early], Cancel));
        await (lateOneTakesItsNumberFirst ? feed.AppendAsync(earlyDb, earlyTx, "person", [early], Cancel) : feed.AppendAsync(lateDb, lateTx, "person", [late], Cancel));
        await earlyTx.CommitAsync(Cancel);
        Assert.Equal([early], await NewAsync(feed, place));
        Assert.Empty(await NewAsync(feed, place));
        await lateTx.CommitAsync(Cancel);
        Assert.Equal([late], await NewAsync(feed, place));
        Assert.Empty(await NewAsync(feed, place));
    }

    [Fact]
    public async Task A_younger_transaction_with_the_smaller_number_is_not_skipped()
    {
        var feed = Web.Services.GetRequiredService<ChangeFeed>();
        var place = await PlaceOfNowAsync(feed);
        var (old, young) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await using var oldDb = await Web.Database.OpenAsync(Cancel);
        await using var oldTx = await oldDb.BeginTransactionAsync(Cancel);
        await oldDb.ExecuteAsync("select pg_current_xact_id()", transaction: oldTx);
        await using var youngDb = await Web.Database.OpenAsync(Cancel);
        await using var youngTx = await youngDb.BeginTransactionAsync(Cancel);
        await feed.AppendAsync(youngDb, youngTx, "person", [young], Cancel);
        await feed.AppendAsync(oldDb, oldTx, "person", [old], Cancel);
        await oldTx.CommitAsync(Cancel);
        Assert.Equal([old], await NewAsync(feed, place));
        await youngTx.CommitAsync(Cancel);
        Assert.Equal([young], await NewAsync(feed, place));
    }
}
