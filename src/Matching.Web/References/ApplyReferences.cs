using Matching.Web.Platform;
using Matching.Web.Platform.Reference;

namespace Matching.Web.References;

/// <summary>POST /administration/referentiels/{id}/appliquer: applies the files that were compared.</summary>
public static class ApplyReferences
{
    public static void Map(IEndpointRouteBuilder app) => app
        .MapPost("/administration/referentiels/{id:guid}/appliquer", PostAsync).RequireAuthorization(Policies.Administrator);

    private static async Task<IResult> PostAsync(Guid id, SignedIn me, Database database, ReferenceLoader loader, CancellationToken ct)
    {
        var folder = CompareReferences.FolderOf(database, id);
        if (!Directory.Exists(folder))
        {
            return Page.Missing();
        }

        return (await loader.LoadAsync(folder, ct, me)).ToPage(report =>
        {
            Directory.Delete(folder, recursive: true);
            return Page.SeeOther("/administration/referentiels", $"{report.Loaded.Count} référentiels appliqués.");
        });
    }
}
