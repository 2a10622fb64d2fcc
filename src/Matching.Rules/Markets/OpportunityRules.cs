namespace Matching.Rules.Markets;

/// <summary>Whether the law makes a coming marché carry conditions of performance about work.</summary>
public enum ClauseDuty
{
    /// <summary>The thresholds of that year are not known here.</summary>
    Unknown,

    /// <summary>A clause may be written, none is due.</summary>
    Free,

    /// <summary>One is due, and at least one lot carries it.</summary>
    Met,

    /// <summary>One is due, no lot carries it, and no exemption is claimed.</summary>
    Due,

    /// <summary>One is due, and an exemption is claimed with its reasons.</summary>
    Exempted,
}

/// <summary>A threshold of the years named by <see cref="OpportunityRules.Thresholds"/>.</summary>
/// <param name="IsWorks">Whether it is the one of works, the same for every buyer.</param>
public sealed record EuropeanThreshold(string Label, bool IsWorks, BuyerStatus? Buyer, long Cents);

/// <summary>What may be said of a coming marché, and what its sheet must hold. Pure functions.</summary>
public static class OpportunityRules
{
    public const int HoursPerFullTime = 1_600;
    public const int ShortWorksMonths = 6;

    /// <summary>A justification shorter than this justifies nothing.</summary>
    public const int ShortestReason = 30;

    public static DateOnly DutyFrom { get; } = new(2026, 8, 21);

    private static readonly DateOnly ThresholdsFrom = new(2026, 1, 1);
    private static readonly DateOnly ThresholdsUntil = new(2027, 12, 31);

    public static IReadOnlyList<EuropeanThreshold> EuropeanThresholds { get; } =
    [
        new("Fournitures et services de l’État", false, BuyerStatus.State, 140_000_00),
        new("Fournitures et services des collectivités", false, BuyerStatus.LocalAuthority, 216_000_00),
        new("Fournitures et services des entités adjudicatrices", false, BuyerStatus.ContractingEntity, 432_000_00),
        new("Travaux et concessions", true, null, 5_404_000_00),
    ];

    public static Rule LinkedToObject { get; } = new(
        "opportunite.objet", "Quel que soit son montant, un marché peut porter des conditions d’exécution sur le social et l’emploi, liées à son objet.",
        "Code de la commande publique, L2112-2 (marche-public.fr), lu en août 2026");

    public static Rule Thresholds { get; } = new(
        "opportunite.seuils",
        "En 2026 et 2027, les seuils européens hors taxes sont de 5 404 000 € en travaux ; en fournitures et services, de 140 000 € pour l’État, 216 000 € pour les collectivités, 432 000 € pour les entités adjudicatrices.",
        "weka.fr (6 janvier 2026) et adden-leblog.com, lus en août 2026");

    public static Rule Duty { get; } = new(
        "opportunite.obligation",
        "Pour une consultation lancée depuis le 21/08/2026, à partir du seuil européen, l’acheteur prévoit des conditions d’exécution sociales ou d’emploi, sauf exemption qu’il justifie.",
        Rule.ToConfirm + " (code de la commande publique, L2112-2-1, loi 2021-1104, art. 35, décret 2022-767, d’après clausesociale34.fr, lexbase.fr et idcite.com ; numéro de l’article et absence de report non vérifiés)");

    public static Rule FourExemptions { get; } = new(
        "opportunite.exemptions",
        "Quatre motifs dispensent de cette obligation : solution immédiatement disponible, lien insuffisant avec l’objet, concurrence restreinte ou exécution rendue difficile, travaux de moins de six mois.",
        Rule.ToConfirm + " (code de la commande publique, L2112-2-1 : quatre cas, à l’acheteur de les justifier ; leurs termes exacts n’ont pas été lus)");

    public static Rule ReservedLot { get; } = new(
        "opportunite.lot-reserve", "Un lot peut être réservé aux structures d’insertion, aux entreprises adaptées et ESAT, aux deux ensemble, ou au travail en établissement pénitentiaire.",
        "Code de la commande publique, L2113-12 à L2113-13-1 (code-commande-publique.com), lu en août 2026");

    public static Rule ReservedShare { get; } = new(
        "opportunite.part-reservee", "La moitié au moins des salariés d’une structure à qui un lot est réservé relèvent des publics concernés.",
        Rule.ToConfirm + " (code de la commande publique, R2113-7 : la part n’a pas été lue)");

    public static Rule Criterion { get; } = new(
        "opportunite.critere", "Un critère d’attribution porte sur l’insertion si une part du marché peut être confiée à des personnes en insertion, et s’il est objectif et non discriminatoire.",
        "Conseil d’État, 25 mars 2013, Département de l’Isère (poids de 15 % admis), cité par imavocats.fr ; code de la commande publique, R2152-7 ; lus en août 2026");

    public static Rule FourMentions { get; } = new(
        "opportunite.mentions", "Les documents d’un marché à clause disent au moins le périmètre, les coordonnées du facilitateur, les profils des publics éligibles et le volume horaire.",
        "CCAG 2021, art. 16.1 (20.1 en travaux)");

    public static Rule FullTime { get; } = new(
        "opportunite.etp", "Un équivalent temps plein d’une année vaut 1 600 heures d’insertion.",
        "Chiffres 2021 du réseau des facilitateurs (25 124 684 h pour 15 703 ETP), cités par achatpublic.info, lu en août 2026");

