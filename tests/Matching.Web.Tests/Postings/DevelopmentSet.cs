using System.Globalization;
using Matching.Rules.Postings;
using Matching.Rules.Postings.Reading;

namespace Matching.Web.Tests.Postings;

/// <summary>What a careful reader finds in one post of a text. A field that is not written there is not said by the text.</summary>
internal sealed record ExpectedPost(IReadOnlyDictionary<string, string[]> Fields)
{
    public string[] this[string field] => Fields.TryGetValue(field, out var values) ? values : [];
}

/// <summary>One text of the folder Fiches, written for these tests as companies and structures write.</summary>
internal sealed record ExpectedText(string Name, IReadOnlyList<ExpectedPost> Posts, string Text)
{
    public static IReadOnlyList<ExpectedText> All(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*.txt").Order(StringComparer.Ordinal).SelectMany(path => Parse(File.ReadAllText(path)))];

    private static IEnumerable<ExpectedText> Parse(string file) => ("\n" + file).Split("\n=== ", StringSplitOptions.RemoveEmptyEntries).Select(block =>
    {
        var parts = block.Split("\n---\n", 2);
        var head = parts[0].Split('\n', 2);
        var posts = head[1].Split("\n+\n").Select(post => new ExpectedPost(post.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(": ", 2)).ToDictionary(pair => pair[0], pair => pair[1].Split(' ', StringSplitOptions.RemoveEmptyEntries))));
        return new ExpectedText(head[0], [.. posts], parts[1].TrimEnd('\n'));
    });
}

/// <summary>Right, wrong and missed values of one field.</summary>
internal sealed record FieldFigures(string Field, int Right, int Wrong, int Missed)
{
    public double Precision => Right + Wrong == 0 ? 1 : (double)Right / (Right + Wrong);

    public double Recall => Right + Missed == 0 ? 1 : (double)Right / (Right + Missed);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Field,-22} precision {Precision,7:P1}  recall {Recall,7:P1}  ({Right} right, {Wrong} wrong, {Missed} missed)");
}

/// <summary>The reader against the expected texts: precision and recall for each field, with every difference in words.</summary>
internal sealed class Measure(Func<string, IReadOnlyList<PostingDraft>> read, Func<string, bool> knowsCommune)
{
    public static readonly string[] Fields =
        ["debut", "fin", "heures", "contrat", "postes", "commune", "certificats", "certificats_exiges", "certificats_souhaites", "horaires", "heures_insertion"];

    private readonly Dictionary<string, (int Right, int Wrong, int Missed)> counts = Fields.ToDictionary(field => field, _ => (0, 0, 0));

    public List<string> Differences { get; } = [];

    public int Posts { get; private set; }

    public int First { get; private set; }

    public int FirstFive { get; private set; }

    public IEnumerable<FieldFigures> Figures => counts.Select(pair => new FieldFigures(pair.Key, pair.Value.Right, pair.Value.Wrong, pair.Value.Missed));

    public Measure Over(IEnumerable<ExpectedText> texts)
    {
        foreach (var text in texts)
        {
            var drafts = read(text.Text);
            if (drafts.Count != text.Posts.Count)
            {
                Differences.Add($"{text.Name}: {drafts.Count} posts instead of {text.Posts.Count}");
            }

            for (var i = 0; i < text.Posts.Count; i++)
            {
                Compare($"{text.Name}{(i > 0 ? $" [{i + 1}]" : "")}", text.Posts[i], i < drafts.Count ? drafts[i] : null);
            }

            Warn(text, drafts);
        }

        return this;
    }

    private void Compare(string name, ExpectedPost wanted, PostingDraft? draft)
    {
        Posts++;
        var ranked = draft?.Occupations.Select(one => one.Rome.Value).ToList() ?? [];
        First += ranked.Count > 0 && wanted["rome"].Contains(ranked[0]) ? 1 : 0;
        FirstFive += ranked.Take(5).Intersect(wanted["rome"]).Any() ? 1 : 0;
        if (ranked.Count == 0 || !wanted["rome"].Contains(ranked[0]))
        {
            Differences.Add($"{name} rome: wanted {string.Join('/', wanted["rome"])}, read « {draft?.Title?.Value} » {string.Join(' ', draft?.Occupations.Select(one => $"{one.Rome} {one.Confidence}") ?? [])}");
        }

        var (required, wished) = (draft?.RequiredCertificates ?? [], draft?.WishedCertificates ?? []);
        Count(name, "debut", wanted["debut"], Day(draft?.StartsOn));
        Count(name, "fin", wanted["fin"], Day(draft?.EndsOn));
        Count(name, "heures", wanted["heures"], One(draft?.WeeklyMinutes, minutes => (minutes / 60m).ToString("0.##", CultureInfo.InvariantCulture)));
        Count(name, "contrat", wanted["contrat"], One(draft?.Contract, kind => kind.Code()));
        Count(name, "postes", wanted["postes"], One(draft?.Posts, posts => posts.ToString(CultureInfo.InvariantCulture)));
        Count(name, "commune", [.. wanted["commune"].Where(knowsCommune)], One(draft?.Commune, commune => commune.InseeCode));
        Count(name, "certificats", [.. wanted["exiges"], .. wanted["souhaites"]], [.. required.Concat(wished).Select(one => one.Value)]);
        Count(name, "certificats_exiges", wanted["exiges"], [.. required.Select(one => one.Value)]);
        Count(name, "certificats_souhaites", wanted["souhaites"], [.. wished.Select(one => one.Value)]);
        Count(name, "heures_insertion", wanted["hi"], One(draft?.InsertionHours, hours => hours.ToString(CultureInfo.InvariantCulture)));
        if (wanted["horaires"].Length > 0)
        {
            Count(name, "horaires", wanted["horaires"], draft is null ? [] : [.. Web.Postings.ProfileJson.Hours(draft)]);
        }
    }

    private void Count(string name, string field, string[] wanted, string[] found)
    {
        var right = wanted.Intersect(found).Count();
        var (wrong, missed) = (found.Distinct().Count() - right, wanted.Length - right);
        var before = counts[field];
        counts[field] = (before.Right + right, before.Wrong + wrong, before.Missed + missed);
        if (wrong + missed > 0)
        {
            Differences.Add($"{name} {field}: wanted {string.Join(',', wanted)}, read {string.Join(',', found)}");
        }
    }

    private void Warn(ExpectedText text, IReadOnlyList<PostingDraft> drafts)
    {
        var found = Web.Postings.ProfileJson.Warnings(drafts);
        foreach (var (field, kind) in new[] { ("interdit", WarningKind.Interdit), ("excluant", WarningKind.Excluant) })
        {
            var wanted = text.Posts[0][field] is [var number] ? int.Parse(number, CultureInfo.InvariantCulture) : 0;
            var words = found.Where(one => one.Kind == kind).Select(one => one.Words.Value).ToList();
            if (kind == WarningKind.Interdit ? words.Count != wanted : words.Count < wanted)
            {
                Differences.Add($"{text.Name} {field}: wanted {wanted}, read {string.Join(" | ", words)}");
            }
        }
    }

    private static string[] Day(Extracted<DateOnly>? day) => One(day, one => one.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));

    private static string[] One<T>(Extracted<T>? found, Func<T, string> show) => found is null ? [] : [show(found.Value)];
}
