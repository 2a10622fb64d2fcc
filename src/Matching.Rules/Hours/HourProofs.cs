namespace Matching.Rules.Hours;

/// <summary>A document that proves the hours of a line. Its reference only: the document itself stays with who sent it.</summary>
public sealed record HourProof(string KindCode, string Reference)
{
    public const int ReferenceMaximumLength = 100;

    /// <summary>Codes and French names of the proofs that are usually given.</summary>
    public static IReadOnlyList<(string Code, string Label)> Kinds { get; } =
    [
        ("FEUILLE_HEURES", "Feuille d’heures signée"),
        ("BULLETIN", "Bulletin de salaire (heures seules)"),
        ("RELEVE", "Relevé ou facture de la structure"),
        ("ATTESTATION", "Attestation de la structure"),
    ];

    public static Rule Asked { get; } = new(
        "heures.justificatif", "Quand le marché demande des justificatifs, une ligne se valide une fois son justificatif noté.",
        "CCAP 21_BAM_048, art. 1.4 (contrôle de l’exécution des heures, justificatifs notifiés au titulaire)");

    public static Rule Once { get; } = new(
        "heures.justificatif-unique", "Un même justificatif ne valide qu’une fois les heures d’une personne, d’une nature et d’un mois.",
        Rule.ToConfirm + " (contrôle du service contre le double compte)");

    public static IReadOnlyList<Rule> All { get; } = [Asked, Once];

    public string KindLabel => Kinds.FirstOrDefault(row => row.Code == KindCode).Label ?? KindCode;

    /// <summary>Two references that differ by case, accents or spaces name one document.</summary>
    public bool IsSameAs(HourProof other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return KindCode == other.KindCode && FrenchKey.Of(Reference) == FrenchKey.Of(other.Reference);
    }
}
