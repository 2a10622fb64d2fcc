using Dapper;
using Matching.Rules;
using Matching.Rules.Eligibility;
using Matching.Rules.Preselection;
using Matching.Web.Platform;
using Matching.Web.Platform.Records;

namespace Matching.Benchmarks;

/// <summary>A demonstration site where one posting has many preselected people, each with a validated eligibility and three steps of history.</summary>
public static class PreselectedSite
{
    private const string Author = "Mesure";
    private static readonly PreselectionState[] Path = [PreselectionState.Proposed, PreselectionState.Interested, PreselectionState.Preselected];

    /// <summary>The posting, of the demonstration's facilitator; the first <paramref name="ready"/> of its people are preselected, the others spread over the first states.</summary>
    public static async Task<Guid> FillAsync(LoadedSite site, int people, int ready)
    {
        ArgumentNullException.ThrowIfNull(site);
        await using var reader = await site.Database.OpenAsync(default);
        var posting = await reader.QueryFirstAsync<(Guid Id, Guid MarketId, Guid FacilitatorId)>(
            """
            select o.id, o.market_id, o.facilitator_id from posting o
            join app_user u on u.organization_id = o.facilitator_id
            where u.normalized_user_name = 'FACILITATRICE' and o.state = 'PUBLISHED'
            order by o.id limit 1
            """);
        var chosen = (await reader.QueryAsync<Guid>(
            """
            select p.id from person p where p.published_at is not null and p.withdrawn_at is null
                and p.id not in (select s.person_id from preselection s where s.posting_id = @Id)
            order by p.id limit @people
            """,
            new { posting.Id, people })).AsList();
        await site.Database.WriteAsync(
            async (db, tx) =>
            {
                await db.ExecuteAsync("delete from preselection_step where preselection_id in (select id from preselection where posting_id = @Id)", new { posting.Id }, tx);
                await db.ExecuteAsync("delete from preselection where posting_id = @Id", new { posting.Id }, tx);
                foreach (var (at, person) in chosen.Index())
                {
                    await AddAsync(db, tx, posting, person, Path[at < ready ? Path.Length - 1 : at % Path.Length]);
                }
            },
            default);
        return posting.Id;
    }

    private static async Task AddAsync(
        System.Data.Common.DbConnection db, System.Data.Common.DbTransaction tx, (Guid Id, Guid MarketId, Guid FacilitatorId) posting, Guid person, PreselectionState state)
    {
        var (id, now) = (Guid.CreateVersion7(), new FrenchCalendar(TimeProvider.System).Now);
        var today = FrenchCalendar.DayOf(now);
        await db.ExecuteAsync(
            """
            insert into preselection (id, posting_id, person_id, facilitator_id, state, created_at, updated_at)
            values (@id, @posting, @person, @facilitator, @state, @now, @now)
            """,
            new { id, posting = posting.Id, person, facilitator = posting.FacilitatorId, state = state.Code(), now }, tx);
        for (var at = 0; at < Path.Length; at++)
        {
            await db.ExecuteAsync(
                "insert into preselection_step (id, preselection_id, at, by_name, from_state, to_state, is_undo) values (@step, @id, @now, @Author, @from, @to, @no)",
                new { step = Guid.CreateVersion7(), id, now, Author, from = at == 0 ? null : Path[at - 1].Code(), to = Path[at].Code(), no = false }, tx);
        }

        await EligibilityRecords.AppendAsync(
            db, tx,
            new EligibilityDecision(
                new PersonId(person), new MarketId(posting.MarketId), 1, "RSA", DecisionBasis.Proof, today, null, Author, today, today.AddDays(-30), today.AddYears(1)),
            Guid.CreateVersion7(), now, default);
    }
}
