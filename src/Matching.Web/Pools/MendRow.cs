using System.Data.Common;
using Dapper;
using Matching.Rules;
using Matching.Rules.People;
using Matching.Web.Platform;
using Matching.Web.Platform.Records;
using MediatR;

namespace Matching.Web.Pools;

/// <summary>
/// GET and POST /viviers/imports/{id}/lignes/{line}: a refused row, each value in its field with what is wrong beside it, mended and sent again
/// through the check of files. A row mended already may be mended again; the same form sent twice changes nothing more.
/// </summary>
public static class MendRow
{
    public sealed record Query(Guid ImportId, int Line, SignedIn By) : IRequest<Result<Answer>>;

    /// <param name="Values">By column of the template: as sent, or as stored once the row is mended.</param>
    /// <param name="NextLine">The next row to mend; null when this is the last.</param>
    public sealed record Answer(
        Guid ImportId, string FileName, RefusedRow Row, RefusedCounts Counts, int? NextLine, IReadOnlyDictionary<PoolColumn, string> Values, IReadOnlyList<RowIssue> Errors);

    public sealed record Command(Guid ImportId, int Line, PostedForm Form, SignedIn By) : IRequest<Result<Done>>;

    /// <param name="ToCheck">Columns understood with a doubt.</param>
    public sealed record Done(Written Written, IReadOnlyList<string> ToCheck, int? NextLine);

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/viviers/imports/{id:guid}/lignes/{line:int}", async (Guid id, int line, SignedIn me, IMediator mediator, CancellationToken ct) =>
            (await mediator.Send(new Query(id, line, me), ct)).ToPage(answer => Page.Of<MendRowPage>(new { Refused = answer, Form = FormOf(answer) })))
            .RequireAuthorization(Policies.Structure);
        app.MapPost("/viviers/imports/{id:guid}/lignes/{line:int}", PostAsync).RequireAuthorization(Policies.Structure);
    }

    private static PostedForm FormOf(Answer answer)
    {
        var form = PostedForm.Of([.. PoolColumns.All.Select(column => (column.Name, (string?)answer.Values[column]))]);
        form.Errors.AddRange([.. answer.Errors.Select(ToRefusal)]);
        return form;
    }

    private static async Task<IResult> PostAsync(Guid id, int line, PostedForm form, SignedIn me, IMediator mediator, CancellationToken ct) =>
        await (await mediator.Send(new Command(id, line, form, me), ct)).ToPageAsync(
            done => Page.SeeOther(
                done.NextLine is { } next ? $"/viviers/imports/{id}/lignes/{next}" : $"/viviers/imports/{id}",
                $"Ligne {line} : {(done.Written.Added > 0 ? "personne ajoutée." : done.Written.Updated > 0 ? "personne mise à jour." : "personne déjà enregistrée ainsi.")}"
                + (done.ToCheck.Count == 0 ? "" : $" À vérifier sur sa fiche : {string.Join(", ", done.ToCheck)}.")),
            form,
            async () => (await mediator.Send(new Query(id, line, me), ct)).ToPage(answer => Page.Invalid<MendRowPage>(new { Refused = answer, Form = form })));

    private static Refusal ToRefusal(RowIssue error) => new(error.Column, $"{error.Wrong} {error.Mend}".Trim());

    private static string SiretOf(StoredOrganization pool) => pool.Siret ?? "";

    /// <summary>The values of a refused row by column of the template.</summary>
    private static async Task<Dictionary<PoolColumn, string>> ValuesAsync(DbConnection db, DbTransaction? tx, RefusedRow row, PoolHeader header, StoredOrganization pool, CancellationToken ct)
    {
        if (row.State != RefusedRow.Mended)
        {
            var line = row.ToLine();
            return PoolColumns.All.ToDictionary(column => column, column => header.Value(line, column));
        }

        // Its cells are gone: what is stored of the person takes their place.
        var stored = row.PersonId is { } person ? await PersonRecords.FindAsync(db, new PersonId(person), ct, tx) : null;
        return stored is null ? PoolColumns.All.ToDictionary(column => column, _ => "") : new(PoolText.Of(stored.Person, SiretOf(pool)));
    }

    public sealed class Finder(Database database, PoolContexts contexts) : IRequestHandler<Query, Result<Answer>>
    {
        public async Task<Result<Answer>> Handle(Query request, CancellationToken cancellationToken)
        {
            await using var db = await database.OpenAsync(cancellationToken);
            var import = await ImportAsync(db, null, request.ImportId, request.By, cancellationToken);
            if (import?.RefusedHeaderJson is null || await RefusedRowStore.FindAsync(db, null, request.ImportId, request.Line, cancellationToken) is not { } row)
            {
                return Result.Missing;
            }

            var pool = (await OrganizationRecords.FindAsync(db, request.By.OrganizationId, cancellationToken))!;
            var header = RefusedRowStore.HeaderFromJson(import.RefusedHeaderJson);
            return new Answer(
                request.ImportId,
                import.FileName,
                row,
                await RefusedRowStore.CountAsync(db, request.ImportId, cancellationToken),
                await RefusedRowStore.NextAsync(db, request.ImportId, request.Line, cancellationToken),
                await ValuesAsync(db, null, row, header, pool, cancellationToken),
                row.State == RefusedRow.Mended ? [] : RowCheck.Check(header, row.ToLine(), await contexts.ForAsync(pool, cancellationToken), reference => reference == row.Reference ? row.DoubledLine : null).Errors);
        }
    }

    public sealed class Handler(Database database, PoolContexts contexts, PoolWriter writer, EventLog log, FrenchCalendar calendar) : IRequestHandler<Command, Result<Done>>
    {
        public async Task<Result<Done>> Handle(Command request, CancellationToken cancellationToken)
        {
            StoredOrganization? pool;
            await using (var db = await database.OpenAsync(cancellationToken))
            {
                pool = await OrganizationRecords.FindAsync(db, request.By.OrganizationId, cancellationToken);
            }

            if (pool is null)
            {
                return Result.Missing;
            }

            var context = await contexts.ForAsync(pool, cancellationToken);
            return await database.WriteAsync((db, tx) => MendAsync(db, tx, request, pool, context, cancellationToken), cancellationToken);
        }

        private async Task<Result<Done>> MendAsync(DbConnection db, DbTransaction tx, Command request, StoredOrganization pool, PoolContext context, CancellationToken ct)
        {
            // Two rows of one import are mended one after the other: neither may take the reference that the other just took.
            await db.ExecuteAsync(new CommandDefinition("update pool_import set rows_refused = rows_refused where id = @ImportId", new { request.ImportId }, tx, cancellationToken: ct));
            var import = await ImportAsync(db, tx, request.ImportId, request.By, ct);
            if (import?.RefusedHeaderJson is null || await RefusedRowStore.FindAsync(db, tx, request.ImportId, request.Line, ct) is not { } row)
            {
                return Result.Missing;
            }

            var values = await ValuesAsync(db, tx, row, RefusedRowStore.HeaderFromJson(import.RefusedHeaderJson), pool, ct);
            var header = PoolHeader.Read([.. PoolColumns.All.Select(column => column.Name)]).Header!;
            var line = header.Clean(row.Line, [.. PoolColumns.All.Select(column => request.Form.Has(column.Name) ? request.Form[column.Name] : values[column])]);
            var reference = header.Value(line, PoolColumns.Reference).Trim();
            var other = await RefusedRowStore.OtherLineOfAsync(db, tx, request.ImportId, row, reference, ct);
            var known = await PersonRecords.FindByReferenceAsync(db, pool.Id, reference, ct, tx);
            var check = RowCheck.Check(header, line, context, asked => asked == reference ? other : null);
            if (check.Person is null)
            {
                return Result.Refused([.. check.Errors.Select(ToRefusal)]);
            }

            // The reference that was sent updates whom it names, as a file does; one typed here must not fall on somebody else.
            return known is not null && reference != row.Reference && known.Person.Id.Value != row.PersonId
                ? Result.Refused(PoolColumns.Reference.Name, "Cette référence est déjà celle d’une autre personne de votre vivier : en donner une autre.")
                : await StoreAsync(db, tx, request, pool, check, ct);
        }

        private async Task<Result<Done>> StoreAsync(DbConnection db, DbTransaction tx, Command request, StoredOrganization pool, CheckedRow check, CancellationToken ct)
        {
            var written = await writer.WriteAsync(db, tx, pool.Id, [check.Person!], ct);
            var stored = await PersonRecords.FindByReferenceAsync(db, pool.Id, check.Person!.Reference, ct, tx);
            var moved = await db.ExecuteAsync(new CommandDefinition(
                """
                update pool_refused_row set state = 'CORRIGEE', cells_json = null, reference = @Reference, person_id = @id, decided_at = @now, decided_by = @by
                where import_id = @ImportId and line = @Line and (state <> 'CORRIGEE' or reference <> @Reference)
                """,
                new { stored!.Person.Reference, id = stored.Person.Id.Value, now = calendar.Now, by = request.By.DisplayName, request.ImportId, request.Line }, tx, cancellationToken: ct));
            if (moved > 0 || written.Unchanged == 0)
            {
                await log.AppendAsync(db, tx, "pool", pool.Id.Value, "vivier.ligne_corrigee", request.By, new { import = request.ImportId, ligne = request.Line, personne = stored.Person.Id.Value }, ct);
            }

            return new Done(written, [.. check.Warnings.Select(warning => warning.Column).Distinct()], await RefusedRowStore.NextAsync(db, request.ImportId, request.Line, ct, tx));
        }
    }

    private static Task<Import?> ImportAsync(DbConnection db, DbTransaction? tx, Guid id, SignedIn by, CancellationToken ct) => db.QuerySingleOrDefaultAsync<Import>(new CommandDefinition(
        "select file_name, refused_header_json from pool_import where id = @id and organization_id = @OrganizationId", new { id, by.OrganizationId }, tx, cancellationToken: ct));

    private sealed record Import(string FileName, string? RefusedHeaderJson);
}
