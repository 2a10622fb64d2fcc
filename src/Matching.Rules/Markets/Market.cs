using Matching.Rules.Hours;

namespace Matching.Rules.Markets;

/// <summary>How the hours of a lot may be done (sources: seeds S1 and S4).</summary>
public enum Modality
{
    MiseADisposition,
    EmbaucheDirecte,
    SousTraitance,
}

/// <summary>How often the company reports its hours. K asks for quarters, S4 for months.</summary>
public enum Cadence
{
    Mensuelle,
    Trimestrielle,
}

/// <summary>From which day the months of a person's credit are counted.</summary>
public enum CreditStart
{
    /// <summary>First day of the person's first contract on the marché: a renewal does not start it again.</summary>
    FirstContract,

    /// <summary>The day the eligibility was validated.</summary>
    Validation,

    /// <summary>First day of each contract.</summary>
    EachContract,
}

/// <summary>From which day the months of an AI's cap are counted.</summary>
public enum AiCapStart
{
    FirstPlacement,
    Rolling,
}

/// <summary>What the documents of one marché say about counting; parameters, because contracts differ.</summary>
/// <param name="CreditMonths">How long hours of one person count after the hire, CDI apart. S2: two years at most.</param>
/// <param name="CdiUntilEndOfMarket">Whether a CDI counts during the whole marché (S2).</param>
/// <param name="CdiCapMonths">Cap on that, when the marché sets one (K: 48).</param>
/// <param name="TrainingCounts">Whether training hours inside the work contract count (CCAG Travaux 20.1.2).</param>
/// <param name="MaskBelow">Cells under this number of people are masked in what leaves the facilitator.</param>
/// <param name="CreditStart">Where <paramref name="CreditMonths"/> start; sources differ.</param>
/// <param name="CdiStart">Where <paramref name="CdiCapMonths"/> start (K: the hiring under a CDI).</param>
/// <param name="AiCapHours">Hours that an AI may lend one person to companies (L5132-9: 480, more by order of the prefect).</param>
public sealed record CountingRules(
    int CreditMonths = 24,
    bool CdiUntilEndOfMarket = true,
    int? CdiCapMonths = null,
    bool TrainingCounts = true,
    int MaskBelow = 5,
    CreditStart CreditStart = CreditStart.FirstContract,
    CreditStart CdiStart = CreditStart.EachContract,
    int AiCapHours = AssociationCap.UsualHours,
    int AiCapMonths = 24,
    AiCapStart AiStart = AiCapStart.FirstPlacement);

/// <summary>The rule set of one marché: its publics and their thresholds, in a version that is never edited in place.</summary>
/// <param name="Template">Code of the template it was copied from.</param>
/// <param name="Categories">Codes of <c>PublicCategories</c>, in the order of the contract.</param>
public sealed record PublicList(int Version, string Template, IReadOnlyList<string> Categories)
{
    public EligibilityTerms Terms { get; init; } = EligibilityTerms.Usual;

    /// <summary>Whether the stored version is still what was sealed; nothing is decided under one that is not.</summary>
    public bool IsIntact { get; init; } = true;

    /// <summary>The same for one lot: only the publics that it keeps, in the order of the marché.</summary>
    public PublicList For(Lot lot)
    {
        ArgumentNullException.ThrowIfNull(lot);
        return lot.Publics is null ? this : this with { Categories = [.. Categories.Where(lot.Publics.Contains)] };
    }
}

