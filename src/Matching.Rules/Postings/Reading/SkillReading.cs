using System.Text.RegularExpressions;

namespace Matching.Rules.Postings.Reading;

/// <summary>
/// Skills of the proposed occupations that the text speaks of. A label is found when most of its words stand in one sentence, whatever
/// their form ("ouvrir des baies" for "Ouvrir une baie"). What the tasks name is required unless the text says "souhaité".
/// </summary>
internal static partial class SkillReading
{
    private const int OccupationsLookedAt = 3;
    private const int MostSkills = 20;
    private const int StemLength = 6;
    private const double ShareOfWords = 0.66;

    private static readonly HashSet<string> Empty = ["avec", "dans", "pour", "leur", "leurs", "selon", "sans", "les", "des", "une", "aux", "sur", "par", "son", "ses", "est", "et", "ou", "un", "le", "la", "de", "du", "en", "au"];

    public static IReadOnlyList<(Extracted<string> Words, bool IsRequired)> Read(FoldedText text, IReadOnlyList<RomeProposal> occupations, JobProfileContext ctx)
    {
        var words = Word().Matches(text.Text).Select(word => (Stem: StemOf(word.Value), word.Index, word.Length)).Where(word => word.Stem.Length > 0).ToList();
        var read = new List<(Extracted<string>, bool)>();
        foreach (var label in occupations.Take(OccupationsLookedAt).SelectMany(occupation => ctx.SkillsOf(occupation.Rome)).Distinct(StringComparer.Ordinal))
        {
            if (read.Count < MostSkills && Find(text, words, label) is { } found)
            {
                read.Add((text.Extract(label, found.Start, found.Length), DemandReading.Of(text, found.Start, found.Length) != Demand.Wished));
            }
        }

        return [.. read.OrderBy(skill => skill.Item1.Start)];
    }

    private static (int Start, int Length)? Find(FoldedText text, List<(string Stem, int Index, int Length)> words, string label)
    {
        var stems = Word().Matches(FrenchKey.Of(label)).Select(word => StemOf(word.Value)).Where(stem => stem.Length > 0).ToHashSet(StringComparer.Ordinal);
        var needed = Math.Max(2, (int)Math.Ceiling(stems.Count * ShareOfWords));
        if (stems.Count < 2)
        {
            return null;
        }

        for (var i = 0; i < words.Count; i++)
        {
            if (!stems.Contains(words[i].Stem))
            {
                continue;
            }

            var (_, end) = text.SentenceAround(words[i].Index, words[i].Length);
            var met = new HashSet<string>(StringComparer.Ordinal);
            for (var j = i; j < words.Count && words[j].Index < end && j - i <= 2 * stems.Count; j++)
            {
                if (stems.Contains(words[j].Stem) && met.Add(words[j].Stem) && met.Count >= needed)
                {
                    return (words[i].Index, words[j].Index + words[j].Length - words[i].Index);
                }
            }
        }

        return null;
    }

    // Enough for the few words of a label: no plural, no ending of a verb, six letters.
    private static string StemOf(string word)
    {
        if (word.Length < 3 || Empty.Contains(word))
        {
            return "";
        }

        var stem = word.TrimEnd('s', 'x');
        stem = stem.EndsWith("er", StringComparison.Ordinal) || stem.EndsWith("ez", StringComparison.Ordinal) ? stem[..^2] : stem.TrimEnd('e');
        return stem.Length > StemLength ? stem[..StemLength] : stem;
    }

    [GeneratedRegex("[a-z]+", RegexOptions.CultureInvariant)]
    private static partial Regex Word();
}
