using System.Text.RegularExpressions;

namespace Matching.Rules.Postings.Reading;

/// <summary>A name of the text that communes bear.</summary>
/// <param name="Department">The département that the text says beside the name, as the start of an INSEE code.</param>
internal sealed record PlaceName(IReadOnlyList<CommuneChoice> Communes, int Start, int Length, string? Department, PlaceEvidence Evidence);

/// <summary>Finds the names of communes in a text, the longest known at each place, with what makes each a place.</summary>
internal static partial class PlaceNames
{
    private const int LongestName = 7;

    // In a message without capitals, or after a shortened article, a word is a town only when the town is large.
    private const int LargeTown = 20_000;
    private const double FewCapitals = 0.02;

    public static List<PlaceName> In(FoldedText text, JobProfileContext ctx)
    {
        var words = Word().Matches(text.Text);
        var isInHaste = text.Source.Count(char.IsUpper) <= text.Source.Count(char.IsLetter) * FewCapitals;
        var found = new List<PlaceName>();
        for (var i = 0; i < words.Count; i++)
        {
            // A name begins with a capital; in a message typed in haste, several words after "à" or "sur" will do, or one that is a large town's.
            var hasCapital = char.IsUpper(text.Original(words[i].Index, 1).FirstOrDefault());
            var isShort = words[i].Length < 3 && words[i].Value is not ("st" or "le" or "la");
            var isAfterAt = !isShort && PlaceEvidenceReading.IsAfterAt(text.Before(words[i].Index, 10));
            if (!hasCapital && !isAfterAt && !isInHaste)
            {
                continue;
            }

            for (var count = Math.Min(LongestName, words.Count - i); count > 0; count--)
            {
                if (Named(text, ctx, words, i, count, isSure: hasCapital || (isAfterAt && count > 1)) is { } name)
                {
                    found.Add(name);
                    i += count - 1;
                    break;
                }
            }
        }

        return found;
    }

    private static PlaceName? Named(FoldedText text, JobProfileContext ctx, MatchCollection words, int first, int count, bool isSure)
    {
        var last = words[first + count - 1];
        var (start, length) = (words[first].Index, last.Index + last.Length - words[first].Index);
        if (length < 2 || text.Text.AsSpan(start, length).IndexOfAny('\n', ',', '.') >= 0)
        {
            return null;
        }

        var (known, isContracted) = Known(ctx, FrenchKey.OfPlace(text.Text.Substring(start, length)), count, text.Before(start, 5));
        var written = text.Original(start, length);
        var communes = known.Where(one => isContracted || SameAccents(written, one.Name)).ToList();
        if (!isSure || (isContracted && count == 1))
        {
            communes = [.. communes.Where(one => one.Population >= LargeTown)];
        }

        if (communes.Count == 0)
        {
            return null;
        }

        var (department, isExact) = PlaceEvidenceReading.DepartmentAfter(text, start + length);
        var agrees = department is not null && communes.Exists(one => one.InseeCode.StartsWith(department, StringComparison.Ordinal));
        if (department is not null && !agrees && isExact)
        {
            // "Saint-Quentin (38)" is none of the known ones: the text speaks of another commune.
            return null;
        }

        var isLarge = communes.Exists(one => one.Population >= LargeTown);
        var evidence = PlaceEvidenceReading.Of(text, start, length, agrees, isLarge, isContracted);
        return new PlaceName(communes, start, length, agrees ? department : null, evidence);
    }

    // "Petit-Quevilly" is said for "Le Petit-Quevilly", "au Havre" for "à Le Havre".
    private static (IReadOnlyList<CommuneChoice> Communes, bool IsContracted) Known(JobProfileContext ctx, string key, int words, string before)
    {
        if (ctx.CommunesByName(key) is { Count: > 0 } named)
        {
            return (named, false);
        }

        var article = Contracted().Match(before) switch { { Success: false } => null, var found => found.Value.TrimEnd() is "au" or "du" ? "le" : "les" };
        return article is not null && ctx.CommunesByName($"{article} {key}") is { Count: > 0 } contracted ? (contracted, true)
            : words < 2 ? ([], false)
            : ctx.CommunesByName($"le {key}") is { Count: > 0 } le ? (le, false)
            : (ctx.CommunesByName($"la {key}"), false);
    }

    // "Maçon" is not Mâcon: who writes an accent writes the right one. Capitals often go without, and so do short names ("Évry" for Évry-Courcouronnes).
    private static bool SameAccents(string written, string name) =>
        written.All(c => c < 128 || c == '’') || Spaced(name).StartsWith(Spaced(written), StringComparison.OrdinalIgnoreCase)
        || string.Equals(Spaced(written), Spaced(name), StringComparison.OrdinalIgnoreCase);

    private static string Spaced(string name) => name.Replace('-', ' ').Replace('’', '\'').Replace("St ", "Saint ", StringComparison.OrdinalIgnoreCase).Replace("Ste ", "Sainte ", StringComparison.OrdinalIgnoreCase)
        .Replace("œ", "oe", StringComparison.OrdinalIgnoreCase).Replace(" s/ ", " sur ", StringComparison.OrdinalIgnoreCase).Normalize();

    [GeneratedRegex(@"[a-z0-9]+", RegexOptions.CultureInvariant)]
    private static partial Regex Word();

    [GeneratedRegex(@"\b(?:au|aux|du|des) $", RegexOptions.CultureInvariant)]
    private static partial Regex Contracted();
}
