namespace Matching.Rules.Eligibility;

/// <summary>A criterion of the GEIQ: in which annexes it stands and, in annex 2, at which level.</summary>
/// <param name="IsAnnexOne">Opens the lower aid.</param>
/// <param name="Level">1 or 2 in annex 2; null when it is in annex 1 only.</param>
public sealed record GeiqCriterion(string Code, string Label, bool IsAnnexOne, int? Level);

/// <summary>Who a GEIQ may take into a path, and the State's aid that it opens.</summary>
public static class GeiqDiagnosis
{
    private const string Source = "Code public des emplois de l’inclusion (administrative_criteria_geiq.json, utils.py), lu en août 2026";

    public const int FullAidEuros = 1_400;
    public const int LowerAidEuros = 814;

    public static Rule OneCriterion { get; } = new(
        "geiq.un-critere", "Le diagnostic posé par un GEIQ demande au moins un critère.", Source);

    public static Rule Aid { get; } = new(
        "geiq.aide",
        "L’aide est de 1 400 € avec un prescripteur habilité, un critère de niveau 1 ou deux de niveau 2 (annexe 2) ; sinon de 814 € avec un critère de l’annexe 1.",
        Source);

    public static IReadOnlyList<Rule> Rules { get; } = [OneCriterion, Aid];

    public static IReadOnlyList<GeiqCriterion> All { get; } =
    [
        new("JEUNE_SQ", "Moins de 26 ans, niveau 4 au plus, sans expérience ou sans emploi en rapport depuis 2 ans, hors études et formation", true, null),
        new("MINIMA", "Bénéficiaire d’un minimum social", true, null),
        new("SANS_TRAVAIL_12", "Éloigné du travail depuis plus d’un an, inscrit ou non", true, null),
        new("DE_45", "Demandeur d’emploi de 45 ans ou plus", true, null),
        new("RECONVERSION", "En reconversion contrainte", true, null),
        new("SIAE_CUI", "Dans un dispositif d’insertion ou en sortant", true, null),
        new("TH", "Travailleur handicapé", true, 2),
        new("REF_DA", "Réfugié, protection temporaire ou subsidiaire", true, 2),
        new("ZRR", "Habitant d’une zone de revitalisation rurale", true, 2),
        new("QPV", "Habitant d’un quartier prioritaire", true, 2),
        new("DETENTION_MJ", "Sortant de détention ou sous main de justice", true, 2),
        new("RSA", "Bénéficiaire du RSA", false, 1),
        new("ASS", "Allocataire de l’ASS", false, 1),
        new("AAH", "Allocataire de l’AAH", false, 1),
        new("DETLD", "Inscrit depuis 24 mois ou plus", false, 1),
        new("CAP_BEP", "Niveau 3 (CAP, BEP) ou moins", false, 2),
        new("SENIOR", "50 ans ou plus", false, 2),
        new("JEUNE", "Moins de 26 ans", false, 2),
        new("ASE", "Sortant de l’aide sociale à l’enfance", false, 2),
        new("DELD", "Inscrit depuis 12 à 23 mois", false, 2),
        new("PI", "Parent isolé", false, 2),
        new("PSH_PR", "Sans domicile, hébergé ou ayant connu la rue", false, 2),
        new("FLE", "Français sous le niveau A1", false, 2),
        new("PM", "Difficulté de mobilité", false, 2),
        new("RS_PS_DA", "Demandeur d’asile", false, 2),
    ];

    /// <summary>Why the diagnosis does not suffice; null when it does.</summary>
    public static string? Check(bool isByPrescriber, IEnumerable<string> codes) =>
        isByPrescriber || All.Any(criterion => codes.Contains(criterion.Code)) ? null : "Le diagnostic du GEIQ demande au moins un critère.";

    /// <summary>The State's aid in euros for these criteria; a code twice counts once.</summary>
    public static int AidEuros(bool isByPrescriber, IEnumerable<string> codes)
    {
        var met = All.Where(criterion => codes.Contains(criterion.Code)).ToList();
        return isByPrescriber || met.Any(criterion => criterion.Level == 1) || met.Count(criterion => criterion.Level == 2) >= 2 ? FullAidEuros
            : met.Any(criterion => criterion.IsAnnexOne) ? LowerAidEuros
            : 0;
    }
}
