using System.Collections.Frozen;
using System.Data.Common;
using Dapper;
using Matching.Engine.Text;
using Matching.Features;
using Matching.Rules;
using Matching.Rules.Postings;

namespace Matching.Web.Platform.Reference;

/// <summary>A skill as occupations state it; the same code may serve several occupations.</summary>
public sealed record Skill(string Code, string Label);

/// <summary>The skills of the occupations, in memory: by occupation and by label.</summary>
public sealed class Skills(OccupationTitles occupations)
{
    private Index index = Index.Of([]);

    /// <summary>Every skill once, by label.</summary>
    public IReadOnlyList<Skill> All => index.All;

    /// <summary>The skills of an occupation, read from its ROME 3 parent; empty when none is known.</summary>
    public IReadOnlyList<Skill> Of(RomeCode rome) => OfParent(occupations.ByCode(rome)?.ParentCode ?? rome.Value);

    public IReadOnlyList<Skill> OfParent(string romeParentCode) => index.ByParent.TryGetValue(romeParentCode, out var found) ? found : [];

    /// <summary>The skills whose labels are nearest to a free text, best first; empty when nothing is near.</summary>
    public IReadOnlyList<(Skill Skill, double Confidence)> Near(string text, int top = 5)
    {
        var known = index;
        return [.. known.Matcher.Value.Match(text, top).Matches.Select(near => (known.ByCode[near.Id], Math.Round(near.Confidence, 2)))];
    }

    /// <summary>The skill of that label (case and accents do not matter); null when unknown.</summary>
    public Skill? ByLabel(string? label) => index.ByKey.GetValueOrDefault(FrenchKey.Of(label));

    public Skill? ByCode(string? code) => code is null ? null : index.ByCode.GetValueOrDefault(code);

    internal async Task LoadAsync(DbConnection db, CancellationToken ct)
    {
        var rows = await db.QueryAsync<Row>(new CommandDefinition(
            "select rome_parent_code, skill_code, label from rome_skill order by rome_parent_code, label, skill_code limit 200000", cancellationToken: ct));
        index = Index.Of([.. rows]);
    }

    /// <summary>Adds the skills that travel with the program when none is loaded.</summary>
    public void Complete()
    {
        if (index.All.Count == 0)
        {
            index = Index.Of([.. BuiltInReference.Skills.Select(one => new Row(one.Parent, one.Code, one.Label))]);
        }
    }

    private sealed record Row(string RomeParentCode, string SkillCode, string Label);

    private sealed record Index(
        IReadOnlyList<Skill> All,
        FrozenDictionary<string, Skill> ByCode,
        FrozenDictionary<string, Skill> ByKey,
        FrozenDictionary<string, Skill[]> ByParent)
    {
        /// <summary>Made at the first question: most processes never ask.</summary>
        public Lazy<TitleMatcher> Matcher { get; } = new(() => new TitleMatcher(All.Select(skill => new TitleLabel(skill.Code, skill.Label)), TradeWords.Abbreviations, TradeWords.Related));

        public static Index Of(IReadOnlyList<Row> rows)
        {
            var byCode = rows.GroupBy(row => row.SkillCode, StringComparer.Ordinal)
                .ToFrozenDictionary(group => group.Key, group => new Skill(group.Key, group.First().Label), StringComparer.Ordinal);
            var all = byCode.Values.OrderBy(skill => skill.Label, StringComparer.Ordinal).ThenBy(skill => skill.Code, StringComparer.Ordinal).ToArray();
            return new Index(
                all,
                byCode,
                all.GroupBy(skill => FrenchKey.Of(skill.Label), StringComparer.Ordinal).ToFrozenDictionary(group => group.Key, group => group.First(), StringComparer.Ordinal),
                rows.GroupBy(row => row.RomeParentCode, StringComparer.Ordinal)
                    .ToFrozenDictionary(group => group.Key, group => group.Select(row => byCode[row.SkillCode]).ToArray(), StringComparer.Ordinal));
        }
    }
}
