using Matching.Rules.Markets;

namespace Matching.Rules.Eligibility;

/// <summary>A list that marchés are copied from; the contract may then change it.</summary>
/// <param name="Categories">Codes of <see cref="PublicCategories"/>, in the order of the text.</param>
public sealed record RuleSetTemplate(string Code, string Label, IReadOnlyList<string> Categories, EligibilityTerms Terms, Rule Rule);

/// <summary>The templates of rule sets. A marché keeps its copy: a template that changes later changes no marché.</summary>
public static class RuleSetTemplates
{
    public const string Own = "PROPRE";

    private static readonly string[] Ccag =
        ["EA", "IAE", "REGIE", "DISPOSITIF", "GEIQ", "JUSTICE", "DELD", "RSA", "MINIMA", "TH", "JEUNE", "JEUNE_DIPLOME", "SUIVI_RENFORCE", "SENIOR", "REF", "QPV"];

    public static IReadOnlyList<RuleSetTemplate> All { get; } =
    [
        new("CCAG2021", "CCAG 2021", Ccag, EligibilityTerms.Usual, new(
            "modele.ccag-2021", "Le modèle CCAG 2021 reprend les publics accompagnés par une structure reconnue, puis ceux que définit leur éloignement de l’emploi.",
            Rule.ToConfirm + " (CCAG 2021, art. 16.1.1.1 a à e lus ; f et art. 16.1.1.2 non lus à la source)")),
        new("K", "Liste de la clause complète (CCAP, EPEC)",
            ["DELD", "SENIOR", "RSA", "MINIMA", "TH", "JEUNE", "SUIVI_RENFORCE", "IAE", "REGIE", "DISPOSITIF", "GEIQ", "JUSTICE", "REF", "QPV"], EligibilityTerms.Usual, new(
            "modele.k", "Le modèle de la clause complète reprend ses treize publics, avis motivé du facilitateur compris.", "CCAP 21_BAM_048, art. 1.4")),
        new("NPNRU", "Rénovation urbaine (NPNRU)", ["QPV", .. Ccag.Where(code => code != "QPV")], EligibilityTerms.Usual, new(
            "modele.npnru", "Le modèle NPNRU place en tête les habitants des quartiers prioritaires, à qui la charte réserve une part des heures, puis reprend le CCAG.",
            Rule.ToConfirm + " (charte NPNRU citée par irev.fr et cap-metiers.pro : au moins 5 % des heures de travaux, 10 % en gestion urbaine de proximité)")),
        new("R543-219", "Éco-organismes (code de l’environnement, R543-219)",
            ["DELD", "RSA", "TH", "JEUNE_16_25", "JEUNE_ML", "MINIMA", "IAE", "CONTRAT_AIDE", "GEIQ"], EligibilityTerms.Usual with { AcceptsOpinion = false }, new(
            "modele.r543-219", "Le modèle des éco-organismes reprend la liste fermée du code de l’environnement, sans avis motivé.",
            "Code de l’environnement, R543-219 (rédaction ancienne)")),
        new(Own, "Liste propre à ce marché", Ccag, EligibilityTerms.Usual, new(
            "modele.propre", "Un marché peut fixer sa propre liste de publics et ses propres seuils : ce sont ceux de ses documents qui s’appliquent.",
            "CCAG 2021, art. 16.1.1 (« notamment »)")),
    ];

    public static IReadOnlyList<Rule> Rules { get; } = [.. All.Select(template => template.Rule)];

    /// <summary>The template of this code; the marché's own when there is none.</summary>
    public static RuleSetTemplate ByCode(string code) => All.FirstOrDefault(template => template.Code == code) ?? All[^1];
}
