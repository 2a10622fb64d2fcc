using System.Globalization;

namespace Matching.Rules.Markets;

/// <summary>The opinion of a sheet, in French sentences that any reader can check.</summary>
/// <param name="Conclusion">Whether the marché can carry a clause, on how many lots, how many hours.</param>
/// <param name="DutySentence">What the law asks, with the amount and the threshold compared.</param>
public sealed record OpportunityOpinion(ClauseDuty Duty, string Conclusion, string DutySentence)
{
    private static readonly CultureInfo French = CultureInfo.GetCultureInfo("fr-FR");

    public static OpportunityOpinion Of(OpportunitySheet sheet)
    {
        ArgumentNullException.ThrowIfNull(sheet);
        var duty = OpportunityRules.DutyOf(sheet);
        return new OpportunityOpinion(duty, ConclusionOf(sheet), DutySentenceOf(sheet, duty));
    }

    /// <summary>Full-time equivalents of a year, in tenths, rounded down.</summary>
    public static int FullTimeTenths(int hours) => (int)((long)hours * 10 / OpportunityRules.HoursPerFullTime);

    private static string ConclusionOf(OpportunitySheet sheet)
    {
        var carrying = sheet.Carrying.Count();
        return carrying == 0 ? "Non : aucun lot ne porte d’heures."
            : $"Oui : {Lots(carrying)} sur {sheet.Lots.Count}, {sheet.Hours.ToString("N0", French)} heures d’insertion, soit {(FullTimeTenths(sheet.Hours) / 10m).ToString("0.#", French)} équivalent{(FullTimeTenths(sheet.Hours) >= 20 ? "s" : "")} temps plein d’une année.";
    }

    private static string DutySentenceOf(OpportunitySheet sheet, ClauseDuty duty)
    {
        if (sheet.LaunchOn < OpportunityRules.DutyFrom)
        {
            return $"Consultation lancée avant le {OpportunityRules.DutyFrom:dd/MM/yyyy} : une clause est possible, elle n’est pas imposée.";
        }

        if (OpportunityRules.ThresholdOf(sheet) is not { } threshold)
        {
            return "Les seuils connus ici sont ceux de 2026 et 2027 : vérifier celui de l’année du lancement.";
        }

        var compared = $"{Euros(sheet.AmountCents)} hors taxes pour un seuil de {Euros(threshold.Cents)} ({threshold.Label.ToLower(French)})";
        return duty switch
        {
            ClauseDuty.Free => $"{compared} : une clause est possible, elle n’est pas imposée.",
            ClauseDuty.Met => $"{compared} : l’obligation s’applique, et ce marché y répond.",
            ClauseDuty.Exempted => $"{compared} : l’obligation s’applique ; l’acheteur motive une exemption.",
            _ => $"{compared} : l’obligation s’applique. Prévoir une clause, ou motiver l’une des quatre exemptions.",
        };
    }

    private static string Lots(int count) => count > 1 ? $"{count} lots" : $"{count} lot";

    private static string Euros(long cents) => (cents / 100m).ToString(cents % 100 == 0 ? "N0" : "N2", French) + "\u00a0€";
}
