using Matching.Rules;
using Matching.Rules.People;

namespace Matching.Features;

/// <summary>Of a person, what is kept in memory to find and rank them: neither name, nor contact, nor sex is even read.</summary>
/// <param name="CheckedOn">The day the structure last confirmed these facts.</param>
public sealed record PublishedFacts(PersonId Id, OrganizationId OrganizationId, WorkProfile Work, EligibilityFacts Eligibility, DateOnly CheckedOn)
{
    public static PublishedFacts Of(Person person)
    {
        ArgumentNullException.ThrowIfNull(person);
        return new PublishedFacts(person.Id, person.OrganizationId, person.Work, person.Eligibility, person.CheckedOn);
    }
}
