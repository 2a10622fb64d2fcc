using System.Text.RegularExpressions;
using Matching.Features;
using Matching.House.Tests.Reading;

namespace Matching.House.Tests;

/// <summary>What the law forbids to rank by is not even read where points are given.</summary>
public sealed partial class FairnessTests
{
    [Fact]
    public void No_criterion_of_the_ranking_speaks_of_who_a_person_is() => Assert.All(FeatureCatalogue.All, feature =>
    {
        var words = string.Join(" ", [feature.Name, feature.Label, feature.Definition, feature.Source, .. feature.Bins.Select(bin => bin.Sentence)]);
        Assert.False(Forbidden().IsMatch(words), $"{feature.Name}: {Forbidden().Match(words).Value}");
    });

    [Fact]
    public void The_features_never_read_identity_nor_public_criteria()
    {
        var found = Repository.CSharpUnder("src/Matching.Features")
            .SelectMany(file => Facts().Matches(file.Code).Select(match => $"{file.Where(match.Index)} {match.Value}"));
        Faults.None(found);
    }

    [Fact]
    public void A_person_has_no_column_about_who_they_are()
    {
        var columns = PersonRows.Schema.CodeColumns.Concat(PersonRows.Schema.WideGroups.Select(group => group.Name)).ToList();
        Assert.True(columns.Count > 10);
        Assert.DoesNotContain(columns, column => ForbiddenColumn().IsMatch(column));
    }

    [Theory]
    [InlineData("l’âge de la personne")]
    [InlineData("bénéficiaire du RSA")]
    [InlineData("habite un quartier prioritaire")]
    public void The_forbidden_words_are_recognised(string words) => Assert.Matches(Forbidden(), words);

    [GeneratedRegex(@"\b(âge|âgée?s?|jeunes?|seniors?|sexe|femmes?|hommes?|nationalité|nom|prénom|patronyme|adresse|naissance|origine|ethni\w+|religio\w+|syndica\w+|situation de famille|familial\w*|enfants?|enceinte|santé|handicap\w*|rqth|rsa|ass|aah|qpv|quartier|minima)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Forbidden();

    [GeneratedRegex(@"\.(Identity|Sex|BirthDate|LivesInQpv|Criteria|RegisteredSince|LastName|FirstName|PostalCode|Proofs|Phone|Email)\b")]
    private static partial Regex Facts();

    [GeneratedRegex(@"age|birth|sex|name|national|address|postal|criteri|disab|rqth|rsa|qpv|gender")]
    private static partial Regex ForbiddenColumn();
}
