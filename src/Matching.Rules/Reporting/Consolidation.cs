using Matching.Rules.Hours;
using Matching.Rules.Markets;
using Matching.Rules.Postings;

namespace Matching.Rules.Reporting;

/// <summary>A marché with what a consolidation counts of it.</summary>
/// <param name="Sector">A code of <see cref="Consolidations.Sectors"/>, or unknown.</param>
/// <param name="Operation">Name shared by the marchés of one operation; null when it was not given.</param>
/// <param name="Companies">Those that hold a lot.</param>
/// <param name="Contracts">Every contract of the marché, with its traits.</param>
public sealed record ConsolidatedMarket(
    Market Market, string Sector, string? Operation, IReadOnlyList<OrganizationId> Companies, IReadOnlyList<ReportedContract> Contracts);

/// <summary>Marchés and hours of one sector of purchase in the year.</summary>
public sealed record SectorLine(string Code, string Label, int Markets, int Minutes);

/// <summary>One year over several marchés and facilitators. A marché without an operation is one operation by itself.</summary>
/// <param name="Minutes">Counted in the months of the year.</param>
/// <param name="Breakdowns">People, contracts and hours of the year by each fact; the hours of a line are those of the year.</param>
public sealed record Consolidation(
    int Year, int Facilitators, int Markets, int Operations, int Buyers, int Companies, int Minutes, Figure People, Figure Contracts,
    IReadOnlyList<SectorLine> Sectors, IReadOnlyList<Breakdown> Breakdowns, int? MaskedBelow = null, CalendarMonth? PeopleAsOf = null)
{
    /// <summary>The line of one code in a breakdown; null when nobody is in it or it is withheld.</summary>
    public BreakdownLine? Line(string breakdown, string code) => Breakdowns.Single(it => it.Code == breakdown).Lines.FirstOrDefault(line => line.Code == code);
}

/// <summary>How a year is consolidated.</summary>
public static class Consolidations
{
    public static Rule Indicators { get; } = new(
        "consolidation.indicateurs", "La consolidation d’une année compte marchés, opérations, entreprises, heures et personnes, et les parts des femmes, des structures d’insertion, de l’alternance et des CDI.",
        "Stratégie régionale des Pays de la Loire (document fondateur 002) ; ELIPS, Région Lorraine (004) : tableau de consolidation");

    public static Rule OfTheYear { get; } = new(
        "consolidation.annee", "Une année compte les heures validées de ses mois, et les personnes dont un contrat court pendant l’année.",
        Rule.ToConfirm + " (définition de la consolidation nationale non lue)");

    public static IReadOnlyList<Rule> All { get; } = [Indicators, OfTheYear, OtherReaders.NotSubtracted];

    public static IReadOnlyList<(string Code, string Label)> Sectors { get; } =
        [("TRAVAUX", "Travaux"), ("SERVICES", "Services"), ("INTELLECTUELLES", "Prestations intellectuelles"), ("FOURNITURES", "Fournitures")];

    private static readonly (string Code, string Label)[] YesNo = [(PersonTraits.Yes, "Oui"), (PersonTraits.No, "Non")];

    public static Facet Siae { get; } = Share("siae", "Par une structure d’insertion", it => it.EmployerKind.IsInsertionStructure());

    public static Facet WorkStudy { get; } = Share("alternance", "En alternance", it => it.Contract.Kind is WorkContractKind.Apprentissage or WorkContractKind.Professionnalisation);

    public static Facet Permanent { get; } = Share("cdi", "En CDI", it => it.Contract.Kind == WorkContractKind.Cdi);

    /// <summary>The breakdowns of a consolidation. Employers are left to the bilans: over a region their list says nothing.</summary>
    public static IReadOnlyList<Facet> Facets { get; } = [Siae, WorkStudy, Permanent, .. Reporting.Facets.All.Where(facet => facet.Code != "structure")];

    /// <summary>The year as a facilitator reads it, over its own marchés.</summary>
    public static Consolidation Full(int year, IReadOnlyList<ConsolidatedMarket> markets)
    {
        var contracts = OfYear(markets, year).ToList();
        return Build(year, markets) with
        {
            People = contracts.Select(it => it.Contract.PersonId).Distinct().Count(),
            Contracts = contracts.Count,
            Breakdowns = [.. Facets.Select(facet => new Breakdown(facet.Code, facet.Title, [.. contracts.GroupBy(facet.CodeOf).OrderBy(group => group.Key, StringComparer.Ordinal)
                .Select(group => new BreakdownLine(group.Key, facet.LabelOf(group.Key), group.Select(it => it.Contract.PersonId).Distinct().Count(), group.Count(),
                    Figure.Hidden, group.Sum(it => MinutesOf(it, year, LastMonth(year)))))], IsWithheld: false))],
        };
    }

