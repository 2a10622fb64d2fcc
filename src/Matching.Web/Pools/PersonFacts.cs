using Matching.Rules.People;
using Matching.Web.Platform.Records;

namespace Matching.Web.Pools;

/// <summary>A person's facts in the form they are stored in: two are the same person unchanged when all are equal.</summary>
internal sealed record PersonFacts(
    string Reference, string LastName, string FirstName, DateOnly BirthDate, string Sex, string? Phone, string? Email, string? PostalCode,
    string InseeCode, string WorkJson, string EligibilityJson, DateOnly AvailableFrom, DateOnly? InformedOn)
{
    public static PersonFacts Of(PoolPerson person) => new(
        person.Reference, person.Identity.LastName, person.Identity.FirstName, person.Identity.BirthDate,
        person.Identity.Sex == Rules.People.Sex.Unknown ? "" : person.Identity.Sex.ToString(), person.Identity.Phone, person.Identity.Email,
        person.Identity.PostalCode, person.Work.InseeCode, RecordJson.Write(person.Work), RecordJson.Write(person.Eligibility), person.Work.AvailableFrom,
        person.InformedOn);

    /// <summary>A row of the table people are laid out in, under a new id that is used only if the pool does not know the reference.</summary>
    public object?[] Values() =>
    [
        Guid.CreateVersion7(), Reference, LastName, FirstName, BirthDate, Sex, Phone, Email, PostalCode, InseeCode, WorkJson, EligibilityJson, AvailableFrom, InformedOn,
    ];
}
