using Matching.Rules.Hours;
using Matching.Rules.Markets;
using Matching.Rules.People;

namespace Matching.Rules.Reporting;

/// <summary>A contract with what the table says of its person and employer. Statistics only: no name comes in here.</summary>
/// <param name="Hours">What the ledger of this contract is worth.</param>
/// <param name="IsPersonHidden">The reader only employs the person: nothing of what the person is may be told, the work done may.</param>
/// <param name="Traits">The cell of each breakdown that only a bilan has, by its code; null when no bilan is made.</param>
public sealed record ReportedContract(
    WorkContract Contract, Sex Sex, OrganizationKind EmployerKind, CountedHours Hours, bool IsPersonHidden = false, IReadOnlyDictionary<string, string>? Traits = null);

/// <summary>A number that may be masked in what leaves the facilitator. A masked one does not hold its value any more.</summary>
public readonly record struct Figure
{
    private Figure(int? shown, bool isSmall) => (Shown, IsSmall) = (shown, isSmall);

    /// <summary>The value; null when it is masked.</summary>
    public int? Shown { get; }

    /// <summary>Masked because it is under the threshold ("moins de 5"); otherwise masked so that another cannot be deduced.</summary>
    public bool IsSmall { get; }

    public static Figure Small { get; } = new(null, true);

    public static Figure Hidden { get; } = new(null, false);

    public static implicit operator Figure(int value) => new(value, false);

    /// <summary>What a page or a file writes in place of a masked value.</summary>
    public string Veil(int below) => IsSmall ? $"moins de {below}" : "masqué";
}

/// <summary>One lot, or the whole marché: what is owed and what is done. Minutes; counted hours only, pending ones apart.</summary>
/// <param name="Number">Null on the line of the whole marché.</param>
/// <param name="ForecastMinutes">Done, and what the running contracts would still bring at their weekly time.</param>
public sealed record LotLine(
    int? Number, string Title, int TargetMinutes, int MonthMinutes, int CumulativeMinutes, int PendingMinutes, int ForecastMinutes, Figure People, Figure Contracts)
{
    public int RemainingMinutes => Math.Max(0, TargetMinutes - CumulativeMinutes);

    /// <summary>Thousandths of the target that are done; null when the lot owes nothing.</summary>
    public int? DonePermille => MonthlyTable.Permille(CumulativeMinutes, TargetMinutes);

    public int? ForecastPermille => MonthlyTable.Permille(ForecastMinutes, TargetMinutes);
}

/// <summary>One line of a breakdown. People, contracts and hours are each counted with their own key: a person with two contracts is one person.</summary>
public sealed record BreakdownLine(string Code, string Label, Figure People, Figure Contracts, Figure MonthMinutes, Figure CumulativeMinutes);

/// <summary>The contracts of the marché by one fact.</summary>
/// <param name="IsWithheld">No line can be shown outside without giving a small one away.</param>
/// <param name="IsPartial">Contracts whose person is hidden from the reader are left out: the lines do not add up to the whole.</param>
/// <param name="AsOf">The month of the state it describes, when that may be older than the table; null otherwise.</param>
public sealed record Breakdown(
    string Code, string Title, IReadOnlyList<BreakdownLine> Lines, bool IsWithheld, bool IsPartial = false, CalendarMonth? AsOf = null);

/// <summary>Where the marché stood at the end of one month, in thousandths of its target and of its time.</summary>
public sealed record MonthOfProgress(CalendarMonth Month, int MonthMinutes, int CumulativeMinutes, int? DonePermille, int? ElapsedPermille);

/// <summary>The monthly table of a marché: the one source of the figures of the page, the file and the API.</summary>
/// <param name="ElapsedPermille">Thousandths of the marché's time gone at the end of the month; null when it has no end.</param>
/// <param name="MaskedBelow">The threshold applied; null when nothing is masked.</param>
/// <param name="PeopleAsOf">The month at whose end people and contracts are counted, when nothing later may be shown; null otherwise.</param>
public sealed record MonthlyTable(
    MarketId MarketId,
    string Reference,
    string Subject,
    DatePeriod Period,
    CalendarMonth Month,
    int? ElapsedPermille,
    IReadOnlyList<LotLine> Lots,
    LotLine Whole,
    IReadOnlyList<Breakdown> Breakdowns,
    IReadOnlyList<MonthOfProgress> Progress,
    int? MaskedBelow = null,
    CalendarMonth? PeopleAsOf = null)
{
    /// <summary>A chart of more months than this is not read.</summary>
    public const int MaximumMonths = 120;

    public static Rule PeopleOnce { get; } = new(
        "tableau.personnes", "Personnes, contrats et heures sont comptés séparément : une personne qui a deux contrats compte une fois.",
        "ELIPS, Région Lorraine (document fondateur 004) : 298 contrats pour 171 personnes");

    public static Rule Forecast { get; } = new(
        "tableau.prevision", "La prévision ajoute aux heures comptées la durée hebdomadaire des contrats en cours, jusqu’à leur dernier jour compté.",
        Rule.ToConfirm + " (calcul du service)");

    public static Rule SmallCells { get; } = new(
        "tableau.petits-effectifs", "Ce qui sort du facilitateur ne montre ni un effectif inférieur au seuil du marché (5 à défaut), ni de quoi le déduire.",
        Rule.ToConfirm + " (usage statistique ; seuil fixé par le marché)");

    public static IReadOnlyList<Rule> All { get; } = [PeopleOnce, Forecast, SmallCells, Release.InGroups];

    /// <summary>Thousandths, rounded down; null when the whole is nothing.</summary>
    public static int? Permille(int part, int whole) => whole <= 0 ? null : (int)(part * 1000L / whole);
}
