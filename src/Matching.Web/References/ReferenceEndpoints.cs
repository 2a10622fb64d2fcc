namespace Matching.Web.References;

/// <summary>The referentials of the service: which versions are applied, and applying new ones.</summary>
public static class ReferenceEndpoints
{
    public static void Map(IEndpointRouteBuilder app)
    {
        ListReferences.Map(app);
        CompareReferences.Map(app);
        ApplyReferences.Map(app);
    }
}
