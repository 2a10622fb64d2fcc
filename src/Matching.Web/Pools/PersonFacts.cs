using Matching.Rules.People;
using Matching.Web.Platform.Records;

namespace Matching.Web.Pools;

/// <summary>A person's facts in the form they are stored in: two are the same person unchanged when all are equal.</summary>
internal sealed record PersonFacts(
    string Reference, string LastName, string FirstName, DateOnly BirthDate, string Sex, string? Phone, string? Email, string? PostalCode,
    string InseeCode, string WorkJson, string EligibilityJson, DateOnly AvailableFrom, DateOnly? InformedOn)
{
    /// <summary>The columns of <see cref="Values"/>, in the same order, after the id.</summary>
    public static readonly string[] Columns =
    [
        "id", "reference", "last_name", "first_name", "birth_date", "sex", "phone", "email", "postal_code", "insee_code", "work_json",
        "eligibility_json", "available_from", "informed_on",
    ];

    public static PersonFacts Of(PoolPerson person) => new(
        person.Reference, person.Identity.LastName, person.Identity.FirstName, person.Identity.BirthDate,
        person.Identity.Sex == Rules.People.Sex.Unknown ? "" : person.Identity.Sex.ToString(), person.Identity.Phone, person.Identity.Email,
        person.Identity.PostalCode, person.Work.InseeCode, RecordJson.Write(person.Work), RecordJson.Write(person.Eligibility), person.Work.AvailableFrom,
        person.InformedOn);

    /// <summary>A row to store, under a new id that is used only if the pool does not know the reference.</summary>
    public object?[] Values() =>
    [
        Guid.CreateVersion7(), Reference, LastName, FirstName, BirthDate, Sex, Phone, Email, PostalCode, InseeCode, WorkJson, EligibilityJson, AvailableFrom, InformedOn,
    ];
}
