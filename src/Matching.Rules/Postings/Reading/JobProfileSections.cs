using System.Text.RegularExpressions;

namespace Matching.Rules.Postings.Reading;

/// <summary>Texts that describe several posts under headings: "POSTE A - …", "Profil n° 2 : …".</summary>
internal static partial class JobProfileSections
{
    private const int MostSections = 20;

    /// <summary>One text per post, as long as the original, in which the other posts are blanked; what is common to all stays.</summary>
    public static IReadOnlyList<string> Of(string text, JobProfileContext ctx)
    {
        var source = new FoldedText(text);
        var folded = source.Text;
        var headings = Heading().Matches(folded).ToList();
        if (headings.Count < 2)
        {
            // "1) Peintre", "- 2 maçons (CDD)": a list is several posts when each of its lines begins with a known title.
            var listed = Listed().Matches(folded);
            var titles = listed.Count < 2 ? [] : ctx.FindTitles(TitleReading.WithoutGenders(folded));
            headings = [.. listed.Where(line => titles.Any(title => title.Start >= line.Groups["title"].Index && title.Start <= line.Groups["title"].Index + 3))];
        }

        if (headings.Count is < 2 or > MostSections)
        {
            return [text];
        }

        var starts = headings.ConvertAll(heading => source.Extract(0, heading).Start);

        // The last post ends at its first empty line: what follows is said of all.
        var blank = BlankLine().Match(text, starts[^1]);
        var end = blank.Success ? blank.Index : text.Length;
        return [.. starts.Select((start, i) =>
        {
            var own = (start, i + 1 < starts.Count ? starts[i + 1] : end);
            return string.Create(text.Length, (text, own, starts[0], end), static (part, it) =>
            {
                for (var at = 0; at < part.Length; at++)
                {
                    var isCommon = at < it.Item3 || at >= it.end;
                    var isOwn = at >= it.own.Item1 && at < it.own.Item2;
                    part[at] = isCommon || isOwn || it.text[at] is '\n' or '\r' ? it.text[at] : ' ';
                }
            });
        })];
    }

    [GeneratedRegex(@"^[ \t*•-]*(?:poste|profil|offre)\s+(?:n\s?[°o]?\s?)?(?:[a-h]|\d{1,2})\s*[-–:.)]\s*\S", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Heading();

    [GeneratedRegex(@"^[ \t]*(?:\d{1,2}\s?(?:[).]|[°/-]\s)\s*(?:(?:\d{1,2}|un|une|deux|trois|quatre|cinq|six)\s+(?:postes? (?:de |d'))?)?|[*•-]\s*(?:\d{1,2}|un|une|deux|trois|quatre|cinq|six)\s+(?:postes? (?:de |d'))?)(?<title>[a-z][a-z' /-]{3,})", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Listed();

    [GeneratedRegex(@"\n[ \t\r]*\n", RegexOptions.CultureInvariant)]
    private static partial Regex BlankLine();
}
