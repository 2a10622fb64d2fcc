using System.Globalization;
using Matching.Rules.Eligibility;
using Matching.Rules.Hours;
using Matching.Rules.Markets;
using Matching.Rules.Postings;

namespace Matching.Rules.Preselection;

/// <summary>What must hold for a work contract to carry hours of a marché.</summary>
public static class Hiring
{
    /// <summary>Legal maximum of one week: 48 hours, in minutes.</summary>
    public const int MaximumWeeklyMinutes = 48 * 60;

    public static Rule EligibleOnFirstDay { get; } = new(
        "embauche.eligible-le-premier-jour",
        "L’éligibilité de la personne est validée pour ce marché et en cours le premier jour du contrat.",
        "aude.fr (chaque recrutement est « validé en amont » par le référent de la clause), lu en août 2026");

    public static Rule WithinTheMarket { get; } = new(
        "embauche.dans-le-marche",
        "Le contrat commence pendant le marché, premier et dernier jours compris.",
        Rule.ToConfirm + " (déduit du CCAP 21_BAM_048, art. 1.4 : un contrat compte pendant la durée restante du marché)");

    public static Rule LentByAStructure { get; } = new(
        "embauche.mise-a-disposition",
        "En mise à disposition ou en sous-traitance, l’employeur est une structure d’insertion ; l’entreprise seule embauche directement.",
        "Documents fondateurs 001 et 004 (façons de réaliser la clause)");

    /// <summary>Every reason to refuse the contract, by form field (<c>employeur</c>, <c>debut</c>, <c>fin</c>, <c>modalite</c>, <c>heures</c>); empty when it can be recorded.</summary>
    /// <param name="decision">The frozen eligibility in force for this marché; null when there is none.</param>
    public static IReadOnlyList<RuleRefusal> Check(
        Market market, Lot lot, EligibilityDecision? decision, OrganizationKind employer, Modality modality, WorkContractKind kind, DateOnly start, DateOnly? end, int weeklyMinutes)
    {
        var refusals = Refusals(lot, decision, start);
        if (!market.Period.Contains(start))
        {
            refusals.Add(new("debut", WithinTheMarket, market.Period.End is { } last
                ? $"Le marché va du {Day(market.Period.Start)} au {Day(last)} : le contrat doit commencer pendant ces dates."
                : $"Le marché commence le {Day(market.Period.Start)} : le contrat ne peut pas commencer avant."));
        }

        if (end < start)
        {
            refusals.Add(new("fin", null, "La fin du contrat précède son début : corrigez l’une des deux dates."));
        }

        if (kind == WorkContractKind.Cdi && end is not null)
        {
            refusals.Add(new("fin", null, "Un CDI n’a pas de date de fin : laissez ce champ vide ou changez le type de contrat."));
        }

        if (kind != WorkContractKind.Cdi && end is null)
        {
            refusals.Add(new("fin", null, "Ce contrat est à durée limitée : indiquez sa date de fin."));
        }

        if (lot.Modalities.Count > 0 && !lot.Modalities.Contains(modality))
        {
            refusals.Add(new("modalite", null, "Ce lot ne prévoit pas cette modalité : choisissez-en une prévue au lot."));
        }

        if (modality != Modality.EmbaucheDirecte && !employer.IsInsertionStructure())
        {
            refusals.Add(new("employeur", LentByAStructure, "En mise à disposition ou en sous-traitance, l’employeur est une structure d’insertion : choisissez-la, ou passez en embauche directe."));
        }

        if (weeklyMinutes is <= 0 or > MaximumWeeklyMinutes)
        {
            refusals.Add(new("heures", PersonLedger.LegalMaximum, "La durée par semaine est comprise entre 1 et 48 heures : corrigez-la (35 ou 35,5 par exemple)."));
        }

        return refusals;
    }

    /// <summary>What the eligibility of the person, and the publics of the lot, say against a contract that begins on <paramref name="start"/>.</summary>
    private static List<RuleRefusal> Refusals(Lot lot, EligibilityDecision? decision, DateOnly start)
    {
        var refusals = new List<RuleRefusal>();
        if (decision is null)
        {
            refusals.Add(new("debut", EligibleOnFirstDay, "L’éligibilité de la personne n’est pas validée pour ce marché : validez-la avant l’embauche."));
        }
        else if (decision.Withdrawal is { } withdrawal && start >= withdrawal.From)
        {
            refusals.Add(new("debut", EligibilityWithdrawal.Decided, $"L’éligibilité de la personne a été retirée à partir du {Day(withdrawal.From)} : une nouvelle validation est nécessaire avant l’embauche."));
        }
        else if (start < decision.ValidFrom || start > decision.ValidUntil)
        {
            refusals.Add(new("debut", EligibleOnFirstDay, $"L’éligibilité vaut du {Day(decision.ValidFrom)} au {Day(decision.ValidUntil)} : le contrat doit commencer pendant ces dates."));
        }

        if (decision is not null && !decision.Opens(lot))
        {
            refusals.Add(new("debut", Lot.OwnPublics, $"Ce lot ne retient que : {string.Join(", ", lot.Publics!.Select(PublicCategories.LabelOf))}. La personne n’y était pas justifiée le jour de sa validation."));
        }

        if (!lot.HasIntactPublics)
        {
            refusals.Add(new("debut", RuleSetSeal.OnlyNewVersions, $"Les publics de ce lot ont été modifiés après leur enregistrement. {RuleSetSeal.OnlyNewVersions.Sentence} Enregistrer une nouvelle version."));
        }

        return refusals;
    }

    private static string Day(DateOnly day) => day.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture);
}
