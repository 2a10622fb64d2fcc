using Matching.Engine.Text;

namespace Matching.Engine.Tests.Text;

/// <summary>The stemmer against open lists of French words, where they are at hand. Floors are measured shares, rounded down.</summary>
public class StemOnRealWordsTests(ITestOutputHelper output)
{
    [Fact]
    public void Most_job_nouns_have_the_same_stem_in_the_masculine_and_the_feminine()
    {
        var pairs = Lines("lemmes_metiers_masc_fem.csv").Skip(1).Select(line => line.Split(';'))
            .Where(pair => pair.Length == 2 && pair.All(word => word.Length > 0)).ToList();
        var missed = pairs.Where(pair => Stems(pair[0]) != Stems(pair[1])).ToList();
        var share = 1 - ((double)missed.Count / pairs.Count);

        output.WriteLine($"{share:P2} of {pairs.Count} pairs; missed: {string.Join(", ", missed.Take(60).Select(pair => string.Join('/', pair)))}");
        Assert.True(share >= 0.98, $"Only {share:P2} of the pairs meet.");
    }

    [Fact]
    public void Almost_every_plural_in_s_meets_its_singular_and_few_strangers_meet()
    {
        var words = Lines("snowball_french_voc.txt").Zip(Lines("snowball_french_output.txt")).Where(pair => pair.First.Length > 3).ToList();
        var reference = words.GroupBy(pair => pair.First).ToDictionary(group => group.Key, group => group.First().Second);
        var plurals = words.Where(pair => reference.TryGetValue(pair.First + "s", out var stem) && stem == pair.Second)
            .Select(pair => pair.First).ToList();
        var met = plurals.Count(word => Stems(word) == Stems(word + "s"));
        var strangers = words.GroupBy(pair => Stems(pair.First)).Where(group => group.Count() > 1).ToList();
        var apart = strangers.Count(group => group.Select(pair => Folding.Fold(pair.Second)).Distinct().Count() > 1);

        output.WriteLine($"{(double)met / plurals.Count:P2} of {plurals.Count} plurals; {(double)apart / strangers.Count:P2} of "
            + $"{strangers.Count} families hold words the reference keeps apart: "
            + string.Join(", ", strangers.Where(group => group.Select(pair => Folding.Fold(pair.Second)).Distinct().Count() > 1).Take(60)
                .Select(group => string.Join('/', group.Select(pair => pair.First)))));
        Assert.True(met >= plurals.Count * 0.99, $"Only {met} of {plurals.Count} plurals meet.");
        Assert.True(apart <= strangers.Count * 0.10, $"{apart} of {strangers.Count} families mix words.");
    }

    [Fact]
    public void The_stems_are_compared_with_those_of_snowball_and_differ_on_purpose()
    {
        // Snowball also cuts verbs and derived nouns ("continuation", "continuer"); this stem takes number and gender only, so it keeps
        // those letters, and cuts the last "e", "eur", "euse", "rice" alike where Snowball tells them apart.
        var words = Lines("snowball_french_voc.txt").Zip(Lines("snowball_french_output.txt"))
            .Select(pair => (Word: Folding.Fold(pair.First), Expected: Folding.Fold(pair.Second))).Select(pair => (pair.Word, pair.Expected, Own: FrenchStem.Of(pair.Word))).ToList();
        double Share(Func<(string Word, string Expected, string Own), bool> holds) => (double)words.Count(holds) / words.Count;
        var exact = Share(one => one.Own == one.Expected);
        var longer = Share(one => one.Own != one.Expected && one.Own.StartsWith(one.Expected, StringComparison.Ordinal));
        var shorter = Share(one => one.Own != one.Expected && one.Expected.StartsWith(one.Own, StringComparison.Ordinal));

        output.WriteLine($"{words.Count} words: {exact:P1} the same stem, {longer:P1} keep more letters (verbs and derived words), {shorter:P1} keep fewer, {1 - exact - longer - shorter:P1} otherwise");
        Assert.True(exact >= 0.47, $"Only {exact:P1} of the stems are those of Snowball.");
        Assert.True(longer > 4 * shorter, "A stem that cuts more than Snowball would make strangers meet.");
    }

    private static string Stems(string text) => string.Join(' ', FrenchAnalyzer.Tokens(text).Select(token => token.Stem));

    private static string[] Lines(string file) => File.ReadAllLines(Reference.Path("langue", file));
}
