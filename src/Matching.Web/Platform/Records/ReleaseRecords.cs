using System.Data.Common;
using Dapper;
using Matching.Rules;
using Matching.Rules.Hours;
using Matching.Rules.Reporting;

namespace Matching.Web.Platform.Records;

/// <summary>The states from which figures about people left the facilitator: rows are only ever added.</summary>
public static class ReleaseRecords
{
    /// <summary>One a month for much longer than any marché.</summary>
    private const int Limit = 1_000;

    /// <summary>The releases of one table, in order.</summary>
    public static async Task<IReadOnlyList<Release>> ReadAsync(DbConnection db, string scope, CancellationToken ct)
    {
        var rows = await db.QueryAsync<(int Number, DateOnly Month, string Json)>(new CommandDefinition(
            $"select number, month, contracts_json from figure_release where scope = @scope order by number limit {Limit}", new { scope }, cancellationToken: ct));
        return [.. rows.Select(row => new Release(row.Number, CalendarMonth.Of(row.Month), [.. RecordJson.Read<List<Line>>(row.Json).Select(line => line.ToContract())]))];
    }

    /// <summary>Adds releases; those that another reader has just added stay as they are.</summary>
    public static async Task AppendAsync(DbConnection db, DbTransaction tx, string scope, IReadOnlyList<Release> releases, DateTimeOffset now, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(releases);
        foreach (var release in releases)
        {
            var json = RecordJson.Write(release.Contracts.Select(it => new Line(it.Id.Value, it.PersonId.Value, it.LotId.Value, it.Minutes, it.Cells.ToDictionary())).ToList());
            var added = await db.ExecuteAsync(new CommandDefinition(
                """
                insert into figure_release (scope, number, month, cut_at, contracts_json) values (@scope, @Number, @month, @now, @json)
                on conflict (scope, number) do nothing
                """,
                new { scope, release.Number, month = release.Month.FirstDay, now, json }, tx, cancellationToken: ct));
            if (added == 0)
            {
                // What follows was judged by a release that did not come out.
                return;
            }
        }
    }

    private sealed record Line(Guid Contract, Guid Person, Guid Lot, int Minutes, Dictionary<string, string> Cells)
    {
        public ReleasedContract ToContract() => new(new ContractId(Contract), new PersonId(Person), new LotId(Lot), Cells, Minutes);
    }
}
