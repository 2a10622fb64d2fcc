namespace Matching.Rules.People;

/// <summary>What structures call the columns in their own files. A guess is shown and confirmed by a person before the first use.</summary>
public static class PoolHeadings
{
    private static readonly Dictionary<string, PoolColumn> ByKey = new (PoolColumn Column, string[] Writings)[]
    {
        (PoolColumns.Reference, ["id", "identifiant", "matricule", "numéro", "n° dossier", "numéro de dossier", "réf", "référence bénéficiaire", "code salarié", "identifiant interne"]),
        (PoolColumns.LastName, ["nom de famille", "nom d'usage", "nom usuel", "nom salarié", "nom bénéficiaire", "nom candidat"]),
        (PoolColumns.FirstName, ["prénoms", "prénom salarié", "prénom bénéficiaire", "prénom candidat", "prénom usuel"]),
        (PoolColumns.BirthDate, ["date de naissance", "naissance", "né le", "né(e) le", "ddn", "date naiss", "date de naiss"]),
        (PoolColumns.Sex, ["genre", "civilité", "h/f", "f/h"]),
        (PoolColumns.Phone, ["tél", "tel portable", "téléphone portable", "portable", "mobile", "n° de téléphone", "numéro de téléphone", "tel mobile", "gsm"]),
        (PoolColumns.Email, ["mail", "e-mail", "email", "adresse mail", "adresse e-mail", "adresse email", "adresse courriel", "mél"]),
        (PoolColumns.PostalCode, ["cp", "code postal domicile"]),
        (PoolColumns.Commune, ["ville", "localité", "commune de résidence", "ville de résidence", "commune du domicile", "lieu de résidence"]),
        (PoolColumns.InseeCode, ["insee", "code commune", "code insee commune"]),
        (PoolColumns.Qpv, ["quartier prioritaire", "habite en qpv", "résident qpv", "adresse qpv"]),
        (PoolColumns.StructureSiret, ["siret", "siret de la structure", "n° siret", "siret employeur"]),
        (PoolColumns.StructureType, ["type de structure", "type siae", "type de siae"]),
        (PoolColumns.Wanted, ["métier recherché", "métiers", "métier", "métiers visés", "projet professionnel", "poste recherché", "postes recherchés", "emploi recherché", "code rome", "rome", "métier souhaité"]),
        (PoolColumns.Experiences, ["expérience", "expérience professionnelle", "expériences professionnelles", "parcours"]),
        (PoolColumns.GoodMissions, ["bonnes missions", "bonnes missions passées", "missions réussies", "missions passées réussies"]),
        (PoolColumns.MissionsAgreedOn, ["accord missions", "date d'accord missions", "accord de la personne pour ses missions", "missions : accord le"]),
        (PoolColumns.Skills, ["compétence", "savoir-faire", "compétences professionnelles"]),
        (PoolColumns.Certificates, ["certificat", "caces", "habilitations", "habilitation", "certifications", "formations obligatoires"]),
        (PoolColumns.Licences, ["permis de conduire", "permis conduire", "type de permis"]),
        (PoolColumns.Qualification, ["niveau de qualification", "niveau de formation", "niveau formation", "niveau d'études", "niveau de diplôme"]),
        (PoolColumns.French, ["niveau de français", "français", "niveau de langue", "niveau linguistique", "cecrl"]),
        (PoolColumns.AvailableFrom, ["disponibilité", "date de disponibilité", "disponible à partir du", "disponible à partir de", "disponible dès", "dispo"]),
        (PoolColumns.WeeklyHours, ["heures par semaine", "temps de travail", "durée hebdomadaire", "nombre d'heures souhaitées"]),
        (PoolColumns.ContractLength, ["durée de contrat", "durée du contrat", "durée de contrat souhaitée", "durée du contrat souhaitée", "durée souhaitée", "durée de contrat en mois"]),
        (PoolColumns.PossibleShifts, ["horaires", "disponibilités horaires", "horaires acceptés"]),
        (PoolColumns.MobilityMinutes, ["temps de trajet", "trajet maximum", "mobilité en minutes", "temps de trajet max"]),
        (PoolColumns.MobilityKm, ["rayon", "rayon de mobilité", "mobilité en km", "mobilité km", "distance maximum"]),
        (PoolColumns.Transport, ["moyen de locomotion", "locomotion", "transport", "véhicule", "moyens de transport"]),
        (PoolColumns.Criteria, ["critère", "publics", "public", "critères d'éligibilité", "critères administratifs", "public clause", "statut"]),
        (PoolColumns.Proofs, ["justificatif", "justificatifs vus", "pièces justificatives"]),
        (PoolColumns.Pass, ["pass", "n° pass iae", "numéro de pass iae", "agrément"]),
        (PoolColumns.PassEnd, ["fin de pass", "fin pass iae", "date de fin de pass", "date fin pass iae"]),
        (PoolColumns.RegisteredSince, ["date d'inscription", "inscrit depuis le", "date d'inscription france travail", "inscription france travail"]),
        (PoolColumns.WorkNeeds, ["besoins", "aménagements", "aménagement de poste", "besoins pour le poste"]),
        (PoolColumns.OwnWords, ["projet", "présentation", "en ses mots", "projet de la personne"]),
        (PoolColumns.InformedOn, ["date d'information", "informé le", "informée le", "personne informée le", "information rgpd", "date information rgpd", "consentement"]),
    }.SelectMany(one => one.Writings, (one, writing) => (one.Column, Key: PoolColumns.Key(writing))).Distinct().ToDictionary(one => one.Key, one => one.Column, StringComparer.Ordinal);

    /// <summary>The column that this header probably is, when it is not the template's own name; null when nothing is near.</summary>
    public static PoolColumn? Guess(string header) => PoolColumns.Find(header) is null ? ByKey.GetValueOrDefault(PoolColumns.Key(header)) : null;
}
