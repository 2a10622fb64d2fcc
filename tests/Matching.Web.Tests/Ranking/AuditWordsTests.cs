using System.Net;
using Matching.Rules.Reporting;
using Matching.Web.Ranking.Fairness;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Matching.Web.Tests.Ranking;

/// <summary>How an audit says small numbers.</summary>
public sealed class AuditWordsTests
{
    [Fact]
    public async Task One_posting_and_no_hire_are_told_as_people_say_them()
    {
        var words = await WordsAsync(hired: 0);
        Assert.Contains("pour 1 offre, du 01/12/2025", words, StringComparison.Ordinal);
        Assert.Contains("(1 offre comptée)", words, StringComparison.Ordinal);
        Assert.Contains("Aucune embauche n’est encore connue : rien ne peut en être conclu.", words, StringComparison.Ordinal);
        Assert.Contains("Aucune comparaison n’a pu être faite", words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Too_few_hires_are_told_without_a_ratio_that_does_not_exist()
    {
        Assert.Contains("1 embauche est connue : c’est trop peu pour qu’un écart, même total, se distingue du hasard.", await WordsAsync(hired: 1), StringComparison.Ordinal);
        Assert.Matches("Les embauches sont au nombre de 40 : .* plus bas que 0,\\d\\d se distinguerait", await WordsAsync(hired: 40));
    }

    [Fact]
    public async Task The_name_of_a_group_keeps_its_capitals() =>
        Assert.Contains("bénéficiaires du RSA", await WordsAsync(hired: 0), StringComparison.Ordinal);

    private static async Task<string> WordsAsync(int hired)
    {
        var stage = FairnessGroups.Stages[^1].Code;
        var report = new AuditReport(
            new DateOnly(2025, 12, 1), new DateOnly(2026, 11, 30), 1, 20, 20, ["1.4.0"], [new StageTotal(stage, "Embauchée", hired, hired)], [],
            new DoorAudit(1, [new DoorStep([], 1_920, 1, null)], []), 0);
        await using var services = new ServiceCollection().BuildServiceProvider();
        await using var renderer = new HtmlRenderer(services, NullLoggerFactory.Instance);
        return await renderer.Dispatcher.InvokeAsync(async () =>
            WebUtility.HtmlDecode((await renderer.RenderComponentAsync<AuditView>(ParameterView.FromDictionary(new Dictionary<string, object?> { ["Report"] = report }))).ToHtmlString()));
    }
}
