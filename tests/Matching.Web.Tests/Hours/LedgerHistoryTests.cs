using Dapper;
using Matching.Web.Platform.Records;
using Microsoft.Extensions.DependencyInjection;

namespace Matching.Web.Tests.Hours;

public abstract class LedgerHistoryTests(WebFixture web) : WebTests(web)
{
    [Fact]
    public async Task A_line_changed_removed_or_slipped_into_the_ledger_shows_against_the_chained_history()
    {
        var clause = await Clause.SeedAsync(Web);
        var contract = await clause.HireAsync();
        await clause.ValidateAsync(contract, "35");
        await clause.ValidateAsync(contract, "20", "2026-09");
        var line = (await clause.LinesAsync(contract))[0].Entry;
        await clause.Facilitator.PostAndFollowAsync($"/heures/lignes/{line.Id}/corriger", ("motif", "mauvais mois"));
        Assert.Equal((3, null), await VerifyAsync());

        await AssertSeenAsync("update hour_entry set minutes = minutes + 60 where id = @id", "update hour_entry set minutes = minutes - 60 where id = @id", line.Id);
        await AssertSeenAsync("update hour_entry set month = '2026-08-01' where id = @id", "update hour_entry set month = '2026-09-01' where id = @id", line.Id);
        await AssertSeenAsync("update hour_decision set status = 'REJECTED', reason = 'essai' where entry_id = @id", "update hour_decision set status = 'VALIDATED' where entry_id = @id", line.Id);
        await AssertSeenAsync(
            """
            insert into hour_entry (id, contract_id, month, kind, minutes, declared_at, declared_by)
            select @id, contract_id, month, kind, 600, declared_at, declared_by from hour_entry where corrects is null and minutes = 2100
            """,
            "delete from hour_entry where id = @id", Guid.CreateVersion7());
        Assert.Equal((3, null), await VerifyAsync());
    }

    private async Task AssertSeenAsync(string tamper, string undo, Guid id)
    {
        await Web.Database.WriteAsync((db, tx) => db.ExecuteAsync(tamper, new { id }, tx), Cancel);
        Assert.NotNull((await VerifyAsync()).Fault);
        await Web.Database.WriteAsync((db, tx) => db.ExecuteAsync(undo, new { id }, tx), Cancel);
    }

    private Task<(int Lines, string? Fault)> VerifyAsync() => Web.Services.GetRequiredService<HourHistory>().VerifyAsync(Cancel);
}

public sealed class LedgerHistoryOnSqlite(SqliteWeb web) : LedgerHistoryTests(web), IClassFixture<SqliteWeb>;

public sealed class LedgerHistoryOnPostgreSql(PostgreSqlWeb web) : LedgerHistoryTests(web), IClassFixture<PostgreSqlWeb>;
