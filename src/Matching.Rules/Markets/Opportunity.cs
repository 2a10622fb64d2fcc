using Matching.Rules.Hours;

namespace Matching.Rules.Markets;

/// <summary>Who buys, as the European thresholds tell them apart.</summary>
public enum BuyerStatus
{
    State,
    LocalAuthority,
    ContractingEntity,
}

/// <summary>What is proposed for a lot of a coming marché.</summary>
public enum LotProposal
{
    /// <summary>A condition of performance: hours that its holder owes.</summary>
    Clause,

    /// <summary>Kept for structures of insertion or of disability.</summary>
    Reserved,

    Nothing,
}

/// <summary>A lot of a coming marché. Money in cents, shares in thousandths; the parts of the calculation are null until they are known.</summary>
/// <param name="ReservedFor">A code of <see cref="OpportunityWords.ReservedFor"/>; null when the lot is not reserved.</param>
/// <param name="Reason">Why the lot carries nothing, or what should be known of it.</param>
public sealed record OpportunityLot(
    int Number, string Title, long AmountCents, LotProposal Proposal, int? LabourPermille, int? RatePermille, int? HourlyCostCents, string? ReservedFor, string? Reason)
{
    /// <summary>What the lot would owe, by the calculator of the marchés; null while a part of the calculation is missing.</summary>
    public HoursTarget? Target
    {
        get
        {
            var target = new HoursTarget(
                1, TargetKind.LabourShare, default, "", AmountCents: AmountCents, LabourPermille: LabourPermille, RatePermille: RatePermille, HourlyCostCents: HourlyCostCents);
            return target.Faults().Count == 0 ? target : null;
        }
    }

    /// <summary>Hours that the lot brings to people; none when nothing is proposed for it.</summary>
    public int Hours => Proposal == LotProposal.Nothing ? 0 : Target?.HoursFor(0) ?? 0;
}

/// <summary>The buyer of a coming marché: known here, or by its name and, once it is known, its SIRET.</summary>
public sealed record OpportunityBuyer(BuyerStatus Status, OrganizationId? Id, string Name, Siret? Siret);

/// <summary>What a facilitator tells a buyer about a coming marché: can it carry a clause, on which lots, how much. One version of it.</summary>
/// <param name="Sector">A code of the sectors of purchase (<c>Consolidations.Sectors</c>).</param>
/// <param name="LaunchOn">The day the consultation is launched: it decides of the duty.</param>
/// <param name="CriterionPercent">Weight of an award criterion about insertion, out of 100; null when there is none.</param>
/// <param name="Exemption">A code of <see cref="OpportunityWords.Exemptions"/>; null when none is claimed.</param>
/// <param name="Template">Code of the template of publics proposed.</param>
public sealed record OpportunitySheet(
    string Reference,
    string Subject,
    OpportunityBuyer Buyer,
    string Sector,
    DateOnly LaunchOn,
    DateOnly? StartsOn,
    DateOnly? EndsOn,
    IReadOnlyList<OpportunityLot> Lots,
    int? CriterionPercent,
    string? Exemption,
    string? ExemptionReason,
    string Template,
    string? Remarks)
{
    /// <summary>Estimated amount without tax of all its lots.</summary>
    public long AmountCents => Lots.Sum(lot => lot.AmountCents);

    public int Hours => Lots.Sum(lot => lot.Hours);

    /// <summary>The lots that would owe hours.</summary>
    public IEnumerable<OpportunityLot> Carrying => Lots.Where(lot => lot.Hours > 0);

    /// <summary>Whether the marché is known to last less than six months, last day included.</summary>
    public bool IsShorterThanSixMonths => StartsOn is { } start && EndsOn < Months.LastDay(start, OpportunityRules.ShortWorksMonths);
}

/// <summary>Codes and French names of the sheet, stated once.</summary>
public static class OpportunityWords
{
    public const string ShortWorks = "TRAVAUX_COURTS";

    public static IReadOnlyList<(BuyerStatus Value, string Code, string Label)> Buyers { get; } =
    [
        (BuyerStatus.State, "ETAT", "État et ses établissements"),
        (BuyerStatus.LocalAuthority, "COLLECTIVITE", "Collectivité territoriale"),
        (BuyerStatus.ContractingEntity, "ENTITE", "Entité adjudicatrice (eau, énergie, transports, poste)"),
    ];

    public static IReadOnlyList<(LotProposal Value, string Code, string Label)> Proposals { get; } =
    [
        (LotProposal.Clause, "CLAUSE", "Une clause : des heures dues par le titulaire"),
        (LotProposal.Reserved, "RESERVE", "Un lot réservé"),
        (LotProposal.Nothing, "SANS", "Rien : ni clause ni réservation"),
    ];

    public static IReadOnlyList<(string Code, string Label)> ReservedFor { get; } =
    [
        ("SIAE", "Structures d’insertion par l’activité économique"),
        ("EA_ESAT", "Entreprises adaptées et ESAT"),
        ("ENSEMBLE", "Structures d’insertion, entreprises adaptées et ESAT ensemble"),
        ("PRISON", "Travail en établissement pénitentiaire"),
    ];

    public static IReadOnlyList<(string Code, string Label)> Exemptions { get; } =
    [
        ("SOLUTION_IMMEDIATE", "Le besoin peut être satisfait par une solution immédiatement disponible"),
        ("SANS_LIEN", "La condition n’aurait pas de lien suffisant avec l’objet du marché"),
        ("CONCURRENCE", "Elle restreindrait la concurrence ou rendrait l’exécution techniquement ou économiquement difficile"),
        (ShortWorks, "Il s’agit de travaux d’une durée inférieure à six mois"),
    ];
}
