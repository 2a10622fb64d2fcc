using System.Data.Common;
using System.Runtime.CompilerServices;
using Dapper;
using Matching.Rules;
using Matching.Rules.People;
using Matching.Web.Platform.Records;

namespace Matching.Web.Pools;

/// <summary>The work of the people of a pool, read page by page: for the words in it.</summary>
internal static class CarriedWords
{
    private const int PageSize = 1_000;

    public static async IAsyncEnumerable<(Guid Id, WorkProfile Work, string Json)> ReadAsync(
        DbConnection db, DbTransaction? tx, OrganizationId pool, [EnumeratorCancellation] CancellationToken ct)
    {
        var after = Guid.Empty;
        List<Row> page;
        do
        {
            page = (await db.QueryAsync<Row>(new CommandDefinition(
                $"select id, work_json from person where organization_id = @pool and id > @after order by id limit {PageSize}", new { pool, after }, tx, cancellationToken: ct))).AsList();
            foreach (var row in page)
            {
                yield return (row.Id, RecordJson.Read<WorkProfile>(row.WorkJson), row.WorkJson);
                after = row.Id;
            }
        }
        while (page.Count == PageSize);
    }

    private sealed record Row(Guid Id, string WorkJson);
}