    public static Rule LotDecided { get; } = new(
        "opportunite.lot", "Un lot qui porte une clause ou qui est réservé a des heures calculées ; un lot qui ne porte rien dit pourquoi.",
        "ELIPS, Région Lorraine (document fondateur 004) : identifier les lots, fixer le niveau, chiffrer les heures");

    public static Rule Dated { get; } = new(
        "opportunite.datee", "Une fiche d’opportunité est datée : la modifier en écrit une nouvelle version, et les précédentes restent lisibles.",
        Rule.ToConfirm + " (usage du service)");

    public static Rule BecomesTheMarket { get; } = new(
        "opportunite.attribution", "À l’attribution, le marché reprend une seule fois la dernière version de sa fiche : acheteur, dates, publics, lots qui portent des heures et leur calcul.",
        Rule.ToConfirm + " (usage du service)");

    public static IReadOnlyList<Rule> All { get; } =
    [
        LinkedToObject, Thresholds, Duty, FourExemptions, ReservedLot, ReservedShare, Criterion, FourMentions, FullTime, LotDecided, Dated, BecomesTheMarket,
    ];

    /// <summary>The threshold of a purchase; null when those of the day are not known here.</summary>
    public static EuropeanThreshold? ThresholdOf(OpportunitySheet sheet)
    {
        ArgumentNullException.ThrowIfNull(sheet);
        return sheet.LaunchOn < ThresholdsFrom || sheet.LaunchOn > ThresholdsUntil ? null
            : EuropeanThresholds.Single(row => sheet.Sector == Works ? row.IsWorks : row.Buyer == sheet.Buyer.Status);
    }

    /// <summary>What the law asks of this purchase as the sheet describes it.</summary>
    public static ClauseDuty DutyOf(OpportunitySheet sheet) =>
        sheet.LaunchOn < DutyFrom ? ClauseDuty.Free
        : ThresholdOf(sheet) is not { } threshold ? ClauseDuty.Unknown
        : sheet.AmountCents < threshold.Cents ? ClauseDuty.Free
        : sheet.Carrying.Any() ? ClauseDuty.Met
        : sheet.Exemption is not null ? ClauseDuty.Exempted
        : ClauseDuty.Due;

    /// <summary>Every reason why the sheet may not be kept, by form field; none when it may.</summary>
    public static IReadOnlyList<(string Field, Rule Rule, string Sentence)> Refusals(OpportunitySheet sheet)
    {
        ArgumentNullException.ThrowIfNull(sheet);
        var refusals = sheet.Lots.SelectMany(Refusals).ToList();
        void Refuse(bool isWrong, string field, Rule rule, string sentence)
        {
            if (isWrong)
            {
                refusals.Add((field, rule, sentence));
            }
        }

        Refuse(sheet.Lots.Count == 0, "lot_1_intitule", LotDecided, "Lots : décrire au moins un lot, même si le marché n’en a qu’un.");
        Refuse(sheet.StartsOn < sheet.LaunchOn, "debut", Duty, "Début prévu : il est avant le lancement de la consultation. Corriger l’une des deux dates.");
        Refuse(sheet.EndsOn < sheet.StartsOn, "fin", LotDecided, "Fin prévue : elle est avant le début. Corriger l’une des deux dates.");
        Refuse(sheet.CriterionPercent is not null && !sheet.Carrying.Any(), "critere", Criterion, $"Critère d’attribution : aucun lot ne porte d’heures. {Criterion.Sentence}");
        if (sheet.Exemption is not null)
        {
            var isDue = DutyOf(sheet with { Exemption = null }) == ClauseDuty.Due;
            Refuse(!isDue, "exemption", FourExemptions, "Exemption : elle ne se motive que si l’obligation s’applique et qu’aucun lot ne porte d’heures. Retirer le motif.");
            Refuse((sheet.ExemptionReason ?? "").Length < ShortestReason, "exemption_justification", FourExemptions,
                $"Justification : l’acheteur justifie son motif ; l’écrire en {ShortestReason} caractères au moins.");
            Refuse(sheet.Exemption == OpportunityWords.ShortWorks && (sheet.Sector != Works || !sheet.IsShorterThanSixMonths), "exemption", FourExemptions,
                "Exemption : ce motif demande des travaux dont le début et la fin prévus laissent moins de six mois.");
        }

        return refusals;
    }

    private const string Works = "TRAVAUX";

    private static IEnumerable<(string Field, Rule Rule, string Sentence)> Refusals(OpportunityLot lot)
    {
        string Field(string name) => $"lot_{lot.Number}_{name}";
        if (lot.Proposal == LotProposal.Nothing)
        {
            return string.IsNullOrWhiteSpace(lot.Reason) ? [(Field("motif"), LotDecided, $"Lot {lot.Number} : dire en quelques mots pourquoi il ne porte rien.")] : [];
        }

        var refusals = new List<(string, Rule, string)>();
        if (lot.Hours == 0)
        {
            refusals.Add((Field("part"), LotDecided,
                $"Lot {lot.Number} : écrire la part de main-d’œuvre, le taux d’insertion et le coût horaire, qui donnent ensemble une heure au moins ; ou choisir « Rien » et dire pourquoi."));
        }

        if (lot.Proposal == LotProposal.Reserved && lot.ReservedFor is null)
        {
            refusals.Add((Field("reserve"), ReservedLot, $"Lot {lot.Number} : dire à qui il est réservé."));
        }

        return refusals;
    }
}
