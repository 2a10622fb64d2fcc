using Matching.Rules.Markets;
using Matching.Rules.People;

namespace Matching.Rules.Eligibility;

/// <summary>How long what was seen shows that the person is of the public.</summary>
public enum ProofValidity
{
    /// <summary>What it shows does not end: an identity card, the day someone left school.</summary>
    Lasting,

    /// <summary>An attestation of a status that can end: younger than the months of the marché.</summary>
    Attestation,

    /// <summary>A proof of address: younger than the months of the marché.</summary>
    Home,

    /// <summary>A document with its own end, noted with it.</summary>
    InForce,
}

/// <summary>The document that shows a public.</summary>
/// <param name="Name">As people call it.</param>
/// <param name="AttestedBy">Codes of <see cref="Attestors"/>: who may issue it.</param>
public sealed record PublicProof(string Name, ProofValidity Validity, IReadOnlyList<string> AttestedBy);

/// <summary>A public that a marché may list.</summary>
/// <param name="Code">Code of the files and the API.</param>
/// <param name="Define">One French sentence with the thresholds of the marché.</param>
/// <param name="Document">What shows it, for how long, and who may attest it.</param>
/// <param name="Source">Where the definition was read.</param>
/// <param name="Check">The one function that says where a person stands on a day.</param>
/// <param name="IsDeclared">Whether a pool file may declare it: what may not be kept about a person is seen, not stored.</param>
public sealed record PublicCategory(
    string Code,
    string Label,
    Func<EligibilityTerms, string> Define,
    PublicProof Document,
    string Source,
    Func<EligibilityFacts, EligibilityTerms, DateOnly, Standing> Check,
    bool IsDeclared = true)
{
    /// <summary>The sentence with the usual thresholds.</summary>
    public string Definition => Define(EligibilityTerms.Usual);

    public Rule Rule => new($"public.{Code.ToLowerInvariant()}", Definition, Source);

    /// <summary>The document with the age that the marché asks for.</summary>
    public string ProofUnder(EligibilityTerms terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return Document.Validity switch
        {
            ProofValidity.Attestation => $"{Document.Name} de moins de {terms.AttestationMonths} mois",
            ProofValidity.Home => $"{Document.Name} de moins de {terms.HomeProofMonths} mois",
            ProofValidity.InForce => $"{Document.Name} en cours de validité",
            _ => Document.Name,
        };
    }

    /// <summary>The document with the usual age.</summary>
    public string Proof => ProofUnder(EligibilityTerms.Usual);
}

/// <summary>Who may attest that someone is of a public.</summary>
public static class Attestors
{
    public static IReadOnlyList<(string Code, string Label)> All { get; } =
    [
        ("FT", "France Travail"),
        ("CAF_MSA", "CAF ou MSA"),
        ("DEPT", "Département"),
        ("CPAM", "Assurance maladie"),
        ("MDPH", "MDPH"),
        ("ML", "Mission locale"),
        ("CAP_EMPLOI", "Cap emploi"),
        ("PLIE", "PLIE"),
        ("SIAE", "Structure de l’IAE"),
        ("GEIQ", "GEIQ"),
        ("STRUCTURE", "Structure qui emploie ou accompagne"),
        ("DISPOSITIF", "Organisme du dispositif"),
        ("PREFECTURE", "Préfecture ou OFPRA"),
        ("PENITENTIAIRE", "Administration pénitentiaire"),
        ("PERSONNE", "La personne elle-même, pièce à l’appui"),
        ("FACILITATEUR", "Facilitateur de la clause"),
    ];

    public static string Label(string code) => All.FirstOrDefault(row => row.Code == code).Label ?? code;
}
