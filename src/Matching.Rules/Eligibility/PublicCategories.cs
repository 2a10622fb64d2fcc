using Matching.Rules.Markets;

namespace Matching.Rules.Eligibility;

/// <summary>The publics of the clause, each with its definition, its proof, who attests it, its source and the one function that checks it.</summary>
public static class PublicCategories
{
    private const string K = "CCAP 21_BAM_048, art. 1.4 (clause complète, facilitateur EPEC Paris)";
    private const string Iae = "Code public des emplois de l’inclusion (critères administratifs)";
    private const string Ccag = "CCAG 2021, art. 16.1.1.1 (20.1.1.1 en travaux)";
    private const string CcagToConfirm = Rule.ToConfirm + " (CCAG 2021, art. 16.1.1";
    private const string Waste = "Code de l’environnement, R543-219 (rédaction ancienne)";

    /// <summary>No CAP nor BEP: what a level "infra 3" is stored as.</summary>
    public const int BelowCap = 2;

    /// <summary>Youngest age of R543-219's young people.</summary>
    public const int WorkingAgeYears = 16;

    /// <summary>The code under which a decision keeps that a public of the list was seen, and not which one.</summary>
    public const string Unnamed = "CONSTAT";

    public static IReadOnlyList<PublicCategory> All { get; } =
    [
        new("DELD", "Demandeur d’emploi de longue durée",
            it => $"Est demandeur d’emploi de longue durée la personne inscrite depuis plus de {it.LongTermMonths} mois.",
            new("Avis de situation France Travail", ProofValidity.Attestation, ["FT"]), K, PublicChecks.LongTermJobSeeker),
        new("RSA", "Bénéficiaire du RSA",
            _ => "Est bénéficiaire du RSA la personne qui le perçoit ou qui est ayant droit d’un bénéficiaire.",
            new("Attestation CAF, MSA ou Département", ProofValidity.Attestation, ["CAF_MSA", "DEPT"]), K, PublicChecks.Attested("RSA")),
        new("MINIMA", "Bénéficiaire d’un minimum social (ASS, AAH, AV, pension d’invalidité…)",
            _ => "Est retenue la personne qui perçoit l’ASS, l’AAH, l’ATA, l’API, l’allocation veuvage ou une pension d’invalidité.",
            new("Attestation", ProofValidity.Attestation, ["FT", "CAF_MSA", "CPAM"]), K + " ; " + Waste,
            PublicChecks.Attested("MINIMA", "ASS", "AAH", "AV", "INVALIDITE", "ATA", "API")),
        new("TH", "Travailleur handicapé (obligation d’emploi)",
            _ => "Est retenue la personne bénéficiaire de l’obligation d’emploi des travailleurs handicapés (code du travail, L5212-13).",
            new("RQTH ou notification", ProofValidity.InForce, ["MDPH"]), K, PublicChecks.InForce("TH")),
        new("JEUNE", "Jeune sans qualification",
            it => $"Est retenu le jeune de moins de {it.YoungBelowYears} ans, de niveau inférieur au CAP ou BEP et sorti de l’école depuis au moins {it.OutOfSchoolMonths} mois.",
            new("Pièce d’identité et attestation de la Mission locale", ProofValidity.Lasting, ["ML", "FT", "PERSONNE"]), K, PublicChecks.YoungWithoutQualification),
        new("JEUNE_DIPLOME", "Jeune diplômé sans activité",
            it => $"Est retenu le jeune diplômé de moins de {it.YoungBelowYears} ans sans activité depuis au moins {it.OutOfSchoolMonths} mois après ses études.",
            new("Pièce d’identité et attestation de la Mission locale", ProofValidity.Lasting, ["ML", "FT", "PERSONNE"]), CcagToConfirm + ".2)", PublicChecks.YoungGraduate),
        new("JEUNE_16_25", "Jeune de 16 à 25 ans sans diplôme",
            it => $"Est retenu le jeune de {WorkingAgeYears} ans révolus à moins de {it.YoungBelowYears} ans qui n’a ni CAP ni BEP.",
            new("Pièce d’identité et attestation de la Mission locale", ProofValidity.Lasting, ["ML", "FT", "PERSONNE"]), Waste, PublicChecks.YoungWithoutDiploma),
        new("JEUNE_ML", "Jeune suivi par une Mission locale",
            it => $"Est retenu le jeune de moins de {it.YoungBelowYears} ans suivi par une Mission locale.",
            new("Attestation de la Mission locale", ProofValidity.Attestation, ["ML"]), Waste, PublicChecks.YoungAttested("JEUNE_ML")),
        new("SUIVI_RENFORCE", "Jeune en parcours renforcé (PACEA, CEJ, EPIDE, E2C, SMV…)",
            it => $"Est retenu le jeune de moins de {it.YoungBelowYears} ans suivi dans un dispositif renforcé d’accompagnement.",
            new("Attestation de la Mission locale ou du dispositif", ProofValidity.Attestation, ["ML", "DISPOSITIF"]), K, PublicChecks.YoungAttested("SUIVI_RENFORCE")),
        new("SENIOR", "Demandeur d’emploi senior",
            it => $"Est retenu le demandeur d’emploi qui a {it.SeniorFromYears} ans révolus.",
            new("Pièce d’identité et inscription à France Travail", ProofValidity.Lasting, ["FT", "PERSONNE"]), K + " ; âge compté comme dans " + Iae, PublicChecks.Senior),
        new("IAE", "Salarié de l’insertion par l’activité économique",
            _ => "Est retenue la personne accompagnée par une EI, ETTI, AI, ACI ou EITI avec un PASS IAE valide.",
            new("Contrat et PASS IAE", ProofValidity.InForce, ["SIAE", "FT"]), K, PublicChecks.InInsertionStructure),
        new("REGIE", "Salarié d’une régie de quartier ou de territoire",
            _ => "Est retenue la personne salariée d’une régie de quartier ou de territoire agréée.",
            new("Attestation de la régie", ProofValidity.InForce, ["STRUCTURE"]), Ccag + ", c ; " + K, PublicChecks.InForce("REGIE")),
        new("DISPOSITIF", "Stagiaire d’un dispositif particulier (EPIDE, E2C, Défense 2e chance)",
            _ => "Est retenue la personne engagée dans un EPIDE, une École de la 2e chance ou Défense 2e chance.",
            new("Attestation du dispositif", ProofValidity.InForce, ["DISPOSITIF"]), Ccag + ", d ; " + K, PublicChecks.InForce("DISPOSITIF")),
        new("GEIQ", "Salarié d’un GEIQ",
            _ => "Est retenue la personne en parcours d’insertion dans un GEIQ.",
            new("Contrat et diagnostic du GEIQ", ProofValidity.InForce, ["GEIQ"]), Ccag + ", e ; " + K,
            PublicChecks.OfStructure("GEIQ", OrganizationKind.Geiq, OrganizationKind.Geiq)),
        new("EA", "Salarié d’une EA ou EATT, usager d’un ESAT",
            _ => "Est retenue la personne salariée d’une EA ou d’une EATT, ou usagère d’un ESAT.",
            new("Contrat ou attestation de la structure", ProofValidity.InForce, ["STRUCTURE"]), Ccag + ", a", PublicChecks.OfStructure("EA", OrganizationKind.Ea, OrganizationKind.Esat)),
        new("CONTRAT_AIDE", "Salarié en contrat aidé (CAE, CIE)",
            _ => "Est retenue la personne en contrat d’accompagnement dans l’emploi ou en contrat initiative emploi.",
            new("Convention du contrat aidé", ProofValidity.InForce, ["FT", "ML", "CAP_EMPLOI", "DEPT"]), Waste, PublicChecks.InForce("CONTRAT_AIDE")),
        new("JUSTICE", "Personne placée sous main de justice et employée",
            _ => "Est retenue la personne sous main de justice employée en régie, au service de l’emploi pénitentiaire ou par un concessionnaire.",
            new("Attestation, vue et non enregistrée", ProofValidity.Lasting, ["PENITENTIAIRE"]), K, (_, _, _) => Standing.No("se constate sans être enregistré"),
            IsDeclared: false),
        new("REF", "Réfugié ou protection subsidiaire",
            _ => "Est retenue la personne réfugiée ou sous protection subsidiaire.",
            new("Titre de séjour", ProofValidity.InForce, ["PREFECTURE"]), K, PublicChecks.InForce("REF")),
        new("QPV", "Habitant d’un quartier prioritaire éloigné de l’emploi",
            _ => "Est retenue la personne éloignée de l’emploi qui habite un quartier prioritaire de la politique de la ville.",
            new("Justificatif de domicile", ProofValidity.Home, ["PERSONNE"]), K, PublicChecks.PriorityArea),
    ];

    public static PublicCategory? ByCode(string code) => All.FirstOrDefault(c => c.Code == code);

    /// <summary>What a decision rests on, in words.</summary>
    public static string LabelOf(string code) => code switch
    {
        EligibilityDecision.OpinionCategory => "Avis motivé du facilitateur",
        Unnamed => "Public constaté, nature non conservée",
        _ => ByCode(code)?.Label ?? code,
    };

    /// <summary>The criteria that a pool file may declare: the publics and the minima that one of them gathers.</summary>
    public static IReadOnlyList<string> DeclarableCodes { get; } = [.. All.Where(c => c.IsDeclared).Select(c => c.Code), "ASS", "AAH", "AV", "INVALIDITE", "ATA", "API"];

    /// <summary>The public that a declared code belongs to: itself, or the one that gathers the minima.</summary>
    public static PublicCategory? OfDeclared(string code) => ByCode(code) ?? (DeclarableCodes.Contains(code) ? ByCode("MINIMA") : null);

    /// <summary>The categories of a template, in its order.</summary>
    public static IReadOnlyList<string> Template(string name) => RuleSetTemplates.ByCode(name).Categories;
}
