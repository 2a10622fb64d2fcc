using System.Globalization;
using Matching.Rules.Markets;
using Matching.Rules.People;

namespace Matching.Rules.Reporting;

/// <summary>What a bilan and a consolidation count people by: classes only, on the first day of a contract.</summary>
public static class PersonTraits
{
    public const string Yes = "OUI";
    public const string No = "NON";

    private const int JuniorBelow = 26;
    private const int SeniorFrom = 50;
    private const int OneYear = 12;
    private const int TwoYears = 24;

    private static readonly (string Code, string Label)[] Ages = [("MOINS_26", "Moins de 26 ans"), ("26_49", "26 à 49 ans"), ("50_PLUS", "50 ans et plus")];

    private static readonly (string Code, string Label)[] Levels =
        [("INFRA_3", "Sans CAP ni BEP (infra 3)"), ("3", "Niveau 3 (CAP, BEP)"), ("4", "Niveau 4 (baccalauréat)"), ("5_PLUS", "Niveau 5 et plus")];

    private static readonly (string Code, string Label)[] Registrations =
        [("MOINS_12", "Moins de 12 mois"), ("12_24", "12 à 24 mois"), ("PLUS_24", "Plus de 24 mois")];

    private static readonly (string Code, string Label)[] Declared = [(Yes, "Oui"), (No, "Non déclaré")];

    private static readonly (string Code, string Label)[] Known = [(Yes, "Oui"), (No, "Non")];

    /// <summary>The sectors of occupations: first letter of the ROME code.</summary>
    private static readonly (string Code, string Label)[] Trades =
    [
        ("A", "Agriculture, espaces verts, animaux"), ("B", "Arts et façonnage"), ("C", "Banque, assurance, immobilier"), ("D", "Commerce et vente"), ("E", "Communication, multimédia"),
        ("F", "Bâtiment et travaux publics"), ("G", "Hôtellerie, restauration, loisirs"), ("H", "Industrie"), ("I", "Installation et maintenance"), ("J", "Santé"),
        ("K", "Services à la personne et à la collectivité"), ("L", "Spectacle"), ("M", "Support à l’entreprise"), ("N", "Transport et logistique"),
    ];

    public static Rule Classes { get; } = new(
        "bilan.classes", "Le bilan compte les âges en trois classes (moins de 26 ans, 26 à 49, 50 et plus), le premier jour du contrat.",
        Rule.ToConfirm + " (classes usuelles des consolidations : formulaire national non lu)");

    /// <summary>The breakdowns that a bilan adds to those of the month. Each reads <see cref="ReportedContract.Traits"/>.</summary>
    public static IReadOnlyList<Facet> Facets { get; } =
    [
        Trait("metier", "Par famille de métiers", false, CellWords.Of(Trades)),
        Trait("structure", "Par employeur", false, code => code == Reporting.Facets.Unknown ? "Non renseigné" : code),
        Trait("formation", "Avec formation", false, CellWords.Of(Known)),
        Trait("age", "Par âge", true, CellWords.Of(Ages)),
        Trait("niveau", "Par niveau de qualification", true, CellWords.Of(Levels)),
        Trait("inscription", "Par durée d’inscription", true, CellWords.Of(Registrations)),
        Trait("qpv", "Habitants d’un QPV", true, CellWords.Of(Known)),
        Trait("rqth", "Travailleurs handicapés", true, CellWords.Of(Declared)),
        Trait("rsa", "Bénéficiaires du RSA", true, CellWords.Of(Declared)),
        Trait("prescripteur", "Par accompagnateur", true, code => OrganizationKinds.TryParse(code, out var kind) ? kind.Label() : code),
        .. Exits.Milestones.Select(milestone => Trait(CodeOf(milestone), "Sorties " + Exits.Label(milestone).ToLowerInvariant(), true, Exits.LabelOf)),
    ];

    public static string CodeOf(ExitMilestone milestone) => milestone == ExitMilestone.End ? "sortie_fin" : $"sortie_{((int)milestone).ToString(CultureInfo.InvariantCulture)}_mois";

    /// <summary>The classes of a person on the first day of a contract.</summary>
    public static Dictionary<string, string> Of(EligibilityFacts facts, OrganizationKind accompaniedBy, DateOnly hiredOn)
    {
        ArgumentNullException.ThrowIfNull(facts);
        return new Dictionary<string, string>
        {
            ["age"] = AgeOf(facts, hiredOn),
            ["niveau"] = facts.QualificationLevel switch { null => Reporting.Facets.Unknown, <= 2 => "INFRA_3", 3 => "3", 4 => "4", _ => "5_PLUS" },
            ["inscription"] = facts.RegisteredSince is not { } since ? Reporting.Facets.Unknown
                : since.AddMonths(OneYear) > hiredOn ? "MOINS_12" : since.AddMonths(TwoYears) > hiredOn ? "12_24" : "PLUS_24",
            ["qpv"] = QpvOf(facts),
            ["rqth"] = RqthOf(facts),
            ["rsa"] = RsaOf(facts),
            ["prescripteur"] = accompaniedBy.Code(),
        };
    }

    internal static string AgeOf(EligibilityFacts facts, DateOnly day) =>
        facts.BirthDate.AddYears(JuniorBelow) > day ? "MOINS_26" : facts.BirthDate.AddYears(SeniorFrom) > day ? "26_49" : "50_PLUS";

    internal static string QpvOf(EligibilityFacts facts) => facts.LivesInQpv switch { true => Yes, false => No, null => Reporting.Facets.Unknown };

    internal static string RqthOf(EligibilityFacts facts) => Declares(facts, "TH");

    internal static string RsaOf(EligibilityFacts facts) => Declares(facts, "RSA");

    private static string Declares(EligibilityFacts facts, string code)
    {
        // A loop of its own: an audit asks it of everybody.
        foreach (var criterion in facts.Criteria)
        {
            if (criterion.Code == code)
            {
                return Yes;
            }
        }

        return No;
    }

    private static Facet Trait(string code, string title, bool isOfPerson, Func<string, string> labelOf) =>
        new(code, title, isOfPerson, it => it.Traits?.GetValueOrDefault(code) ?? Reporting.Facets.Unknown, labelOf);
}
