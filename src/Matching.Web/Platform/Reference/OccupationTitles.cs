using System.Collections.Frozen;
using System.Data.Common;
using Dapper;
using Matching.Rules;
using Matching.Rules.Postings;

namespace Matching.Web.Platform.Reference;

/// <summary>An occupation of the ROME: its code, its name, and the ROME 3 code under which mobility and skills are published.</summary>
public sealed record Occupation(RomeCode Rome, string Label, string ParentCode);

/// <summary>An occupation that a free title may mean.</summary>
/// <param name="Title">The title of the ROME that was nearest to the words.</param>
/// <param name="Confidence">0 to 1: the share of such matches that are right.</param>
public sealed record TitleMatch(RomeCode Rome, string Label, string Title, double Confidence);

/// <summary>Every occupation and its titles, in memory: by code, or by the words people use.</summary>
public sealed class OccupationTitles
{
    public const int LongestTitle = 200;
    private Index index = Index.Of([], []);

    public IReadOnlyList<Occupation> All => index.All;

    public Occupation? ByCode(RomeCode rome) => index.ByCode.GetValueOrDefault(rome.Value ?? "");

    public Occupation? ByCode(string? code) => code is null ? null : index.ByCode.GetValueOrDefault(code.Trim().ToUpperInvariant());

    /// <summary>The occupations a title may mean, best first, at most <paramref name="top"/> (1–50); a ROME code is answered as itself; empty when nothing is near.</summary>
    public IReadOnlyList<TitleMatch> Match(string? text, int top = 5)
    {
        var words = (text ?? "").Trim();
        if (words.Length == 0)
        {
            return [];
        }

        if (ByCode(words) is { } exact)
        {
            return [new TitleMatch(exact.Rome, exact.Label, exact.Label, 1)];
        }

        return index.Match(words.Length > LongestTitle ? words[..LongestTitle] : words, Math.Clamp(top, 1, 50));
    }

    internal async Task LoadAsync(DbConnection db, CancellationToken ct)
    {
        var occupations = await db.QueryAsync<OccupationRow>(new CommandDefinition(
            "select code, label, parent_code from rome order by code limit 10000", cancellationToken: ct));
        var titles = await db.QueryAsync<TitleRow>(new CommandDefinition(
            "select label, rome_code from rome_title order by rome_code, id limit 100000", cancellationToken: ct));
        index = Index.Of([.. occupations], [.. titles]);
    }

    private sealed record OccupationRow(string Code, string Label, string ParentCode);

    private sealed record TitleRow(string Label, string RomeCode);

    private sealed class Index(IReadOnlyList<Occupation> all, FrozenDictionary<string, Occupation> byCode, (string Title, Occupation Of, HashSet<string> Grams)[] titles)
    {
        public IReadOnlyList<Occupation> All => all;

        public FrozenDictionary<string, Occupation> ByCode => byCode;

        public static Index Of(IReadOnlyList<OccupationRow> occupations, IReadOnlyList<TitleRow> titles)
        {
            var all = occupations
                .Select(row => RomeCode.TryParse(row.Code, out var rome) ? new Occupation(rome, row.Label, row.ParentCode) : null)
                .OfType<Occupation>().ToArray();
            var byCode = all.ToFrozenDictionary(one => one.Rome.Value, StringComparer.Ordinal);
            var named = titles.Where(title => byCode.ContainsKey(title.RomeCode)).Select(title => (title.Label, byCode[title.RomeCode]))
                .Concat(all.Select(one => (one.Label, one)));
            return new Index(all, byCode, [.. named.Select(pair => (pair.Label, pair.Item2, Grams(pair.Label)))]);
        }

        public IReadOnlyList<TitleMatch> Match(string words, int top)
        {
            var grams = Grams(words);
            return [.. titles
                .Select(title => (title, Score: Likeness(grams, title.Grams)))
                .Where(near => near.Score > 0.2)
                .GroupBy(near => near.title.Of.Rome)
                .Select(group => group.MaxBy(near => near.Score))
                .OrderByDescending(near => near.Score).ThenBy(near => near.title.Of.Rome.Value, StringComparer.Ordinal)
                .Take(top)
                .Select(near => new TitleMatch(near.title.Of.Rome, near.title.Of.Label, near.title.Title, Math.Round(near.Score, 2)))];
        }

        private static double Likeness(HashSet<string> one, HashSet<string> other) =>
            one.Count == 0 || other.Count == 0 ? 0 : (double)one.Count(other.Contains) / Math.Min(one.Count, other.Count) * (0.9 + (0.1 * Math.Min(one.Count, other.Count) / Math.Max(one.Count, other.Count)));

        private static HashSet<string> Grams(string text)
        {
            var padded = $" {FrenchKey.Of(text)} ";
            return [.. Enumerable.Range(0, Math.Max(0, padded.Length - 2)).Select(i => padded.Substring(i, 3))];
        }
    }
}
