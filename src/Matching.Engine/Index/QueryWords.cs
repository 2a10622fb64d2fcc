using Matching.Engine.Columns;
using Matching.Engine.Text;

namespace Matching.Engine.Index;

/// <summary>One way a typed word may be met: all of its stems in the row, for <paramref name="Weight"/> of their mean points.</summary>
internal sealed record Alternative(IReadOnlyList<string> Stems, double Weight);

/// <summary>A typed word and its ways to be met; a row takes the best one only, so synonyms never add up.</summary>
internal sealed record QueryWord(string Typed, IReadOnlyList<Alternative> Alternatives);

/// <summary>From what was typed to the stems to look for.</summary>
internal static class QueryWords
{
    private const double PrefixWeight = 0.8;
    private const double SynonymWeight = 0.7;
    private const double TypingWeight = 0.5;
    private const int ExpansionLimit = 32;

    // Feminine ends that people are in the middle of typing: "conductri" must already find "conducteur".
    private static readonly string[] Completions = ["", "e", "se", "ce", "ice"];

    public static IReadOnlyList<QueryWord> Of(TextQuery query, IReadOnlyList<SegmentView> views, Bm25 bm25)
    {
        var text = query.Text.Length > TextQuery.CharacterLimit ? query.Text[..TextQuery.CharacterLimit] : query.Text;
        var tokens = FrenchAnalyzer.Tokens(text);
        var found = new List<QueryWord>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var at = 0; at < tokens.Count && found.Count < TextQuery.WordLimit; at++)
        {
            var token = tokens[at];
            if (seen.Add(token.Stem))
            {
                var typed = Folding.Fold(text.AsSpan(token.Start, token.Length));
                var isLast = at == tokens.Count - 1 && token.Start + token.Length == text.Length;
                found.Add(new QueryWord(typed, Ways(token.Stem, typed, query, isLast, views, bm25)));
            }
        }
        AddSynonyms(found, text, query.Synonyms ?? Synonyms.None);
        return found;
    }

    /// <summary>Every different stem of a text, met exactly: how one text is compared with others.</summary>
    public static IReadOnlyList<QueryWord> Exactly(string text) =>
    [
        .. FrenchAnalyzer.Tokens(text).Select(token => token.Stem).Distinct(StringComparer.Ordinal).Take(TextQuery.WordLimit)
            .Select(stem => new QueryWord(stem, [new Alternative([stem], Weight: 1)])),
    ];

    private static List<Alternative> Ways(
        string stem, string typed, TextQuery query, bool isLast, IReadOnlyList<SegmentView> views, Bm25 bm25)
    {
        var ways = new List<Alternative> { new([stem], Weight: 1) };
        if (query.PrefixLast && isLast)
        {
            var completed = Completions.Select(end => FrenchStem.Of(typed + end)).ToHashSet(StringComparer.Ordinal);
            Expand(stems => stems.StartingWith(typed).Concat(completed.Where(stems.Holds)), PrefixWeight);
        }
        if (query.ForgiveTyping && ways.Count == 1 && bm25.RowsWith(stem) == 0 && !typed.Any(char.IsAsciiDigit))
        {
            var errors = EditDistance.Allowed(typed.Length);
            if (errors > 0)
            {
                Expand(stems => stems.Near(stem, errors), TypingWeight);
            }
        }
        return ways;

        void Expand(Func<StemList, IEnumerable<string>> meeting, double weight) => ways.AddRange(views
            .SelectMany(view => meeting(view.Columns.Text.Stems))
            .Distinct(StringComparer.Ordinal)
            .Where(one => one != stem)
            .Select(one => (Stem: one, Rows: bm25.RowsWith(one)))
            .Where(one => one.Rows > 0)
            .OrderByDescending(one => one.Rows).ThenBy(one => one.Stem, StringComparer.Ordinal)
            .Take(ExpansionLimit)
            .Select(one => new Alternative([one.Stem], weight)));
    }

    private static void AddSynonyms(List<QueryWord> found, string text, Synonyms synonyms)
    {
        var words = Words.Of(text);
        for (var at = 0; at < words.Count && found.Count < TextQuery.WordLimit; at++)
        {
            foreach (var (count, meant) in synonyms.At(words, at))
            {
                var typed = string.Join(' ', words.Skip(at).Take(count).Select(word => word.Text));
                var stems = FrenchAnalyzer.Tokens(meant).Select(token => token.Stem).Distinct(StringComparer.Ordinal).ToArray();
                if (stems.Length == 0)
                {
                    continue;
                }
                // The same typed word keeps one group, so that a row holding both forms is not paid twice.
                var group = found.FindIndex(word => word.Typed == typed);
                var way = new Alternative(stems, SynonymWeight);
                if (group < 0)
                {
                    found.Add(new QueryWord(typed, [way]));
                }
                else
                {
                    found[group] = found[group] with { Alternatives = [.. found[group].Alternatives, way] };
                }
            }
        }
    }
}
