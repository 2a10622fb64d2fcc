using Matching.Web.Platform;

namespace Matching.Web.Pools;

/// <summary>POST /viviers/imports/{id}/annuler: stops an import that runs or waits for its columns; nothing of it is stored.</summary>
public static class CancelImport
{
    public static void Map(IEndpointRouteBuilder app) => app.MapPost("/viviers/imports/{id:guid}/annuler", PostAsync).RequireAuthorization(Policies.Structure);

    private static async Task<IResult> PostAsync(Guid id, SignedIn me, PoolUploads uploads, CancellationToken ct)
    {
        if (await uploads.FindAsync(id, me.OrganizationId, ct) is not { } upload)
        {
            // Done in between, or never ours: the page of the import says which.
            return Page.SeeOther($"/viviers/imports/{id}");
        }

        if (await uploads.TurnAsync(id, PoolUpload.Cancelled, null, ct) && upload.State == PoolUpload.ToPlace)
        {
            uploads.Forget(id);
        }

        return Page.SeeOther($"/viviers/imports/{id}");
    }
}
