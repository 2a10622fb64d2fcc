using Matching.Engine.Scoring;
using Matching.Rules.People;

namespace Matching.Features;

/// <summary>What the person did and wants to do, against the posting's occupation.</summary>
internal static class OccupationFeatures
{
    private const string Declared = "métiers recherchés et expériences déclarés par la structure ; proximités publiées par le ROME";

    public static IReadOnlyList<FeatureDefinition> All { get; } =
    [
        new("rome_prox", "Proximité du métier",
            "Le plus proche des métiers exercés ou recherchés par la personne, comparé à celui de l’offre.",
            Declared, Direction.More,
            [
                new(0, "métiers non renseignés", IsNeutral: true),
                new((byte)Nearness.None, "aucun métier proche de celui de l’offre"),
                new((byte)Nearness.SharedSkills, "un métier qui partage des savoir-faire avec celui de l’offre"),
                new((byte)Nearness.SameDomain, "un métier du même domaine"),
                new((byte)Nearness.Near, "un métier voisin de celui de l’offre"),
                new((byte)Nearness.SameFamily, "un métier de la même famille que celui de l’offre"),
                new((byte)Nearness.Same, "le métier de l’offre, exercé ou recherché"),
            ],
            it => CodeSource.Larger(Nearest(it, "wanted"), Nearest(it, "held"))),
        new("rome_wanted", "Métier souhaité",
            "La place du métier de l’offre dans les souhaits de la personne.",
            "métiers recherchés déclarés par la structure", Direction.More,
            [
                new(0, "souhaits non renseignés", IsNeutral: true),
                new(1, "souhaite un autre métier"),
                new(2, "souhaite un métier voisin"),
                new(3, "souhaite exactement ce métier"),
            ],
            // Codes of Nearness: from "near" on it is a neighbour, "same" is the occupation itself.
            it => Nearest(it, "wanted").Map(0, 1, 1, 1, 2, 2, 3)),
        new("exp_months", "Durée d’expérience",
            "Mois passés dans le métier de l’offre ou un métier voisin ces dix dernières années, comptés par tranches.",
            "expériences déclarées par la structure", Direction.More,
            [
                new(0, "pas d’expérience déclarée dans ce métier ni un métier voisin"),
                new(1, "jusqu’à 3 mois dans ce métier ou un métier voisin"),
                new(2, "de 3 à 6 mois dans ce métier ou un métier voisin"),
                new(3, "de 6 mois à 1 an dans ce métier ou un métier voisin"),
                new(4, "de 1 à 2 ans dans ce métier ou un métier voisin"),
                new(5, "de 2 à 5 ans dans ce métier ou un métier voisin"),
                new(6, "plus de 5 ans dans ce métier ou un métier voisin"),
            ],
            it => CodeSource.SlotValues("held", Neighbours(it), PersonRows.MonthColumns, SlotMerge.Sum).Map(MonthBins())),
        new("exp_recency", "Expérience récente",
            "Temps écoulé depuis la dernière expérience dans le métier de l’offre ou un métier voisin.",
            "fins d’expérience déclarées par la structure", Direction.More,
            [
                new(0, "pas d’expérience datée dans ce métier", IsNeutral: true),
                new(1, "dernière expérience dans ce métier il y a plus de 3 ans"),
                new(2, "dernière expérience dans ce métier il y a moins de 3 ans"),
                new(3, "dernière expérience dans ce métier il y a moins d’un an"),
                new(4, "expérience en cours ou terminée depuis moins de 3 mois"),
            ],
            it => CodeSource.SlotValues("held", Neighbours(it), PersonRows.RecencyColumns, SlotMerge.Max).Map(RecencyBins())),
        new("prior_pos", "Bonne mission passée",
            $"Mission passée qui s’est bien terminée depuis moins de {GoodMission.MostMonthsAgo / 12} ans, par son métier comparé à celui de l’offre ; lue seulement si la personne l’a accepté.",
            "missions réussies déclarées par la structure avec la date d’accord de la personne ; domaines et proximités publiés par le ROME", Direction.More,
            [
                new(0, "pas de bonne mission connue dans ce secteur, ou la personne n’a pas demandé qu’elle compte"),
                new(1, "une bonne mission passée dans le même secteur"),
                new(2, "une bonne mission passée dans ce métier ou un métier voisin"),
            ],
            // Codes of Nearness: the sector is the ROME domain.
            it => Nearest(it, "mission").Map(0, 0, 0, 1, 2, 2, 2), CameLater: true),
    ];

    private static CodeSource Nearest(PostingContext it, string group) =>
        CodeSource.Lookup(group, it.Occupations.TableFor(it.Terms.Rome), SlotMerge.Max);

    private static bool[] Neighbours(PostingContext it) =>
        [.. it.Occupations.TableFor(it.Terms.Rome).Select(nearness => nearness >= (byte)Nearness.Near)];

    private static byte[] MonthBins() =>
        [.. Enumerable.Range(0, 64).Select(code => code switch { 0 => 0, <= 3 => 1, <= 6 => 2, <= 12 => 3, <= 24 => 4, <= 60 => 5, _ => 6 }).Select(bin => (byte)bin)];

    private static byte[] RecencyBins() =>
        [.. Enumerable.Range(0, 64).Select(code => code == 0 ? 0 : (PersonRows.RecencyNow - code) switch { < 3 => 4, < 12 => 3, < 36 => 2, _ => 1 }).Select(bin => (byte)bin)];
}
