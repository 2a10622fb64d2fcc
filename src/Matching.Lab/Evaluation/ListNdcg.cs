using Matching.Lab.Lists;

namespace Matching.Lab.Evaluation;

/// <summary>The same measure, over whole files of lists.</summary>
public static class ListNdcg
{
    extension(Ndcg)
    {
        /// <summary>By list.</summary>
        public static double?[] OfLists(RankedLists lists, IReadOnlyList<double> scores, int cut)
        {
            ArgumentNullException.ThrowIfNull(lists);
            var all = scores as double[] ?? [.. scores];
            return [.. Enumerable.Range(0, lists.Count).Select(list => Ndcg.Of(all.AsSpan(lists.Start[list], lists.Length(list)), lists.Label.AsSpan(lists.Start[list], lists.Length(list)), cut))];
        }
    }
}
