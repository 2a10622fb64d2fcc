using System.Globalization;
using Matching.Engine.Text;

namespace Matching.Engine.Tests.Text;

/// <summary>
/// One official title in thirteen, typed as people do: among all titles (by detailed occupation), or never seen before and found
/// by the others (by the broader occupation). Floors are measured shares, rounded down.
/// </summary>
public class TitlesOnRomeTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(false, 3, 0.97, 0.99, 0.99)]
    [InlineData(true, 11, 0.55, 0.81, 0.72)]
    public void Titles_find_their_occupation_and_high_confidence_is_rarely_wrong(
        bool unseen, int codeColumn, double leastFirst, double leastFirstFive, double leastRight)
    {
        var titles = File.ReadLines(Reference.Path("rome", "v460_referentiel_appellation.csv")).Skip(1)
            .Select(line => line.Split("\",\"")).Select(cells => new TitleLabel(cells[codeColumn], cells[1])).ToList();
        var matcher = new TitleMatcher(titles.Where((_, at) => !unseen || at % 13 != 0));
        var answers = titles.Where((_, at) => at % 13 == 0)
            .Select((title, at) => (title.Id, Answer: matcher.Match(AsTyped(title.Text, at), 10))).ToList();
        var ranks = answers.Select(one => one.Answer.Matches.Select(match => match.Id).ToList().IndexOf(one.Id) + 1).ToList();
        var first = Share(ranks, rank => rank == 1);
        var firstFive = Share(ranks, rank => rank is >= 1 and <= 5);
        var known = answers.Where(one => one.Answer.Known).ToList();
        var right = Share(known, one => one.Answer.Matches[0].Id == one.Id);

        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{answers.Count} titles: first {first:P1}, first five {firstFive:P1}; {known.Count} known, {right:P1} of them right"));
        for (var floor = 0.0; floor < 1; floor += 0.1)
        {
            var bin = answers.Where(one => one.Answer.Matches.Count > 0 && one.Answer.Matches[0].Confidence >= floor
                && one.Answer.Matches[0].Confidence < floor + 0.1).ToList();
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"confidence from {floor:0.0}: {bin.Count} titles, {Share(bin, one => one.Answer.Matches[0].Id == one.Id):P1} right"));
        }
        Assert.True(first >= leastFirst && firstFive >= leastFirstFive && right >= leastRight);
    }

    /// <summary>The masculine and what follows both genders, without accents; one title in three has two letters swapped.</summary>
    private static string AsTyped(string title, int at)
    {
        var genders = Folding.Fold(title).Split(" / ");
        var typed = genders.Length == 1 ? genders[0] : string.Join(' ', genders[0].Split(' ').Concat(
            genders[1].Split(' ').Skip(genders[0].Split(' ').Length)));
        if (at % 3 != 0)
        {
            return typed;
        }
        var longest = typed.Split(' ', '-', '\'').MaxBy(word => word.Length)!;
        var from = typed.IndexOf(longest, StringComparison.Ordinal) + (longest.Length / 2);
        return from + 1 < typed.Length ? string.Concat(typed[..from], typed[from + 1], typed[from], typed[(from + 2)..]) : typed;
    }

    private static double Share<T>(List<T> all, Func<T, bool> holds) => all.Count == 0 ? 0 : (double)all.Count(holds) / all.Count;
}
