using Matching.Rules.Markets;

namespace Matching.Rules.Eligibility;

/// <summary>An administrative criterion of the insertion by work: its level, its proof, how old the proof may be.</summary>
/// <param name="FreshMonths">The proof is younger than this when the PASS is issued; null when age does not matter.</param>
public sealed record IaeCriterion(int Level, string Code, string Label, string Proof, int? FreshMonths);

public enum DiagnosisAuthor
{
    /// <summary>An authorised prescriber: criteria are not counted.</summary>
    Prescriber,

    /// <summary>The SIAE itself.</summary>
    Employer,

    Geiq,
}

/// <summary>The diagnosis that opens a PASS IAE: which criteria, how many, how long it stays valid.</summary>
public static class IaeDiagnosis
{
    private const string Criteria = "Code public des emplois de l’inclusion (administrative_criteria.json), lu en août 2026";
    private const string Count = "Code public des emplois de l’inclusion (eligibility/enums.py, utils.py), lu en août 2026 ; arrêté du 1er septembre 2021 ; code du travail, R5132-1-7";

    public const int PrescriberMonths = 6;
    public const int EmployerDays = 92;
    public const int LongTermMonths = 12;
    public const int VeryLongTermMonths = 24;
    public const int SeniorFromYears = 50;
    public const int YoungBelowYears = 26;

    public static Rule TwoLevels { get; } = new(
        "iae.niveaux",
        "Quand la structure pose elle-même le diagnostic, il faut un critère de niveau 1, ou à défaut 2 critères de niveau 2 (AI, ETTI), 3 dans les autres (EI, ACI, EITI).",
        Count);

    public static Rule ByPrescriber { get; } = new(
        "iae.prescripteur", "Un prescripteur habilité ne compte pas les critères : son diagnostic socio-professionnel suffit.", Count);

    public static Rule ProofAge { get; } = new(
        "iae.age-des-preuves", "L’âge d’un justificatif de critère se compte au jour de la délivrance du PASS IAE.", Criteria);

    public static Rule ValidFor { get; } = new(
        "diagnostic.duree",
        $"Le diagnostic d’un prescripteur ou d’un GEIQ vaut {PrescriberMonths} mois, celui d’un employeur {EmployerDays} jours, et tout diagnostic tant que le PASS IAE est valide.",
        "Code public des emplois de l’inclusion (models/common.py, iae.py, geiq.py), lu en août 2026");

    public static Rule LastDayOfDiagnosis { get; } = new(
        "diagnostic.dernier-jour", $"Le jour du diagnostic est le premier des {EmployerDays} jours ou des {PrescriberMonths} mois.",
        Rule.ToConfirm + " (le premier jour compté n’a pas été lu à la source ; le compte le plus court est retenu)");

    public static IReadOnlyList<Rule> Rules { get; } = [TwoLevels, ByPrescriber, ProofAge, ValidFor, LastDayOfDiagnosis];

