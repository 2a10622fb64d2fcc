using Matching.Engine.Columns;
using Matching.Engine.Explanations;
using Matching.Engine.Filters;
using Matching.Engine.Scoring;

namespace Matching.Engine.Tests.Scoring;

public class TieAndFeatureTests
{
    private static readonly RowSchema Schema = new(["level"], [new("words", 2)], ["flags"]);

    private static Row<string> Row(Guid id, byte level = 0, string text = "", string facts = "", ulong flags = 0) =>
        new(id, [level], [0, 0], [flags], text, facts);

    private static Ranking<string> Rank(Query query, params Row<string>[] rows)
    {
        var store = new RowStore<string>(Schema);
        store.Apply(rows, []);
        return Ranking.Of(store.Current, query);
    }

    private static Query Only(Feature feature, ulong salt = 0) => new([], [], [feature], salt);

    private static readonly Feature Same = new("same", CodeSource.Column("level"), [5]);

    [Fact]
    public void Ties_do_not_depend_on_the_order_of_arrival_nor_on_the_id_and_differ_by_query()
    {
        var ids = Enumerable.Range(1, 300).Select(number => new Guid(number, 0, 0, new byte[8])).ToArray();
        Guid[] Order(IEnumerable<Guid> arrival, ulong salt, int batch)
        {
            var store = new RowStore<string>(Schema);
            foreach (var chunk in arrival.Chunk(batch))
            {
                store.Apply([.. chunk.Select(id => Row(id))], []);
            }
            return [.. Ranking.Of(store.Current, Only(Same, salt)).Top(300).Select(row => row.Id)];
        }
        var order = Order(ids, salt: 1, batch: 300);

        Assert.Equal(order, Order(ids.Reverse(), salt: 1, batch: 7));
        Assert.NotEqual(order, Order(ids, salt: 2, batch: 300));
        // Neither the first nor the last ids to be made keep to one half of the list.
        Assert.InRange(order.Take(150).Count(id => Array.IndexOf(ids, id) < 150), 45, 105);
        Assert.NotEqual(Query.SaltOf(ids[0]), Query.SaltOf(ids[1]));
    }

    [Fact]
    public void A_missing_code_has_its_own_points()
    {
        var (missing, low, high) = (new Guid(1, 0, 0, new byte[8]), new Guid(2, 0, 0, new byte[8]), new Guid(3, 0, 0, new byte[8]));
        var feature = new Feature("level", CodeSource.Column("level"), [7, -4, 9]);
        var top = Rank(Only(feature), Row(missing), Row(low, 1), Row(high, 63)).Top(3);

        Assert.Equal([(high, 9), (missing, 7), (low, -4)], top.Select(row => (row.Id, row.Score)));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(-1, 0)]
    [InlineData(int.MaxValue, 2)]
    public void The_limit_may_be_anything(int limit, int count) =>
        Assert.Equal(count, Rank(Only(Same), Row(Guid.CreateVersion7()), Row(Guid.CreateVersion7())).Top(limit).Count);

    [Fact]
    public void An_empty_store_and_a_query_without_features_have_an_answer()
    {
        Assert.Empty(Rank(Only(Same)).Top(10));
        Assert.Equal(0, Rank(Only(Same)).Counts.InScope);
        var alone = Assert.Single(Rank(new Query([], [], [], 0), Row(Guid.CreateVersion7())).Top(10));
        Assert.Equal((1, 0), (alone.Rank, alone.Score));
    }

    [Fact]
    public void Words_in_common_are_placed_in_fifteenths_of_the_passing_rows()
    {
        var rows = Enumerable.Range(0, 30).Select(at => Row(
            new Guid(at, 0, 0, new byte[8]), level: (byte)(at < 20 ? 1 : 2),
            text: at % 2 == 0 ? string.Join(' ', Enumerable.Repeat("mur", at + 1)) : at % 4 == 1 ? "jardin" : "")).ToArray();
        var feature = new Feature("text", CodeSource.TextPercentile("des murs"), [.. Enumerable.Range(0, 16).Select(code => (short)code)]);
        var ranking = Rank(new Query([], [Filter.CodeIn("level 1", "level", 0b10)], [feature], 0), rows);
        byte Code(int at) => ranking.Explain(rows[at].Id)!.Points[0].Code;

        // 20 rows pass, 10 of them with the word: longer walls do better, so they stand at 11/20 to 20/20.
        Assert.Equal([9, 9, 10, 11, 12, 12, 13, 14, 15, 15], Enumerable.Range(0, 10).Select(at => (int)Code(at * 2)));
        Assert.All(Enumerable.Range(0, 15), at => Assert.Equal(0, Code((at * 2) + 1)));
        Assert.All(new[] { 20, 22, 28 }, at => Assert.Equal(15, Code(at)));
        Assert.All(ranking.Top(20), row => Assert.Equal(row.Score, row.Points[0].Code));
    }

