using Matching.Engine.Columns;
using Matching.Engine.Filters;
using Matching.Engine.Index;

namespace Matching.Engine.Tests.Index;

public class FacetTests
{
    private static readonly string[] Vocabulary = ["mur", "toit", "jardin", "vente"];

    [Fact]
    public void Counts_say_what_each_value_would_find_whatever_is_chosen_beside()
    {
        var random = new Random(11);
        var store = new RowStore<int[]>(new RowSchema(["size", "shape"]));
        var present = new List<(Guid Id, string Text, int[] Codes)>();
        for (var batch = 0; batch < 4; batch++)
        {
            var rows = Enumerable.Range(0, 150).Select(_ => (
                Id: RandomRows.Id(random), Text: string.Join(' ', random.GetItems(Vocabulary, random.Next(0, 3))), Codes: new[] { random.Next(1, 4), random.Next(1, 3) })).ToList();
            store.Apply([.. rows.Select(row => new Row<int[]>(row.Id, [(byte)row.Codes[0], (byte)row.Codes[1]], [], [], row.Text, row.Codes))], []);
            present.AddRange(rows);
        }
        foreach (var text in new[] { "mur", "toit jardin", "", "le la" })
        {
            foreach (var (size, shape) in new[] { (0, 0), (2, 0), (2, 1) })
            {
                var page = new TextSearch<int[]>(store.Current, new TextQuery(text)).Page(10, [], [Of("size", 3, size), Of("shape", 2, shape)]);
                var found = present.Where(row => text == "" || text.Split(' ').Any(word => row.Text.Split(' ').Contains(word))).ToList();

                Assert.Equal(found.Count(row => (size == 0 || row.Codes[0] == size) && (shape == 0 || row.Codes[1] == shape)), page.Found);
                Assert.Equal(Math.Min(10, page.Found), page.Hits.Count);
                Assert.All(page.Counts, count => Assert.Equal(
                    found.Count(row => count.Facet == "size"
                        ? $"{row.Codes[0]}" == count.Value && (shape == 0 || row.Codes[1] == shape)
                        : $"{row.Codes[1]}" == count.Value && (size == 0 || row.Codes[0] == size)),
                    count.Rows));
            }
        }
    }

    private static Facet Of(string column, int values, int chosen) =>
        new(column, [.. Enumerable.Range(1, values).Select(code => new FacetValue(Filter.CodeIn($"{code}", column, 1UL << code), code == chosen))]);
}
