using System.Globalization;
using Matching.Engine.Filters;
using Matching.Engine.Index;
using Matching.Engine.Text;
using Matching.Features;
using Matching.Rules;
using Matching.Web.Platform;
using Matching.Web.Platform.Reference;

namespace Matching.Web.Search;

/// <summary>What is asked: words, the values chosen in each filter, how many answers, and around which commune.</summary>
/// <param name="Unknown">The commune typed, when there is none like it: nothing is searched around it.</param>
public sealed record SearchRequest(string Words, IReadOnlyDictionary<string, IReadOnlySet<string>> Chosen, int Limit, Around? Around = null, UnknownPlace? Unknown = null)
{
    public const int DefaultLimit = 20;
    public const int MostAnswers = 100;
    public const int MostCharacters = 200;

    /// <summary>How many answers a page offers to show.</summary>
    public static IReadOnlyList<int> Limits { get; } = [DefaultLimit, 50, MostAnswers];

    /// <summary>Nothing asked: no word, no filter, no commune.</summary>
    public bool IsEmpty => Words.Length == 0 && Chosen.Count == 0 && Around is null;

    /// <summary>From the address: <c>q</c>, <c>limite</c>, <c>autour</c> and <c>rayon</c>, and each filter as many times as it has chosen values. Anything else is refused by name.</summary>
    public static (SearchRequest Request, IReadOnlyList<Refusal> Refusals) Read(IQueryCollection query, IReadOnlyList<SearchFacet> facets, Communes communes)
    {
        ArgumentNullException.ThrowIfNull(query);
        var refusals = new List<Refusal>();
        var chosen = new Dictionary<string, IReadOnlySet<string>>(StringComparer.Ordinal);
        var (words, limit) = ("", DefaultLimit);
        var (around, unknown, notFound) = Around.Read(query[Around.PlaceKey], query[Around.KmKey], communes);
        if (notFound is not null)
        {
            refusals.Add(notFound);
        }

        foreach (var (key, values) in query.Where(pair => pair.Key is not (Around.PlaceKey or Around.KmKey)))
        {
            if (key == "q")
            {
                words = values.ToString().Trim();
            }
            else if (key == "limite")
            {
                if (!int.TryParse(values.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out limit) || limit is < 1 or > MostAnswers)
                {
                    refusals.Add(new Refusal("limite", $"« limite » est un nombre entier de 1 à {MostAnswers}."));
                }
            }
            else if (facets.FirstOrDefault(facet => facet.Key == key) is not { } facet)
            {
                refusals.Add(new Refusal("filtre", $"Filtre inconnu. Filtres possibles : {string.Join(", ", facets.Select(one => one.Key))}."));
            }
            else if (values.Any(value => facet.Choices.All(choice => choice.Code != value)))
            {
                refusals.Add(new Refusal(key, $"Valeur inconnue pour « {key} »."));
            }
            else
            {
                chosen[key] = values.OfType<string>().ToHashSet(StringComparer.Ordinal);
            }
        }

        return (new SearchRequest(words.Cut(MostCharacters), chosen, limit, around, unknown), refusals);
    }

    /// <summary>Whether the page can show the search again with what is wrong beside its field: a commune is typed by hand, the rest is chosen.</summary>
    public static bool MayShowAgain(IReadOnlyList<Refusal> refusals) => refusals.All(refusal => refusal.Field == Around.PlaceKey);

    /// <summary>The words as the engine looks for them: with short forms spelled out, and the occupation that a known title means.</summary>
    public TextQuery ToTextQuery(OccupationTitles titles, bool typing = false)
    {
        ArgumentNullException.ThrowIfNull(titles);
        var meant = titles.Match(Words, 1).Where(match => match.Confidence >= TitleMatcher.KnownFrom).Select(match => (Words, match.Label));
        return new TextQuery(Words, PrefixLast: typing, Synonyms: new Synonyms([.. TradeWords.Meanings, .. meant]));
    }

    public IReadOnlyList<Facet> ToFacets(IReadOnlyList<SearchFacet> facets) =>
    [
        .. facets.Select(facet => new Facet(facet.Key, [.. facet.Choices.Select(choice => new FacetValue(choice.Filter, IsChosen(facet.Key, choice.Code)))])),
    ];

    /// <summary>What the address of this search holds after its question mark, always in one order; how many answers are shown is left out.</summary>
    public string ToQuery() => string.Join('&', new[] { (Key: "q", Value: Words) }.Where(pair => pair.Value.Length > 0)
        .Concat(Chosen.OrderBy(facet => facet.Key, StringComparer.Ordinal).SelectMany(facet => facet.Value.Order(StringComparer.Ordinal).Select(code => (facet.Key, Value: code))))
        .Concat(Around is { } around ? [(Key: Around.PlaceKey, Value: around.Commune.InseeCode), (Key: Around.KmKey, Value: $"{around.Km}")] : [])
        .Select(pair => $"{Uri.EscapeDataString(pair.Key)}={Uri.EscapeDataString(pair.Value)}"));

    /// <summary>Who or what is looked at at all, beside what the reader may see.</summary>
    public IReadOnlyList<Filter> Scope(Places places) => Around is { } around ? [around.ToFilter(places)] : [];

    public bool IsChosen(string key, string code) => Chosen.TryGetValue(key, out var codes) && codes.Contains(code);
}

/// <summary>A filter as it is shown with the answers: how many each value would find.</summary>
public sealed record FacetShown(string Key, string Label, IReadOnlyList<ChoiceShown> Choices)
{
    /// <summary>Values that find nothing are left out, unless they are chosen.</summary>
    public static IReadOnlyList<FacetShown> Of(IReadOnlyList<SearchFacet> facets, SearchRequest request, TextPage page)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(page);
        var counts = page.Counts.GroupBy(count => count.Facet).ToDictionary(group => group.Key, group => group.Select(count => count.Rows).ToArray());
        return
        [
            .. facets.Select(facet => new FacetShown(facet.Key, facet.Label,
            [
                .. facet.Choices.Select((choice, at) => new ChoiceShown(choice.Code, choice.Label, counts[facet.Key][at], request.IsChosen(facet.Key, choice.Code)))
                    .Where(choice => choice.Count > 0 || choice.IsChosen),
            ])),
        ];
    }
}

public sealed record ChoiceShown(string Code, string Label, int Count, bool IsChosen);