    [Fact]
    public void Words_in_common_are_placed_as_a_plain_count_over_all_rows_places_them()
    {
        string[] words = ["mur", "toit", "jardin", "route", "pont", "four", "pain", "bois", "fer", "drap"];
        for (var seed = 0; seed < 20; seed++)
        {
            var random = new Random(seed);
            // From few long texts to thousands of short ones, so that words are kept in each way that rows of a word are kept.
            var rows = Enumerable.Range(0, seed % 2 == 0 ? 60 : 3_000).Select(_ => Row(
                Guid.CreateVersion7(), level: (byte)random.Next(3),
                text: string.Join(' ', Enumerable.Range(0, random.Next(seed % 2 == 0 ? 300 : 9)).Select(_ => words[(int)(words.Length * Math.Pow(random.NextDouble(), 3))])))).ToArray();
            string[] asked = [.. words.Where(_ => random.Next(2) == 0).DefaultIfEmpty("mur")];
            var expected = Places(rows, asked);

            var feature = new Feature("text", CodeSource.TextPercentile(string.Join(' ', asked)), [.. Enumerable.Range(0, 16).Select(code => (short)code)]);
            var ranking = Rank(new Query([], [Filter.CodeIn("level 1", "level", 0b10)], [feature], 0), rows);

            Assert.Equal(expected, rows.Select(row => (int)ranking.Explain(row.Id)!.Points[0].Code));
            Assert.All(ranking.Top(rows.Length), row => Assert.Equal(row.Score, row.Points[0].Code));
        }
    }

