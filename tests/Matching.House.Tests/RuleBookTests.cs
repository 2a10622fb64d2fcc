using System.Reflection;
using System.Text.RegularExpressions;
using Matching.House.Tests.Reading;
using Matching.Rules;
using Matching.Rules.Eligibility;

namespace Matching.House.Tests;

/// <summary>A rule exists once, is published, and says where it comes from.</summary>
public sealed partial class RuleBookTests(ITestOutputHelper output)
{
    [Fact]
    public void Every_rule_of_the_trade_is_in_the_book_that_the_site_publishes()
    {
        const BindingFlags all = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.DeclaredOnly;
        var written = new List<Rule>();
        foreach (var type in typeof(Rule).Assembly.GetTypes().Where(type => type != typeof(RuleBook) && !type.ContainsGenericParameters))
        {
            foreach (var value in type.GetProperties(all).Where(property => property.GetIndexParameters().Length == 0 && Holds(property.PropertyType)).Select(property => property.GetValue(null)))
            {
                written.AddRange(value as IEnumerable<Rule> ?? [(Rule)value!]);
            }
        }

        written.AddRange(PublicCategories.All.Select(category => category.Rule));
        Assert.True(written.Count > 40, "The rules are found by their type.");
        Assert.Equal(written.Select(rule => rule.Code).Distinct().Order(), RuleBook.All.Select(rule => rule.Code).Order());
    }

    [Fact]
    public void A_code_names_one_rule() => Assert.Equal(RuleBook.All.Count, RuleBook.All.Select(rule => rule.Code).Distinct().Count());

    [Fact]
    public void A_rule_is_a_french_sentence_with_a_source()
    {
        Assert.All(RuleBook.All, rule =>
        {
            Assert.Matches(@"^[a-z_]+(\.[a-z0-9_-]+)+$", rule.Code);
            Assert.Matches(@"^[\p{Lu}«].{20,}[^ ]\.$", rule.Sentence);
            Assert.True(rule.Source.Length > 10, $"{rule.Code} says where it comes from: {rule.Source}");
        });
    }

    [Fact]
    public void A_rule_to_confirm_says_what_it_rests_on_meanwhile()
    {
        var toConfirm = RuleBook.All.Where(rule => !rule.IsConfirmed).ToList();
        foreach (var rule in toConfirm)
        {
            output.WriteLine($"{rule.Code}: {rule.Source}");
        }

        Assert.All(toConfirm, rule => Assert.True(rule.Source.Length > Rule.ToConfirm.Length + 5, rule.Code));
    }

    [Fact]
    public void A_rule_whose_source_was_read_says_when() => Assert.All(RuleBook.All.Where(rule => rule.IsConfirmed), rule => Assert.True(
        RuleSources.ReadOn(rule) is not null || RuleSources.DocumentsOf(rule).Any(document => document.ReadOn is null),
        $"{rule.Code}: add its document to RuleSources, or end its source with \", lu en août 2026\": {rule.Source}"));

    [Fact]
    public void Every_rule_is_held_by_a_test_that_names_it_and_no_test_names_an_unknown_one()
    {
        var tests = Repository.CSharpUnder("tests").Where(file => !file.Path.Contains("House.Tests", StringComparison.Ordinal)).Select(file => Repository.Text(file.Path)).ToList();
        var named = tests.SelectMany(text => Named().Matches(text)).Select(match => match.Groups[1].Value).ToHashSet();
        var said = tests.SelectMany(text => Words().Matches(text)).SelectMany(match => match.Groups[1].Value.Split(',')).ToHashSet();

        Faults.None(RuleBook.All.Select(rule => rule.Code).Where(code => !named.Contains(code) && !said.Contains(code)).Select(code => $"{code}: put [Trait(\"règle\", \"{code}\")] on the test that holds it"));
        Faults.None(named.Except(RuleBook.All.Select(rule => rule.Code)));
    }

    [GeneratedRegex("""\[Trait\("règle", "([^"]+)"\)\]""")]
    private static partial Regex Named();

    /// <summary>A code, or several with commas, as a value of a table of cases.</summary>
    [GeneratedRegex("\"([a-z_]+\\.[a-z0-9_.,-]+)\"")]
    private static partial Regex Words();

    private static bool Holds(Type type) => type == typeof(Rule) || typeof(IEnumerable<Rule>).IsAssignableFrom(type);
}
