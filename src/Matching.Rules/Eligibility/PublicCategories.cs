using Matching.Rules.Markets;
using Matching.Rules.People;

namespace Matching.Rules.Eligibility;

/// <summary>The publics of the clause, each with its definition, its proof, its source and the one function that checks it.</summary>
public static class PublicCategories
{
    private const string K = "CCAP 21_BAM_048, art. 1.4 (clause complète, facilitateur EPEC Paris)";
    private const string Iae = "Code public des emplois de l’inclusion (critères administratifs), lu en août 2026";

    /// <summary>An attestation of a status that can end is asked again after this many months (IAE table of proofs).</summary>
    public const int AttestationMonths = 3;

    public const int LongTermMonths = 12;
    public const int YoungBelowYears = 26;
    public const int SeniorFromYears = 50;
    public const int OutOfSchoolMonths = 6;

    /// <summary>No CAP nor BEP: what a level "infra 3" is stored as.</summary>
    public const int BelowCap = 2;

    public static IReadOnlyList<PublicCategory> All { get; } =
    [
        new("DELD", "Demandeur d’emploi de longue durée",
            "Est demandeur d’emploi de longue durée la personne inscrite depuis plus de 12 mois.",
            "Avis de situation France Travail", K, LongTermJobSeeker),
        new("RSA", "Bénéficiaire du RSA",
            "Est bénéficiaire du RSA la personne qui le perçoit ou qui est ayant droit d’un bénéficiaire.",
            "Attestation CAF, MSA ou Département de moins de 3 mois", K, (it, day) => Attested(it, day, "RSA")),
        new("MINIMA", "Bénéficiaire d’un minimum social (ASS, AAH, AV, pension d’invalidité)",
            "Est retenue la personne qui perçoit l’ASS, l’AAH, l’allocation veuvage ou une pension d’invalidité.",
            "Attestation de moins de 3 mois", K, (it, day) => Attested(it, day, "MINIMA", "ASS", "AAH", "AV", "INVALIDITE")),
        new("TH", "Travailleur handicapé (obligation d’emploi)",
            "Est retenue la personne bénéficiaire de l’obligation d’emploi des travailleurs handicapés (code du travail, L5212-13).",
            "RQTH ou notification en cours de validité", K, (it, day) => Shown(it, day, "TH")),
        new("JEUNE", "Jeune de moins de 26 ans sans qualification",
            "Est retenu le jeune de moins de 26 ans, de niveau inférieur au CAP ou BEP et sorti de l’école depuis au moins 6 mois.",
            "Pièce d’identité et attestation de la Mission locale", K, YoungWithoutQualification),
        new("JEUNE_DIPLOME", "Jeune diplômé de moins de 26 ans sans activité",
            "Est retenu le jeune diplômé de moins de 26 ans sans activité depuis au moins 6 mois après ses études.",
            "Pièce d’identité et attestation de la Mission locale", Rule.ToConfirm + " (CCAG 2021, art. 16.1.1.2)", YoungGraduate),
        new("SUIVI_RENFORCE", "Jeune en parcours renforcé (PACEA, CEJ, EPIDE, E2C, SMV…)",
            "Est retenu le jeune de moins de 26 ans suivi dans un dispositif renforcé d’accompagnement.",
            "Attestation de la Mission locale ou du dispositif", K, YoungInProgramme),
        new("SENIOR", "Demandeur d’emploi de 50 ans ou plus",
            "Est retenu le demandeur d’emploi qui a 50 ans révolus.",
            "Pièce d’identité et inscription à France Travail", K + " ; âge compté comme dans " + Iae, Senior),
        new("IAE", "Salarié de l’insertion par l’activité économique",
            "Est retenue la personne accompagnée par une EI, ETTI, AI, ACI ou EITI avec un PASS IAE valide.",
            "Contrat et numéro de PASS IAE", K, InInsertionStructure),
        new("GEIQ", "Salarié d’un GEIQ",
            "Est retenue la personne en parcours d’insertion dans un GEIQ.",
            "Attestation du GEIQ", K, (it, day) => OfStructure(it, day, "GEIQ", OrganizationKind.Geiq, OrganizationKind.Geiq)),
        new("EA", "Salarié d’une EA ou EATT, usager d’un ESAT",
            "Est retenue la personne salariée d’une EA ou d’une EATT, ou usagère d’un ESAT.",
            "Attestation de la structure", "CCAG 2021, art. 16.1.1.1 a", (it, day) => OfStructure(it, day, "EA", OrganizationKind.Ea, OrganizationKind.Esat)),
        new("REF", "Réfugié ou protection subsidiaire",
            "Est retenue la personne réfugiée ou sous protection subsidiaire.",
            "Titre de séjour en cours de validité", K, (it, day) => Shown(it, day, "REF")),
        new("QPV", "Habitant d’un quartier prioritaire éloigné de l’emploi",
            "Est retenue la personne éloignée de l’emploi qui habite un quartier prioritaire de la politique de la ville.",
            "Justificatif de domicile de moins de 6 mois", K, PriorityArea),
    ];

