using System.Globalization;
using Dapper;
using Matching.Rules;
using Matching.Rules.Markets;
using Matching.Web.Platform;
using Matching.Web.Platform.Mail;

namespace Matching.Web.Daily;

/// <summary>
/// Each day, by organisation: hours that are due, what ends in sixty days, and on the first look of the week the digest of what waits.
/// Numbers and links only. The key of each mail makes it leave once, whatever is run again.
/// </summary>
public sealed class TellTheDay(Database database, MailQueue mails, FrenchCalendar calendar) : IDailyWork
{
    private const int MostOrganizations = 10_000;

    public async Task<int> RunAsync(CancellationToken ct)
    {
        var queued = 0;
        foreach (var who in await ReadersAsync(ct))
        {
            // One organisation at a time: a stop in between loses nothing, the keys tell who was written to.
            var drafts = await DraftsAsync(who, ct);
            queued += await database.WriteAsync(
                async (db, tx) =>
                {
                    var added = 0;
                    foreach (var draft in drafts)
                    {
                        added += await mails.ToOrganizationAsync(db, tx, who.OrganizationId, who.Role, draft, ct);
                    }

                    return added;
                },
                ct);
        }

        return queued;
    }

    private async Task<IReadOnlyList<MailDraft>> DraftsAsync(SignedIn who, CancellationToken ct)
    {
        var today = calendar.Today;
        await using var db = await database.OpenAsync(ct);
        var day = await DayRead.OfAsync(db, who, today, ct);
        var waiting = day.Blocks.Where(block => block.IsAct && block.Items.Count > 0).ToList();
        return
        [
            .. day.Due.GroupBy(due => due.Market.Id).Select(market => HoursOf(who, [.. market])),
            .. day.Endings.Select(found => EndingOf(who, found)),
            .. waiting.Count > 0 ? [DigestOf(who, waiting, today)] : Array.Empty<MailDraft>(),
        ];
    }

    // One mail a marché and a period: older periods are told with the newest, not each by its own.
    private static MailDraft HoursOf(SignedIn who, IReadOnlyList<HoursOfDay.Due> periods)
    {
        var due = periods[^1];
        return new MailDraft(
            MailKind.HoursDue,
            "Des heures d’insertion sont à déclarer",
            [
                $"Pour {due.Period.Label}, {DayWords.Counted(due.Contracts, "un contrat attend", "contrats attendent")} encore des heures ou un justificatif. Le dernier jour est le {DayWords.Day(due.Period.LastDayInTime)}.",
                .. periods.Count > 1 ? ["Des périodes plus anciennes attendent aussi."] : Array.Empty<string>(),
            ],
            "Voir les heures attendues", "/heures/echeances", string.Create(CultureInfo.InvariantCulture, $"heures:{who.OrganizationId}:{due.Market.Id}:{due.Period.Last.FirstDay:yyyy-MM}"));
    }

    private static MailDraft EndingOf(SignedIn who, EndingPeople.Found found) => new(
        MailKind.EndingSoon,
        "Une échéance approche pour une personne",
        [$"Un PASS, une éligibilité ou un plafond d’heures se termine le {DayWords.Day(found.Ending.LastDay)} pour une personne en présélection ou en poste. Il est encore temps de préparer la suite."],
        "Voir de quoi il s’agit", EndingPeople.PathOf(who, found.PersonId),
        $"fin:{who.OrganizationId}:{found.PersonId}:{(found.Ending.Of is { } period ? $"plafond:{period:yyyy-MM-dd}" : $"{found.Ending.LastDay:yyyy-MM-dd}")}");

    private static MailDraft DigestOf(SignedIn who, IReadOnlyList<DayBlock> waiting, DateOnly today)
    {
        var at = today.ToDateTime(TimeOnly.MinValue);
        return new MailDraft(
            MailKind.WeeklyDigest,
            "Ce qui vous attend cette semaine",
            [.. waiting.Select(block => $"{block.CountWords}.")],
            "Ouvrir ma page du jour", "/aujourdhui", $"synthese:{who.OrganizationId}:{ISOWeek.GetYear(at)}-{ISOWeek.GetWeekOfYear(at)}");
    }

    /// <summary>The facilitators and structures that have someone to write to.</summary>
    private async Task<IReadOnlyList<SignedIn>> ReadersAsync(CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        var rows = await db.QueryAsync<(OrganizationId Id, string Name, string Kind, string Role)>(new CommandDefinition(
            $"""
            select distinct o.id, o.name, o.kind, u.role from app_user u join organization o on o.id = u.organization_id
            where u.role in ('{Roles.Facilitator}', '{Roles.Structure}') and u.email is not null and u.disabled_at is null
            order by o.id, u.role limit {MostOrganizations}
            """,
            cancellationToken: ct));
        return [.. rows.Select(row => new SignedIn(
            Guid.Empty, "", row.Id, row.Name, OrganizationKinds.TryParse(row.Kind, out var kind) ? kind : throw new InvalidOperationException("Unknown kind of organisation."), row.Role))];
    }
}
