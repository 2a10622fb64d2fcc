using System.Text.Json;
using Matching.Web.Platform;
using Matching.Web.Platform.Records;
using MediatR;

namespace Matching.Web.Pools;

/// <summary>POST /api/v1/viviers/{pool}/personnes:importer: a CSV or XLSX file as the body, or a JSON array of rows; answers the report.</summary>
public static class ImportByApi
{
    public static void Map(IEndpointRouteBuilder app) => app.MapApi(Policies.Structure)
        .MapPost("/viviers/{pool:guid}/personnes:importer", PostAsync).AcceptUploads(ImportPool.MaxBodyBytes);

    private static async Task<IResult> PostAsync(Guid pool, HttpRequest request, SignedIn me, IMediator mediator, Database database, PoolImporter importer, CancellationToken ct)
    {
        if (pool != me.OrganizationId.Value)
        {
            return Problems.Missing();
        }

        // The same key on the same pool answers the import already done.
        var key = request.Headers["Idempotency-Key"].ToString() is { Length: > 0 and <= 100 } sent ? "api:" + sent : null;
        if (!request.HasJsonContentType())
        {
            var (bytes, name) = await BytesAsync(request, ct);
            return (await mediator.Send(new ImportPool.Command(me.OrganizationId, bytes, name, me, key), ct)).ToJson(done => done.Report);
        }

        List<JsonElement>? people;
        try
        {
            people = await JsonSerializer.DeserializeAsync<List<JsonElement>>(request.Body, cancellationToken: ct);
        }
        catch (JsonException)
        {
            people = null;
        }

        var table = JsonRows.Read(people ?? []);
        if (!table.IsFound)
        {
            return table.ToJson();
        }

        await using var db = await database.OpenAsync(ct);
        var own = await OrganizationRecords.FindAsync(db, me.OrganizationId, ct);
        return own is null ? Problems.Missing() : (await importer.ImportAsync(new ImportOrder(own, me, key), table.Value, null, ct)).ToJson(done => done.Report);
    }

    private static async Task<(byte[] Bytes, string Name)> BytesAsync(HttpRequest request, CancellationToken ct)
    {
        using var memory = new MemoryStream();
        if (!request.HasFormContentType)
        {
            await request.Body.CopyToAsync(memory, ct);
            return (memory.ToArray(), "Envoi par l’API");
        }

        var form = await request.ReadFormAsync(ct);
        if (form.Files.Count == 0)
        {
            return ([], "");
        }

        await form.Files[0].CopyToAsync(memory, ct);
        return (memory.ToArray(), form.Files[0].FileName);
    }
}
