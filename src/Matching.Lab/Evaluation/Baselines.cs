using Matching.Lab.Lists;

namespace Matching.Lab.Evaluation;

/// <summary>Orders that learn nothing. Each gives a score by row, or null where the lists do not hold what it needs.</summary>
public static class Baselines
{
    public const string HandWeighted = "hand_weighted";
    public const string Shown = "as_shown";
    public const string ByChance = "random";
    public const string WordsAlone = "bm25";
    public const string OccupationThenDistance = "same_rome_distance";

    /// <summary>By name, in French.</summary>
    public static readonly IReadOnlyDictionary<string, string> Labels = new Dictionary<string, string>
    {
        [HandWeighted] = "Points fixés à la main",
        [WordsAlone] = "Ressemblance des mots (BM25)",
        [OccupationThenDistance] = "Même métier, puis distance",
        [Shown] = "Ordre déjà montré",
        [ByChance] = "Hasard",
    };

    /// <summary>All alike: what chance is worth, since equal scores count as the mean over their orders.</summary>
    public static double[] Chance(RankedLists lists) => new double[lists.Rows];

    /// <summary>As they were shown: the incumbent, or first come first shown where there is none.</summary>
    public static double[] AsShown(RankedLists lists) => Array.ConvertAll(lists.RankShown, rank => -(double)rank);

    /// <summary>The posting's own occupation first, then the nearest.</summary>
    public static double[]? SameOccupationThenDistance(RankedLists lists)
    {
        const int SameOccupation = 6;
        return Column(lists, "rome_prox") is { } occupation && Column(lists, "travel_ratio") is { } travel
            ? [.. occupation.Select((code, row) => (code == SameOccupation ? 100.0 : 0) - (travel[row] == 0 ? 4 : travel[row]))]
            : null;
    }

    /// <summary>The likeness of words alone.</summary>
    public static double[]? Words(RankedLists lists) => Column(lists, "text_sim") is { } codes ? Array.ConvertAll(codes, code => (double)code) : null;

    /// <summary>Points set by hand: the expert's where there are some, else the same weight for each feature that has a direction.</summary>
    public static double[] ByHand(RankedLists lists)
    {
        ArgumentNullException.ThrowIfNull(lists);
        var scores = new double[lists.Rows];
        for (var feature = 0; feature < lists.Features.Count; feature++)
        {
            var (spec, codes) = (lists.Features[feature], lists.Codes[feature]);
            for (var row = 0; row < scores.Length; row++)
            {
                scores[row] += spec.Prior?[codes[row]] ?? (spec.Sign * (codes[row] == spec.Missing ? 0.5 : (codes[row] + 0.5) / spec.Bins));
            }
        }

        return scores;
    }

    private static byte[]? Column(RankedLists lists, string name)
    {
        for (var feature = 0; feature < lists.Features.Count; feature++)
        {
            if (lists.Features[feature].Name == name)
            {
                return lists.Codes[feature];
            }
        }

        return null;
    }
}
