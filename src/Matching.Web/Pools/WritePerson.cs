using Matching.Rules;
using Matching.Rules.People;
using Matching.Web.Platform;
using Matching.Web.Platform.Records;
using MediatR;

namespace Matching.Web.Pools;

/// <summary>
/// GET and POST /viviers/personnes/ajouter and /viviers/personnes/{id}/modifier: one person by a form, checked exactly as a row of a file. The
/// columns of the structure itself are its own and are not asked.
/// </summary>
public static class WritePerson
{
    /// <param name="Id">The person to change; null to add one.</param>
    public sealed record Command(Guid? Id, PostedForm Form, SignedIn By) : IRequest<Result<Answer>>;

    public sealed record Answer(PersonId Id, bool IsNew, IReadOnlyList<RowIssue> Warnings);

    /// <summary>The columns that the form asks, in the order of the template.</summary>
    public static IReadOnlyList<PoolColumn> Asked { get; } =
        [.. PoolColumns.All.Where(column => column != PoolColumns.StructureSiret && column != PoolColumns.StructureType)];

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/viviers/personnes/ajouter", () => Form(null, PostedForm.Of())).RequireAuthorization(Policies.Structure);
        app.MapPost("/viviers/personnes/ajouter", (PostedForm form, SignedIn me, IMediator mediator, CancellationToken ct) => PostAsync(null, form, me, mediator, ct))
            .RequireAuthorization(Policies.Structure);
        app.MapGet("/viviers/personnes/{id:guid}/modifier", EditAsync).RequireAuthorization(Policies.Structure);
        app.MapPost("/viviers/personnes/{id:guid}/modifier", (Guid id, PostedForm form, SignedIn me, IMediator mediator, CancellationToken ct) => PostAsync(id, form, me, mediator, ct))
            .RequireAuthorization(Policies.Structure);
    }

    private static IResult Form(Guid? id, PostedForm form) => Page.Of<WritePersonPage>(
        new { Id = id, Form = form }, form.Errors.Any ? StatusCodes.Status400BadRequest : StatusCodes.Status200OK);

    private static async Task<IResult> EditAsync(Guid id, SignedIn me, Database database, CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        if (await PersonRecords.FindAsync(db, new PersonId(id), ct) is not { } stored || stored.Person.OrganizationId != me.OrganizationId)
        {
            return Page.Missing();
        }

        var values = PoolText.Of(stored.Person, "");
        return Form(id, PostedForm.Of([.. Asked.Select(column => (column.Name, (string?)values[column]))]));
    }

    private static async Task<IResult> PostAsync(Guid? id, PostedForm form, SignedIn me, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new Command(id, form, me), ct)).ToPage(
            answer => Page.SeeOther($"/viviers/personnes/{answer.Id}", answer.Warnings.Count == 0
                ? answer.IsNew ? "Personne ajoutée." : "Personne enregistrée."
                : "Enregistré. " + string.Join(" ", answer.Warnings.Take(3).Select(warning => $"{warning.Column} : {warning.Wrong}"))),
            reasons =>
            {
                form.Errors.AddRange(reasons);
                return Form(id, form);
            });

    public sealed class Handler(Database database, PoolContexts contexts, PoolWriter writer) : IRequestHandler<Command, Result<Answer>>
    {
        public async Task<Result<Answer>> Handle(Command request, CancellationToken cancellationToken)
        {
            StoredOrganization? pool;
            StoredPerson? before = null;
            await using (var db = await database.OpenAsync(cancellationToken))
            {
                pool = await OrganizationRecords.FindAsync(db, request.By.OrganizationId, cancellationToken);
                before = request.Id is { } id ? await PersonRecords.FindAsync(db, new PersonId(id), cancellationToken) : null;
            }

            if (pool is null || (request.Id is not null && before?.Person.OrganizationId != pool.Id))
            {
                return Result.Missing;
            }

            var row = PoolRow.Check(column => ValueOf(column, request.Form, pool), await contexts.ForAsync(pool, cancellationToken));
            if (row.Person is null)
            {
                return Result.Refused([.. row.Errors.Select(error => new Refusal(error.Column, $"{error.Wrong} {error.Mend}"))]);
            }

            return before is not null && before.Person.Reference != row.Person.Reference
                ? Result.Refused(PoolColumns.Reference.Name, $"La référence d’une personne ne change pas : remettre {before.Person.Reference}.")
                : await database.WriteAsync((db, tx) => WriteAsync(db, tx, pool, row, isNew: before is null, cancellationToken), cancellationToken);
        }

        private async Task<Result<Answer>> WriteAsync(
            System.Data.Common.DbConnection db, System.Data.Common.DbTransaction tx, StoredOrganization pool, CheckedRow row, bool isNew, CancellationToken ct)
        {
            var written = await writer.WriteAsync(db, tx, pool.Id, [row.Person!], ct);
            if (isNew && written.Added == 0)
            {
                return Result.Refused(PoolColumns.Reference.Name, "Cette référence est déjà celle d’une autre personne de votre vivier : en donner une autre.");
            }

            var stored = await PersonRecords.FindByReferenceAsync(db, pool.Id, row.Person!.Reference, ct, tx);
            return new Answer(stored!.Person.Id, isNew, row.Warnings);
        }

        private static string ValueOf(PoolColumn column, PostedForm form, StoredOrganization pool) =>
            column == PoolColumns.StructureSiret ? pool.Siret ?? "" : column == PoolColumns.StructureType ? Rules.Markets.OrganizationKinds.Code(pool.Kind)
            : SocialSecurityNumbers.Remove(form[column.Name]).Text;
    }
}
