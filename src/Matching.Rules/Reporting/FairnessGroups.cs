using Matching.Rules.Markets;
using Matching.Rules.People;
using Matching.Rules.Preselection;

namespace Matching.Rules.Reporting;

/// <summary>A fact by which an audit compares people; no score reads it.</summary>
public sealed record FairnessAttribute(string Code, string Title, Func<string, string> LabelOf);

/// <summary>A step on the way from a list to a hire.</summary>
/// <param name="IsDecision">Decided by a person; the others only say where the calculation had put the person.</param>
/// <param name="IsReached">From the best rank shown and the states that the path went through.</param>
public sealed record FairnessStage(string Code, string Label, bool IsDecision, Func<int, IReadOnlyCollection<PreselectionState>, bool> IsReached);

/// <summary>What the audit of fairness compares: which groups, at which stages. Stated once for the page, the masking and the tests.</summary>
public static class FairnessGroups
{
    public const string Sex = "sexe";
    public const string Distance = "distance";

    private static readonly (string Code, double BelowKm, string Label)[] Distances =
        [("MOINS_5", 5, "Moins de 5 km"), ("5_15", 15, "De 5 à 15 km"), ("15_30", 30, "De 15 à 30 km"), ("30_PLUS", double.PositiveInfinity, "30 km et plus")];

    public static Rule LastMonths { get; } = new(
        "equite.periode", "L’audit d’équité porte sur les listes montrées au cours des 12 derniers mois.", Rule.ToConfirm + " (choix du service ; aucun texte lu ne fixe la période)");

    public static Rule Compared { get; } = new(
        "equite.groupes", "L’audit d’équité compare les personnes par sexe, âge, quartier, handicap déclaré, RSA, type de structure et distance ; aucun score ne lit ces faits, la distance exceptée à travers le trajet accepté.",
        Rule.ToConfirm + " (classes du bilan ; classes de distance choisies par le service)");

    private const int Months = 12;

    /// <summary>The first day whose lists are audited on a day.</summary>
    public static DateOnly FirstDay(DateOnly today) => today.AddMonths(-Months);

    public static IReadOnlyList<FairnessAttribute> Attributes { get; } =
    [
        new(Sex, "Sexe", Facets.SexOfPerson.LabelOf),
        Trait("age", "Âge le jour de la liste"),
        Trait("qpv", "Habitants d’un quartier prioritaire"),
        Trait("rqth", "Travailleurs handicapés"),
        Trait("rsa", "Bénéficiaires du RSA"),
        new("structure", "Type de structure", Facets.EmployerKind.LabelOf),
        new(Distance, "Distance entre la commune et le poste", CellWords.Of([.. Distances.Select(band => (band.Code, band.Label))])),
    ];

    /// <summary>First where the calculation put the person, then what people decided, each step within the one before.</summary>
    public static IReadOnlyList<FairnessStage> Stages { get; } =
    [
        new("vingt", "Montrée parmi les 20 premières", false, (rank, _) => rank <= 20),
        new("dix", "Montrée parmi les 10 premières", false, (rank, _) => rank <= 10),
        new("preselectionnee", "Prise en présélection", true, (_, reached) => reached.Count > 0),
        new("transmise", "Transmise à l’entreprise", true, (_, reached) => reached.Any(state => PreselectionStates.InCompanyHands.Contains(state) || IsMet(state))),
        new("rencontree", "Rencontrée ou retenue par l’entreprise", true, (_, reached) => reached.Any(IsMet)),
        new("embauchee", "Embauchée", true, (_, reached) => reached.Contains(PreselectionState.Hired)),
    ];

    /// <summary>The group of a person for each attribute, on the day of a list.</summary>
    public static IReadOnlyDictionary<string, string> Of(Person person, double? distanceKm, DateOnly day)
    {
        ArgumentNullException.ThrowIfNull(person);
        var groups = OfFacts.ToDictionary(it => it.Attribute, it => it.GroupOf(person.Eligibility, day));
        (groups[Sex], groups[Distance]) = (SexOf(person.Identity.Sex), DistanceOf(distanceKm));
        return groups;
    }

    /// <summary>The attributes that are drawn from the facts of eligibility alone, on the day of a list.</summary>
    public static IReadOnlyList<(string Attribute, Func<EligibilityFacts, DateOnly, string> GroupOf)> OfFacts { get; } =
    [
        ("age", PersonTraits.AgeOf),
        ("qpv", (facts, _) => PersonTraits.QpvOf(facts)),
        ("rqth", (facts, _) => PersonTraits.RqthOf(facts)),
        ("rsa", (facts, _) => PersonTraits.RsaOf(facts)),
        ("structure", (facts, _) => facts.Structure.Kind.Code()),
    ];

    public static string SexOf(People.Sex sex) => sex switch { People.Sex.F => "F", People.Sex.M => "M", _ => Facets.Unknown };

    public static string DistanceOf(double? distanceKm) => distanceKm is { } km ? Distances.First(band => km < band.BelowKm).Code : Facets.Unknown;

    private static bool IsMet(PreselectionState state) => state is PreselectionState.Interview or PreselectionState.Chosen or PreselectionState.Hired;

    private static FairnessAttribute Trait(string code, string title) => new(code, title, PersonTraits.Facets.Single(facet => facet.Code == code).LabelOf);
}
