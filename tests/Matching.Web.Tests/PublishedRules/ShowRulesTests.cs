using System.Net;
using Matching.Features;
using Matching.Rules;
using Matching.Rules.Eligibility;

namespace Matching.Web.Tests.PublishedRules;

/// <summary>What everyone may read about the rules is the list that the program applies; the database does not matter here.</summary>
public sealed class ShowRulesTests(SqliteWeb web) : WebTests(web), IClassFixture<SqliteWeb>
{
    [Fact]
    public async Task Everyone_reads_each_rule_with_its_sentence_and_its_source()
    {
        var page = await Web.Visitor().GetAsync("/regles");
        Assert.Equal(HttpStatusCode.OK, page.Status);
        var rows = page.All("[aria-labelledby^=chapitre] .rules > li").ToDictionary(row => row.Id!, row => row.TextContent);
        Assert.Equal(RuleBook.All.Select(rule => rule.Code), rows.Keys);
        Assert.All(RuleBook.All, rule =>
        {
            Assert.Contains(rule.Sentence, rows[rule.Code], StringComparison.Ordinal);
            Assert.Equal(!rule.IsConfirmed, rows[rule.Code].Contains(Rule.ToConfirm, StringComparison.Ordinal));
            Assert.True(!rule.IsConfirmed || rows[rule.Code].Contains(rule.Source, StringComparison.Ordinal), rule.Code);
        });
    }

    [Fact]
    public async Task Each_public_of_the_clause_is_shown_with_its_proof()
    {
        var page = await Web.Visitor().GetAsync("/regles");
        Assert.All(PublicCategories.All, category =>
        {
            var row = page.One($"[id='{category.Rule.Code}']").TextContent;
            Assert.Contains(category.Label, row, StringComparison.Ordinal);
            Assert.Contains(category.Proof, row, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task The_rules_that_remove_someone_from_a_list_are_all_told()
    {
        var page = await Web.Visitor().GetAsync("/regles");
        Assert.All(CandidateQuery.Rules, rule => Assert.Contains(rule.Sentence, page.One($"[id='classement.{rule.Code}']").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Every_source_says_when_it_was_read_and_every_rule_to_confirm_is_listed()
    {
        var page = await Web.Visitor().GetAsync("/regles");
        Assert.All(RuleBook.All.Where(rule => rule.IsConfirmed && RuleSources.ReadOn(rule) is not null), rule =>
            Assert.Contains($"lu {RuleSources.ReadOn(rule)}", page.One($"[id='{rule.Code}']").TextContent.Replace("lus ", "lu ", StringComparison.Ordinal), StringComparison.Ordinal));
        Assert.Equal(
            RuleBook.All.Where(rule => !rule.IsConfirmed).Select(rule => $"#{rule.Code}"),
            page.All("[aria-labelledby=a-confirmer] li a").Select(link => link.GetAttribute("href")));
        Assert.Equal(RuleSources.All.Count, page.All("[aria-labelledby=sources] tbody tr").Count);
    }

    [Fact]
    public async Task The_tables_of_criteria_are_those_that_the_program_applies()
    {
        var page = await Web.Visitor().GetAsync("/regles");
        Assert.Equal(IaeDiagnosis.All.Select(it => it.Code), page.All("[aria-labelledby=table-iae] tbody code").Select(code => code.TextContent));
        Assert.Equal(GeiqDiagnosis.All.Select(it => it.Code), page.All("[aria-labelledby=table-geiq] tbody code").Select(code => code.TextContent));
        Assert.Equal(["2", "2", "3", "3", "3"], page.All("[aria-labelledby=table-nombre] tbody td:last-child").Select(cell => cell.TextContent).Order());
    }
}
