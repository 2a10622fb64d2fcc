using Dapper;
using Matching.Web.Platform;
using MediatR;

namespace Matching.Web.Pools;

/// <summary>POST /viviers/imports/{id}/lignes: leaves aside a refused row, or all that wait, or takes them up again. What was mended stays.</summary>
public static class SetRowsAside
{
    /// <param name="Line">The row; null for all of the import.</param>
    public sealed record Command(Guid ImportId, int? Line, bool IsAside, SignedIn By) : IRequest<Result<Answer>>;

    public sealed record Answer(int Moved, int? NextLine);

    public static void Map(IEndpointRouteBuilder app) => app.MapPost("/viviers/imports/{id:guid}/lignes", PostAsync).RequireAuthorization(Policies.Structure);

    private static async Task<IResult> PostAsync(Guid id, PostedForm form, SignedIn me, IMediator mediator, CancellationToken ct)
    {
        int? line = int.TryParse(form["ligne"], out var number) ? number : null;
        if (form["etat"] is not (RefusedRow.Aside or RefusedRow.ToMend) || (line is null && form["ligne"] != "toutes"))
        {
            return Page.Missing();
        }

        var isAside = form["etat"] == RefusedRow.Aside;
        return (await mediator.Send(new Command(id, line, isAside, me), ct)).ToPage(answer => Page.SeeOther(
            isAside && line is not null && answer.NextLine is { } next ? $"/viviers/imports/{id}/lignes/{next}" : $"/viviers/imports/{id}",
            answer.Moved == 0 ? "Rien n’a changé." : Said(answer.Moved) + (isAside ? " de côté." : " à corriger à nouveau.")));
    }

    private static string Said(int moved) => moved == 1 ? "1 ligne mise" : $"{moved} lignes mises";

    public sealed class Handler(Database database, EventLog log, FrenchCalendar calendar) : IRequestHandler<Command, Result<Answer>>
    {
        public Task<Result<Answer>> Handle(Command request, CancellationToken cancellationToken) => database.WriteAsync<Result<Answer>>(
            async (db, tx) =>
            {
                var known = await db.QuerySingleAsync<int>(new CommandDefinition(
                    """
                    select count(*) from pool_refused_row r join pool_import i on i.id = r.import_id
                    where i.id = @ImportId and i.organization_id = @pool and (r.line = @Line or @Line is null)
                    """,
                    new { request.ImportId, pool = request.By.OrganizationId, request.Line }, tx, cancellationToken: cancellationToken));
                if (known == 0)
                {
                    return Result.Missing;
                }

                var (from, to) = request.IsAside ? (RefusedRow.ToMend, RefusedRow.Aside) : (RefusedRow.Aside, RefusedRow.ToMend);
                var moved = await db.ExecuteAsync(new CommandDefinition(
                    """
                    update pool_refused_row set state = @to, decided_at = @now, decided_by = @by
                    where import_id = @ImportId and state = @from and (line = @Line or @Line is null)
                    """,
                    new { to, from, now = calendar.Now, by = request.By.DisplayName, request.ImportId, request.Line }, tx, cancellationToken: cancellationToken));
                if (moved > 0)
                {
                    await log.AppendAsync(
                        db, tx, "pool", request.By.OrganizationId.Value, request.IsAside ? "vivier.lignes_de_cote" : "vivier.lignes_reprises", request.By,
                        new { import = request.ImportId, ligne = request.Line, lignes = moved }, cancellationToken);
                }

                return new Answer(moved, await RefusedRowStore.NextAsync(db, request.ImportId, request.Line ?? 0, cancellationToken, tx));
            },
            cancellationToken);
    }
}
