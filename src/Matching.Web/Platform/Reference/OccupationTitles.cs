using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Data.Common;
using Dapper;
using Matching.Engine.Text;
using Matching.Features;
using Matching.Rules;
using Matching.Rules.People;
using Matching.Rules.Postings;

namespace Matching.Web.Platform.Reference;

/// <summary>An occupation of the ROME: its code, its name, and the ROME 3 code under which mobility and skills are published.</summary>
public sealed record Occupation(RomeCode Rome, string Label, string ParentCode);

/// <summary>An occupation that a free title may mean.</summary>
/// <param name="Title">The title of the ROME that was nearest to the words.</param>
/// <param name="Confidence">0 to 1; occupations equally near share it.</param>
public sealed record OccupationMatch(RomeCode Rome, string Label, string Title, double Confidence);

/// <summary>Every occupation and its titles, in memory: by code, or by the words people use.</summary>
public sealed class OccupationTitles
{
    public const int LongestTitle = 200;

    /// <summary>Titles read by <see cref="SureOf"/> that are kept; further ones are read each time.</summary>
    private const int MostSure = 10_000;

    private Index index = Index.Of([], []);

    public IReadOnlyList<Occupation> All => index.All;

    public Occupation? ByCode(RomeCode rome) => index.ByCode.GetValueOrDefault(rome.Value ?? "");

    public Occupation? ByCode(string? code) => code is null ? null : index.ByCode.GetValueOrDefault(code.Trim().ToUpperInvariant());

    /// <summary>An experience may have been typed as a code of the ROME: people read its label.</summary>
    public string Named(string title) => ByCode(title)?.Label ?? title;

    /// <summary>The occupations a title may mean, best first, at most <paramref name="top"/> (1–50); a ROME code is answered as itself; empty when nothing is near.</summary>
    public IReadOnlyList<OccupationMatch> Match(string? text, int top = 5)
    {
        var words = (text ?? "").Trim();
        if (words.Length == 0)
        {
            return [];
        }

        if (ByCode(words) is { } exact)
        {
            return [new OccupationMatch(exact.Rome, exact.Label, exact.Label, 1)];
        }

        return index.Match(words.Cut(LongestTitle), Math.Clamp(top, 1, 50));
    }

    /// <summary>The known titles that stand in a text.</summary>
    public IReadOnlyList<TitleMention> Mentions(string text) => index.Mentions.In(text);

    /// <summary>
    /// The occupation that a title names surely: that of the only known title that stands whole in it, else one as sure as for a past job of a pool
    /// file; null otherwise. Each title is read once, for it is asked again with every list.
    /// </summary>
    public RomeCode? SureOf(string title)
    {
        ArgumentNullException.ThrowIfNull(title);
        var known = index.Sure;
        if (known.TryGetValue(title, out var read))
        {
            return read;
        }

        var standing = Mentions(title).SelectMany(mention => mention.RomeCodes).Distinct(StringComparer.Ordinal).ToList();
        RomeCode? sure = standing.Count == 1 && RomeCode.TryParse(standing[0], out var stood) ? stood
            : standing.Count == 0 && Match(title, 1) is [{ Confidence: >= PoolRow.SureFrom } near] ? near.Rome
            : null;
        if (known.Count < MostSure)
        {
            known.TryAdd(title, sure);
        }

        return sure;
    }

    internal async Task LoadAsync(DbConnection db, CancellationToken ct)
    {
        var occupations = await db.QueryAsync<OccupationRow>(new CommandDefinition(
            "select code, label, parent_code from rome order by code limit 10000", cancellationToken: ct));
        var titles = await db.QueryAsync<TitleRow>(new CommandDefinition(
            "select label, rome_code from rome_title order by rome_code, id limit 100000", cancellationToken: ct));
        index = Index.Of([.. occupations], [.. titles]);
    }

    /// <summary>Adds what is built in when less than that is loaded: a small demonstration must not make the reader blind.</summary>
    public void Complete()
    {
        if (index.All.Count < BuiltInReference.Occupations.Count)
        {
            var added = BuiltInReference.Occupations.Where(one => ByCode(one.Rome) is null).Select(one => new OccupationRow(one.Rome.Value, one.Label, one.ParentCode));
            index = Index.Of([.. index.Occupations, .. added], index.Titles);
        }
    }

    private sealed record OccupationRow(string Code, string Label, string ParentCode);

    private sealed record TitleRow(string Label, string RomeCode);

    private sealed class Index(
        IReadOnlyList<OccupationRow> occupations, IReadOnlyList<TitleRow> titles, IReadOnlyList<Occupation> all, FrozenDictionary<string, Occupation> byCode, TitleMatcher matcher, TitleMentions mentions)
    {
        public IReadOnlyList<OccupationRow> Occupations => occupations;

        public IReadOnlyList<TitleRow> Titles => titles;

        public IReadOnlyList<Occupation> All => all;

        public FrozenDictionary<string, Occupation> ByCode => byCode;

        public TitleMentions Mentions => mentions;

        public ConcurrentDictionary<string, RomeCode?> Sure { get; } = new(StringComparer.Ordinal);

        public static Index Of(IReadOnlyList<OccupationRow> occupations, IReadOnlyList<TitleRow> titles)
        {
            var all = occupations
                .Select(row => RomeCode.TryParse(row.Code, out var rome) ? new Occupation(rome, row.Label, row.ParentCode) : null)
                .OfType<Occupation>().ToArray();
            var byCode = all.ToFrozenDictionary(one => one.Rome.Value, StringComparer.Ordinal);
            var labels = all.Select(one => new TitleLabel(one.Rome.Value, one.Label))
                .Concat(titles.Select(title => new TitleLabel(title.RomeCode, title.Label)))
                .Concat(BuiltInReference.Usages.Where(usage => byCode.ContainsKey(usage.Id))).ToList();
            return new Index(occupations, titles, all, byCode, new TitleMatcher(labels, TradeWords.Abbreviations, TradeWords.Related, TradeWords.Same), new TitleMentions(labels));
        }

        public IReadOnlyList<OccupationMatch> Match(string words, int top) =>
            [.. matcher.Match(words, top).Matches.Select(near => new OccupationMatch(byCode[near.Id].Rome, byCode[near.Id].Label, near.Label, Math.Round(near.Confidence, 2)))];
    }
}
