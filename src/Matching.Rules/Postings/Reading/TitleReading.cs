using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;

namespace Matching.Rules.Postings.Reading;

/// <summary>The title of the post, as written, and the occupations it may mean. Several places may hold a title: the one whose words best name an occupation is kept.</summary>
internal static partial class TitleReading
{
    private const int LongestTitle = 90;
    private const int Top = 5;
    private const int MostCandidates = 10;
    private static readonly SearchValues<char> PhraseEnds = SearchValues.Create("\n.;:!?()|,");
    private const double LeastWorth = 0.2;
    private const double KnownTitle = 0.3;
    private const double BothGenders = 0.2;
    private const int GenderMark = 12;

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
        // Same length as the text, so that places stay: "agent(e)" and "H/F" would hide the words of a title.
        var plain = WithoutGenders(text.Text);
        var candidates = Places
            .SelectMany(place => place.Pattern.Matches(plain).Select(found => (found.Groups["title"].Index, found.Groups["title"].Length, place.Worth, Known: (TitleFound?)null)))
            .Concat(ctx.FindTitles(plain).Select(known => (Index: known.Start, Length: PhraseFrom(plain, known), Worth: TitleEvidence.Of(text.Text, known) + KnownTitle, Known: (TitleFound?)known)))
            .OrderByDescending(candidate => candidate.Worth).ThenBy(candidate => candidate.Index)
            .Take(MostCandidates);
        (Extracted<string> Title, IReadOnlyList<RomeProposal> Occupations, double Worth)? best = null;
        foreach (var (index, length, worth, known) in candidates)
        {
            if (Cleaned(text, plain, index, length) is not { } title)
            {
                continue;
            }

            var occupations = ctx.MatchTitle(title.Query);
            var total = worth + (occupations.Count > 0 ? occupations[0].Confidence / 2 : 0)
                + (known is null && Genders().IsMatch(text.Text[index..Math.Min(text.Text.Length, index + title.Title.Length + GenderMark)]) ? BothGenders : 0);
            if (best is null || total > best.Value.Worth)
            {
                best = (title.Title, WithKnown(occupations, known, title.Title, index, ctx), total);
            }
        }

