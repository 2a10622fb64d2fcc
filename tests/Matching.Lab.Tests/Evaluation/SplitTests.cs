using System.Globalization;
using System.Text;
using Matching.Lab.Evaluation;
using Matching.Lab.Lists;
using Matching.Lab.Training;

namespace Matching.Lab.Tests.Evaluation;

public sealed class SplitTests
{
    private static readonly TrainingOptions Quick = new() { Bags = 2, MostRounds = 30, Pairs = 0 };

    // The lists of the other tests, with a territory of four employers each; the first is not told.
    private static string WithTerritories(string csv) => string.Join('\n', csv.TrimEnd('\n').Split('\n').Select((line, at) =>
    {
        var cells = line.Split(',');
        var where = at == 0 ? ListsFile.TerritoryColumn : (int.Parse(cells[2].AsSpan(1), CultureInfo.InvariantCulture) / 4) switch { 0 => "", var number => $"T{number}" };
        return string.Join(',', cells[..7].Append(where).Concat(cells[7..]));
    })) + "\n";

    private static RankedLists Lists(int count = 48) => InventedLists.Read(WithTerritories(InventedLists.Csv(count, 10, 1)));

    [Fact]
    public void By_time_the_last_days_are_measured_and_a_posting_already_seen_is_not()
    {
        var lists = Lists(10);
        var fold = Assert.Single(ListSplits.Of(lists, ListSplits.ByTime));
        Assert.Equal([0, 1, 2, 3, 4, 5, 6], fold.Learned);
        Assert.Equal([7, 8, 9], fold.Measured);
        lists.Posting[8] = lists.Posting[2];
        Assert.Equal([7, 9], Assert.Single(ListSplits.Of(lists, ListSplits.ByTime)).Measured);
    }

    [Theory]
    [InlineData(ListSplits.ByEmployer)]
    [InlineData(ListSplits.ByTerritory)]
    public void Each_group_is_left_out_once_and_never_learned_from_beside(string way)
    {
        var lists = Lists();
        var folds = ListSplits.Of(lists, way);
        string? GroupOf(int list) => way == ListSplits.ByTerritory ? lists.Territory![list] : $"{lists.Employer[list]}";
        Assert.All(folds, fold => Assert.Empty(fold.Learned.Select(GroupOf).Intersect(fold.Measured.Select(GroupOf))));
        Assert.Equal(Enumerable.Range(0, lists.Count).Where(list => GroupOf(list) is not null), folds.SelectMany(fold => fold.Measured).Order());
        // A territory that is not told may be any: its lists are on neither side.
        Assert.All(folds, fold => Assert.DoesNotContain(null, fold.Learned.Select(GroupOf)));
    }

    [Theory]
    [InlineData(ListSplits.ByTime, 1)]
    [InlineData(ListSplits.ByEmployer, 5)]
    [InlineData(ListSplits.ByTerritory, 2)]
    public void What_was_learned_on_one_side_ranks_the_other_far_better_than_chance(string way, int folds)
    {
        var it = SplitMeasure.Of(Lists(), way, Quick);
        Assert.Equal(folds, it.Folds.Count);
        Assert.InRange(it.Ndcg10.Value, it.Ndcg10.Low, it.Ndcg10.High);
        Assert.True(it.Peers.Single(peer => peer.Name == "random").Ahead.Low > 0.1);
        Assert.Equal(48, it.ListsMeasured + it.ListsLeftAside);
    }

    [Fact]
    public void What_only_holds_in_the_places_learned_from_is_worth_nothing_elsewhere()
    {
        // In each territory another code of bof is the good one: whoever had a look at the territory would know.
        var lists = InventedLists.Read(WithTerritories(InventedLists.Csv(120, 10, 1, (_, _, _) => 0)));
        for (var list = 0; list < lists.Count; list++)
        {
            for (var row = lists.Start[list]; row < lists.Start[list + 1]; row++)
            {
                lists.Label[row] = (byte)(lists.Codes[2][row] == (lists.Territory![list] == "T1" ? 1 : 2) ? 3 : 0);
            }
        }

        var (here, elsewhere) = (SplitMeasure.Of(lists, ListSplits.ByTime, Quick), SplitMeasure.Of(lists, ListSplits.ByTerritory, Quick));
        Assert.True(here.Peers.Single(peer => peer.Name == "random").Ahead.Low > 0.1);
        Assert.True(elsewhere.Peers.Single(peer => peer.Name == "random").Ahead.High < 0.05);
    }

