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

    /// <param name="Refused">What became of the refused rows since.</param>
    /// <param name="Decided">Those mended or left aside, the last first.</param>
    public sealed record Answer(Guid Id, DateTimeOffset At, string ByName, PoolReport Report, DateTimeOffset? ForgottenAt, RefusedCounts Refused, IReadOnlyList<RefusedRow> Decided);

    public sealed record FileQuery(Guid Id, OrganizationId Pool) : IRequest<Result<byte[]>>;

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/viviers/imports/{id:guid}", ShowAsync).RequireAuthorization(Policies.Structure);
        app.MapGet("/viviers/imports/{id:guid}/lignes-a-corriger.csv", async (Guid id, SignedIn me, IMediator mediator, CancellationToken ct) =>
            (await mediator.Send(new FileQuery(id, me.OrganizationId), ct)).ToPage(bytes => TypedResults.File(bytes, "text/csv; charset=utf-8", "lignes-a-corriger.csv")))
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
                "select id, at, by_name, report_json, forgotten_at from pool_import where id = @Id and organization_id = @Pool",
                new { request.Id, request.Pool }, cancellationToken: cancellationToken));
            return row is null
                ? Result.Missing
                : new Answer(
                    row.Id, row.At, row.ByName, PoolReport.FromJson(row.ReportJson), row.ForgottenAt,
                    await RefusedRowStore.CountAsync(db, request.Id, cancellationToken), await RefusedRowStore.DecidedAsync(db, request.Id, cancellationToken));
        }
    }

    public sealed class FileHandler(Database database) : IRequestHandler<FileQuery, Result<byte[]>>
    {
        public async Task<Result<byte[]>> Handle(FileQuery request, CancellationToken cancellationToken)
        {
            await using var db = await database.OpenAsync(cancellationToken);
            var stored = await db.QuerySingleOrDefaultAsync<StoredFile>(new CommandDefinition(
                "select refused_csv, refused_header_json from pool_import where id = @Id and organization_id = @Pool",
                new { request.Id, request.Pool }, cancellationToken: cancellationToken));
            if (stored?.RefusedHeaderJson is null)
            {
                // Imports older than the rows kept one by one have their file as it was written.
                return stored?.RefusedCsv is null ? Result.Missing : MendFile.ToBytes(stored.RefusedCsv);
            }

            var rows = await RefusedRowStore.ListAsync(db, request.Id, RefusedRow.ToMend, cancellationToken);
            return rows.Count == 0 ? Result.Missing : MendFile.Of(RefusedRowStore.HeaderFromJson(stored.RefusedHeaderJson), rows);
        }
    }

    private sealed record Row(Guid Id, DateTimeOffset At, string ByName, string ReportJson, DateTimeOffset? ForgottenAt);

    private sealed record StoredFile(string? RefusedCsv, string? RefusedHeaderJson);
}
