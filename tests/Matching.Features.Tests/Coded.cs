using Matching.Engine.Columns;
using Matching.Engine.Scoring;
using Matching.Rules.People;
using Matching.Rules.Postings;

namespace Matching.Features.Tests;

/// <summary>What a criterion reads of one person for one posting, as the engine answers it.</summary>
internal static class Coded
{
    public static string SentenceOf(string feature, Person person, PostingTerms? posting = null) =>
        FeatureCatalogue.ByName(feature)!.BinOf((byte)CodeOf(feature, person, posting)).Sentence;

    public static int CodeOf(string feature, Person person, PostingTerms? posting = null) => CodeOf(feature, person, Invented.Context(posting));

    public static int CodeOf(string feature, Person person, PostingContext context)
    {
        var store = new RowStore<PooledPerson>(PersonRows.Schema);
        store.Apply([Invented.Rows.Code(PublishedFacts.Of(person), 1, "00001", Invented.Day)], []);
        var definition = FeatureCatalogue.ByName(feature)!;
        var query = new Query([], [], [new Feature(feature, definition.Compile(context), [0])], 1);
        return Ranking.Of(store.Current, query).Top(1)[0].Points[0].Code;
    }
}
