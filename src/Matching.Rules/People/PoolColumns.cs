namespace Matching.Rules.People;

/// <summary>Whether the file must have the column.</summary>
public enum PoolNeed
{
    Optional,
    Required,

    /// <summary>Required together with another one: phone or mail, commune or INSEE code, minutes or kilometres.</summary>
    OneOfTwo,
}

/// <summary>A column of the pool file.</summary>
/// <param name="Position">Its place in the template, from 0.</param>
/// <param name="Name">Its header, in the files and in the API.</param>
/// <param name="Content">What it holds, in one French sentence for the import page.</param>
/// <param name="Example">A value of the template's example row.</param>
public sealed record PoolColumn(int Position, string Name, PoolNeed Need, string Content, string Example);

/// <summary>The columns of the pool file, in the order of the template; headers are recognised whatever their case, accents and spaces.</summary>
public static class PoolColumns
{
    /// <summary>Header added to the file of rows to mend, and ignored when that file comes back.</summary>
    public const string ErrorHeader = "erreur";

    private static readonly List<PoolColumn> Columns = new(40);

    public static readonly PoolColumn Reference = Add("reference", PoolNeed.Required, "Votre propre numéro de la personne, unique chez vous : un nouvel import met à jour.", "P-0001");
    public static readonly PoolColumn LastName = Add("nom", PoolNeed.Required, "Nom d’usage.", "Exemple");
    public static readonly PoolColumn FirstName = Add("prenom", PoolNeed.Required, "Prénom.", "Camille");
    public static readonly PoolColumn BirthDate = Add("date_naissance", PoolNeed.Required, "jj/mm/aaaa ; sert uniquement aux règles d’âge des publics.", "14/03/1992");
    public static readonly PoolColumn Sex = Add("sexe", PoolNeed.Optional, "F, M ou vide ; sert uniquement aux statistiques.", "F");
    public static readonly PoolColumn Phone = Add("telephone", PoolNeed.OneOfTwo, "Téléphone ; lui ou le courriel est nécessaire.", "06 00 00 00 00");
    public static readonly PoolColumn Email = Add("courriel", PoolNeed.OneOfTwo, "Adresse de courriel ; elle ou le téléphone est nécessaire.", "camille@exemple.example");
    public static readonly PoolColumn PostalCode = Add("code_postal", PoolNeed.OneOfTwo, "Code postal du domicile.", "00100");
    public static readonly PoolColumn Commune = Add("commune", PoolNeed.OneOfTwo, "Commune du domicile.", "");
    public static readonly PoolColumn InseeCode = Add("code_insee", PoolNeed.OneOfTwo, "Code INSEE de la commune, si vous le connaissez : il suffit à lui seul.", "");
    public static readonly PoolColumn Qpv = Add("qpv", PoolNeed.Optional, "Habite un quartier prioritaire : oui, non ou inconnu.", "inconnu");
    public static readonly PoolColumn StructureSiret = Add("structure_siret", PoolNeed.Required, "SIRET de votre structure, 14 chiffres.", "");
    public static readonly PoolColumn StructureType = Add("structure_type", PoolNeed.Required, "EI, ETTI, AI, ACI, EITI, GEIQ, EA, EATT, ESAT, FT, ML, CAP_EMPLOI, DEPT ou PLIE.", "ACI");
    public static readonly PoolColumn Wanted = Add("metiers_recherches", PoolNeed.Required, "Codes ROME ou intitulés, séparés par |.", "F1703|Manœuvre bâtiment");
    public static readonly PoolColumn Experiences = Add("experiences", PoolNeed.Optional, "Métier:nombre de mois:fin (aaaa-mm), séparés par |.", "F1703:18:2024-06");
    public static readonly PoolColumn GoodMissions = Add("missions_reussies", PoolNeed.Optional, "Missions passées qui se sont bien terminées, métier:fin (aaaa-mm), séparées par | ; gardées seulement avec la date d’accord de la personne. L’entreprise ne les voit pas.", "F1703:2026-03");
    public static readonly PoolColumn MissionsAgreedOn = Add("accord_missions_le", PoolNeed.Optional, "Date à laquelle la personne a accepté que ces missions comptent ; sans elle, elles ne sont pas gardées.", "12/11/2026");
    public static readonly PoolColumn Skills = Add("competences", PoolNeed.Optional, "Savoir-faire, séparés par |.", "Monter un mur en parpaings|Lire un plan");
    public static readonly PoolColumn Certificates = Add("certificats", PoolNeed.Optional, "Certificats, avec :date de fin s’ils se périment, séparés par |.", "CACES R482 A:31/12/2030|SST");
    public static readonly PoolColumn Licences = Add("permis", PoolNeed.Optional, "Permis, séparés par |.", "B");
    public static readonly PoolColumn Qualification = Add("niveau_qualification", PoolNeed.Optional, "3 à 8, ou infra 3.", "3");
    public static readonly PoolColumn French = Add("niveau_francais", PoolNeed.Optional, "A1, A2, B1, B2, C1 ou C2.", "B1");
    public static readonly PoolColumn AvailableFrom = Add("disponible_le", PoolNeed.Required, "Premier jour possible, jj/mm/aaaa.", "01/12/2026");
    public static readonly PoolColumn WeeklyHours = Add("heures_hebdo", PoolNeed.Optional, "Heures par semaine possibles.", "35");
    public static readonly PoolColumn ContractLength = Add("duree_contrat", PoolNeed.Optional, "Durée de contrat souhaitée, en mois (1 à 60), ou « sans terme » pour un CDI.", "6");
    public static readonly PoolColumn PossibleShifts = Add("horaires_possibles", PoolNeed.Optional, "jour, matin, soir, nuit, week-end, séparés par |.", "jour|matin");
    public static readonly PoolColumn MobilityMinutes = Add("mobilite_minutes", PoolNeed.OneOfTwo, "Trajet accepté en minutes ; lui ou la distance est nécessaire.", "45");
    public static readonly PoolColumn MobilityKm = Add("mobilite_km", PoolNeed.OneOfTwo, "Distance acceptée en kilomètres.", "");
    public static readonly PoolColumn Transport = Add("moyen_transport", PoolNeed.Required, "pied, vélo, transports, deux-roues ou voiture.", "transports");
    public static readonly PoolColumn Criteria = Add("criteres", PoolNeed.Required, "Codes des publics, avec :date de début, séparés par |.", "DELD:01/09/2025");
    public static readonly PoolColumn Proofs = Add("justificatifs", PoolNeed.Optional, "critère:vu le, séparés par | ; ajouter :fin de validité (ou :sans fin) quand la pièce en a une.", "DELD:02/11/2026");
    public static readonly PoolColumn Pass = Add("pass_iae", PoolNeed.Optional, "Numéro de PASS IAE, 12 caractères.", "");
    public static readonly PoolColumn PassEnd = Add("pass_iae_fin", PoolNeed.Optional, "Dernier jour du PASS IAE.", "");
    public static readonly PoolColumn RegisteredSince = Add("inscrit_depuis", PoolNeed.Optional, "Date d’inscription comme demandeur d’emploi.", "01/09/2025");
    public static readonly PoolColumn WorkNeeds = Add("besoins_poste", PoolNeed.Optional, "Besoins pour le poste, dits par la personne, séparés par | ; jamais un diagnostic.", "station assise alternée");
    public static readonly PoolColumn OwnWords = Add("texte", PoolNeed.Optional, "Le projet de la personne dans ses mots, 1 000 caractères au plus ; ni santé, ni justice.", "Je veux reprendre un métier du bâtiment.");
    public static readonly PoolColumn InformedOn = Add("information_donnee_le", PoolNeed.Optional, "Date à laquelle la personne a été informée de la publication ; sans elle, rien n’est publié.", "12/11/2026");

