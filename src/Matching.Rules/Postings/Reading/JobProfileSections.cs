using System.Text.RegularExpressions;

namespace Matching.Rules.Postings.Reading;

/// <summary>Texts that describe several posts under headings: "POSTE A - …", "Profil n° 2 : …".</summary>
internal static partial class JobProfileSections
{
    private const int MostSections = 20;

    /// <summary>One text per post, as long as the original, in which the other posts are blanked; what is common to all stays.</summary>
    public static IReadOnlyList<string> Of(string text)
    {
        var headings = Heading().Matches(new FoldedText(text).Text.Length == text.Length ? new FoldedText(text).Text : text.ToLowerInvariant());
        if (headings.Count is < 2 or > MostSections)
        {
            return [text];
        }

        // The last post ends at its first empty line: what follows is said of all.
        var blank = BlankLine().Match(text, headings[^1].Index);
        var end = blank.Success ? blank.Index : text.Length;
        return [.. headings.Select((heading, i) =>
        {
            var own = (heading.Index, i + 1 < headings.Count ? headings[i + 1].Index : end);
            return string.Create(text.Length, (text, own, headings[0].Index, end), static (part, it) =>
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

    [GeneratedRegex(@"\n[ \t\r]*\n", RegexOptions.CultureInvariant)]
    private static partial Regex BlankLine();
}
