using Matching.Features;
using Matching.Lab.Training;

namespace Matching.Lab.Tests.Training;

/// <summary>What the order of the lines of a file teaches: nothing but which rows and employers are drawn.</summary>
public sealed class FileOrderTests
{
    private static readonly TrainingOptions Short = new() { Bags = 4, Pairs = 0, MostRounds = 60 };

    private static RankerModel Train(IEnumerable<string> lines) =>
        new LambdaTrainer().Train(InventedLists.Read(InventedLists.Header + string.Concat(lines.Select(line => line + "\n"))), new ModelTitle("essai", "Essai.", "sans date", null), Short);

    [Fact]
    public void Lists_whose_rows_are_put_best_first_or_last_or_whose_lists_are_turned_round_teach_the_same_but_for_the_draws()
    {
        var lines = InventedLists.Csv(150, 20, 1).Split('\n', StringSplitOptions.RemoveEmptyEntries)[1..];
        static string ListOf(string line) => line.Split(',')[0];
        static int LabelOf(string line) => line.Split(',')[6][0];
        var model = Train(lines);
        IEnumerable<string>[] others =
        [
            lines.GroupBy(ListOf).SelectMany(list => list.OrderByDescending(LabelOf)),
            lines.GroupBy(ListOf).SelectMany(list => list.OrderBy(LabelOf)),
            lines.GroupBy(ListOf).Reverse().SelectMany(list => list),
        ];
        Assert.All(others, other => Assert.All(model.Features.Zip(Train(other).Features), it =>
            Assert.All(it.First.Points, point => Assert.InRange(it.Second.Points[point.Key] - point.Value, -0.05 * model.Span, 0.05 * model.Span))));
    }

    [Fact]
    public void Rows_of_lists_that_are_mixed_in_the_file_teach_exactly_the_same()
    {
        // A list keeps the order of its own rows, and lists that of their first rows.
        var lines = InventedLists.Csv(40, 10, 1).Split('\n', StringSplitOptions.RemoveEmptyEntries)[1..];
        var mixed = lines.Select((line, at) => (line, Row: at % 10, List: at / 10)).OrderBy(it => it.Row).ThenBy(it => it.List).Select(it => it.line);
        Assert.Equal(RankerModelFile.Write(Train(lines)), RankerModelFile.Write(Train(mixed)));
    }
}