    [Fact]
    public void A_territory_is_read_back_as_it_was_written_and_is_a_feature_only_when_it_is_described_as_one()
    {
        var csv = WithTerritories(InventedLists.Csv(20, 3, 1));
        var lists = InventedLists.Read(csv);
        var text = new StringWriter();
        ListsFile.Write(text, lists, posting => $"p{posting}", employer => $"e{employer}");
        Assert.Equal(csv, text.ToString());
        Assert.Equal([null, null, null, null, "T1"], lists.Territory!.Take(5));
        Assert.Null(InventedLists.Read(InventedLists.Csv(2, 3, 1)).Territory);

        var features = InventedLists.Features.Replace("\"bof\"", $"\"{ListsFile.TerritoryColumn}\"", StringComparison.Ordinal);
        var asFeature = InventedLists.Read(InventedLists.Csv(2, 3, 1).Replace("bof", ListsFile.TerritoryColumn, StringComparison.Ordinal), features);
        Assert.Null(asFeature.Territory);
        Assert.Equal(3, asFeature.Codes.Length);
    }

    [Theory]
    [InlineData("territory", false, "n’ont pas la colonne « territory_id »")]
    [InlineData("employer", true, "au moins deux employeurs")]
    [InlineData("time", true, "toutes sont du même jour")]
    [InlineData("hasard", false, "--split attend time, employer ou territory")]
    public void Lists_that_cannot_be_cut_are_refused_in_one_sentence(string way, bool isOne, string expected)
    {
        var lists = InventedLists.Read(InventedLists.Csv(isOne ? 1 : 12, 8, 1));
        Assert.Contains(expected, Assert.Throws<InvalidDataException>(() => SplitMeasure.Of(lists, way, Quick)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_list_is_of_one_territory()
    {
        var csv = InventedLists.Header.Replace("label,", "label,territory_id,", StringComparison.Ordinal) + "a,p,e,1,1,1,0,T1,1,0,0\na,p,e,1,2,1,0,T2,1,0,0\n";
        Assert.Contains("ligne 3 : la liste « a » change", Assert.Throws<InvalidDataException>(() => ListsFile.Read(new MemoryStream(Encoding.UTF8.GetBytes(csv)), FeaturesFile.Read(InventedLists.Features))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void As_a_command_it_gives_the_figures_of_each_part_and_refuses_a_model_beside()
    {
        var folder = Directory.CreateTempSubdirectory("matching-split-").FullName;
        try
        {
            var (csv, features) = (Path.Combine(folder, "lists.csv"), Path.Combine(folder, "features.json"));
            File.WriteAllText(csv, WithTerritories(InventedLists.Csv(48, 10, 1)));
            File.WriteAllText(features, InventedLists.Features);
            using var output = new StringWriter(CultureInfo.InvariantCulture);
            using var errors = new StringWriter(CultureInfo.InvariantCulture);
            Assert.Equal(0, EvaluateModel.Run(["--lists", csv, "--features", features, "--split", "territory", "--bags", "2", "--json"], output, errors));
            using var figures = System.Text.Json.JsonDocument.Parse(output.ToString());
            Assert.Equal(["sans T1", "sans T2"], figures.RootElement.GetProperty("parts").EnumerateArray().Select(part => part.GetProperty("left_out").GetString()));
            Assert.Equal(16, figures.RootElement.GetProperty("lists_left_aside").GetInt32());
            Assert.Equal(1, EvaluateModel.Run(["--lists", csv, "--features", features, "--split", "territory", "--model", "m.json"], output, errors));
            Assert.Contains("--model ne va ni avec --split", errors.ToString(), StringComparison.Ordinal);
            Assert.Equal(1, EvaluateModel.Run(["--lists", csv, "--split", "time"], output, errors));
            Assert.Contains("--features manque", errors.ToString(), StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