    // By the definition: BM25 in units of 1/(65,535 - words) of what all words can bring, a unit for each word that is there; then the share of
    // the rows of level 1 that do no better, in fifteenths rounded up; 1 for a row of another level that does worse than them all.
    private static List<int> Places(Row<string>[] rows, string[] asked)
    {
        var texts = rows.Select(row => row.Text.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToList();
        var told = texts.Count(text => text.Length > 0);
        var mean = (double)texts.Sum(text => text.Length) / told;
        var frequencies = asked.Select(word => Math.Log(1 + ((told - texts.Count(text => text.Contains(word)) + 0.5) / (texts.Count(text => text.Contains(word)) + 0.5)))).ToList();
        var unit = frequencies.Sum() * 2.2 / (65_535 - asked.Length);
        var sums = texts.Select(text => asked.Zip(frequencies, (word, frequency) =>
        {
            var count = Math.Min(255, text.Count(one => one == word));
            return count == 0 ? 0 : 1 + (int)(frequency * count * 2.2 / (count + (1.2 * (0.25 + (0.75 * text.Length / mean)))) / unit);
        }).Sum()).ToList();
        var passing = rows.Zip(sums).Where(row => row.First.Codes[0] == 1).Select(row => row.Second).ToList();
        return [.. sums.Select(sum => sum == 0 ? 0 : Math.Max(1, (int)Math.Ceiling(15.0 * passing.Count(other => other <= sum) / passing.Count)))];
    }

    [Fact]
    public void A_code_may_come_from_the_facts_or_be_given_by_id()
    {
        var (one, other) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        short[] points = [.. Enumerable.Range(0, 64).Select(code => (short)(code * 10))];
        var query = new Query([], [],
            [
                new Feature("facts", CodeSource.FromFacts<string>(facts => (byte)facts.Length), points),
                new Feature("ids", CodeSource.ById(new Dictionary<Guid, byte> { [one] = 9, [Guid.Empty] = 3 }, otherwise: 1), points),
            ], 0);
        var ranking = Rank(query, Row(one, facts: "abc"), Row(other, facts: "a"));

        Assert.Equal([(one, 120), (other, 20)], ranking.Top(5).Select(row => (row.Id, row.Score)));
        Assert.Throws<ArgumentException>(() => Rank(Only(new("f", CodeSource.FromFacts<int>(_ => 1), [0])), Row(one)));
        Assert.Throws<ArgumentException>(() => Rank(Only(new("f", CodeSource.FromFacts<string>(_ => 64), [0])), Row(one)));
    }

    [Fact]
    public void A_fact_filter_reads_each_row_once_for_one_key()
    {
        var reads = 0;
        var store = new RowStore<string>(Schema);
        store.Apply([.. Enumerable.Range(0, 100).Select(at => Row(Guid.CreateVersion7(), facts: at % 4 == 0 ? "yes" : "no"))], []);
        Query Asked(string key) => new([], [Filter.Facts<string>("yes", key, facts => ++reads > 0 && facts == "yes")], [], 0);

        Assert.Equal(25, Ranking.Of(store.Current, Asked("k")).Counts.Passing);
        Assert.Equal(25, Ranking.Of(store.Current, Asked("k")).Counts.Passing);
        Assert.Equal(100, reads);
        for (var key = 0; key < 40; key++)
        {
            Assert.Equal(25, Ranking.Of(store.Current, Asked($"k{key}")).Counts.Passing);
        }
        Assert.Equal(25, Ranking.Of(store.Current, Asked("k")).Counts.Passing);
        Assert.Equal(4_200, reads);
    }

    [Fact]
    public void Ids_and_constants_filter_as_they_say()
    {
        var ids = Enumerable.Range(0, 5).Select(_ => Guid.CreateVersion7()).ToArray();
        int Passing(Filter filter) => Rank(new Query([], [filter], [], 0), [.. ids.Select(id => Row(id))]).Counts.Passing;

        Assert.Equal(2, Passing(Filter.IdsOnly("two", new HashSet<Guid> { ids[0], ids[3], Guid.Empty })));
        Assert.Equal(3, Passing(Filter.IdsExcept("not two", new HashSet<Guid> { ids[0], ids[3], Guid.Empty })));
        Assert.Equal(5, Passing(Filter.Constant("all", passes: true)));
        Assert.Equal(0, Passing(Filter.Constant("none", passes: false)));
    }

    [Fact]
    public void What_would_change_opens_no_closed_door_and_names_only_gains()
    {
        var (passing, removed) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var feature = new Feature("level", CodeSource.Column("level"), [0, 1, 2, 2]);
        var ranking = Rank(
            new Query([], [Filter.BitsAll("flag", "flags", 1)], [feature], 0), Row(passing, level: 1, flags: 1), Row(removed, level: 1));

        Assert.Empty(ranking.Changes(removed, [new ReachableCodes("level", [2])]));
        Assert.Empty(ranking.Changes(passing, [new ReachableCodes("level", [0, 1])]));
        Assert.Empty(ranking.Changes(passing, [new ReachableCodes("level", [])]));
        Assert.Equal(2, Assert.Single(ranking.Changes(passing, [new ReachableCodes("level", [3, 2])])).ToCode);
        Assert.Throws<ArgumentException>(() => ranking.Changes(passing, [new ReachableCodes("other", [1])]));
    }

    [Fact]
    public void Tables_that_cannot_be_read_are_refused_when_made()
    {
        Assert.Throws<ArgumentException>(() => new Feature("f", CodeSource.Column("level"), []));
        Assert.Throws<ArgumentException>(() => new Feature("f", CodeSource.Column("level"), new short[65]));
        Assert.Throws<ArgumentException>(() => CodeSource.Lookup("words", [64], SlotMerge.Max));
        Assert.Throws<ArgumentException>(() => CodeSource.Pair(CodeSource.Column("level"), CodeSource.Column("level"), new byte[256]));
        Assert.Throws<ArgumentException>(() => CodeSource.Column("level").Map());
        Assert.Throws<ArgumentException>(() => Rank(Only(new("f", CodeSource.Column("unknown"), [1])), Row(Guid.CreateVersion7())));
    }
}
