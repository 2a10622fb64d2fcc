using System.Globalization;
using Dapper;
using Matching.Rules;
using Matching.Rules.People;
using Matching.Web.Platform;
using Matching.Web.Platform.Mail;

namespace Matching.Web.Pools;

/// <summary>Once a week, tells each structure by mail how many of its people are to be confirmed. A number and a link, no name.</summary>
public sealed class RemindPools(Database database, MailQueue mails, FrenchCalendar calendar)
{
    private const int MostPools = 10_000;

    /// <summary>Writes to the structures not yet told this week; answers how many mails were queued.</summary>
    public Task<int> RunAsync(CancellationToken ct) => database.WriteAsync(
        async (db, tx) =>
        {
            var today = calendar.Today;
            var pools = await db.QueryAsync<(OrganizationId Pool, int People)>(new CommandDefinition(
                $"""
                select organization_id, cast(count(*) as integer) from person
                where checked_on < @before and withdrawn_at is null group by organization_id order by organization_id limit {MostPools}
                """,
                new { before = Freshness.ConfirmBefore(today) }, tx, cancellationToken: ct));
            var queued = 0;
            foreach (var (pool, people) in pools)
            {
                queued += await mails.ToOrganizationAsync(db, tx, pool, Roles.Structure, Draft(people, $"vivier:{pool.Value}:{Week(today)}"), ct);
            }

            return queued;
        },
        ct);

    private static MailDraft Draft(int people, string key) => new(
        MailKind.PoolToRefresh,
        people == 1 ? "Une personne de votre vivier est à confirmer" : $"{people} personnes de votre vivier sont à confirmer",
        [
            $"Ce que dit votre vivier n’a pas été confirmé depuis plus de {Freshness.ConfirmAfterDays} jours pour {(people == 1 ? "une personne" : $"{people} personnes")}.",
            $"Confirmez-les en un clic, ou mettez à jour ce qui a changé. Une personne que vous n’avez pas confirmée depuis {Freshness.ExpireAfterDays} jours n’est plus publiée.",
        ],
        "Confirmer ces personnes", "/viviers/confirmer", key);

    private static string Week(DateOnly day)
    {
        var at = day.ToDateTime(TimeOnly.MinValue);
        return $"{ISOWeek.GetYear(at)}-{ISOWeek.GetWeekOfYear(at)}";
    }
}