    public static PublicCategory? ByCode(string code) => All.FirstOrDefault(c => c.Code == code);

    /// <summary>The criteria that a pool file may declare: the publics and the minima that one of them gathers.</summary>
    public static IReadOnlyList<string> DeclarableCodes { get; } = [.. All.Select(c => c.Code), "ASS", "AAH", "AV", "INVALIDITE"];

    /// <summary>K's list counts young people and seniors in its own way; the CCAG list adds what the text says "notamment".</summary>
    public static IReadOnlyList<string> Template(string name) => name switch
    {
        "K" => ["DELD", "SENIOR", "RSA", "MINIMA", "TH", "JEUNE", "SUIVI_RENFORCE", "IAE", "GEIQ", "REF", "QPV"],
        _ => ["IAE", "EA", "GEIQ", "DELD", "RSA", "MINIMA", "TH", "JEUNE", "JEUNE_DIPLOME", "SUIVI_RENFORCE", "SENIOR", "REF", "QPV"],
    };

    private static Standing LongTermJobSeeker(EligibilityFacts it, DateOnly day)
    {
        if (it.RegisteredSince is not { } since)
        {
            return Declared(it, "DELD")
                ? Standing.Unproved("date d’inscription à France Travail à fournir")
                : Standing.No("pas d’inscription connue à France Travail");
        }

        // "Plus de 12 mois": the day that completes the twelfth month is not enough.
        return day <= since.AddMonths(LongTermMonths)
            ? Standing.No("inscrit·e depuis 12 mois ou moins, le", since)
            : Proved(it, day, AttestationMonths, "avis de situation France Travail à voir", "DELD");
    }

    private static Standing YoungWithoutQualification(EligibilityFacts it, DateOnly day)
    {
        if (!IsYoung(it, day))
        {
            return Standing.No("26 ans ou plus");
        }

        if (it.QualificationLevel > BelowCap)
        {
            return Standing.No("qualification au niveau du CAP ou au-dessus");
        }

        if (it.QualificationLevel is null)
        {
            return Declared(it, "JEUNE") ? Standing.Unproved("niveau de qualification à préciser") : Standing.No("non déclaré");
        }

        return OutOfSchool(it, day, "JEUNE");
    }

    private static Standing YoungGraduate(EligibilityFacts it, DateOnly day) =>
        !IsYoung(it, day) ? Standing.No("26 ans ou plus")
        : it.QualificationLevel is null && Declared(it, "JEUNE_DIPLOME") ? Standing.Unproved("niveau de qualification à préciser")
        : it.QualificationLevel is null or <= BelowCap ? Standing.No("sans diplôme connu")
        : OutOfSchool(it, day, "JEUNE_DIPLOME");

    // The start of the criterion is the day the young person left school or work.
    private static Standing OutOfSchool(EligibilityFacts it, DateOnly day, string code)
    {
        foreach (var criterion in it.Criteria)
        {
            if (criterion.Code == code)
            {
                return criterion.Since is not { } left ? Standing.Unproved("date de sortie de l’école à préciser")
                    : left.AddMonths(OutOfSchoolMonths) > day ? Standing.No("sorti·e de l’école depuis moins de 6 mois, le", left)
                    : Proved(it, day, null, "attestation de la Mission locale à voir", code);
            }
        }

        return Standing.No("non déclaré");
    }

