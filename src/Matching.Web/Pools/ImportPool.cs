using Matching.Rules;
using Matching.Rules.People;
using Matching.Web.Platform;
using Matching.Web.Platform.Records;
using MediatR;

namespace Matching.Web.Pools;

/// <summary>GET and POST /viviers/importer: send the file of one's people. GET /viviers/modele.csv and modele.xlsx: the template.</summary>
public static class ImportPool
{
    /// <summary>The file and the little that a form adds around it.</summary>
    public const long MaxBodyBytes = PoolTable.MaxBytes + (64 * 1024);

    /// <summary>A small file is done before its sender would look for a progress bar.</summary>
    private static readonly TimeSpan ShortWait = TimeSpan.FromSeconds(5);

    /// <param name="SubmissionKey">Key of the sender, so that sending it twice is one import; null when it has none.</param>
    public sealed record Command(OrganizationId Pool, byte[] Bytes, string FileName, SignedIn? By, string? SubmissionKey) : IRequest<Result<DoneImport>>;

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/viviers/importer", () => Form(PostedForm.Of())).RequireAuthorization(Policies.Structure);
        app.MapPost("/viviers/importer", PostAsync).AcceptUploads(MaxBodyBytes).RequireAuthorization(Policies.Structure);
        app.MapGet("/viviers/modele.csv", () => TypedResults.File(MendFile.Template(), "text/csv; charset=utf-8", "modele-vivier.csv"))
            .RequireAuthorization(Policies.Structure);
        app.MapGet("/viviers/modele.xlsx", () => TypedResults.File(TemplateWorkbook.Write(), TemplateWorkbook.ContentType, "modele-vivier.xlsx"))
            .RequireAuthorization(Policies.Structure);
    }

    private static IResult Form(PostedForm form) =>
        Page.Of<ImportPoolPage>(new { Form = form, Key = Guid.CreateVersion7().ToString() }, form.Errors.Any ? StatusCodes.Status400BadRequest : StatusCodes.Status200OK);

    private static async Task<IResult> PostAsync(PostedForm form, SignedIn me, PoolUploads uploads, PoolJobs jobs, Database database, CancellationToken ct)
    {
        if (form.File("fichier") is not { } file)
        {
            form.Errors.Add("fichier", "Le fichier manque ou est vide : choisir le fichier des personnes, CSV ou XLSX.");
            return Form(form);
        }

        Guid id;
        await using (var content = file.OpenReadStream())
        {
            id = await uploads.ReceiveAsync(me, file.FileName, Guid.TryParse(form["cle"], out var sent) ? sent.ToString() : null, content, ct);
        }

        if (!uploads.HasBytes(id))
        {
            return Page.SeeOther($"/viviers/imports/{id}");
        }

        if (await NeedsColumnsAsync(id, file.FileName, me, uploads, database, ct))
        {
            await uploads.TurnAsync(id, PoolUpload.ToPlace, null, ct);
            return Page.SeeOther($"/viviers/imports/{id}/colonnes");
        }

        await Task.WhenAny(jobs.Add(id), Task.Delay(ShortWait, ct));
        if (await uploads.FindAsync(id, me.OrganizationId, ct) is not { State: PoolUpload.Refused, Refusal: { } refusal })
        {
            return Page.SeeOther($"/viviers/imports/{id}");
        }

        await uploads.DropAsync(id, ct);
        form.Errors.Add("fichier", refusal);
        return Form(form);
    }

    /// <summary>True when a person must say what some columns are: a guess is never used before that, and a lack may only be another name.</summary>
    private static async Task<bool> NeedsColumnsAsync(Guid id, string fileName, SignedIn me, PoolUploads uploads, Database database, CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        if (await OrganizationRecords.FindAsync(db, me.OrganizationId, ct) is not { } pool)
        {
            return false;
        }

        var mapping = await PoolHeadingStore.ReadAsync(db, pool, ct);
        var opened = PoolFile.Open(await uploads.BytesAsync(id, ct), fileName, header => mapping.ColumnOf.ContainsKey(PoolColumns.Key(header)));
        return opened.IsFound && PoolHeader.Place(opened.Value.Headings, mapping) is ({ } header, _) && ColumnChoices.AreNeeded(header, mapping);
    }

    public sealed class Handler(Database database, PoolImporter importer) : IRequestHandler<Command, Result<DoneImport>>
    {
        public async Task<Result<DoneImport>> Handle(Command request, CancellationToken cancellationToken)
        {
            StoredOrganization? pool;
            var mapping = PoolMapping.None;
            await using (var db = await database.OpenAsync(cancellationToken))
            {
                pool = await OrganizationRecords.FindAsync(db, request.Pool, cancellationToken);
                mapping = pool is null ? mapping : await PoolHeadingStore.ReadAsync(db, pool, cancellationToken);
            }

            if (pool is null)
            {
                return Result.Missing;
            }

            var opened = PoolFile.Open(request.Bytes, request.FileName, header => mapping.ColumnOf.ContainsKey(PoolColumns.Key(header)));
            if (!opened.IsFound)
            {
                return opened.Map<DoneImport>(_ => null!);
            }

            var (header, refusal) = PoolHeader.Read(opened.Value.Headings, mapping);
            return header is null
                ? Result.Refused("fichier", refusal!)
                : await importer.ImportAsync(new ImportOrder(pool, request.By, request.SubmissionKey), PoolTable.Of(opened.Value, header), null, cancellationToken);
        }
    }
}
