using System.Data.Common;
using Dapper;
using Matching.Rules.People;
using Matching.Web.Platform;

namespace Matching.Web.Pools;

/// <summary>Takes the values of people out of old imports: the rows that nobody mended, and what the report quoted of them. The totals stay.</summary>
public sealed class ForgetRefusedRows(Database database, FrenchCalendar calendar)
{
    private const int BatchSize = 50;

    /// <summary>Forgets what is old enough today; answers of how many imports.</summary>
    public async Task<int> RunAsync(CancellationToken ct)
    {
        var (forgotten, batch) = (0, 0);
        do
        {
            batch = await database.WriteAsync((db, tx) => ForgetAsync(db, tx, ct), ct);
            forgotten += batch;
        }
        while (batch == BatchSize);
        return forgotten;
    }

    private async Task<int> ForgetAsync(DbConnection db, DbTransaction tx, CancellationToken ct)
    {
        var old = (await db.QueryAsync<Row>(new CommandDefinition(
            $"select id, report_json from pool_import where forgotten_at is null and at < @before order by at, id limit {BatchSize}",
            new { before = FrenchCalendar.StartOf(RefusedRows.ForgottenBefore(calendar.Today)) }, tx, cancellationToken: ct))).AsList();
        foreach (var import in old)
        {
            var report = PoolReport.FromJson(import.ReportJson) with { Erreurs = [], Avertissements = [], DetailCoupe = false };
            await db.ExecuteAsync(new CommandDefinition("delete from pool_refused_row where import_id = @Id", new { import.Id }, tx, cancellationToken: ct));
            await db.ExecuteAsync(new CommandDefinition(
                "update pool_import set forgotten_at = @now, report_json = @json, refused_csv = null, refused_header_json = null where id = @Id",
                new { now = calendar.Now, json = report.ToJson(), import.Id }, tx, cancellationToken: ct));
        }

        return old.Count;
    }

    private sealed record Row(Guid Id, string ReportJson);
}