    public static IReadOnlyList<IaeCriterion> All { get; } =
    [
        new(1, "RSA", "Bénéficiaire du RSA", "Attestation RSA", 3),
        new(1, "ASS", "Allocataire de l’ASS", "Attestation ASS", 3),
        new(1, "AAH", "Allocataire de l’AAH", "Attestation AAH", 3),
        new(1, "DETLD", "Inscrit depuis 24 mois ou plus", "Attestation France Travail", 3),
        new(2, "CAP_BEP", "Niveau 3 (CAP, BEP) ou moins", "Diplôme, ou attestation sur l’honneur", 3),
        new(2, "SENIOR", "50 ans ou plus", "Pièce d’identité", null),
        new(2, "JEUNE", "Moins de 26 ans", "Pièce d’identité", null),
        new(2, "ASE", "Sortant de l’aide sociale à l’enfance", "Attestation de l’ASE", 12),
        new(2, "DELD", "Inscrit depuis 12 à 23 mois", "Attestation France Travail", 3),
        new(2, "TH", "Travailleur handicapé", "RQTH en cours de validité au recrutement", null),
        new(2, "PI", "Parent isolé", "Attestation CAF", 3),
        new(2, "PSH_PR", "Sans domicile, hébergé ou ayant connu la rue", "Domiciliation, ou attestation d’un travailleur social ou d’une association", 3),
        new(2, "REF_DA", "Réfugié, protection temporaire ou subsidiaire, demandeur d’asile", "Titre ou autorisation en cours de validité", null),
        new(2, "ZRR", "Habitant d’une zone de revitalisation rurale", "Facture au domicile", 6),
        new(2, "QPV", "Habitant d’un quartier prioritaire", "Facture au domicile", 6),
        new(2, "DETENTION_MJ", "Sortant de détention ou sous main de justice", "Billet de sortie ou attestation du juge", 6),
        new(2, "FLE", "Français sous le niveau A1", "Test de français", 6),
        new(2, "PM", "Difficulté de mobilité", "Diagnostic de mobilité d’un prescripteur habilité", 6),
    ];

    /// <summary>How many criteria of level 2 stand for one of level 1; null when the kind gives no PASS.</summary>
    public static int? SecondLevelNeeded(OrganizationKind kind) => kind switch
    {
        OrganizationKind.Ai or OrganizationKind.Etti => 2,
        OrganizationKind.Ei or OrganizationKind.Aci or OrganizationKind.Eiti => 3,
        _ => null,
    };

    /// <summary>Why the criteria do not suffice; null when they do. A code twice counts once; an unknown one not at all.</summary>
    public static string? Check(OrganizationKind kind, DiagnosisAuthor author, IEnumerable<string> codes)
    {
        if (SecondLevelNeeded(kind) is not { } needed)
        {
            return "Ce type de structure n’embauche pas avec un PASS IAE.";
        }

        if (author == DiagnosisAuthor.Prescriber)
        {
            return null;
        }

        var met = All.Where(criterion => codes.Contains(criterion.Code)).ToList();
        var second = met.Count(criterion => criterion.Level == 2);
        return met.Any(criterion => criterion.Level == 1) || second >= needed ? null
            : $"Il faut un critère de niveau 1, ou {needed} critères de niveau 2 : {second} sur {needed}.";
    }

    /// <summary>Whether a proof of this age is accepted the day the PASS is issued: "de moins de 3 mois" leaves out the same day three months later.</summary>
    public static bool IsFresh(IaeCriterion criterion, DateOnly proofOn, DateOnly issuedOn)
    {
        ArgumentNullException.ThrowIfNull(criterion);
        return proofOn <= issuedOn && (criterion.FreshMonths is not { } months || issuedOn <= Months.LastDay(proofOn, months));
    }

    /// <summary>Last day of a diagnosis made on <paramref name="madeOn"/>, or that of the PASS when it runs longer.</summary>
    public static DateOnly LastDay(DiagnosisAuthor author, DateOnly madeOn, DateOnly? passLastDay = null)
    {
        var own = author == DiagnosisAuthor.Employer ? madeOn.AddDays(EmployerDays - 1) : Months.LastDay(madeOn, PrescriberMonths);
        return passLastDay > own ? passLastDay.Value : own;
    }

    /// <summary>The criterion of the registration as a job seeker: from 12 whole months, from 24 whole months.</summary>
    public static string? OfRegistration(DateOnly since, DateOnly day) =>
        day >= since.AddMonths(VeryLongTermMonths) ? "DETLD" : day >= since.AddMonths(LongTermMonths) ? "DELD" : null;

    /// <summary>The criterion of the age: under 26, from 50.</summary>
    public static string? OfAge(DateOnly birthDate, DateOnly day) =>
        birthDate > day.AddYears(-YoungBelowYears) ? "JEUNE" : birthDate <= day.AddYears(-SeniorFromYears) ? "SENIOR" : null;
}
