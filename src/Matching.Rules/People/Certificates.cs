namespace Matching.Rules.People;

/// <summary>A licence or certificate of the catalogue.</summary>
/// <param name="IsTrainable">Can be obtained in a few days before a start, so that a gap costs points instead of shutting the door.</param>
public sealed record Certificate(string Code, string Label, bool IsTrainable, IReadOnlyList<string> Writings);

/// <summary>The certificates that postings ask for and people hold, with the ways people write them.</summary>
public static class Certificates
{
    // At most 64: a person's certificates are one 64-bit set in the engine.
    public static IReadOnlyList<Certificate> All { get; } =
    [
        new("PERMIS_B", "Permis B", false, ["permis b", "permis de conduire", "b"]),
        new("PERMIS_BE", "Permis BE", false, ["permis be", "permis b e", "permis eb", "be"]),
        new("PERMIS_C", "Permis C (poids lourd)", false, ["permis c", "permis poids lourd", "permis pl", "c"]),
        new("PERMIS_D", "Permis D (transport en commun)", false, ["permis d", "d"]),
        new("CACES_R482_A", "CACES R482 A (engins compacts)", true, ["caces r482 a", "r482 a", "caces r372 1", "r372 1", "caces engin de chantier categorie a"]),
        new("CACES_R482_B1", "CACES R482 B1 (pelles)", true, ["caces r482 b1", "r482 b1", "caces r372 2", "r372 2"]),
        new("CACES_R482_F", "CACES R482 F (chariots tout terrain)", true, ["caces r482 f", "r482 f", "caces r372 9", "r372 9"]),
        new("CACES_R489_1A", "CACES R489 1A (transpalettes)", true, ["caces r489 1a", "r489 1a"]),
        new("CACES_R489_1B", "CACES R489 1B (gerbeurs)", true, ["caces r489 1b", "r489 1b", "caces r389 1", "r389 1", "caces 1"]),
        new("CACES_R489_3", "CACES R489 3 (chariots frontaux)", true, ["caces r489 3", "r489 3", "caces r389 3", "r389 3", "caces 3", "cariste caces 3"]),
        new("CACES_R489_5", "CACES R489 5 (mâts rétractables)", true, ["caces r489 5", "r489 5", "caces r389 5", "r389 5", "caces 5"]),
        new("CACES_R486_A", "CACES R486 A (nacelles verticales)", true, ["caces r486 a", "r486 a"]),
        new("CACES_R486_B", "CACES R486 B (nacelles)", true, ["caces r486 b", "r486 b", "caces nacelle", "caces r386 b", "r386 b", "caces r386 3b"]),
        new("HAB_ELEC_B0", "Habilitation électrique B0", true, ["habilitation electrique b0", "hab elec b0", "habilitation b0", "h0b0", "h0 b0", "b0"]),
        new("HAB_ELEC_BR", "Habilitation électrique BR", true, ["habilitation electrique br", "hab elec br", "habilitation br", "br"]),
        new("AIPR", "AIPR (travaux près des réseaux)", true, ["aipr"]),
        new("SST", "Sauveteur secouriste du travail", true, ["sst", "sauveteur secouriste du travail", "secouriste du travail"]),
        new("PSE1", "Premiers secours en équipe 1", true, ["pse1", "pse 1"]),
        new("FIMO", "FIMO marchandises", false, ["fimo", "fimo marchandises"]),
        new("HACCP", "Hygiène alimentaire (HACCP)", true, ["haccp", "hygiene alimentaire"]),
        new("TRAVAIL_HAUTEUR", "Travail en hauteur", true, ["travail en hauteur", "travaux en hauteur", "port du harnais"]),
        new("ECHAFAUDAGE", "Montage d’échafaudage (R408)", true, ["echafaudage", "montage d echafaudage", "r408"]),
        new("CARTE_PRO_CNAPS", "Carte professionnelle de sécurité (CNAPS)", false, ["carte professionnelle cnaps", "carte pro cnaps", "carte professionnelle de securite", "cnaps"]),
        new("SSIAP_1", "SSIAP 1", false, ["ssiap 1", "ssiap1", "ssiap"]),
        new("CERTIPHYTO", "Certiphyto", true, ["certiphyto"]),
    ];

    // Pool files ask this for every certificate of every row: the catalogue is folded once.
    private static readonly Dictionary<string, Certificate> ByWriting = All
        .SelectMany(certificate => certificate.Writings.Append(Fold(certificate.Code.Replace('_', ' '))), (certificate, writing) => (certificate, writing))
        .DistinctBy(pair => pair.writing)
        .ToDictionary(pair => pair.writing, pair => pair.certificate, StringComparer.Ordinal);

    public static Certificate? ByCode(string code) => All.FirstOrDefault(c => c.Code == code);

    /// <summary>Position in the catalogue (0–63), the bit of the certificate in a set; -1 when unknown.</summary>
    public static int BitOf(string code)
    {
        for (var i = 0; i < All.Count; i++)
        {
            if (All[i].Code == code)
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>The certificate that a person meant by what they wrote (case, accents, hyphens and « cat. » do not matter); null when unknown.</summary>
    public static Certificate? FromWriting(string text) => ByWriting.GetValueOrDefault(Fold(text));

    /// <summary>The form in which writings are compared: folded words, without "cat." and "catégorie".</summary>
    internal static string Fold(string text) => string.Join(' ', FrenchKey.Of(text).Split(' ').Where(word => word is not ("cat" or "categorie")));
}
