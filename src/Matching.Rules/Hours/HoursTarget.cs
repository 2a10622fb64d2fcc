using System.Globalization;

namespace Matching.Rules.Hours;

/// <summary>How a contract says the hours that a lot owes.</summary>
public enum TargetKind
{
    /// <summary>A number of hours written in the contract.</summary>
    FixedHours,

    /// <summary>A share of the labour, by the calculator.</summary>
    LabourShare,

    /// <summary>One hour for each step of amount invoiced beyond a threshold: the target grows with the invoices.</summary>
    PerAmountInvoiced,

    /// <summary>The hours that the bidder offered, inside the range of the consultation.</summary>
    Offered,
}

/// <summary>One version of what a lot owes; an amendment of the contract is another version, never an edit. Money in cents, shares in thousandths.</summary>
/// <param name="Hours">Of <see cref="TargetKind.FixedHours"/>, or offered by the bidder.</param>
/// <param name="AmountCents">Amount of the lot without tax; for <see cref="TargetKind.PerAmountInvoiced"/>, what is expected to be invoiced in all.</param>
/// <param name="StepCents">Amount that owes one hour.</param>
/// <param name="ThresholdCents">Amount invoiced up to which nothing is owed.</param>
/// <param name="Reason">The document that says so: contract, amendment, order.</param>
public sealed record HoursTarget(
    int Version,
    TargetKind Kind,
    DateOnly AppliesFrom,
    string Reason,
    int? Hours = null,
    long? AmountCents = null,
    int? LabourPermille = null,
    int? RatePermille = null,
    int? HourlyCostCents = null,
    long? StepCents = null,
    long? ThresholdCents = null,
    int? OfferMinimum = null,
    int? OfferMaximum = null)
{
    /// <summary>No lot owes more: far above any contract, and small enough to be added up in minutes.</summary>
    public const int MaximumHours = 10_000_000;

    private static readonly CultureInfo French = CultureInfo.GetCultureInfo("fr-FR");

    public static Rule Calculator { get; } = new(
        "cible.calculateur", "Les heures dues en part de main-d’œuvre sont : montant hors taxes × part de main-d’œuvre × taux d’insertion ÷ coût horaire chargé.",
        "mefsud77.fr et mde-alescevennes (deux exemples publiés : 833 h et 3 500 h), lus en août 2026");

    public static Rule RoundedDown { get; } = new(
        "cible.arrondi", "Des heures dues par un calcul sont arrondies à l’heure entière inférieure.",
        Rule.ToConfirm + " (aucune règle d’arrondi trouvée ; l’exemple publié donne 833 h pour 833,33)");

    public static Rule PerInvoice { get; } = new(
        "cible.factures", "Quand le marché doit une heure par tranche facturée au-delà d’un seuil, la cible suit les factures : une tranche entière, une heure.",
        "CCAP 21_BAM_048, art. 1.4 (1 heure par 2 000 € facturés au-delà de 2 700 000 € HT)");

    public static Rule OfferedRange { get; } = new(
        "cible.offre", "Les heures offertes par le titulaire l’engagent ; elles se tiennent dans la fourchette de la consultation.",
        "Région des Pays de la Loire (document fondateur 000) : entre 315 et 450 heures");

    public static Rule Amended { get; } = new(
        "cible.avenant", "La cible d’un lot ne s’écrase pas : un avenant est une nouvelle version, avec sa date et son motif ; les versions précédentes restent lisibles.",
        Rule.ToConfirm + " (usage : un avenant adapte la cible)");

    public static IReadOnlyList<Rule> All { get; } = [Calculator, RoundedDown, PerInvoice, OfferedRange, Amended];

    /// <summary>What is wrong with the values, by form field; empty when the version can be kept.</summary>
    public IReadOnlyList<(string Field, string Sentence)> Faults()
    {
        var faults = new List<(string, string)>();
        void Need(bool isThere, string field, string sentence)
        {
            if (!isThere)
            {
                faults.Add((field, sentence));
            }
        }

        switch (Kind)
        {
            case TargetKind.FixedHours:
                Need(Hours is >= 0 and <= MaximumHours, "heures", "Heures dues : écrire un nombre entier d’heures.");
                break;
            case TargetKind.LabourShare:
                Need(AmountCents > 0, "montant", "Montant : écrire le montant hors taxes du lot.");
                Need(LabourPermille is > 0 and <= 1000, "part", "Part de main-d’œuvre : entre 0,1 et 100 %.");
                Need(RatePermille is > 0 and <= 1000, "taux", "Taux d’insertion : entre 0,1 et 100 %.");
                Need(HourlyCostCents > 0, "cout", "Coût horaire chargé : écrire un montant en euros.");
                break;
            case TargetKind.PerAmountInvoiced:
                Need(StepCents > 0, "tranche", "Tranche : écrire le montant facturé qui doit une heure.");
                Need(ThresholdCents >= 0, "seuil", "Seuil : écrire le montant facturé jusqu’auquel rien n’est dû, 0 s’il n’y en a pas.");
                break;
            default:
                Need(Hours is >= 0 and <= MaximumHours, "heures", "Heures offertes : écrire un nombre entier d’heures.");
                Need(Hours is null || ((OfferMinimum is null || Hours >= OfferMinimum) && (OfferMaximum is null || Hours <= OfferMaximum)), "heures",
                    $"Heures offertes : {OfferedRange.Sentence} Ici de {OfferMinimum ?? 0} à {(OfferMaximum is { } most ? $"{most}" : "sans maximum")}.");
                Need(OfferMinimum is null || OfferMaximum is null || OfferMinimum <= OfferMaximum, "minimum", "Fourchette : le minimum dépasse le maximum.");
                break;
        }

        return faults;
    }

    /// <summary>Hours owed once this much is invoiced; the amount matters to <see cref="TargetKind.PerAmountInvoiced"/> only.</summary>
    public int HoursFor(long invoicedCents) => Kind switch
    {
        TargetKind.LabourShare => Bounded((decimal)AmountCents!.Value * LabourPermille!.Value * RatePermille!.Value / 1_000_000m / HourlyCostCents!.Value),
        TargetKind.PerAmountInvoiced => Bounded(Math.Max(0, invoicedCents - ThresholdCents!.Value) / StepCents!.Value),
        _ => Hours!.Value,
    };

    /// <summary>The calculation in one French line, so that anybody can do it again.</summary>
    public string Explain(long invoicedCents) => Kind switch
    {
        TargetKind.FixedHours => $"{Number(Hours)} h écrites au contrat",
        TargetKind.LabourShare => $"{Euros(AmountCents)} × {Percent(LabourPermille)} × {Percent(RatePermille)} ÷ {Euros(HourlyCostCents)} de l’heure = {Number(HoursFor(0))} h",
        TargetKind.PerAmountInvoiced =>
            $"({Euros(invoicedCents)} facturés − {Euros(ThresholdCents)}) ÷ {Euros(StepCents)} par heure = {Number(HoursFor(invoicedCents))} h",
        _ => $"{Number(Hours)} h offertes par le titulaire"
            + (OfferMinimum is null && OfferMaximum is null ? "" : $" (consultation : de {Number(OfferMinimum ?? 0)} à {Number(OfferMaximum)} h)"),
    };

    private static int Bounded(decimal hours) => (int)Math.Min(Math.Floor(hours), MaximumHours);

    private static string Number(int? hours) => hours is { } value ? value.ToString("N0", French) : "…";

    private static string Euros(long? cents) => ((cents ?? 0) / 100m).ToString(cents % 100 == 0 ? "N0" : "N2", French) + "\u00a0€";

    private static string Percent(int? permille) => ((permille ?? 0) / 10m).ToString("0.#", French) + "\u00a0%";
}
