using Matching.Rules.People;

namespace Matching.Web.Pools;

/// <summary>How the forms name the columns of the template: with their accents, so that the form and the file speak alike.</summary>
public static class PoolColumnWords
{
    public static string Label(PoolColumn column)
    {
        ArgumentNullException.ThrowIfNull(column);
        return column.Name switch
        {
            "reference" => "Référence",
            "prenom" => "Prénom",
            "date_naissance" => "Date de naissance",
            "telephone" => "Téléphone",
            "code_insee" => "Code INSEE",
            "qpv" => "QPV",
            "structure_siret" => "SIRET de la structure",
            "structure_type" => "Type de la structure",
            "metiers_recherches" => "Métiers recherchés",
            "experiences" => "Expériences",
            "missions_reussies" => "Missions réussies",
            "accord_missions_le" => "Accord de la personne pour ses missions, le",
            "competences" => "Compétences",
            "niveau_qualification" => "Niveau de qualification",
            "niveau_francais" => "Niveau de français",
            "heures_hebdo" => "Heures par semaine",
            "duree_contrat" => "Durée de contrat souhaitée",
            "mobilite_minutes" => "Mobilité en minutes",
            "mobilite_km" => "Mobilité en kilomètres",
            "moyen_transport" => "Moyen de transport",
            "criteres" => "Critères",
            "pass_iae" => "PASS IAE",
            "pass_iae_fin" => "Fin du PASS IAE",
            "besoins_poste" => "Besoins pour le poste",
            "texte" => "Projet, dans ses mots",
            "information_donnee_le" => "Information donnée le",
            var name => char.ToUpperInvariant(name[0]) + name[1..].Replace('_', ' '),
        };
    }

    public static string Hint(PoolColumn column)
    {
        ArgumentNullException.ThrowIfNull(column);
        return column.Example.Length == 0 ? column.Content : $"{column.Content} Exemple : {column.Example}";
    }
}
