using System.Text.Json;
using Matching.Rules.People;
using Matching.Web.Platform;
using Matching.Web.Platform.Records;
using MediatR;

namespace Matching.Web.Pools;

/// <summary>PUT /api/v1/viviers/{pool}/personnes/{reference}: one person, by the columns of the template; adds or replaces. 400 with every fault by column.</summary>
public static class PutPerson
{
    public sealed record Command(SignedIn By, string Reference, JsonElement Values) : IRequest<Result<Answer>>;

    /// <param name="Etat">ajoutee, mise_a_jour or inchangee.</param>
    public sealed record Answer(string Reference, string Etat, IReadOnlyList<RowIssue> Avertissements);

    public static void Map(IEndpointRouteBuilder app) => app.MapApi(Policies.Structure)
        .MapPut("/viviers/{pool:guid}/personnes/{reference}", async (Guid pool, string reference, JsonElement body, SignedIn me, IMediator mediator, CancellationToken ct) =>
            pool != me.OrganizationId.Value
                ? Problems.Missing()
                : (await mediator.Send(new Command(me, reference, body), ct)).Match(
                    answer => TypedResults.Ok(new
                    {
                        answer.Reference,
                        answer.Etat,
                        Avertissements = answer.Avertissements.Select(issue => new { Colonne = issue.Column, Valeur = issue.Value, Anomalie = issue.Wrong, Correction = issue.Mend }),
                    }),
                    Problems.Missing,
                    reasons =>
                    {
                        var errors = new FormErrors();
                        errors.AddRange(reasons);
                        return Problems.Invalid(errors);
                    }));

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
                contexts.For(pool));
            if (row.Person is null)
            {
                return Result.Refused([.. row.Errors.Select(error => new Refusal(error.Column, $"{error.Wrong} {error.Mend}"))]);
            }

            var written = await database.WriteAsync((db, tx) => writer.WriteAsync(db, tx, pool.Id, [row.Person], cancellationToken), cancellationToken);
            var state = written.Added > 0 ? "ajoutee" : written.Updated > 0 ? "mise_a_jour" : "inchangee";
            return new Answer(request.Reference, state, row.Warnings);
        }
    }
}