    private static Standing YoungInProgramme(EligibilityFacts it, DateOnly day) =>
        IsYoung(it, day) ? Attested(it, day, "SUIVI_RENFORCE") : Standing.No("26 ans ou plus");

    private static Standing Senior(EligibilityFacts it, DateOnly day) =>
        it.BirthDate > day.AddYears(-SeniorFromYears) ? Standing.No("moins de 50 ans")
        : it.RegisteredSince is null && !Declared(it, "SENIOR") ? Standing.No("pas d’inscription connue à France Travail")
        : Proved(it, day, null, "pièce d’identité et inscription à voir", "SENIOR");

    private static Standing InInsertionStructure(EligibilityFacts it, DateOnly day)
    {
        if (it.Structure.Kind is < OrganizationKind.Ei or > OrganizationKind.Eiti)
        {
            return Standing.No("n’est pas accompagné·e par une structure de l’IAE");
        }

        return it.Pass is null ? Standing.Unproved("numéro et fin du PASS IAE à fournir")
            : it.Pass.Covers(day) ? Standing.Yes("PASS IAE valide jusqu’au", it.Pass.LastDay)
            : Standing.No("PASS IAE terminé le", it.Pass.LastDay);
    }

    private static Standing OfStructure(EligibilityFacts it, DateOnly day, string code, OrganizationKind first, OrganizationKind last) =>
        it.Structure.Kind < first || it.Structure.Kind > last
            ? Standing.No("n’est pas accompagné·e par une structure de ce type")
            : Proved(it, day, null, "attestation de la structure à voir", code);

    private static Standing PriorityArea(EligibilityFacts it, DateOnly day) =>
        it.LivesInQpv is null && Declared(it, "QPV") ? Standing.Unproved("adresse en quartier prioritaire à vérifier")
        : it.LivesInQpv != true ? Standing.No("n’habite pas un quartier prioritaire")
        : !(it.RegisteredSince <= day) && !Declared(it, "QPV") ? Standing.No("éloignement de l’emploi non connu : ni inscription à France Travail, ni public QPV déclaré")
        : Proved(it, day, 6, "justificatif de domicile à voir", "QPV");

    private static Standing Attested(EligibilityFacts it, DateOnly day, params ReadOnlySpan<string> codes) =>
        DeclaredOn(it, day, codes) ? Proved(it, day, AttestationMonths, "attestation à voir", codes) : Standing.No("non déclaré");

    private static Standing Shown(EligibilityFacts it, DateOnly day, string code) =>
        DeclaredOn(it, day, code) ? Proved(it, day, null, "justificatif à voir", code) : Standing.No("non déclaré");

    private static Standing Proved(EligibilityFacts it, DateOnly day, int? freshMonths, string missing, params ReadOnlySpan<string> codes)
    {
        DateOnly? seen = null;
        foreach (var proof in it.Proofs)
        {
            if (proof.SeenOn <= day && codes.Contains(proof.Code) && (seen is null || proof.SeenOn > seen))
            {
                seen = proof.SeenOn;
            }
        }

        return seen is null ? Standing.Unproved(missing)
            : freshMonths is { } months && seen.Value.AddMonths(months) < day ? Standing.Unproved("justificatif trop ancien, vu le", seen)
            : Standing.Yes("justificatif vu le", seen);
    }

    private static bool IsYoung(EligibilityFacts it, DateOnly day) => it.BirthDate > day.AddYears(-YoungBelowYears);

    private static bool Declared(EligibilityFacts it, string code) => DeclaredOn(it, DateOnly.MaxValue, code);

    private static bool DeclaredOn(EligibilityFacts it, DateOnly day, params ReadOnlySpan<string> codes)
    {
        foreach (var criterion in it.Criteria)
        {
            if (codes.Contains(criterion.Code) && (criterion.Since is null || criterion.Since <= day))
            {
                return true;
            }
        }

        return false;
    }
}
