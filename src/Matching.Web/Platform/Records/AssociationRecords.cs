using System.Data.Common;
using Dapper;
using Matching.Rules;
using Matching.Rules.Hours;
using Matching.Rules.Markets;

namespace Matching.Web.Platform.Records;

/// <summary>The hours that associations intermédiaires lent people to companies, on the marchés of one facilitator.</summary>
public static class AssociationRecords
{
    private const int MonthLimit = 600 * PersonRecords.BatchSize;

    /// <summary>First day lent and minutes by month; rejected lines are left out, counter-entries taken off.</summary>
    public static async Task<(DateOnly? FirstPlacedOn, IReadOnlyList<(DateOnly Month, int Minutes)> Months)> OfPersonAsync(
        DbConnection db, PersonId person, OrganizationId facilitator, CancellationToken ct, DbTransaction? tx = null) =>
        (await OfPeopleAsync(db, [person], facilitator, ct, tx)).TryGetValue(person, out var placed) ? placed : (null, []);

    /// <summary>The same of several people (<see cref="PersonRecords.BatchSize"/> at most), those who were lent.</summary>
    public static async Task<IReadOnlyDictionary<PersonId, (DateOnly? FirstPlacedOn, IReadOnlyList<(DateOnly Month, int Minutes)> Months)>> OfPeopleAsync(
        DbConnection db, IReadOnlyCollection<PersonId> people, OrganizationId facilitator, CancellationToken ct, DbTransaction? tx = null)
    {
        ArgumentNullException.ThrowIfNull(people);
        const string contracts = """
            from work_contract c
            join organization o on o.id = c.employer_id and o.kind = 'AI'
            """;
        const string ofFacilitator = "c.facilitator_id = @facilitator and c.modality = 'MISE_A_DISPOSITION'";
        var parameters = new { ids = people.Select(person => person.Value).ToArray(), facilitator };
        var firsts = await db.QueryAsync<(PersonId Person, DateOnly First)>(new CommandDefinition(
            $"select c.person_id, min(c.starts_on) {contracts} where c.person_id {db.In("@ids")} and {ofFacilitator} group by c.person_id order by c.person_id limit {PersonRecords.BatchSize}", parameters, tx, cancellationToken: ct));
        var months = (await db.QueryAsync<(PersonId Person, DateOnly Month, int Minutes)>(new CommandDefinition(
            $"""
            select c.person_id, h.month, cast(sum(h.minutes) as integer) {contracts}
            join hour_entry h on h.contract_id = c.id
            left join hour_decision d on d.entry_id = coalesce(h.corrects, h.id)
            where c.person_id {db.In("@ids")} and {ofFacilitator} and (d.status is null or d.status <> 'REJECTED')
            group by c.person_id, h.month order by c.person_id, h.month limit {MonthLimit}
            """,
            parameters, tx, cancellationToken: ct))).ToLookup(row => row.Person, row => (row.Month, row.Minutes));
        return firsts.ToDictionary(row => row.Person, row => ((DateOnly?)row.First, (IReadOnlyList<(DateOnly, int)>)[.. months[row.Person]]));
    }

    /// <summary>Where the person of such a contract stands on a day; null when the cap does not bind it.</summary>
    public static Task<AssociationStanding?> StandingAsync(
        DbConnection db, PersonId person, Market market, OrganizationKind employer, Modality modality, DateOnly day, CancellationToken ct, DbTransaction? tx = null) =>
        ReadAsync(db, person, market, employer, modality, (first, months) => AssociationCap.Of(first, months, market.Counting, day), tx, ct);

    /// <summary>Where the person would stand in the fullest period that new hours of this month enter; null when the cap does not bind them.</summary>
    public static Task<AssociationStanding?> ForEntryAsync(
        DbConnection db, PersonId person, Market market, OrganizationKind employer, Modality modality, CalendarMonth month, CancellationToken ct, DbTransaction? tx = null) =>
        ReadAsync(db, person, market, employer, modality, (first, months) => AssociationCap.ForEntry(first, months, market.Counting, month), tx, ct);

    private static async Task<AssociationStanding?> ReadAsync(
        DbConnection db, PersonId person, Market market, OrganizationKind employer, Modality modality,
        Func<DateOnly?, IReadOnlyList<(DateOnly Month, int Minutes)>, AssociationStanding?> standing, DbTransaction? tx, CancellationToken ct)
    {
        if (!AssociationCap.Binds(employer, modality))
        {
            return null;
        }

        var (first, months) = await OfPersonAsync(db, person, market.FacilitatorId, ct, tx);
        return standing(first, months);
    }
}
