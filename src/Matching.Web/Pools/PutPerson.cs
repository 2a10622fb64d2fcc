using System.Data.Common;
using System.Text.Json;
using Matching.Rules.People;
using Matching.Web.Platform;
using Matching.Web.Platform.Records;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace Matching.Web.Pools;

/// <summary>
/// GET and PUT /api/v1/viviers/{pool}/personnes/{reference}: one person, by the columns of the template, with its ETag; PUT adds or replaces. 400 with
/// every fault by column, 409 with the current state when If-Match says another one.
/// </summary>
public static class PutPerson
{
    public sealed record Command(SignedIn By, string Reference, JsonElement Values, string? IfMatch) : IRequest<Result<Answer>>;

    /// <param name="Etat">ajoutee, mise_a_jour or inchangee; null when the person changed since the caller read her.</param>
    /// <param name="Stored">The person as stored now; null when there is none.</param>
    public sealed record Answer(string Reference, string? Etat, IReadOnlyList<RowIssue> Avertissements, StoredPerson? Stored);

    public static void Map(IEndpointRouteBuilder app)
    {
        var api = app.MapApi(Policies.Structure);
        api.MapGet("/viviers/{pool:guid}/personnes/{reference}", async (Guid pool, string reference, SignedIn me, Database database, CancellationToken ct) =>
        {
            await using var db = await database.OpenAsync(ct);
            return pool == me.OrganizationId.Value && await PersonRecords.FindByReferenceAsync(db, me.OrganizationId, reference, ct) is { } stored
                ? TypedResults.Ok(Shape(stored)).Tagged(TagOf(stored))
                : Problems.Missing();
        });
        api.MapPut(
            "/viviers/{pool:guid}/personnes/{reference}",
            async (Guid pool, string reference, JsonElement body, [FromHeader(Name = "If-Match")] string? ifMatch, SignedIn me, IMediator mediator, CancellationToken ct) =>
                pool != me.OrganizationId.Value ? Problems.Missing() : Answered(await mediator.Send(new Command(me, reference, body, ifMatch), ct)));
    }

    /// <summary>The tag of a person's facts and of the withdrawal; a confirmation changes neither.</summary>
    public static string TagOf(StoredPerson stored)
    {
        ArgumentNullException.ThrowIfNull(stored);
        return EntityTags.Of(string.Join('\n', [.. PoolText.Of(stored.Person, "").Values, stored.WithdrawnAt is null ? "" : "retirée"]));
    }

    /// <summary>The columns of the template: what was read can be sent back.</summary>
    private static Dictionary<string, object> Shape(StoredPerson stored)
    {
        var shape = PoolText.Of(stored.Person, "").Where(pair => pair.Value.Length > 0).ToDictionary(pair => pair.Key.Name, pair => (object)pair.Value);
        shape["publiee"] = stored.IsPublished;
        shape["retiree"] = stored.WithdrawnAt is not null;
        return shape;
    }

    private static IResult Answered(Result<Answer> result) => result.Match(
        answer => (answer.Etat is null
            ? Problems.Changed(answer.Stored is null ? null : Shape(answer.Stored))
            : TypedResults.Ok(new
            {
                answer.Reference,
                answer.Etat,
                Avertissements = answer.Avertissements.Select(issue => new { Colonne = issue.Column, Valeur = issue.Value, Anomalie = issue.Wrong, Correction = issue.Mend }),
            })) is var said && answer.Stored is not null ? said.Tagged(TagOf(answer.Stored)) : said,
        Problems.Missing,
        reasons =>
        {
            var errors = new FormErrors();
            errors.AddRange(reasons);
            return Problems.Invalid(errors);
        });

    public sealed class Handler(Database database, PoolContexts contexts, PoolWriter writer) : IRequestHandler<Command, Result<Answer>>
    {
        public async Task<Result<Answer>> Handle(Command request, CancellationToken cancellationToken)
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

            var table = JsonRows.Read([request.Values], request.Reference);
            if (!table.IsFound)
            {
                return table.Map<Answer>(_ => null!);
            }

            var line = table.Value.Lines.Single();
            var row = PoolRow.Check(
                column => table.Value.Header.Value(line, column),
                await contexts.ForAsync(pool, cancellationToken));
            if (row.Person is null)
            {
                return Result.Refused([.. row.Errors.Select(error => new Refusal(error.Column, $"{error.Wrong} {error.Mend}"))]);
            }

            return await database.WriteAsync((db, tx) => WriteAsync(db, tx, request, pool, row, cancellationToken), cancellationToken);
        }

        private async Task<Result<Answer>> WriteAsync(DbConnection db, DbTransaction tx, Command request, StoredOrganization pool, CheckedRow row, CancellationToken ct)
        {
            // Writers of one pool take turns: the state that is compared stays the current one until the end.
            await PoolWriter.TakeTurnAsync(db, tx, pool.Id, ct);
            var before = await PersonRecords.FindByReferenceAsync(db, pool.Id, row.Person!.Reference, ct, tx);
            if (EntityTags.IsStale(request.IfMatch, before is null ? null : TagOf(before)))
            {
                return new Answer(request.Reference, null, [], before);
            }

            var written = await writer.WriteAsync(db, tx, pool.Id, [row.Person], ct);
            var state = written.Added > 0 ? "ajoutee" : written.Updated > 0 ? "mise_a_jour" : "inchangee";
            return new Answer(request.Reference, state, row.Warnings, await PersonRecords.FindByReferenceAsync(db, pool.Id, row.Person.Reference, ct, tx));
        }
    }
}
