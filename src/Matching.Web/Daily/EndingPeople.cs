using System.Data.Common;
using Dapper;
using Matching.Rules;
using Matching.Rules.Eligibility;
using Matching.Rules.Hours;
using Matching.Rules.Preselection;
using Matching.Web.Platform;
using Matching.Web.Platform.Records;

namespace Matching.Web.Daily;

/// <summary>People on the way to a post or in one, whose PASS IAE, validated eligibility or hours with an association end soon.</summary>
public static class EndingPeople
{
    private const int PeopleLimit = 2_000;

    private static readonly string[] OnTheWay = [.. PreselectionStates.Pending.Append(PreselectionState.Hired).Select(state => state.Code())];

    public sealed record Found(PersonId PersonId, string Name, Ending Ending);

    public static DayBlock BlockOf(IReadOnlyList<Found> endings, SignedIn who, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(who);
        var path = who.Role == Roles.Facilitator ? "/eligibilite/alertes" : "/viviers";
        return new DayBlock(
            "fins", $"Ce qui se termine dans les {EndingSoon.DaysBefore} jours", "Aucun PASS, aucune éligibilité ni aucun plafond d’heures ne se termine bientôt.", path, "Un PASS, une éligibilité ou un plafond d’heures se termine bientôt", "PASS, éligibilités ou plafonds d’heures se terminent bientôt",
            [.. endings.Take(DayBlock.Limit).Select(it => new DayItem(
                it.Ending.LastDay, it.Name, $"{it.Ending.What} : dernier jour le {DayWords.Day(it.Ending.LastDay)}", PathOf(who, it.PersonId), DayWords.Due(it.Ending.LastDay, today)))]);
    }

    /// <summary>Where the reader acts for a person.</summary>
    public static string PathOf(SignedIn who, PersonId person)
    {
        ArgumentNullException.ThrowIfNull(who);
        return who.Role == Roles.Facilitator ? $"/personnes/{person}/eligibilite" : $"/viviers/personnes/{person}";
    }

    /// <summary>The soonest first.</summary>
    public static async Task<IReadOnlyList<Found>> OfAsync(DbConnection db, SignedIn who, DateOnly today, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(who);
        var ids = who.Role == Roles.Facilitator ? await OfFacilitatorAsync(db, who.OrganizationId, today, ct) : await OfStructureAsync(db, who.OrganizationId, today, ct);
        var found = new List<Found>();
        foreach (var batch in ids.Chunk(PersonRecords.BatchSize))
        {
            var validated = (await db.QueryAsync<(Guid Person, DateOnly Until)>(new CommandDefinition(
                $"""
                select d.person_id, d.valid_until from eligibility_decision d
                left join eligibility_withdrawal w on w.decision_id = d.id
                where d.person_id {db.In("@batch")} and d.valid_from <= @today and d.valid_until >= @today and w.decision_id is null
                    and (@isStructure or exists (select 1 from market m where m.id = d.market_id and m.facilitator_id = @OrganizationId))
                order by d.person_id, d.valid_until limit 5000
                """,
                new { batch, today, isStructure = who.Role == Roles.Structure, who.OrganizationId }, cancellationToken: ct))).ToLookup(row => row.Person, row => row.Until);
            var caps = await CapsAsync(db, who, batch, today, ct);
            found.AddRange((await PersonRecords.ReadAsync(db, batch.Select(id => new PersonId(id)), ct)).SelectMany(stored =>
                EndingSoon.Of(stored.Person.Eligibility.Pass, validated[stored.Person.Id.Value], today, caps[stored.Person.Id]).Select(ending => new Found(stored.Person.Id, stored.Person.Identity.FullName, ending))));
        }

        return [.. found.OrderBy(it => it.Ending.LastDay).ThenBy(it => it.Name, StringComparer.Ordinal).ThenBy(it => it.PersonId.Value)];
    }

    /// <summary>The running contracts by which an association lends these people, and the last day under their cap.</summary>
    private static async Task<ILookup<PersonId, Ending>> CapsAsync(DbConnection db, SignedIn who, Guid[] batch, DateOnly today, CancellationToken ct)
    {
        var ids = await db.QueryAsync<ContractId>(new CommandDefinition(
            $"""
            select c.id from work_contract c join organization o on o.id = c.employer_id and o.kind = 'AI'
            where c.person_id {db.In("@batch")} and c.modality = 'MISE_A_DISPOSITION' and c.ended_on is null and (c.ends_on is null or c.ends_on >= @today)
            order by c.id limit {PeopleLimit}
            """,
            new { batch, today }, cancellationToken: ct));
        var caps = new List<(PersonId Person, Ending Ending)>();
        foreach (var ofMarket in (await ContractRecords.ReadAsync(db, ids, who, ct)).GroupBy(it => it.MarketId))
        {
            var market = (await MarketRecords.FindAsync(db, ofMarket.Key, ct))!;
            var placed = await AssociationRecords.OfPeopleAsync(db, [.. ofMarket.Select(it => it.Contract.PersonId).Distinct()], market.FacilitatorId, ct);
            caps.AddRange(ofMarket.Where(it => placed.ContainsKey(it.Contract.PersonId)).Select(it =>
            {
                var (first, months) = placed[it.Contract.PersonId];
                return (it.Contract.PersonId, EndingSoon.OfCap(AssociationCap.Of(first, months, market.Counting, today), it.Contract, today));
            }).Where(it => it.Item2 is not null).Select(it => (it.PersonId, it.Item2!)));
        }

        return caps.ToLookup(it => it.Person, it => it.Ending);
    }

    private static async Task<IReadOnlyList<Guid>> OfFacilitatorAsync(DbConnection db, OrganizationId org, DateOnly today, CancellationToken ct) =>
        (await db.QueryAsync<Guid>(new CommandDefinition(
            $"""
            select p.id from person p
            where exists (select 1 from preselection s where s.person_id = p.id and s.facilitator_id = @org and s.state {db.In("@OnTheWay")})
                or exists (select 1 from work_contract c where c.person_id = p.id and c.facilitator_id = @org and c.ended_on is null and (c.ends_on is null or c.ends_on >= @today))
            order by p.id limit {PeopleLimit}
            """,
            new { org, today, OnTheWay }, cancellationToken: ct))).AsList();

    private static async Task<IReadOnlyList<Guid>> OfStructureAsync(DbConnection db, OrganizationId org, DateOnly today, CancellationToken ct) =>
        (await db.QueryAsync<Guid>(new CommandDefinition(
            $"""
            select p.id from person p
            where p.organization_id = @org and (exists (select 1 from preselection s where s.person_id = p.id and s.state {db.In("@OnTheWay")})
                or exists (select 1 from work_contract c where c.person_id = p.id and c.ended_on is null and (c.ends_on is null or c.ends_on >= @today)))
            order by p.id limit {PeopleLimit}
            """,
            new { org, today, OnTheWay }, cancellationToken: ct))).AsList();
}
