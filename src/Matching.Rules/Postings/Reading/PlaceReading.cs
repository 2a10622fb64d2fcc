using System.Text.RegularExpressions;

namespace Matching.Rules.Postings.Reading;

/// <summary>The commune of the post: a name beside its postal code, or a name after words of place. A name alone, anywhere, is not enough: many communes bear common words.</summary>
internal static partial class PlaceReading
{
    private const int LongestName = 7;
    private const int NearPostalCode = 60;

    /// <summary>The commune when one fits; otherwise the communes between which a human must choose.</summary>
    public static (Extracted<CommuneChoice>? Commune, IReadOnlyList<CommuneChoice> Choices) Read(FoldedText text, JobProfileContext ctx)
    {
        var names = Names(text, ctx);
        foreach (Match code in PostalCode().Matches(text.Text))
        {
            var sharing = ctx.CommunesByPostalCode(code.Value);
            var named = names.Find(name => Math.Abs(name.Start - code.Index) <= NearPostalCode && name.Communes.Any(one => sharing.Any(other => other.InseeCode == one.InseeCode)));
            if (named.Communes is not null)
            {
                return (text.Extract(named.Communes.First(one => sharing.Any(other => other.InseeCode == one.InseeCode)), named.Start, named.Length), []);
            }

            if (sharing.Count == 1)
            {
                return (text.Extract(sharing[0], code), []);
            }

            if (sharing.Count > 1)
            {
                return (null, sharing);
            }
        }

        var best = names.Where(name => name.Evidence > 0).OrderByDescending(name => name.Evidence).ThenBy(name => name.Start).FirstOrDefault();
        return best.Communes is null ? (null, [])
            : best.Communes.Count == 1 ? (text.Extract(best.Communes[0], best.Start, best.Length), [])
            : (null, best.Communes);
    }

    private static List<(IReadOnlyList<CommuneChoice> Communes, int Start, int Length, int Evidence)> Names(FoldedText text, JobProfileContext ctx)
    {
        var words = Word().Matches(text.Text);
        var found = new List<(IReadOnlyList<CommuneChoice>, int, int, int)>();
        for (var i = 0; i < words.Count; i++)
        {
            // A name begins with a capital; the longest that is known wins.
            if (!char.IsUpper(text.Original(words[i].Index, 1).FirstOrDefault()))
            {
                continue;
            }

            for (var count = Math.Min(LongestName, words.Count - i); count >= 1; count--)
            {
                var last = words[i + count - 1];
                var length = last.Index + last.Length - words[i].Index;
                var name = text.Text.Substring(words[i].Index, length);
                if (name.AsSpan().IndexOfAny('\n', ',', '.') >= 0 || length < 2 || ctx.CommunesByName(FrenchKey.OfPlace(name)) is not { Count: > 0 } communes)
                {
                    continue;
                }

                found.Add((communes, words[i].Index, length, EvidenceOf(text, words[i].Index, length)));
                i += count - 1;
                break;
            }
        }

        return found;
    }

    // 3: the line speaks of the place of work. 2: "à", "de" after a building. 1: "à". 0: nothing says that it is a place.
    private static int EvidenceOf(FoldedText text, int start, int length)
    {
        var line = text.Text[(text.Text.LastIndexOf('\n', Math.Max(0, start - 1)) + 1)..start];
        return PlaceLine().IsMatch(line) ? 3 : Building().IsMatch(line) ? 2 : AtWords().IsMatch(line) && length >= 3 ? 1 : 0;
    }

    [GeneratedRegex(@"(?<![\d ]\d|\d)\d{5}(?!\d| ?\d)", RegexOptions.CultureInvariant)]
    private static partial Regex PostalCode();

    [GeneratedRegex(@"[a-z0-9]+", RegexOptions.CultureInvariant)]
    private static partial Regex Word();

    [GeneratedRegex(@"\b(?:lieux?|sites?|adresse|secteur|commune|ville|localisation|prise de poste|chantier|base a|poste (?:base|situe)|depart|depot|plateforme|agence)\b", RegexOptions.CultureInvariant)]
    private static partial Regex PlaceLine();

    [GeneratedRegex(@"\b(?:lycee|college|ecole|mairie|groupe scolaire|hopital|clinique|gare|residence|maison|salle|stade|gymnase|entrepot|zone|za|zi|rue|avenue)\b[^.\n]*$", RegexOptions.CultureInvariant)]
    private static partial Regex Building();

    [GeneratedRegex(@"(?:^|\s)(?:a|sur|pres de|vers)\s+(?:la\s+|le\s+|les\s+)?$", RegexOptions.CultureInvariant)]
    private static partial Regex AtWords();
}
