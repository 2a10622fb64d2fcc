using System.Text.RegularExpressions;

namespace Matching.Rules.Postings.Reading;

/// <summary>How many people are wanted. A number counts only beside words of need, posts or people.</summary>
internal static partial class PostCountReading
{
    private const int Most = 500;

    public static Extracted<int>? Read(FoldedText text, Extracted<string>? title) =>
        First(text, Announced()) ?? (title is null ? null : First(text, Before(title))) ?? First(text, Needed()) ?? First(text, CountedPosts()) ?? First(text, Times()) ?? First(text, Bulleted()) ?? First(text, BothGenders());

    // "5 valoristes": a number just before the title.
    private static Regex Before(Extracted<string> title) =>
        new(@"(?<![\d,./h-])(?<span>" + Several + @"\s+" + Regex.Escape(new FoldedText(title.Value).Text) + ")", RegexOptions.CultureInvariant);

    private static Extracted<int>? First(FoldedText text, Regex pattern)
    {
        foreach (Match found in pattern.Matches(text.Text))
        {
            if (FrenchNumbers.Read(found.Groups["n"].Value) is >= 1 and <= Most and var posts)
            {
                return text.Extract(posts, found.Groups["span"]);
            }
        }

        return null;
    }

    private const string Number = @"(?<n>\d{1,3}|une?|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze)(?:\(e\))?";

    // "un" before a title is often an article.
    private const string Several = @"\b(?<n>\d{1,3}|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze)";

    // What a number may count that is not people.
    private const string NotPeople = @"(?!\s*(?:h\b|heures?|mois|ans?\b|annees?|semaines?|jours?|km|kg|euros?|lots?|marches?|sites?|equipes?|fois|points?|clients?|colis|repas|logements?|chambres?|enfants?|postes? en|couverts?|lits?|places? de|autre|permis|caces|vehicules?|postes? de travail|postes? informatiques?|(?:premi|deuxi|troisi)eme|nouve|premiere|bonne|grande|certaine|solution|expe))";

    [GeneratedRegex(@"\b(?<span>(?:nombre de (?:postes?|personnes)|postes? a pourvoir|effectif)(?: \w+)?\s*:\s*" + Number + @")\b", RegexOptions.CultureInvariant)]
    private static partial Regex Announced();

    [GeneratedRegex(
        @"\b(?:cherch\w+|recherch\w+|recrut\w+|embauch\w+|besoins?\s+d[e']|(?:il )?(?:me |nous |lui )?fau(?:t|drait|dra)|reserv\w+|ouvr\w+|propos\w+|pourvoir|prendre|accueillir|envoyer|fournir|trouver)\s*(?:(?:actuellement|donc|aussi|encore|urgemment|au moins)\s+)?(?::\s*)?(?<span>"
        + Number + NotPeople + @"\s+[a-z][a-z'-]+)",
        RegexOptions.CultureInvariant)]
    private static partial Regex Needed();

    [GeneratedRegex(@"(?:\(\s*|\b)(?<span>" + Number + @"\s+(?:postes?(?! de travail| informatiques?)|personnes|candidat\w*|embauches?|ouvriers?|agents?|intervenants?))\b", RegexOptions.CultureInvariant)]
    private static partial Regex CountedPosts();

    // "H/F x2", "couturiers (4)".
    [GeneratedRegex(@"(?:\b[hf]\s?/\s?[hf]\)?\s*|[a-z]{4,}\s)(?<span>\(?\bx\s?(?<n>\d{1,2})\b\)?)|[a-z]{4,}s\s(?<span>\((?<n>[2-9])\))", RegexOptions.CultureInvariant)]
    private static partial Regex Times();

    // "douze manutentionnaires (H/F)", "4 CDDI": a number before a title of both genders, or before contracts.
    [GeneratedRegex(@"(?<![\d,./])(?<!\bclause )\b(?<span>" + Number + NotPeople + @"\s+(?:[a-z'-]+\s+){1,5}\(?(?:[hf]\s?[/-]\s?[hf]|hf)\b)|\b(?<span>" + Number + @"[ \t]+(?:cddi?|cdi|contrats?|parcours|places)\b)", RegexOptions.CultureInvariant)]
    private static partial Regex BothGenders();

    // A line of a list, or the first line, that begins with a figure and a job: "* 1 agent(e) de propreté", "3 maçons (H/F)".
    [GeneratedRegex(@"^[ \t]*(?:[*•.-]\s*)?(?<span>(?<n>\d{1,2})" + NotPeople + @"[ \t]+[a-z][a-z'()-]{3,})", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Bulleted();
}