        // Words whose place does not say "title" and that name no occupation are no title.
        return best is null || best.Value.Worth < LeastWorth
            ? (null, [])
            : (best.Value.Title, [.. OccupationContext.Refine(best.Value.Title.Value, text, best.Value.Occupations, ctx).Take(Top)]);
    }

    internal static string WithoutGenders(string folded) => Genders().Replace(folded, found => new string(' ', found.Length));

    // A known title that the whole phrase drowns stays among the proposals, first when nothing else is sure.
    private static IReadOnlyList<RomeProposal> WithKnown(IReadOnlyList<RomeProposal> occupations, TitleFound? known, Extracted<string> title, int index, JobProfileContext ctx)
    {
        if (known is null || index < 0 || occupations.Any(one => known.Occupations.Contains(one.Rome) && one.Confidence >= 0.3) || title.Length <= known.Length + 1)
        {
            return occupations;
        }

        var alone = ctx.MatchTitle(title.Value[..Math.Min(title.Value.Length, known.Length)]).Where(one => known.Occupations.Contains(one.Rome)).Take(2).ToList();
        var first = occupations.Count > 0 && occupations[0].Confidence >= 0.5 ? 1 : 0;
        return [.. occupations.Take(first), .. alone, .. occupations.Skip(first).Where(one => !alone.Exists(other => other.Rome == one.Rome))];
    }

    private static int PhraseFrom(string plain, TitleFound known)
    {
        var stop = plain.AsSpan(known.Start + known.Length).IndexOfAny(PhraseEnds);
        return known.Length + (stop < 0 ? plain.Length - known.Start - known.Length : stop);
    }

    private static (Extracted<string> Title, string Query)? Cleaned(FoldedText text, string plain, int index, int most)
    {
        var (start, length) = (index, Math.Min(most, LongestTitle));
        var words = plain.Substring(start, length);
        var lead = Lead().Match(words).Length;
        var tail = Tail().Match(words[lead..]);
        var kept = tail.Success ? tail.Index : words.Length - lead;
        var core = words.Substring(lead, kept).TrimEnd(' ', '\t', ',', ':', '-', '/', '(', '"', '»', '|');
        if (core.Length < 3 || !core.Any(char.IsLetter) || NoTitle().IsMatch(core))
        {
            return null;
        }

        var original = text.Original(start + lead, core.Length);
        return (text.Extract(char.ToUpperInvariant(original[0]) + original[1..], start + lead, core.Length), Query(text, plain, start + lead, core.Length));
    }

    // The original words without the marks of gender.
    private static string Query(FoldedText text, string plain, int start, int length)
    {
        var query = new StringBuilder();
        var from = start;
        for (var at = start; at <= start + length; at++)
        {
            if (at == start + length || plain[at] != text.Text[at])
            {
                query.Append(text.Original(from, at - from)).Append(' ');
                from = at + 1;
            }
        }

        return query.ToString().Trim();
    }

    // Endings and marks of both genders: "agent(e)", "agent·e", "H/F", "(f/h/x)".
    [GeneratedRegex(@"(?<=[a-z])\((?:e|es|ne|nes|se|te|le|fe|re|ere|iere|trice|rice|euse|s|e\(s\)|x|ve|che|ille|esse|vrice)\)s?|(?<=[a-z])[·•.](?:e|ne|trice|rice|euse|ere)(?:[·•.]s)?\b|\(?\s?\b[hfm]\s?[/-]\s?[hf](?:\s?/\s?[xnd])?\b\s?\)?|\(hf\)|\bh/f\b", RegexOptions.CultureInvariant)]
    private static partial Regex Genders();

    // A greeting or people wanted are no job; a licence is none either.
    [GeneratedRegex(@"^(?:bonjour|bonsoir|salut|hello|bjr|madame|monsieur|mesdames|merci|cordialement|cdlt|personnes?|candidat\w*|salarie\w*(?! (?:d'|agricole|viticole|polyvalent))|collaborat\w*|postes?|places?|monde|bras|renforts?|caces|permis|heures?|mission d'interim|interim|insertion|entreprise|association|commune de|ville de|cdd\w*|cdi|parcours|contrats?|mois|embauches?)\b", RegexOptions.CultureInvariant)]
    private static partial Regex NoTitle();

    private const string Until = @"(?<title>[^\n.;:!?()|]{3,120})";

    [GeneratedRegex(@"\b(?:intitule(?: du poste| de l'emploi| de l'offre)?|metier|emploi|fonction|poste (?:propose|recherche|a pourvoir)|profil recherche|titre(?: du poste| de l'offre)|(?:^|\n)[ \t]*(?:poste|profil))\s*:\s*" + Until, RegexOptions.CultureInvariant)]
    private static partial Regex Labelled();

    [GeneratedRegex(@"^[ \t*•-]*(?:poste|profil|offre)\s+(?:n\s?[°o]?\s?)?(?:[a-h]|\d{1,2})\s*[-–:.)]\s*" + Until, RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Headed();

    [GeneratedRegex(
        @"\b(?:cherch\w+|recherch\w+|recrut\w+|embauch\w+|besoins?\s+d(?:e |')|fau(?:t|drait|dra)|poste d(?:e |'))\s*(?:un poste d(?:e |'))?(?::\s*)?" + Until,
        RegexOptions.CultureInvariant)]
    private static partial Regex Needed();

    [GeneratedRegex(@"^[ \t]*(?:[*•-]\s*)?(?=\d{1,2}\s+[a-z]|(?:un|une)\s+[a-z])" + @"(?<title>[^\n.;:!?]{3,120})", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Listed();

    [GeneratedRegex(@"\b(?:en tant que|en qualite de|comme|objet\s*:|offre d'emploi\s*:?|fiche de poste\s*[:-]?)\s*" + Until, RegexOptions.CultureInvariant)]
    private static partial Regex Spoken();

    [GeneratedRegex(@"\A\s*" + Until, RegexOptions.CultureInvariant)]
    private static partial Regex FirstLine();

    // Numbers, articles and the like before the title.
    [GeneratedRegex(@"^\s*(?:[*•-]\s*)?(?:urgent\s*[-:!]*\s*)?(?:(?:\d{1,3}|une?|des?|du|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|douze|le|la|les|l'|d'|nos|notre|plusieurs|futurs?)\s*(?:postes? (?:de |d'))?\b\s*)*", RegexOptions.CultureInvariant)]
    private static partial Regex Lead();

    [GeneratedRegex(
        @"\s*(?:\((?!e\)|ne\)|se\)|trice\)|rice\)|euse\)|ere\)|re\))|,|\||\bpour\b|\bafin\b|\bqui\b|\bdont\b|\bavec\b|\bsur\b|\ba partir\b|\ba compter\b|\ben (?:embauche|cdd|cdi|interim|contrat|entrepot|insertion)\b|\bdans\b|\bdes\s(?:le|que)\b|\bet reserv|\bh\s?/\s?f\b|\bf\s?/\s?h\b|\s-\s|\bau sein\b|\bsuite\b|\bdu \d|\bnombre\b|\bx ?\d|\bcdd\w*\b|\bcdi\b|\s\d+ ?h\b)",
        RegexOptions.CultureInvariant)]
    private static partial Regex Tail();
}