    private static readonly Dictionary<string, PoolColumn> ByKey = Columns.ToDictionary(column => Key(column.Name));

    public static IReadOnlyList<PoolColumn> All => Columns;

    /// <summary>The column of a header, null when it is not one of the template's.</summary>
    public static PoolColumn? Find(string header) => ByKey.GetValueOrDefault(Key(header));

    /// <summary>The form in which two headers are the same column: no case, accent, space nor punctuation.</summary>
    public static string Key(string header) => FrenchKey.Of(header).Replace(" ", "", StringComparison.Ordinal);

    /// <summary>What the headers of a file lack: the required columns, and the pairs of which none is there. One French name per lack.</summary>
    public static IReadOnlyList<string> MissingFrom(IReadOnlyCollection<PoolColumn> present)
    {
        var missing = All.Where(column => column.Need == PoolNeed.Required && !present.Contains(column)).Select(column => column.Name).ToList();
        AddIfNone(Phone, Email);
        AddIfNone(MobilityMinutes, MobilityKm);
        if (!present.Contains(InseeCode) && !present.Contains(PostalCode) && !present.Contains(Commune))
        {
            missing.Add("code_postal et commune (ou code_insee)");
        }

        return missing;

        void AddIfNone(PoolColumn one, PoolColumn other)
        {
            if (!present.Contains(one) && !present.Contains(other))
            {
                missing.Add($"{one.Name} (ou {other.Name})");
            }
        }
    }

    private static PoolColumn Add(string name, PoolNeed need, string content, string example)
    {
        var column = new PoolColumn(Columns.Count, name, need, content, example);
        Columns.Add(column);
        return column;
    }
}