    /// <summary>The year over several facilitators: people come from the last release.</summary>
    public static Consolidation Outside(int year, IReadOnlyList<ConsolidatedMarket> markets, IReadOnlyList<Release> releases, int below)
    {
        ArgumentNullException.ThrowIfNull(releases);
        var people = OfYear(markets, year).Select(it => it.Contract.PersonId).Distinct().Count();
        var empty = Facets.Select(facet => (facet, Empty: new Breakdown(facet.Code, facet.Title, [], IsWithheld: people > 0)));
        var marketOf = markets.SelectMany(it => it.Contracts.Select(one => (one.Contract.LotId, it.Market))).DistinctBy(it => it.LotId).ToDictionary(it => it.LotId, it => it.Market);
        var others = new OtherReaders(marketOf.GetValueOrDefault, below);
        if (releases.Count == 0 || others.WouldSubtract(releases[^1].Contracts, releases[^1].Contracts))
        {
            return Build(year, markets) with { People = people == 0 ? 0 : people < below ? Figure.Small : Figure.Hidden, Contracts = people == 0 ? 0 : Figure.Hidden, Breakdowns = [.. empty.Select(it => it.Empty)], MaskedBelow = below };
        }

        var last = releases[^1];
        return Build(year, markets) with
        {
            People = last.Contracts.Select(it => it.PersonId).Distinct().Count(),
            Contracts = last.Contracts.Count,
            Breakdowns = NestedBreakdowns.Guarded(
                [.. empty.Select(it => OutsideTables.OfFacet(it.Empty with { IsWithheld = false }, it.facet, releases, releases.Count - 1, null, below, others.WouldSubtract))],
                code => OutsideTables.Shown(code, releases, releases.Count - 1, below, others.WouldSubtract), below),
            MaskedBelow = below,
            PeopleAsOf = last.Month,
        };
    }

    /// <summary>The contracts of the year as they stood at the end of one of its months, for a release.</summary>
    public static IReadOnlyList<ReleasedContract> StateAt(IReadOnlyList<ConsolidatedMarket> markets, int year, CalendarMonth month) =>
        [.. OfYear(markets, year).Where(it => it.Contract.Period.Start <= month.LastDay).Select(it => ReleasedContract.Of(it, Facets, MinutesOf(it, year, month)))];

    public static CalendarMonth FirstMonth(int year) => CalendarMonth.Of(new DateOnly(year, 1, 1));

    public static CalendarMonth LastMonth(int year) => CalendarMonth.Of(new DateOnly(year, 12, 1));

    private static Consolidation Build(int year, IReadOnlyList<ConsolidatedMarket> markets)
    {
        ArgumentNullException.ThrowIfNull(markets);
        int Minutes(IEnumerable<ConsolidatedMarket> some) => some.Sum(market => market.Contracts.Sum(it => MinutesOf(it, year, LastMonth(year))));
        var employers = OfYear(markets, year).Where(it => it.EmployerKind == OrganizationKind.Entreprise).Select(it => it.Contract.EmployerId);
        return new Consolidation(
            year, markets.Select(it => it.Market.FacilitatorId).Distinct().Count(), markets.Count, markets.Select(it => it.Operation ?? it.Market.Id.ToString()).Distinct().Count(),
            markets.Select(it => it.Market.BuyerId).Distinct().Count(), markets.SelectMany(it => it.Companies).Concat(employers).Distinct().Count(), Minutes(markets), 0, 0,
            [.. markets.GroupBy(it => it.Sector).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => new SectorLine(group.Key, SectorLabel(group.Key), group.Count(), Minutes(group)))],
            []);
    }

    private static string SectorLabel(string code) => CellWords.Of(Sectors)(code);

    private static IEnumerable<ReportedContract> OfYear(IEnumerable<ConsolidatedMarket> markets, int year) => markets.SelectMany(market => market.Contracts)
        .Where(it => it.Contract.Period.Start <= LastMonth(year).LastDay && (it.Contract.Period.End is not { } end || end >= FirstMonth(year).FirstDay));

    private static int MinutesOf(ReportedContract it, int year, CalendarMonth until) => it.Hours.CountedUntil(until) - it.Hours.CountedUntil(LastMonth(year - 1));

    private static Facet Share(string code, string title, Func<ReportedContract, bool> isIn) =>
        new(code, title, false, it => isIn(it) ? PersonTraits.Yes : PersonTraits.No, CellWords.Of(YesNo));
}
