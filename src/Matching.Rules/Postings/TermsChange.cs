using System.Globalization;
using Matching.Rules.People;

namespace Matching.Rules.Postings;

/// <summary>One field of a posting that differs between two versions, in words; "" when it was not said.</summary>
public sealed record TermsChange(string Label, string Before, string After)
{
    private static readonly CultureInfo French = CultureInfo.GetCultureInfo("fr-FR");

    /// <summary>What changed from one version to another, in the order of the form; empty when nothing did. Codes of occupation and commune are left to the caller to name.</summary>
    public static IReadOnlyList<TermsChange> Between(DraftTerms before, DraftTerms after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        return [.. Rows(before).Zip(Rows(after), (one, other) => new TermsChange(one.Label, one.Value, other.Value)).Where(change => change.Before != change.After)];
    }

    private static IEnumerable<(string Label, string Value)> Rows(DraftTerms terms) =>
    [
        ("Intitulé", terms.Title),
        ("Métier", terms.Rome?.Value ?? ""),
        ("Commune", terms.InseeCode ?? ""),
        ("Début", Day(terms.StartsOn)),
        ("Fin", Day(terms.EndsOn)),
        ("Heures par semaine", terms.WeeklyMinutes is { } minutes ? (minutes / 60m).ToString("0.##", French) : ""),
        ("Horaires", string.Join(", ", PeopleVocabulary.Shifts.Where(row => terms.Shifts.HasFlag(row.Value)).Select(row => row.Label))),
        ("Contrat", terms.Contract?.Label() ?? ""),
        ("Nombre de postes", terms.Posts.ToString(French)),
        ("Heures d’insertion", terms.InsertionHours?.ToString("#,0", French) ?? ""),
        ("Certificats exigés", Certificates(terms.RequiredCertificates)),
        ("Certificats souhaités", Certificates(terms.WishedCertificates)),
        ("Compétences", string.Join(", ", terms.RequiredSkills)),
        ("Compétences souhaitées", string.Join(", ", terms.WishedSkills)),
        ("Niveau exigé", terms.RequiredLevel?.ToString(French) ?? ""),
        ("Français exigé", terms.RequiredFrench is { } french ? PeopleVocabulary.FrenchLevels[french - 1] : ""),
        ("Contraintes", string.Join(", ", terms.Constraints)),
        ("Rémunération", terms.Pay),
        ("Tuteur ou tutrice", terms.Tutor),
        ("Contact dans l’entreprise", terms.Contact),
        ("Sécurité", string.Join(", ", terms.Safety)),
        ("Description", terms.Description),
    ];

    private static string Day(DateOnly? day) => day?.ToString("dd/MM/yyyy", French) ?? "";

    private static string Certificates(IReadOnlyList<string> codes) => string.Join(", ", codes.Select(code => People.Certificates.ByCode(code)?.Label ?? code));
}