/// <summary>A lot and the hours it owes. Minutes are whole; the target is kept in hours because contracts state hours.</summary>
/// <param name="TargetHours">The hours it was opened with; <see cref="OwedOn"/> says what it owes.</param>
/// <param name="Days">Its own days, inside those of the marché; null when it lives as long as the marché.</param>
/// <param name="Targets">Every version of what it owes; none for the hours it was opened with.</param>
public sealed record Lot(
    LotId Id,
    MarketId MarketId,
    int Number,
    string Title,
    int TargetHours,
    IReadOnlyList<Modality> Modalities,
    string? InseeCode,
    OrganizationId? CompanyId,
    DatePeriod? Days = null,
    IReadOnlyList<HoursTarget>? Targets = null,
    IReadOnlyList<Invoice>? Invoices = null)
{
    /// <summary>What the lot owes at the end of a day, with the calculation.</summary>
    public HoursOwed OwedOn(DateOnly day) => HoursOwed.On(day, Versions, Invoices ?? []);

    /// <summary>The versions of what it owes; a lot that never had one owes the hours it was opened with.</summary>
    public IReadOnlyList<HoursTarget> Versions =>
        Targets is { Count: > 0 } ? Targets : [new HoursTarget(1, TargetKind.FixedHours, DateOnly.MinValue, "Contrat", TargetHours)];

    public static Rule OwnPublics { get; } = new(
        "lot.publics",
        "Un lot peut ne retenir qu’une partie des publics du marché : une personne validée y travaille si l’un des publics justifiés ce jour-là en fait partie.",
        Rule.ToConfirm + " (usage des marchés de rénovation urbaine, où un poste peut être réservé aux habitants des quartiers prioritaires)");

    /// <summary>Codes of the publics that this lot keeps; null when it keeps all those of the marché.</summary>
    public IReadOnlyList<string>? Publics { get; init; }

    public int PublicsVersion { get; init; }

    /// <summary>Whether the stored version of its publics is still what was sealed; nobody is hired under one that is not.</summary>
    public bool HasIntactPublics { get; init; } = true;
}

/// <summary>A public contract with its clause, as one facilitator follows it.</summary>
public sealed record Market(
    MarketId Id,
    OrganizationId FacilitatorId,
    string Reference,
    string Subject,
    OrganizationId BuyerId,
    DatePeriod Period,
    PublicList Publics,
    CountingRules Counting,
    Cadence Cadence)
{
    /// <summary>The marché as one of its lots lives it: between the days of the lot, where it has its own.</summary>
    public Market For(Lot lot)
    {
        ArgumentNullException.ThrowIfNull(lot);
        return lot.Days is { } days && HourRules.Overlap(Period, days) is { } both ? this with { Period = both } : this;
    }
}

/// <summary>Codes and French names of the small lists of a marché, stated once.</summary>
public static class MarketVocabulary
{
    public static IReadOnlyList<(Modality Value, string Code, string Label)> Modalities { get; } =
    [
        (Modality.MiseADisposition, "MISE_A_DISPOSITION", "Mise à disposition"),
        (Modality.EmbaucheDirecte, "EMBAUCHE_DIRECTE", "Embauche directe"),
        (Modality.SousTraitance, "SOUS_TRAITANCE", "Sous-traitance ou co-traitance"),
    ];

    public static IReadOnlyList<(Cadence Value, string Code, string Label)> Cadences { get; } =
    [
        (Cadence.Mensuelle, "MENSUELLE", "Tous les mois"),
        (Cadence.Trimestrielle, "TRIMESTRIELLE", "Tous les trimestres"),
    ];

    public static IReadOnlyList<(CreditStart Value, string Code, string Label)> CreditStarts { get; } =
    [
        (CreditStart.FirstContract, "PREMIER_CONTRAT", "Premier contrat de la personne sur ce marché"),
        (CreditStart.Validation, "VALIDATION", "Validation de l’éligibilité"),
        (CreditStart.EachContract, "CHAQUE_CONTRAT", "Début de chaque contrat"),
    ];

    public static IReadOnlyList<(AiCapStart Value, string Code, string Label)> AiCapStarts { get; } =
    [
        (AiCapStart.FirstPlacement, "PREMIERE_MISE_A_DISPOSITION", "Première mise à disposition"),
        (AiCapStart.Rolling, "GLISSANT", "Mois glissants"),
    ];
}
