using System.Text.RegularExpressions;

namespace Matching.Rules.Postings.Reading;

/// <summary>The title of the post, as written, and the occupations it may mean. Several places may hold a title: the one whose words best name an occupation is kept.</summary>
internal static partial class TitleReading
{
    private const int LongestTitle = 90;
    private const int Top = 5;
    private const int MostCandidates = 12;

    // What the place of the words is worth beside how well they name an occupation (0 to 1).
    private static readonly (Regex Pattern, double Worth)[] Places =
    [
        (Labelled(), 0.5),
        (Headed(), 0.45),
        (Needed(), 0.35),
        (Listed(), 0.3),
        (Spoken(), 0.2),
        (FirstLine(), 0),
    ];

    public static (Extracted<string>? Title, IReadOnlyList<RomeProposal> Occupations) Read(FoldedText text, JobProfileContext ctx)
    {
        (Extracted<string> Title, IReadOnlyList<RomeProposal> Occupations, double Worth)? best = null;
        foreach (var (found, worth) in Places.SelectMany(place => place.Pattern.Matches(text.Text).Select(found => (found.Groups["title"], place.Worth))).Take(MostCandidates))
        {
            if (Cleaned(text, found) is not { } title)
            {
                continue;
            }

            var occupations = ctx.MatchTitle(title.Value);
            var total = worth + (occupations.Count > 0 ? occupations[0].Confidence : 0);
            if (best is null || total > best.Value.Worth)
            {
                best = (title, [.. occupations.Take(Top)], total);
            }
        }

        // Words whose place does not say "title" and that name no occupation are no title.
        return best is null || best.Value.Worth < 0.2 ? (null, []) : (best.Value.Title, best.Value.Occupations);
    }

    private static Extracted<string>? Cleaned(FoldedText text, Group found)
    {
        var (start, length) = (found.Index, Math.Min(found.Length, LongestTitle));
        var words = text.Text.Substring(start, length);
        var lead = Lead().Match(words).Length;
        var tail = Tail().Match(words[lead..]);
        var kept = tail.Success ? tail.Index : words.Length - lead;
        var core = words.Substring(lead, kept).TrimEnd(' ', '\t', ',', ':', '-', '/', '(', '"', '»');
        if (core.Length < 3 || !core.Any(char.IsLetter) || NoTitle().IsMatch(core))
        {
            return null;
        }

        var original = text.Original(start + lead, core.Length);
        return text.Extract(char.ToUpperInvariant(original[0]) + original[1..], start + lead, core.Length);
    }

    // People wanted, not a job.
    [GeneratedRegex(@"^(?:personnes?|candidat\w*|salarie\w*|collaborat\w*|postes?|monde|bras|renforts?)\b", RegexOptions.CultureInvariant)]
    private static partial Regex NoTitle();

    private const string Until = @"(?<title>[^\n.;:!?()]{3,120})";

    [GeneratedRegex(@"\b(?:intitule(?: du poste)?|metier|emploi|fonction|poste (?:propose|recherche|a pourvoir)|profil recherche|(?:^|\n)[ \t]*poste)\s*:\s*" + Until, RegexOptions.CultureInvariant)]
    private static partial Regex Labelled();

    [GeneratedRegex(@"^[ \t*•-]*(?:poste|profil|offre)\s+(?:n\s?[°o]?\s?)?(?:[a-h]|\d{1,2})\s*[-–:.)]\s*" + Until, RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Headed();

    [GeneratedRegex(
        @"\b(?:cherch\w+|recherch\w+|recrut\w+|embauch\w+|besoins?\s+d(?:e |')|fau(?:t|drait|dra)|poste d(?:e |'))\s*(?:un poste d(?:e |'))?(?::\s*)?" + Until,
        RegexOptions.CultureInvariant)]
    private static partial Regex Needed();

    [GeneratedRegex(@"^[ \t]*(?:[*•-]\s*)?(?=\d{1,2}\s+[a-z]|(?:un|une)\s+[a-z])" + @"(?<title>[^\n.;:!?]{3,120})", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Listed();

    [GeneratedRegex(@"\b(?:en tant que|comme|objet\s*:|offre d'emploi\s*:?|fiche de poste\s*[:-]?)\s*" + Until, RegexOptions.CultureInvariant)]
    private static partial Regex Spoken();

    [GeneratedRegex(@"\A\s*" + Until, RegexOptions.CultureInvariant)]
    private static partial Regex FirstLine();

    // Numbers, articles and the like before the title.
    [GeneratedRegex(@"^\s*(?:[*•-]\s*)?(?:(?:\d{1,3}|une?|des?|du|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|le|la|les|l'|d'|nos|notre|plusieurs|futurs?)\s*(?:postes? (?:de |d'))?\b\s*)*", RegexOptions.CultureInvariant)]
    private static partial Regex Lead();

    [GeneratedRegex(
        @"\s*(?:\((?!e\)|ne\)|se\)|trice\)|rice\)|euse\)|ere\)|re\))|,|\bpour\b|\bafin\b|\bqui\b|\bdont\b|\bavec\b|\bsur\b|\ba partir\b|\ba compter\b|\ben (?:embauche|cdd|cdi|interim|contrat|entrepot)\b|\bdans\b|\bdes\s(?:le|que)\b|\bet reserv|\bh\s?/\s?f\b|\bf\s?/\s?h\b|\s-\s|\bau sein\b|\bsuite\b|\bdu \d|\bnombre\b)",
        RegexOptions.CultureInvariant)]
    private static partial Regex Tail();
}
