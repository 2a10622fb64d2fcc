using System.Text.RegularExpressions;
using Matching.House.Tests.Reading;

namespace Matching.House.Tests;

/// <summary>Logs, exception messages and URLs carry ids and counts, never a person.</summary>
public sealed partial class PrivacyTests
{
    [Fact]
    public void Logs_are_written_only_by_generated_messages()
    {
        var found = Repository.CSharpUnder("src").SelectMany(file => FreeLog().Matches(file.Code).Select(match => $"{file.Where(match.Index)} {match.Value}"));
        Faults.None(found);
    }

    [Fact]
    public void A_log_message_has_no_place_for_a_person()
    {
        var messages = Repository.CSharpUnder("src").SelectMany(file => GeneratedLog().Matches(file.Text).Select(match => (Where: file.Where(match.Index), match.Value))).ToList();
        Assert.NotEmpty(messages);
        Faults.None(messages.Where(message => PersonalHole().IsMatch(message.Value)));
    }

    [Fact]
    public void An_exception_never_names_a_person()
    {
        var found = Repository.CSharpUnder("src").SelectMany(file => Exceptions().Matches(file.Code)
            .Select(match => (match.Index, End: Members.Close(file.Code, match.Index + match.Length - 1)))
            .SelectMany(thrown => file.Literals.Where(literal => literal.Start >= thrown.Index && literal.Start < thrown.End))
            .Where(literal => literal.Holes.Any(hole => PersonalFact().IsMatch(hole)))
            .Select(literal => $"{file.Where(literal.Start)} {literal.Text}"));
        Faults.None(found);
    }

    [Fact]
    public void An_address_of_the_site_carries_ids_and_never_words_about_people()
    {
        // The secret of a link, the structure's own reference of a person, the name of a step and a month are the only values that are not an id.
        string[] others = ["{secret}", "{reference}", "{verb}", "{mois}", "{*path}"];
        var parameters = Repository.CSharpUnder("src/Matching.Web")
            .SelectMany(file => file.Literals.Where(literal => literal.Text.StartsWith('/') && !literal.Text.Contains(' ', StringComparison.Ordinal) && IsRoute(file, literal))
                .SelectMany(literal => RouteParameter().Matches(Template(literal)).Select(match => (Where: file.Where(literal.Start), match.Value)))).ToList();
        Assert.True(parameters.Count > 10);
        Faults.None(parameters.Where(it => !it.Value.EndsWith(":guid}", StringComparison.Ordinal) && !it.Value.EndsWith(":int}", StringComparison.Ordinal) && !others.Contains(it.Value)));
    }

    private static bool IsRoute(SourceFile file, Literal literal) => MapCall().IsMatch(file.Code[Math.Max(0, literal.Start - 40)..literal.Start]);

    // An interpolated route: its holes are fixed words of the code, and its doubled braces the parameters.
    private static string Template(Literal literal) => literal.Holes.Count == 0 ? literal.Text
        : literal.Holes.Aggregate(literal.Text.Replace("{{", "\u0001", StringComparison.Ordinal), (text, hole) => text.Replace($"{{{hole}}}", "", StringComparison.Ordinal))
            .Replace('\u0001', '{').Replace("}}", "}", StringComparison.Ordinal);

    [GeneratedRegex(@"\.Log(Trace|Debug|Information|Warning|Error|Critical)?\s*\((?<!Math\.Log\()")]
    private static partial Regex FreeLog();

    [GeneratedRegex(@"\[LoggerMessage\([^\]]+\]")]
    private static partial Regex GeneratedLog();

    [GeneratedRegex(@"\{\w*(Name|Email|Phone|Birth|Nir|Address|Text|Note|Words|Query|Path|Url|Body)\w*\}", RegexOptions.IgnoreCase)]
    private static partial Regex PersonalHole();

    [GeneratedRegex(@"\bthrow new \w+\(")]
    private static partial Regex Exceptions();

    [GeneratedRegex(@"\.(LastName|FirstName|DisplayName|Email|Phone|BirthDate|Sex|OwnWords|Criteria|Identity)\b")]
    private static partial Regex PersonalFact();

    [GeneratedRegex(@"\{[^{}]+\}")]
    private static partial Regex RouteParameter();

    [GeneratedRegex(@"\bMap(Get|Post|Put|Delete|Patch|Group|Methods)?\([^()]*$")]
    private static partial Regex MapCall();
}
