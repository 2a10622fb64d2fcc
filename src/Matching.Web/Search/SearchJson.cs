namespace Matching.Web.Search;

/// <summary>The filters of an answer, for programs.</summary>
internal static class SearchJson
{
    public static IEnumerable<object> Of(IReadOnlyList<FacetShown> facets) => facets.Select(facet => new
    {
        cle = facet.Key,
        libelle = facet.Label,
        valeurs = facet.Choices.Select(choice => new { code = choice.Code, libelle = choice.Label, nombre = choice.Count, choisie = choice.IsChosen }),
    });
}
