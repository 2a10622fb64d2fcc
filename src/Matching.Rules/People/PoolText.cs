using System.Globalization;
using Matching.Rules.Eligibility;
using Matching.Rules.Markets;

namespace Matching.Rules.People;

/// <summary>A person written back in the columns of the pool file: reading it again gives the same person.</summary>
public static class PoolText
{
    /// <summary>The value of each column, "" when there is nothing to write.</summary>
    /// <param name="structureSiret">SIRET of the pool, which a person does not carry.</param>
    public static IReadOnlyDictionary<PoolColumn, string> Of(Person person, string structureSiret)
    {
        ArgumentNullException.ThrowIfNull(person);
        var (who, work, rights) = (person.Identity, person.Work, person.Eligibility);
        return new Dictionary<PoolColumn, string>
        {
            [PoolColumns.Reference] = person.Reference,
            [PoolColumns.LastName] = who.LastName,
            [PoolColumns.FirstName] = who.FirstName,
            [PoolColumns.BirthDate] = Day(who.BirthDate),
            [PoolColumns.Sex] = who.Sex == Sex.Unknown ? "" : who.Sex.ToString(),
            [PoolColumns.Phone] = who.Phone ?? "",
            [PoolColumns.Email] = who.Email ?? "",
            [PoolColumns.PostalCode] = who.PostalCode ?? "",
            [PoolColumns.Commune] = "",
            [PoolColumns.InseeCode] = work.InseeCode,
            [PoolColumns.Qpv] = rights.LivesInQpv switch { true => "oui", false => "non", null => "inconnu" },
            [PoolColumns.StructureSiret] = structureSiret,
            [PoolColumns.StructureType] = rights.Structure.Kind.Code(),
            [PoolColumns.Wanted] = Listed(work.WantedAs ?? [.. work.Wanted.Select(rome => rome.Value)]),
            [PoolColumns.Experiences] = Listed(work.Experiences.Select(one => $"{one.Title}:{one.Months}{(one.End is { } end ? $":{Month(end)}" : "")}")),
            [PoolColumns.GoodMissions] = Listed((work.Past?.Missions ?? []).Select(mission => $"{mission.Title}:{Month(mission.End)}")),
            [PoolColumns.MissionsAgreedOn] = Day(work.Past?.AgreedOn),
            [PoolColumns.Skills] = Listed(work.SkillsAs ?? work.Skills),
            [PoolColumns.Certificates] = Listed(work.Certificates.Select(held => Dated(held.Code.Replace('_', ' '), held.ExpiresOn))),
            [PoolColumns.Licences] = "",
            [PoolColumns.Qualification] = work.QualificationLevel switch { null => "", PublicCategories.BelowCap => "infra 3", { } level => level.ToString(CultureInfo.InvariantCulture) },
            [PoolColumns.French] = work.FrenchLevel is { } french ? PeopleVocabulary.FrenchLevels[french - 1] : "",
            [PoolColumns.AvailableFrom] = Day(work.AvailableFrom),
            [PoolColumns.WeeklyHours] = Number(work.WeeklyHours),
            [PoolColumns.ContractLength] = work.Contract is not { } wish ? "" : wish.Months is { } months ? Number(months) : PoolLevels.WithoutEnd,
            [PoolColumns.PossibleShifts] = Listed(PeopleVocabulary.Shifts.Where(shift => work.Shifts.HasFlag(shift.Value)).Select(shift => shift.Code)),
            [PoolColumns.MobilityMinutes] = Number(work.Mobility.MaximumMinutes),
            [PoolColumns.MobilityKm] = Number(work.Mobility.MaximumKm),
            [PoolColumns.Transport] = PeopleVocabulary.TransportModes.Single(mode => mode.Value == work.Mobility.Mode).Code,
            [PoolColumns.Criteria] = Listed(rights.Criteria.Select(criterion => Dated(criterion.Code, criterion.Since))),
            [PoolColumns.Proofs] = Listed(rights.Proofs.Select(proof => Dated(proof.Code, proof.SeenOn) + End(proof))),
            [PoolColumns.Pass] = rights.Pass?.Shown ?? "",
            [PoolColumns.PassEnd] = Day(rights.Pass?.LastDay),
            [PoolColumns.RegisteredSince] = Day(rights.RegisteredSince),
            [PoolColumns.WorkNeeds] = Listed(work.WorkNeeds),
            [PoolColumns.OwnWords] = work.OwnWords ?? "",
            [PoolColumns.InformedOn] = Day(person.InformedOn),
        };
    }

    private static string Listed(IEnumerable<string> parts) => string.Join('|', parts);

    private static string Dated(string code, DateOnly? day) => day is null ? code : $"{code}:{Day(day)}";

    private static string End(SeenProof proof) => proof.EndsOn is not { } end ? "" : end == SeenProof.NoEnd ? ":sans fin" : $":{Day(end)}";

    private static string Day(DateOnly? day) => day?.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture) ?? "";

    private static string Month(DateOnly first) => first.ToString("yyyy-MM", CultureInfo.InvariantCulture);

    private static string Number(int? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "";
}
