using Matching.Engine.Columns;
using Matching.Engine.Index;

namespace Matching.Engine.Tests.Index;

public class HighlightTests
{
    [Theory]
    [InlineData("maçon", "L’équipe cherche une [maçonne], deux [maçons].")]
    [InlineData("caces r482 a", "[CACES] [R482] catégorie [A] exigé")]
    [InlineData("de la", "Rien de la sorte")]
    public void The_words_of_the_query_are_marked_in_the_text_as_written(string query, string expected)
    {
        var text = expected.Replace("[", "", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal);
        var search = new TextSearch<int>(new RowStore<int>(new RowSchema([])).Current, new TextQuery(query));
        var marked = text;
        foreach (var span in search.Highlights(text).Reverse())
        {
            marked = marked.Insert(span.Start + span.Length, "]").Insert(span.Start, "[");
        }
        Assert.Equal(expected, marked);
    }
}
