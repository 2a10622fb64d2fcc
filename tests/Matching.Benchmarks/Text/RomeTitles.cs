using Matching.Engine.Text;

namespace Matching.Benchmarks.Text;

/// <summary>Titles to find, each with the ids that are right. With own ids, every label is an answer of its own.</summary>
public sealed record TitleSet(
    string Name, IReadOnlyList<TitleLabel> Labels, IReadOnlyList<(string Text, IReadOnlySet<string> Right)> Queries, bool OwnIds = false, bool WithSame = true);

/// <summary>A development set made from the open files of the ROME when the benchmark runs. It is not what people really type.</summary>
public static class RomeTitles
{
    /// <summary>One title in this many is asked for.</summary>
    private const int OneIn = 9;

    private static readonly (string Long, string Short)[] ShortForms =
    [
        ("aide-soignant", "AS"), ("poids lourd", "PL"), ("travaux publics", "TP"), ("ressources humaines", "RH"), ("btp", "BTP"),
        ("commande numérique", "CN"), ("service après-vente", "SAV"), ("infirmier", "IDE"), ("technicien", "tech"), ("responsable", "resp"),
        ("assistant", "asst"), ("électricien", "elec"), ("maintenance", "maint"), ("bâtiment travaux publics", "BTP"),
    ];

    public static IReadOnlyList<TitleSet>? Read()
    {
        if (TextCorpus.Find("shared", "reference", "rome") is not { } folder)
        {
            return null;
        }
        static string[] Cells(string line) => line.Trim('"').Split("\",\"");
        var titles = File.ReadLines(Path.Combine(folder, "v460_referentiel_appellation.csv")).Skip(1).Select(Cells)
            .Select(cells => new Title(cells[1], cells[2], cells[3], cells[11])).ToList();
        var names = File.ReadLines(Path.Combine(folder, "v460_referentiel_code_rome.csv")).Skip(1).Select(Cells).Select(cells => (Code: cells[0], Name: cells[3])).ToList();
        var asked = titles.Where((_, at) => at % OneIn == 1).ToList();
        var others = titles.Where((_, at) => at % OneIn != 1).ToList();
        var known = names.Select(one => one.Name).ToHashSet(StringComparer.Ordinal);
        var byCode = titles.Select(one => new TitleLabel(one.Code, one.Long)).ToList();
        return
        [
            new("long title, short labels", [.. titles.Select(one => new TitleLabel(one.Code, one.Short))],
                [.. titles.Where(one => one.Short != one.Long).Select(one => (one.Long, Right(one.Code)))]),
            new("short title, long labels", byCode, [.. titles.Where(one => one.Short != one.Long).Select(one => (one.Short, Right(one.Code)))]),
            new("feminine only", byCode, [.. asked.Select(one => (one.Feminine, Right(one.Code)))]),
            new("a typing error, no accent", byCode, [.. asked.Select((one, at) => (Slip(Folding.Fold(one.Masculine), at), Right(one.Code)))]),
            new("abbreviated", byCode, [.. asked.Where(one => Shorten(one.Masculine) != one.Masculine).Select(one => (Shorten(one.Masculine), Right(one.Code)))]),
            new("title left out, to its ROME 3 code", [.. others.Select(one => new TitleLabel(one.Parent, one.Long))], [.. asked.Select(one => (one.Masculine, Right(one.Parent)))]),
            OwnIds("title left out, to any of its ROME 4", others, asked.Select(one => (one.Long, one.Code))),
            OwnIds("renamed: official name to other titles", titles.Where(one => !known.Contains(one.Long)).ToList(), names.Select(one => (one.Name, one.Code))),
            OwnIds("the same, several labels a title", titles.Where(one => !known.Contains(one.Long)).ToList(), names.Select(one => (one.Name, one.Code)), Labels),
            .. Pairs(titles, names),
        ];
    }

