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
        new("PERMIS_B", "Permis B", false, ["permis b", "permis de conduire", "permis vl", "permis b valide", "permis voiture", "permis de conduire b", "permis de conduire categorie b", "b"]),
        new("PERMIS_BE", "Permis BE", false, ["permis be", "permis b e", "permis eb", "permis b96", "be"]),
        new("PERMIS_C", "Permis C (poids lourd)", false, ["permis c", "permis poids lourd", "permis pl", "c", "permis poids lourds"]),
        new("PERMIS_D", "Permis D (transport en commun)", false, ["permis d", "d"]),
        new("CACES_R482_A", "CACES R482 A (engins compacts)", true, ["caces r482 a", "r482 a", "caces r372 1", "r372 1", "r372m 1", "caces engin de chantier categorie a", "caces engins de chantier a", "caces mini pelle", "caces minipelle"]),
        new("CACES_R482_B1", "CACES R482 B1 (pelles)", true, ["caces r482 b1", "r482 b1", "caces r372 2", "r372 2", "r372m 2", "caces pelle"]),
        new("CACES_R482_F", "CACES R482 F (chariots tout terrain)", true, ["caces r482 f", "r482 f", "caces r372 9", "r372 9", "r372m 9", "caces chariot telescopique", "caces manitou"]),
        new("CACES_R489_1A", "CACES R489 1A (transpalettes)", true, ["caces r489 1a", "r489 1a", "caces 1a", "caces r389 1", "r389 1", "caces 1"]),
        new("CACES_R489_1B", "CACES R489 1B (gerbeurs)", true, ["caces r489 1b", "r489 1b", "caces 1b"]),
        new("CACES_R489_3", "CACES R489 3 (chariots frontaux)", true, ["caces r489 3", "r489 3", "caces r389 3", "r389 3", "caces 3", "cariste caces 3"]),
        new("CACES_R489_5", "CACES R489 5 (mâts rétractables)", true, ["caces r489 5", "r489 5", "caces r389 5", "r389 5", "caces 5"]),
        new("CACES_R486_A", "CACES R486 A (nacelles verticales)", true, ["caces r486 a", "r486 a", "caces r386 1a", "r386 1a", "caces r386 3a", "r386 3a"]),
        new("CACES_R486_B", "CACES R486 B (nacelles)", true, ["caces r486 b", "r486 b", "caces nacelle", "caces r386 b", "r386 b", "caces r386 3b", "r386 3b", "caces r386 1b", "r386 1b", "caces nacelles", "caces pemp"]),
        new("HAB_ELEC_B0", "Habilitation électrique B0", true, ["habilitation electrique b0", "hab elec b0", "habilitation b0", "habilitations electriques b0", "habilitation electrique h0b0", "habilitation electrique h0 b0", "h0b0", "h0 b0", "b0 h0", "b0h0", "b0", "h0"]),
        new("HAB_ELEC_BR", "Habilitation électrique BR", true, ["habilitation electrique br", "hab elec br", "habilitation br", "habilitations electriques br", "br"]),
        new("AIPR", "AIPR (travaux près des réseaux)", true, ["aipr", "aipr operateur", "aipr encadrant", "autorisation d intervention a proximite des reseaux"]),
        new("SST", "Sauveteur secouriste du travail", true, ["sst", "sauveteur secouriste", "formation sst", "sauveteur secouriste du travail", "secouriste du travail"]),
        new("PSE1", "Premiers secours en équipe 1", true, ["pse1", "pse 1"]),
        new("FIMO", "FIMO marchandises", false, ["fimo", "fimo marchandises", "fimo fco", "fco", "fcos", "fimo fcos"]),
        new("HACCP", "Hygiène alimentaire (HACCP)", true, ["haccp", "normes haccp", "methode haccp", "hygiene alimentaire"]),
        new("TRAVAIL_HAUTEUR", "Travail en hauteur", true, ["travail en hauteur", "travaux en hauteur", "port du harnais", "r431"]),
        new("ECHAFAUDAGE", "Montage d’échafaudage (R408)", true, ["echafaudage", "montage d echafaudage", "r408", "echafaudage r408", "r457", "echafaudages", "montage d echafaudages"]),
        new("CARTE_PRO_CNAPS", "Carte professionnelle de sécurité (CNAPS)", false, ["carte professionnelle cnaps", "carte pro cnaps", "carte cnaps", "carte professionnelle d agent de securite", "carte pro", "carte professionnelle", "carte professionnelle de securite", "cnaps"]),
        new("SSIAP_1", "SSIAP 1", false, ["ssiap 1", "ssiap1", "ssiap"]),
        new("CERTIPHYTO", "Certiphyto", true, ["certiphyto", "certificat phyto", "certificat phytosanitaire"]),
        new("CACES_R482_C1", "CACES R482 C1 (chargeuses)", true, ["caces r482 c1", "r482 c1", "caces r372 4", "r372 4", "r372m 4"]),
        new("CACES_R482_C2", "CACES R482 C2 (bouteurs)", true, ["caces r482 c2", "r482 c2", "caces r372 3", "r372 3", "r372m 3"]),
        new("CACES_R482_C3", "CACES R482 C3 (niveleuses)", true, ["caces r482 c3", "r482 c3", "caces r372 6", "r372 6", "r372m 6"]),
        new("CACES_R482_D", "CACES R482 D (compacteurs)", true, ["caces r482 d", "r482 d", "caces r372 7", "r372 7", "r372m 7"]),
        new("CACES_R482_E", "CACES R482 E (tombereaux)", true, ["caces r482 e", "r482 e", "caces r372 8", "r372 8", "r372m 8"]),
        new("CACES_R482_G", "CACES R482 G (engins hors production)", true, ["caces r482 g", "r482 g", "caces r372 10", "r372 10", "r372m 10"]),
        new("CACES_R482_B2", "CACES R482 B2 (foreuses)", true, ["caces r482 b2", "r482 b2"]),
        new("CACES_R482_B3", "CACES R482 B3 (engins rail-route)", true, ["caces r482 b3", "r482 b3"]),
        new("CACES_R489_2A", "CACES R489 2A (chariots à plateau porteur)", true, ["caces r489 2a", "r489 2a", "caces r389 2", "r389 2", "caces 2a"]),
        new("CACES_R489_2B", "CACES R489 2B (chariots tracteurs)", true, ["caces r489 2b", "r489 2b", "caces 2b"]),
        new("CACES_R489_4", "CACES R489 4 (chariots frontaux, plus de 6 t)", true, ["caces r489 4", "r489 4", "caces r389 4", "r389 4", "caces 4"]),
        new("CACES_R489_6", "CACES R489 6 (poste de conduite élevable)", true, ["caces r489 6", "r489 6", "caces r389 6", "r389 6", "caces 6"]),
        new("CACES_R489_7", "CACES R489 7 (déplacement hors production)", true, ["caces r489 7", "r489 7"]),
        new("CACES_R486_C", "CACES R486 C (nacelles hors production)", true, ["caces r486 c", "r486 c"]),
        new("CACES_R485_1", "CACES R485 1 (gerbeurs accompagnants, 1,20 à 2,50 m)", true, ["caces r485 1", "r485 1"]),
        new("CACES_R485_2", "CACES R485 2 (gerbeurs accompagnants, plus de 2,50 m)", true, ["caces r485 2", "r485 2"]),
        new("CACES_R490", "CACES R490 (grue de chargement)", true, ["caces r490", "r490", "caces grue auxiliaire r490", "caces grue auxiliaire", "caces r390", "r390", "caces grue de chargement"]),
        new("CACES_R487", "CACES R487 (grue à tour)", true, ["caces r487", "r487", "caces grue a tour", "caces r377", "r377"]),
        new("CACES_R484", "CACES R484 (ponts roulants)", true, ["caces r484", "r484", "caces pont roulant", "caces r318", "r318"]),
        new("PERMIS_CE", "Permis CE (super lourd)", false, ["permis ce", "permis ec", "permis c e", "permis spl", "permis super lourd", "ce", "ec"]),
        new("HAB_ELEC_BS", "Habilitation électrique BS", true, ["habilitation electrique bs", "hab elec bs", "habilitation bs", "habilitations electriques bs"]),
        new("HAB_ELEC_B1", "Habilitation électrique B1", true, ["habilitation electrique b1", "hab elec b1", "habilitation b1", "habilitation electrique b1v", "habilitations electriques b1", "habilitations electriques b1v", "b1v"]),
        new("HAB_ELEC_B2", "Habilitation électrique B2", true, ["habilitation electrique b2", "hab elec b2", "habilitation b2", "habilitation electrique b2v", "habilitations electriques b2", "b2v"]),
        new("PSC1", "Premiers secours citoyen (PSC1)", true, ["psc1", "psc 1"]),
        new("AMIANTE_SS3", "Amiante, sous-section 3", true, ["amiante ss3", "formation amiante ss3", "amiante sous section 3", "ss3 amiante", "desamiantage ss3", "desamiantage sous section 3", "ss3 desamiantage"]),
        new("AMIANTE_SS4", "Amiante, sous-section 4", true, ["amiante ss4", "formation amiante ss4", "amiante sous section 4", "ss4 amiante", "desamiantage ss4", "desamiantage sous section 4", "ss4 desamiantage", "amiante ss4 operateur"]),
        new("CATEC", "CATEC (espaces confinés)", true, ["catec"]),
        new("BAFA", "BAFA", false, ["bafa"]),
        new("SSIAP_2", "SSIAP 2", false, ["ssiap 2", "ssiap2"]),
        new("ADR", "Transport de matières dangereuses (ADR)", true, ["adr", "formation adr"]),
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
