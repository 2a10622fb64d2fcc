using System.Text.RegularExpressions;

namespace Matching.Rules.Postings.Reading;

/// <summary>The kind of contract. What may follow it ("avec possibilité de CDI") is not the contract.</summary>
internal static partial class ContractReading
{
    public static Extracted<WorkContractKind>? Read(FoldedText text)
    {
        var stated = Contracts().Matches(text.Text).Where(found => !Prospect().IsMatch(text.Before(found.Index, 40)) && !Possible().IsMatch(text.Text[(found.Index + found.Length)..])).ToList();
        var chosen = stated.Find(found => Announced().IsMatch(text.Before(found.Index, 30))) ?? stated.FirstOrDefault();
        return chosen is null ? null : text.Extract(KindOf(chosen), chosen);
    }

    private static WorkContractKind KindOf(Match found) =>
        found.Groups["cddi"].Success ? WorkContractKind.Cddi
        : found.Groups["cdd"].Success ? WorkContractKind.Cdd
        : found.Groups["cdi"].Success ? WorkContractKind.Cdi
        : found.Groups["pro"].Success ? WorkContractKind.Professionnalisation
        : found.Groups["app"].Success ? WorkContractKind.Apprentissage
        : WorkContractKind.Interim;

    [GeneratedRegex(
        @"\b(?:(?<cddi>cddi|(?:cdd|contrat a duree determinee) (?:d')?insertion(?: \(cddi\))?)"
        + @"|(?<cdd>cddu?|c\.d\.d\.?|(?:contrat )?a duree determinee|duree determinee|(?:contrats?|emplois?|postes?|travail) saisonniers?|contrat d'usage)"
        + @"|(?<cdi>cdii?|cdic|c\.d\.i\.?|(?:contrat )?a duree indeterminee|duree indeterminee)"
        + @"|(?<pro>contrat (?:de )?pro(?:fessionnalisation)?)"
        + @"|(?<app>contrats? (?:d'|en )?apprentissage|en apprentissage|apprentissage\s*:?\s*cap|(?<=(?:^|\n)\W*|(?:recrut|recherch|cherch|embauch|accueill|form)\w* (?:une? |son |sa |notre |\d+ )?)apprenti(?:\(e\)|e)?s?)"
        + @"|(?<int>(?:mission d'|contrat d')?interim(?:aires?)?|mission temporaire|ctti|mise a disposition|travail temporaire|etti|contrat de mission))\b",
        RegexOptions.CultureInvariant)]
    private static partial Regex Contracts();

    [GeneratedRegex(@"(?:possibilite\w*|evolution|debouch\w+|perspective\w*|eventuel\w*|suivi|pouvant|puis|transform\w+|embauche en)\s*(?:\w+\s+){0,2}(?:d'un\s+|d'une\s+|de\s+|en\s+|sur\s+|vers\s+)?(?:un\s+|une\s+)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Prospect();

    // "Contrat d'apprentissage possible ou CDI".
    [GeneratedRegex(@"^\s*(?:est |serait )?(?:possible|envisage|envisageable)", RegexOptions.CultureInvariant)]
    private static partial Regex Possible();

    [GeneratedRegex(@"(?:contrat|type|statut|nature)\W*:\W*$", RegexOptions.CultureInvariant)]
    private static partial Regex Announced();
}
