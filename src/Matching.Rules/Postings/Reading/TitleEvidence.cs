using System.Text.RegularExpressions;

namespace Matching.Rules.Postings.Reading;

/// <summary>How much the place of a known title says that it is the post's: a heading, "H/F" after it, a word of need before it, and not the tutor's or the diploma's.</summary>
internal static partial class TitleEvidence
{
    private const int FirstLines = 4;

    public static double Of(string folded, TitleFound title)
    {
        var lineStart = folded.LastIndexOf('\n', Math.Max(0, title.Start - 1)) + 1;
        lineStart = Math.Min(lineStart, title.Start);
        var end = title.Start + title.Length;
        var lineEnd = folded.IndexOf('\n', end) is >= 0 and var stop ? stop : folded.Length;
        var (before, after) = (folded[lineStart..title.Start], folded[end..lineEnd]);
        var line = folded.AsSpan(0, lineStart).Count('\n');
        var worth = 0.05 * Math.Min(title.Words, 4);
        worth += Label().IsMatch(before) ? 0.4 : 0;
        worth += BothGenders().IsMatch(after) ? 0.3 : 0;
        worth += Need().IsMatch(before) ? 0.3 : 0;
        worth += Number().IsMatch(before) ? 0.15 : 0;
        worth += line < FirstLines ? 0.15 : 0;
        worth += IsAlone().IsMatch(before) && line < FirstLines ? 0.25 : 0;
        worth -= SomeoneElse().IsMatch(before) ? 0.7 : 0;
        worth -= Training().IsMatch(before) ? 0.5 : 0;
        return worth - (0.01 * Math.Min(line, 20));
    }

    [GeneratedRegex(@"(?:poste|intitule|metier|emploi|fonction|profil(?: recherche)?|titre|offre|objet|mission)[^:\n]{0,25}:\s*(?:\S+\s){0,2}$|^\W*(?:offre|fiche) (?:d'emploi|de poste)\W*$", RegexOptions.CultureInvariant)]
    private static partial Regex Label();

    // "H/F" soon after, or the feminine beside it: "agent(e)", "maçons ou maçonnes".
    [GeneratedRegex(@"^[^.;\n]{0,45}?(?:\b[hf]\s?[/-]\s?[hf]\b|\(hf\))|^\((?:e|ne|se|trice|rice|euse|ere|re|s|te|ve|fe)\)", RegexOptions.CultureInvariant)]
    private static partial Regex BothGenders();

    [GeneratedRegex(@"(?:cherch\w*|recrut\w*|embauch\w*|besoins?|fau(?:t|drait|dra)|postes? (?:de|d'|en tant que)|comme|en tant que|en qualite de|pourvoir|reserv\w*|propos\w*|mission\w* d[e']|prendre|accueill\w*|envoy\w+|trouv\w+|manqu\w+|renforts?|parcours)\b[^.;\n]{0,70}$", RegexOptions.CultureInvariant)]
    private static partial Regex Need();

    [GeneratedRegex(@"(?:\b\d{1,3}|\b(?:une?|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|douze))\s(?:postes? (?:de |d'))?$", RegexOptions.CultureInvariant)]
    private static partial Regex Number();

    // Nothing before it on its line but a number, a bullet or a word such as "poste".
    [GeneratedRegex(@"^[\W\d]*(?:(?:un|une|le|la|offre|poste|urgent|recrutement|recherche|profil)\W*(?:de |d')?(?:\d+ )?)*$|[-–:|]\s$", RegexOptions.CultureInvariant)]
    private static partial Regex IsAlone();

    [GeneratedRegex(@"^(?:de|a|cc|from|to) ?:[^\n]*$|(?:\bavec (?:un|une|le|la|les|des|l'|notre)|encadr\w+|responsabilite\w*|tut\w+|referent\w*|supervis\w+|assist\w+ (?:le|la|les|un|une)|sous (?:la|l'|le)|autorite|aux cotes|conduite|rattach\w+|aupres|\bvotre|chez|contact\w*|service d\w+|chef d\w*|suivi par|aide[rz]? (?:le|la|les|un|une)|second\w* (?:le|la|un)|equipe d[e'])\b[^.;:\n]{0,30}$", RegexOptions.CultureInvariant)]
    private static partial Regex SomeoneElse();

    [GeneratedRegex(@"\b(?:cap|bep|bac|bts|diplome\w*|titre|formation\w*|formes?|qualification|certificat|experience\w*|brevet)\b[^.;:\n]{0,30}$", RegexOptions.CultureInvariant)]
    private static partial Regex Training();
}
