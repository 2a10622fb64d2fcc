using Dapper;
using Matching.Web.Platform;
using Microsoft.Extensions.DependencyInjection;

namespace Matching.Web.Tests.Platform;

public abstract class HistoryTests(WebFixture web) : WebTests(web)
{
    [Fact]
    public async Task An_edit_a_gap_and_a_cut_of_the_history_are_found()
    {
        var log = Web.Services.GetRequiredService<EventLog>();
        var actor = await Web.AddUserAsync(Roles.Facilitator);
        for (var number = 1; number <= 4; number++)
        {
            var heures = number;
            await Web.Database.WriteAsync((db, tx) => log.AppendAsync(db, tx, "contrat", Guid.CreateVersion7(), "heures.declarees", actor, new { heures }, Cancel), Cancel);
        }

        var (count, fault) = await log.VerifyAsync(Cancel);
        Assert.Null(fault);
        var seqs = (await KeptAsync()).Select(row => row.Seq).ToArray();
        await AfterAsync($"update event set body_json = '{{}}' where seq = {seqs[^3]}", $"L’événement numéro {seqs[^3]} a été modifié");
        await AfterAsync($"delete from event where seq = {seqs[^3]}", $"Il manque au moins un événement avant le numéro {seqs[^2]}");
        await AfterAsync($"delete from event where seq = {seqs[^1]}", $"Il manque au moins un événement après le numéro {seqs[^2]}");
        Assert.Equal((count, null), await log.VerifyAsync(Cancel));

        async Task AfterAsync(string tampering, string sentence)
        {
            var kept = (await KeptAsync()).ToArray();
            await Web.Database.WriteAsync((db, tx) => db.ExecuteAsync(tampering, transaction: tx), Cancel);
            Assert.Contains(sentence, (await log.VerifyAsync(Cancel)).Fault, StringComparison.Ordinal);
            await Web.Database.WriteAsync((db, tx) => db.ExecuteAsync("delete from event", transaction: tx), Cancel);
            await Web.Database.WriteAsync(
                (db, tx) => db.ExecuteAsync(
                    "insert into event values (@Seq, @StreamKind, @StreamId, @At, @ActorId, @ActorName, @Kind, @BodyJson, @PreviousHash, @Hash)", kept, tx),
                Cancel);
        }
    }

    [Fact]
    public async Task Writers_at_the_same_time_make_one_chain()
    {
        var log = Web.Services.GetRequiredService<EventLog>();
        var before = (await log.VerifyAsync(Cancel)).Count;
        await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => Web.Database.WriteAsync(
            (db, tx) => log.AppendAsync(db, tx, "essai", Guid.CreateVersion7(), "essai", null, new { }, Cancel), Cancel)));
        Assert.Equal((before + 12, null), await log.VerifyAsync(Cancel));
    }

    private sealed record Kept(
        long Seq, string StreamKind, Guid StreamId, DateTimeOffset At, Guid? ActorId, string ActorName, string Kind, string BodyJson, string PreviousHash, string Hash);

    private async Task<IEnumerable<Kept>> KeptAsync()
    {
        await using var db = await Web.Database.OpenAsync(Cancel);
        return await db.QueryAsync<Kept>("select * from event order by seq");
    }
}

public sealed class HistoryOnSqlite(SqliteWeb web) : HistoryTests(web), IClassFixture<SqliteWeb>;

public sealed class HistoryOnPostgreSql(PostgreSqlWeb web) : HistoryTests(web), IClassFixture<PostgreSqlWeb>;
