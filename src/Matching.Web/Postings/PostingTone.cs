using Matching.Rules.Postings;

namespace Matching.Web.Postings;

/// <summary>The tone of a state's badge; its words say the same.</summary>
internal static class PostingTone
{
    public static string Of(PostingState state) => state switch
    {
        PostingState.Published => "ok",
        PostingState.Filled => "info",
        PostingState.Draft => "warn",
        _ => "",
    };
}
