namespace Matching.Lab.Sample;

/// <summary>The ROME files of the samples, with the headers of the official files so that one loader reads both.</summary>
public static class RomeFiles
{
    public static IEnumerable<IReadOnlyList<string>> Codes(OccupationBook book) =>
        [["code_rome", "libelle_rome", "code_rome_parent"], .. book.Occupations.Select(o => new[] { o.Code, o.Name, o.Parent })];

    /// <summary>Codes D0001… are ours: the official OGR numbers are not copied.</summary>
    public static IEnumerable<IReadOnlyList<string>> Titles(OccupationBook book) =>
        [
            ["code_ogr", "libelle_appellation_long", "libelle_appellation_court", "code_rome", "code_rome_parent", "peu_usite"],
            .. book.Occupations.SelectMany(o => o.Titles.Select(t => (Occupation: o, Title: t)))
                .Select((x, i) => new[] { $"D{i + 1:0000}", x.Title, x.Title, x.Occupation.Code, x.Occupation.Parent, "N" }),
        ];

    public static IEnumerable<IReadOnlyList<string>> Mobilities(OccupationBook book) =>
        [
            ["code_rome", "code_rome_cible", "code_appellation_source", "code_appellation_cible", "code_type_mobilite", "libelle_type_mobilite"],
            .. book.Mobilities.OrderBy(m => m.From, StringComparer.Ordinal).ThenBy(m => m.IsEvolution).ThenBy(m => m.To, StringComparer.Ordinal)
                .Select(m => new[] { m.From, m.To, "", "", m.IsEvolution ? "2" : "1", m.IsEvolution ? "Evolution" : "Proche" }),
        ];

    /// <summary>A label keeps one code wherever it appears, so that skills are shared between trades.</summary>
    public static IEnumerable<IReadOnlyList<string>> Skills(OccupationBook book)
    {
        var codes = new Dictionary<string, string>(StringComparer.Ordinal);
        yield return ["code_rome", "code_competence", "libelle"];
        foreach (var (parent, labels) in book.Skills)
        {
            foreach (var label in labels)
            {
                codes.TryAdd(label, $"C{codes.Count + 1:0000}");
                yield return [parent, codes[label], label];
            }
        }
    }
}
