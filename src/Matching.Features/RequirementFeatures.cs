using Matching.Engine.Scoring;

namespace Matching.Features;

/// <summary>What the post states (level, French, constraints), what the person said in their own words, and how solicited they already are.</summary>
internal static class RequirementFeatures
{
    public static IReadOnlyList<FeatureDefinition> All { get; } =
    [
        new("level_fit", "Niveau demandé",
            "Écart avec le niveau de qualification demandé, seulement si l’offre en demande un ; au-dessus ne compte pas plus.",
            "niveau de qualification déclaré par la structure", Direction.More,
            LevelBins("de qualification", "niveau de qualification"),
            it => Level("level", it.Terms.RequiredLevel)),
        new("lang_fit", "Français demandé",
            "Écart avec le niveau de français demandé, seulement si l’offre en demande un ; au-dessus ne compte pas plus.",
            "niveau de français déclaré par la structure", Direction.More,
            LevelBins("de français", "niveau de français"),
            it => Level("french", it.Terms.RequiredFrench), IsReachable: true),
        new("adapt_fit", "Besoins pour le poste",
            "Nombre de contraintes du poste qui vont contre un besoin exprimé par la personne (jamais un diagnostic).",
            "besoins exprimés par la personne ; contraintes écrites dans l’offre", Direction.Less,
            [
                new(0, "les contraintes du poste ne contredisent aucun besoin exprimé"),
                new(1, "une contrainte du poste contredit un besoin exprimé : à voir avec la personne"),
                new(2, "plusieurs contraintes du poste contredisent des besoins exprimés : à voir avec la personne"),
            ],
            it => CodeSource.BitsHeld("needs", WorkNeedBits.Of(it.Terms.Constraints)).Map(0, 1, 2)),
        new("text_sim", "Projet de la personne",
            "Place du texte libre de la personne parmi les autres, par ressemblance de mots avec l’offre (BM25, en centiles).",
            "projet écrit par la personne ; intitulé et compétences de l’offre, savoir-faire de référence du métier", Direction.More,
            [
                new(0, "pas de texte, ou aucun mot en commun avec l’offre", IsNeutral: true),
                .. Enumerable.Range(1, 15).Select(step => new FeatureBin((byte)step, TextSentence(step))),
            ],
            it => CodeSource.TextPercentile(WordsOf(it))),
        new("load", "Propositions en cours",
            "Nombre de propositions ouvertes de la personne sur d’autres offres.",
            "présélections en cours dans le service", Direction.Less,
            [
                new(0, "aucune autre proposition en cours"),
                new(1, "déjà une autre proposition en cours"),
                new(2, "déjà deux autres propositions en cours"),
                new(3, "déjà trois autres propositions en cours ou plus"),
            ],
            it => CodeSource.ById(it.LivePropositions, 0)),
    ];

    // Not the description: it is the company's whole mail, where courtesy and logistics outnumber the work.
    private static string WordsOf(PostingContext it) =>
        string.Join(' ', [it.Terms.Title, .. it.Terms.RequiredSkills, .. it.Terms.WishedSkills, .. it.Occupations.SkillsOf(it.Terms.Rome)]);

    private static string TextSentence(int step) => step switch
    {
        <= 5 => "projet écrit qui a quelques mots en commun avec l’offre",
        <= 10 => "projet écrit proche de l’offre",
        _ => "projet écrit parmi les plus proches de l’offre",
    };

    private static FeatureBin[] LevelBins(string ofWhat, string name) =>
    [
        new(0, $"l’offre ne demande pas de niveau {ofWhat}", IsNeutral: true),
        new(1, $"{name} non renseigné", IsNeutral: true),
        new(2, $"{name} inférieur de plus d’un degré à celui demandé"),
        new(3, $"{name} inférieur d’un degré à celui demandé"),
        new(4, $"{name} demandé atteint"),
    ];

    private static CodeSource Level(string column, int? required) => required is not { } asked
        ? SkillFeatures.Constant(0)
        : CodeSource.Column(column).Map([.. Enumerable.Range(0, 64).Select(level => (byte)(level == 0 ? 1 : (asked - level) switch { <= 0 => 4, 1 => 3, _ => 2 }))]);
}
