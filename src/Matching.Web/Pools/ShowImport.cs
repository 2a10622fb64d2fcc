using Dapper;
using Matching.Rules;
using Matching.Web.Platform;
using MediatR;

namespace Matching.Web.Pools;

/// <summary>GET /viviers/imports/{id}: what an import did, row by row. GET /viviers/imports/{id}/lignes-a-corriger.csv: the refused rows, to mend and send again.</summary>
public static class ShowImport
{
    /// <summary>A running import says every second how far it is.</summary>
    private static readonly TimeSpan LostAfter = TimeSpan.FromMinutes(5);

    public sealed record Query(Guid Id, OrganizationId Pool) : IRequest<Result<Answer>>;

    public sealed record Answer(Guid Id, DateTimeOffset At, string ByName, PoolReport Report, string? RefusedCsv);

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/viviers/imports/{id:guid}", ShowAsync).RequireAuthorization(Policies.Structure);
        app.MapGet("/viviers/imports/{id:guid}/lignes-a-corriger.csv", async (Guid id, SignedIn me, IMediator mediator, CancellationToken ct) =>
            (await mediator.Send(new Query(id, me.OrganizationId), ct)).ToPage(import => import.RefusedCsv is null
                ? Page.Missing()
                : TypedResults.File(MendFile.ToBytes(import.RefusedCsv), "text/csv; charset=utf-8", "lignes-a-corriger.csv")))
            .RequireAuthorization(Policies.Structure);
    }

    private static async Task<IResult> ShowAsync(
        Guid id, SignedIn me, IMediator mediator, PoolUploads uploads, FrenchCalendar calendar, HttpContext context, CancellationToken ct)
    {
        if (await uploads.FindAsync(id, me.OrganizationId, ct) is not { } upload)
        {
            return (await mediator.Send(new Query(id, me.OrganizationId), ct)).ToPage(import => Page.Of<ShowImportPage>(new { Import = import }));
        }

        if (upload.State == PoolUpload.ToPlace)
        {
            return Page.SeeOther($"/viviers/imports/{id}/colonnes");
        }

        var isLost = upload.State == PoolUpload.Running && calendar.Now - upload.SeenAt > LostAfter && !uploads.HasBytes(id);
        if (upload.State == PoolUpload.Running && !isLost)
        {
            // Works without a script; the browser asks again by itself.
            context.Response.Headers["Refresh"] = "2";
        }

        return Page.Of<RunningImportPage>(new { Upload = upload, IsLost = isLost });
    }

    public sealed class Handler(Database database) : IRequestHandler<Query, Result<Answer>>
    {
        public async Task<Result<Answer>> Handle(Query request, CancellationToken cancellationToken)
        {
            await using var db = await database.OpenAsync(cancellationToken);
            var row = await db.QuerySingleOrDefaultAsync<Row>(new CommandDefinition(
                "select id, at, by_name, report_json, refused_csv from pool_import where id = @Id and organization_id = @Pool",
                new { request.Id, request.Pool }, cancellationToken: cancellationToken));
            return row is null ? Result.Missing : new Answer(row.Id, row.At, row.ByName, PoolReport.FromJson(row.ReportJson), row.RefusedCsv);
        }
    }

    private sealed record Row(Guid Id, DateTimeOffset At, string ByName, string ReportJson, string? RefusedCsv);
}
