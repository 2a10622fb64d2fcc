using System.Globalization;
using Matching.Rules.Eligibility;
using Matching.Rules.People;
using Matching.Rules.Postings;

namespace Matching.Rules.Preselection;

/// <summary>An experience as shown: the title as written, its length in months, the year it ended.</summary>
/// <param name="IsOfThePost">Whether it is in the occupation of the posting.</param>
public sealed record CardExperience(string Title, int Months, int? EndYear, bool IsOfThePost);

/// <param name="IsRequired">Whether the posting asks for it.</param>
public sealed record CardCertificate(string Label, DateOnly? ExpiresOn, bool IsRequired);

/// <summary>
/// All that a company ever receives about a person, built by <see cref="For"/> and by nothing else. Never the criterion, the kind of
/// prescriber (so no adviser either: a name or a telephone number is enough to find it; the facilitator is whom the company calls), birth date, sex, address or commune, priority area, recognition of disability, benefits, work needs, nor any score.
/// </summary>
/// <param name="Name">Full name, or initials in the anonymous variant.</param>
/// <param name="WeeklyHours">Hours a week the person looks for; null when not said.</param>
/// <param name="Eligibility">One sentence: yes, and the day it was checked.</param>
public sealed record CompanyCard(
    string Name,
    IReadOnlyList<CardExperience> Experiences,
    IReadOnlyList<string> Skills,
    IReadOnlyList<CardCertificate> Certificates,
    DateOnly AvailableFrom,
    IReadOnlyList<string> Shifts,
    int? WeeklyHours,
    string Mobility,
    string? FacilitatorWords,
    string Eligibility)
{
    /// <summary>More lines than this would not be read, and every extra line tells more about the person.</summary>
    public const int MaximumLines = 12;

    public static Rule Minimised { get; } = new(
        "entreprise.fiche-minimale",
        "L’entreprise reçoit l’identité, l’expérience, les compétences, la disponibilité et la mobilité, et « éligible : oui » avec la date ; jamais le critère ni le prescripteur.",
        "RGPD, art. 5-1 c et art. 9 ; Code du travail, L1132-1");

    /// <summary>Builds the card. The decision must be the person's own, which the caller read for the marché of the posting.</summary>
    /// <param name="words">What the facilitator wrote for the company about this person.</param>
    /// <param name="isAnonymous">Initials instead of the name, for a first reading.</param>
    /// <exception cref="ArgumentException">When the decision is about someone else.</exception>
    public static CompanyCard For(
        Person person, PostingTerms post, EligibilityDecision decision, string? words, bool isAnonymous = false)
    {
        if (decision.PersonId != person.Id)
        {
            throw new ArgumentException("The eligibility decision is about another person.", nameof(decision));
        }

        var work = person.Work;
        return new CompanyCard(
            isAnonymous ? person.Identity.Initials : person.Identity.FullName,
            [.. work.Experiences.OrderByDescending(e => e.Rome == post.Rome).Take(MaximumLines)
                .Select(e => new CardExperience(e.Title, e.Months, e.End?.Year, e.Rome == post.Rome))],
            [.. work.Skills.OrderByDescending(s => Asked(post, s)).Take(MaximumLines)],
            [.. work.Certificates.OrderByDescending(c => post.RequiredCertificates.Contains(c.Code)).Take(MaximumLines)
                .Select(c => new CardCertificate(LabelOf(c.Code), c.ExpiresOn, post.RequiredCertificates.Contains(c.Code)))],
            work.AvailableFrom,
            [.. PeopleVocabulary.Shifts.Where(s => work.Shifts.HasFlag(s.Value)).Select(s => s.Label)],
            work.WeeklyHours,
            Moves(work.Mobility),
            string.IsNullOrWhiteSpace(words) ? null : words.Trim(),
            string.Create(CultureInfo.InvariantCulture, $"Éligible à la clause : oui (vérifié le {decision.DecidedOn:dd/MM/yyyy})"));
    }

    private static bool Asked(PostingTerms post, string skill) => post.RequiredSkills.Contains(skill) || post.WishedSkills.Contains(skill);

    private static string LabelOf(string certificate) => People.Certificates.ByCode(certificate)?.Label ?? certificate;

    private static string Moves(Mobility mobility)
    {
        var mode = PeopleVocabulary.TransportModes.Single(m => m.Value == mobility.Mode).Label;
        return mobility.MaximumMinutes is { } minutes ? $"{mode}, jusqu’à {minutes} minutes de trajet"
            : mobility.MaximumKm is { } km ? $"{mode}, jusqu’à {km} km"
            : mode;
    }
}
