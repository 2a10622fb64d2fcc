namespace Matching.Rules.Preselection;

/// <summary>The list a coded reason belongs to: who gives it and for which step.</summary>
public enum ReasonList
{
    CompanyDeclines,
    PersonWithdraws,
    StructureWithdraws,
    FacilitatorDoesNotKeep,
    Exit,
    Consequence,
}

/// <summary>A reason that can be counted: a code and the French words people choose.</summary>
public sealed record Reason(ReasonList List, string Code, string Label);

/// <summary>
/// The coded reasons. None speaks of health, justice, age, origin or family: a reason that the law forbids cannot be chosen.
/// The exits are the ones a consolidation asks for at the end, at 6 and at 12 months; their official wording was not read at its source.
/// </summary>
public static class Reasons
{
    public const string HiredElsewhere = "EMBAUCHE_AILLEURS";
    public const string ReplacementUndone = "REMPLACEMENT_ANNULE";

    public static Rule ExitsToConfirm { get; } = new(
        "sortie.codes",
        "La fin d’un contrat est notée avec la situation de la personne à la sortie, dans une liste fixe.",
        Rule.ToConfirm + " (liste des sorties de la consolidation nationale)");

    public static IReadOnlyList<Reason> All { get; } =
    [
        new(ReasonList.CompanyDeclines, "COMPETENCES", "Compétences ou expérience éloignées du poste"),
        new(ReasonList.CompanyDeclines, "CERTIFICAT", "Permis, CACES ou habilitation manquant"),
        new(ReasonList.CompanyDeclines, "DISPONIBILITE", "Disponibilité ou horaires qui ne conviennent pas"),
        new(ReasonList.CompanyDeclines, "MOBILITE", "Trajet trop difficile jusqu’au lieu de travail"),
        new(ReasonList.CompanyDeclines, "ENTRETIEN_ABSENT", "Rendez-vous manqué"),
        new(ReasonList.CompanyDeclines, "POSTE_POURVU", "Poste déjà pourvu"),
        new(ReasonList.CompanyDeclines, "POSTE_SUPPRIME", "Poste supprimé ou reporté"),
        new(ReasonList.CompanyDeclines, "AUTRE", "Autre raison liée au poste"),

        new(ReasonList.PersonWithdraws, "PAS_INTERESSEE", "La personne n’est pas intéressée par ce poste"),
        new(ReasonList.PersonWithdraws, "PLUS_DISPONIBLE", "La personne n’est plus disponible"),
        new(ReasonList.PersonWithdraws, "EMPLOI_TROUVE", "La personne a trouvé un emploi"),
        new(ReasonList.PersonWithdraws, "FORMATION", "La personne entre en formation"),
        new(ReasonList.PersonWithdraws, "TRAJET", "Le trajet est trop difficile pour la personne"),
        new(ReasonList.PersonWithdraws, "SANS_REPONSE", "Sans réponse de la personne"),

        new(ReasonList.StructureWithdraws, "ACTION_EN_COURS", "La personne termine d’abord une action ou un contrat dans sa structure"),
        new(ReasonList.StructureWithdraws, "ACCOMPAGNEMENT", "L’accompagnement doit encore avancer avant ce poste"),
        new(ReasonList.StructureWithdraws, "AUTRE_OFFRE", "La structure la présente plutôt sur une autre offre"),

        new(ReasonList.FacilitatorDoesNotKeep, "AUTRES_PERSONNES", "D’autres personnes sont proposées pour ce poste"),
        new(ReasonList.FacilitatorDoesNotKeep, "EXIGENCE_DU_POSTE", "Une exigence du poste n’est pas remplie"),
        new(ReasonList.FacilitatorDoesNotKeep, "NON_ELIGIBLE", "L’éligibilité à la clause n’a pas pu être validée"),
        new(ReasonList.FacilitatorDoesNotKeep, "OFFRE_FERMEE", "L’offre est pourvue ou fermée"),
        new(ReasonList.FacilitatorDoesNotKeep, "DOUBLON", "Personne déjà proposée par une autre structure"),

        new(ReasonList.Exit, "CDI", "CDI"),
        new(ReasonList.Exit, "CDD_LONG", "CDD de 6 mois ou plus"),
        new(ReasonList.Exit, "CDD_COURT", "CDD de moins de 6 mois"),
        new(ReasonList.Exit, "INTERIM", "Intérim"),
        new(ReasonList.Exit, "ALTERNANCE", "Alternance"),
        new(ReasonList.Exit, "FORMATION", "Formation"),
        new(ReasonList.Exit, "ETAPE_SIAE", "Nouvelle étape dans une structure d’insertion"),
        new(ReasonList.Exit, "CREATION", "Création d’activité"),
        new(ReasonList.Exit, "RECHERCHE", "Recherche d’emploi"),
        new(ReasonList.Exit, "AUTRE", "Autre situation"),
        new(ReasonList.Exit, "INCONNUE", "Situation inconnue"),

        new(ReasonList.Consequence, HiredElsewhere, "Embauchée ailleurs"),
        new(ReasonList.Consequence, ReplacementUndone, "Le remplacement est annulé"),
    ];

    public static IReadOnlyList<Reason> Of(ReasonList list) => [.. All.Where(r => r.List == list)];

    public static bool In(ReasonList list, string code) => All.Any(r => r.List == list && r.Code == code);

    /// <summary>The words of a reason given with the step that leads to <paramref name="to"/>; null when the code is unknown there.</summary>
    public static string? Label(PreselectionState to, string? code) =>
        All.FirstOrDefault(r => r.Code == code && IsFor(r.List, to))?.Label;

    private static bool IsFor(ReasonList list, PreselectionState to) => list switch
    {
        ReasonList.CompanyDeclines => to == PreselectionState.Declined,
        ReasonList.Exit => to == PreselectionState.Ended,
        _ => to == PreselectionState.Withdrawn,
    };
}