    /// <summary>
    /// Titles of the ROME with other wordings of the same trade, written by hand and frozen before anything was measured, among the
    /// titles of other occupations. The table of same trades was written later, with these pairs in sight: only the line without it
    /// says what to expect of strangers.
    /// </summary>
    private static IEnumerable<TitleSet> Pairs(List<Title> titles, List<(string Code, string Name)> names)
    {
        using var file = new StreamReader(typeof(RomeTitles).Assembly.GetManifestResourceStream("title-pairs")!);
        var pairs = file.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(" | ")).Select(cells => (Asked: cells[0], Right: cells[1].Split("; "))).ToList();
        var asked = pairs.Select(pair => pair.Asked).ToHashSet(StringComparer.Ordinal);
        var codes = titles.Where(one => asked.Contains(one.Long)).Select(one => one.Code).Concat(names.Where(one => asked.Contains(one.Name)).Select(one => one.Code)).ToHashSet();
        var others = titles.Where(one => !codes.Contains(one.Code)).Where((_, at) => at % 3 == 0).SelectMany(Labels);
        var labels = pairs.SelectMany(pair => pair.Right).Concat(others).Distinct(StringComparer.Ordinal).Select(text => new TitleLabel(text, text)).ToList();
        foreach (var half in new[] { 0, 1 })
        {
            var queries = pairs.Where((_, at) => at % 2 == half).Select(pair => (pair.Asked, (IReadOnlySet<string>)pair.Right.ToHashSet(StringComparer.Ordinal))).ToList();
            yield return new($"other wordings, {(half == 0 ? "tuned on" : "held out")}", labels, queries, OwnIds: true);
            yield return new($"  without the table of same trades", labels, queries, OwnIds: true, WithSame: false);
        }
    }

    /// <summary>A title as other nomenclatures write it: "x/xe", one gender, or each of them.</summary>
    private static IEnumerable<string> Labels(Title title, int at)
    {
        static string Low(string text) => text.Length > 1 && char.IsUpper(text[1]) ? text : char.ToLowerInvariant(text[0]) + text[1..];
        var (masculine, feminine) = (Low(title.Masculine), Low(title.Feminine));
        var both = masculine == feminine ? masculine : $"{masculine}/{feminine}";
        return (at % 4) switch { 0 => [both, masculine, feminine], 1 => [both], 2 => [masculine], _ => [feminine, masculine] };
    }

    private static HashSet<string> Right(string id) => [id];

    /// <summary>Each label has an id of its own, as in lists that were not made for this; any title of the code is right.</summary>
    private static TitleSet OwnIds(string name, List<Title> titles, IEnumerable<(string Text, string Code)> queries, Func<Title, int, IEnumerable<string>>? written = null)
    {
        written ??= (title, at) => [(at % 2 == 0 ? title.Masculine : title.Feminine).ToLowerInvariant()];
        var labels = titles.SelectMany((title, at) => written(title, at).Select(text => (title.Code, Text: text))).ToList();
        var ids = labels.Select((label, at) => (label.Code, Id: $"{at}")).GroupBy(one => one.Code).ToDictionary(group => group.Key, group => group.Select(one => one.Id).ToHashSet());
        return new(name, [.. labels.Select((label, at) => new TitleLabel($"{at}", label.Text))],
            [.. queries.Where(query => ids.ContainsKey(query.Code)).Select(query => (query.Text, (IReadOnlySet<string>)ids[query.Code]))], OwnIds: true);
    }

    private static string Shorten(string title) =>
        ShortForms.Aggregate(title, (text, form) => text.Replace(form.Long, form.Short, StringComparison.OrdinalIgnoreCase));

    /// <summary>In the middle of the longest word, a letter is lost, doubled or swapped with the next.</summary>
    private static string Slip(string title, int at)
    {
        var longest = title.Split(' ', '-', '\'').MaxBy(word => word.Length)!;
        var from = title.IndexOf(longest, StringComparison.Ordinal) + (longest.Length / 2);
        return from + 1 >= title.Length ? title : (at % 3) switch
        {
            0 => title.Remove(from, 1),
            1 => title.Insert(from, title[from].ToString()),
            _ => string.Concat(title[..from], title[from + 1], title[from], title[(from + 2)..]),
        };
    }

    private sealed record Title(string Long, string Short, string Code, string Parent)
    {
        private string[] Genders { get; } = Long.Split(" / ");

        public string Masculine => Genders.Length == 1 ? Long : string.Join(' ', Genders[0].Split(' ').Concat(Genders[1].Split(' ').Skip(Genders[0].Split(' ').Length)));

        public string Feminine => Genders[^1];
    }
}
