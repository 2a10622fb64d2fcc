using Matching.Rules;
using Matching.Web.Platform;
using Matching.Web.Platform.Records;
using MediatR;

namespace Matching.Web.Pools;

/// <summary>GET and POST /viviers/importer: send the file of one's people. GET /viviers/modele.csv: the template.</summary>
public static class ImportPool
{
    /// <summary>The file and the little that a form adds around it.</summary>
    public const long MaxBodyBytes = PoolTable.MaxBytes + (64 * 1024);

    /// <param name="SubmissionKey">Key of the form, so that sending it twice is one import; null for programs.</param>
    public sealed record Command(OrganizationId Pool, byte[] Bytes, string FileName, SignedIn? By, string? SubmissionKey) : IRequest<Result<DoneImport>>;

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/viviers/importer", () => Form(PostedForm.Of())).RequireAuthorization(Policies.Structure);
        app.MapPost("/viviers/importer", PostAsync).AcceptUploads(MaxBodyBytes).RequireAuthorization(Policies.Structure);
        app.MapGet("/viviers/modele.csv", () => TypedResults.File(MendFile.Template(), "text/csv; charset=utf-8", "modele-vivier.csv"))
            .RequireAuthorization(Policies.Structure);
    }

    private static IResult Form(PostedForm form) =>
        Page.Of<ImportPoolPage>(new { Form = form, Key = Guid.CreateVersion7().ToString() }, form.Errors.Any ? StatusCodes.Status400BadRequest : StatusCodes.Status200OK);

    private static async Task<IResult> PostAsync(PostedForm form, SignedIn me, IMediator mediator, CancellationToken ct)
    {
        if (form.File("fichier") is not { } file)
        {
            form.Errors.Add("fichier", "Le fichier manque ou est vide : choisir le fichier CSV des personnes.");
            return Form(form);
        }

        using var memory = new MemoryStream((int)Math.Min(file.Length, PoolTable.MaxBytes));
        await file.CopyToAsync(memory, ct);
        var key = Guid.TryParse(form["cle"], out var sent) ? sent.ToString() : null;
        var done = await mediator.Send(new Command(me.OrganizationId, memory.ToArray(), file.FileName, me, key), ct);
        return done.ToPage(
            import => Page.SeeOther($"/viviers/imports/{import.Id}", import.Report.Refusees == 0 ? "Import terminé." : "Import terminé : des lignes sont à corriger."),
            reasons =>
            {
                form.Errors.AddRange(reasons);
                return Form(form);
            });
    }

    public sealed class Handler(Database database, PoolImporter importer) : IRequestHandler<Command, Result<DoneImport>>
    {
        public async Task<Result<DoneImport>> Handle(Command request, CancellationToken cancellationToken)
        {
            StoredOrganization? pool;
            await using (var db = await database.OpenAsync(cancellationToken))
            {
                pool = await OrganizationRecords.FindAsync(db, request.Pool, cancellationToken);
            }

            if (pool is null)
            {
                return Result.Missing;
            }

            var table = PoolFile.Open(request.Bytes, request.FileName);
            return table.IsFound
                ? await importer.ImportAsync(pool, table.Value, request.By, request.SubmissionKey, cancellationToken)
                : table.Map<DoneImport>(_ => null!);
        }
    }
}
