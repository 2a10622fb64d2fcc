using System.Buffers;
using System.Collections.Frozen;
using Matching.Engine.Text;

namespace Matching.Web.Platform.Reference;

/// <summary>A known title standing in a text.</summary>
/// <param name="Words">How many words of the title carry meaning: the longer, the surer.</param>
public sealed record TitleMention(int Start, int Length, int Words, IReadOnlyList<string> RomeCodes);

/// <summary>Finds, anywhere in a text, the titles of the referential and the usual ones, whatever their gender and number.</summary>
public sealed class TitleMentions
{
    private static readonly SearchValues<char> PhraseEnds = SearchValues.Create("\n\r.;:!?,()|•");
    private const int LongestTitle = 6;
    private const int MostCodes = 5;

    // Tokens that one window may span: "ouvrier polyvalent / ouvrière polyvalente d'entretien" says its words twice.
    private const int LongestWindow = 9;

    private readonly FrozenDictionary<string, string[]> codes;

    public TitleMentions(IEnumerable<TitleLabel> labels) => codes = labels
        .Select(label => (Key: string.Join(' ', FrenchAnalyzer.Tokens(WithoutFeminine(label.Text)).Select(token => token.Stem).Distinct(StringComparer.Ordinal)), label.Id))
        .Where(pair => pair.Key.Length > 0 && pair.Key.Count(c => c == ' ') < LongestTitle)
        .GroupBy(pair => pair.Key, pair => pair.Id, StringComparer.Ordinal)
        .ToFrozenDictionary(group => group.Key, group => group.Distinct(StringComparer.Ordinal).Take(MostCodes).ToArray(), StringComparer.Ordinal);

    /// <summary>In the order of the text, the longest at each place, without overlaps.</summary>
    public IReadOnlyList<TitleMention> In(string text)
    {
        var tokens = FrenchAnalyzer.Tokens(text);
        var found = new List<TitleMention>();
        for (var i = 0; i < tokens.Count; i++)
        {
            if (Longest(text, tokens, i) is { } mention)
            {
                found.Add(mention.Mention);
                i = mention.Last;
            }
        }

        return found;
    }

    private (TitleMention Mention, int Last)? Longest(string text, IReadOnlyList<Token> tokens, int first)
    {
        (TitleMention, int)? longest = null;
        var stems = new List<string>(LongestTitle);
        for (var last = first; last < tokens.Count && last - first < LongestWindow; last++)
        {
            if (last > first && !Follows(text, tokens[last - 1], tokens[last]))
            {
                break;
            }

            if (!stems.Contains(tokens[last].Stem))
            {
                stems.Add(tokens[last].Stem);
            }

            if (stems.Count > LongestTitle)
            {
                break;
            }

            if (codes.TryGetValue(string.Join(' ', stems), out var known))
            {
                var end = tokens[last].Start + tokens[last].Length;
                longest = (new TitleMention(tokens[first].Start, end - tokens[first].Start, stems.Count, known), last);
            }
        }

        return longest;
    }

    // Words of one title stand side by side: what ends a phrase ends a title.
    private static bool Follows(string text, Token one, Token next)
    {
        var from = one.Start + one.Length;
        return next.Start >= from && text.AsSpan(from, next.Start - from).IndexOfAny(PhraseEnds) < 0;
    }

    // "Agent / Agente d'entretien" gives "Agent d'entretien".
    private static string WithoutFeminine(string label)
    {
        var genders = label.Split(" / ");
        if (genders.Length != 2)
        {
            return label;
        }

        var masculine = genders[0].Split(' ');
        return string.Join(' ', masculine.Concat(genders[1].Split(' ').Skip(masculine.Length)));
    }
}
