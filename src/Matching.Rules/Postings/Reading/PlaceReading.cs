using System.Text.RegularExpressions;

namespace Matching.Rules.Postings.Reading;

/// <summary>
/// The commune of the post: a name beside its postal code or its département, a name after words of place, or a name that stands alone
/// between two marks. Of the names inside a sentence only those of large towns count: many communes bear common words.
/// </summary>
internal static partial class PlaceReading
{
    private const int NearPostalCode = 60;

    // Of several communes of one name, people mean the large one without saying more.
    private const int LargeTown = 20_000;
    private const int TimesLarger = 5;

    /// <summary>The commune when one fits; otherwise the communes between which a human must choose.</summary>
    public static (Extracted<CommuneChoice>? Commune, IReadOnlyList<CommuneChoice> Choices) Read(FoldedText text, JobProfileContext ctx)
    {
        var names = PlaceNames.In(text, ctx);
        var best = names.Where(name => name.Evidence > PlaceEvidence.None).OrderByDescending(name => name.Evidence).ThenBy(name => name.Start).FirstOrDefault();
        IReadOnlyList<CommuneChoice> choices = [];
        Match? where = null;
        foreach (Match code in PostalCode().Matches(text.Text))
        {
            var sharing = ctx.CommunesByPostalCode(Digits(code.Value));
            var named = names.Find(name => Math.Abs(name.Start - code.Index) <= NearPostalCode && Common(name, sharing) is not null);
            if (named is not null && (best is null || named.Evidence >= best.Evidence || best.Evidence < PlaceEvidence.PlaceLine))
            {
                return (text.Extract(Common(named, sharing)!, named.Start, named.Length), []);
            }

            if (choices.Count == 0 && !PlaceEvidenceReading.IsHeadquarters(text.Before(code.Index, 80)))
            {
                (choices, where) = (sharing, code);
            }
        }

        // A commune known by its postal code only is surer than a town named in passing.
        if (choices.Count > 0 && (best is null || best.Evidence < PlaceEvidence.Of) && One(choices, null) is { } coded)
        {
            return (text.Extract(coded, where!), []);
        }

        return best is null ? (null, choices)
            : One(best.Communes, best.Department) is { } commune ? (text.Extract(commune, best.Start, best.Length), [])
            : (null, best.Communes);
    }

    private static CommuneChoice? Common(PlaceName name, IReadOnlyList<CommuneChoice> sharing) => name.Communes.FirstOrDefault(one => sharing.Any(other => other.InseeCode == one.InseeCode));

    // The only one, the one of the département, or the large town; arrondissements are parts of their town.
    internal static CommuneChoice? One(IReadOnlyList<CommuneChoice> communes, string? department)
    {
        var ofDepartment = department is null ? [] : communes.Where(one => one.InseeCode.StartsWith(department, StringComparison.Ordinal)).ToList();
        if (ofDepartment.Count == 1 || communes.Count == 1)
        {
            return ofDepartment.Count == 1 ? ofDepartment[0] : communes[0];
        }

        var largest = communes.MaxBy(one => one.Population);
        return largest is not null && department is null && largest.Population >= LargeTown
            && communes.All(one => one == largest || one.Population * TimesLarger <= largest.Population || one.Name.StartsWith(largest.Name + " ", StringComparison.Ordinal))
            ? largest
            : null;
    }

    private static string Digits(string code) => code.Replace(" ", "", StringComparison.Ordinal);

    [GeneratedRegex(@"(?<![\d ]\d|\d)\d{5}(?!\d| ?\d)|(?<![\d.,]|\d )\d{2} \d{3}(?= [a-z]{3,})(?! ?(?:h|heures?|euros?|km|k)\b)", RegexOptions.CultureInvariant)]
    private static partial Regex PostalCode();
}
