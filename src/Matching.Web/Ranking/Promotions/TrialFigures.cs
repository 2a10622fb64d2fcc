using System.Data.Common;
using Dapper;
using Matching.Rules.Ranking;

namespace Matching.Web.Ranking.Promotions;

/// <summary>What a trial in the shadow has shown.</summary>
/// <param name="SameOfTen">Of the ten first people, how many both models name, on average.</param>
public sealed record ShadowResult(int Lists, double SameOfTen);

/// <summary>Counts of a model's trial, from the lists kept.</summary>
public static class TrialFigures
{
    private const int Head = 10;

    /// <summary>Each preselection counts for the side that chose the line it was taken from; a list is won by the side with more of them.</summary>
    public static async Task<DraftResult> DraftAsync(DbConnection db, DbTransaction? tx, string version, CancellationToken ct)
    {
        var lists = await db.QuerySingleAsync<int>(new CommandDefinition(
            "select cast(count(*) as integer) from ranked_list where other_version = @version", new { version }, tx, cancellationToken: ct));
        var wins = (await db.QueryAsync<(Guid List, int Service, int Trial)>(new CommandDefinition(
            """
            select l.id, cast(sum(case when r.side = 'A' then 1 else 0 end) as integer), cast(sum(case when r.side = 'B' then 1 else 0 end) as integer)
            from ranked_list l join ranked_person r on r.list_id = l.id join preselection p on p.ranked_list_id = l.id and p.person_id = r.person_id
            where l.other_version = @version group by l.id order by l.id limit 1000000
            """,
            new { version }, tx, cancellationToken: ct))).AsList();
        return new DraftResult(lists, wins.Count(it => it.Trial > it.Service), wins.Count(it => it.Service > it.Trial));
    }

    public static async Task<ShadowResult> ShadowAsync(DbConnection db, string version, CancellationToken ct)
    {
        var counts = await db.QuerySingleAsync<(int Lists, int Same)>(new CommandDefinition(
            """
            select cast(count(distinct s.list_id) as integer), cast(coalesce(sum(case when r.person_id is null then 0 else 1 end), 0) as integer)
            from shadow_person s left join ranked_person r on r.list_id = s.list_id and r.person_id = s.person_id and r.rank <= @Head
            where s.model_version = @version and s.rank <= @Head
            """,
            new { version, Head }, cancellationToken: ct));
        return new ShadowResult(counts.Lists, counts.Lists == 0 ? 0 : counts.Same / (double)counts.Lists);
    }
}
