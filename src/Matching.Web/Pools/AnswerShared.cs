using System.Data.Common;
using Dapper;
using Matching.Web.Platform;
using MediatR;

namespace Matching.Web.Pools;

/// <summary>POST /viviers/partages: a structure says whether its person is also the other structure's, or takes its answer back.</summary>
public static class AnswerShared
{
    public const string Yes = "OUI";
    public const string No = "NON";
    private const string Undo = "ANNULER";

    /// <param name="Said">OUI, NON, or null to take the answer back.</param>
    public sealed record Command(Guid OwnId, Guid OtherId, string? Said, SignedIn By) : IRequest<Result<string>>;

    public static void Map(IEndpointRouteBuilder app) => app.MapPost("/viviers/partages", PostAsync).RequireAuthorization(Policies.Structure);

    private static async Task<IResult> PostAsync(PostedForm form, SignedIn me, IMediator mediator, CancellationToken ct) =>
        !Guid.TryParse(form["personne"], out var own) || !Guid.TryParse(form["autre"], out var other) || form["reponse"] is not (Yes or No or Undo)
            ? Page.Missing()
            : (await mediator.Send(new Command(own, other, form["reponse"] is Undo ? null : form["reponse"], me), ct)).ToPage(message => Page.SeeOther("/viviers/partages", message));

    public sealed class Handler(Database database, EventLog log, FrenchCalendar calendar) : IRequestHandler<Command, Result<string>>
    {
        public Task<Result<string>> Handle(Command request, CancellationToken cancellationToken) => database.WriteAsync<Result<string>>(
            async (db, tx) =>
            {
                // Only what the page asks may be answered: an id typed by hand tells nothing about whose it is.
                var pair = (await FindShared.PairsAsync(db, tx, request.By.OrganizationId, request.OwnId, cancellationToken)).FirstOrDefault(one => one.OtherId == request.OtherId);
                if (pair is null)
                {
                    return Result.Missing;
                }

                if (pair.Said == request.Said)
                {
                    return "Votre réponse était déjà celle-ci.";
                }

                await SayAsync(db, tx, request, cancellationToken);
                await log.AppendAsync(
                    db, tx, "pool", request.By.OrganizationId.Value, "vivier.partage", request.By,
                    new { personne = request.OwnId, autre = request.OtherId, reponse = request.Said }, cancellationToken);
                return request.Said switch
                {
                    null => "Réponse annulée : les deux fiches ne sont plus reliées.",
                    No => "Noté : ce sont deux personnes.",
                    _ => "Noté. Les deux fiches sont reliées dès que l’autre structure l’a dit aussi.",
                };
            },
            cancellationToken);

        private async Task SayAsync(DbConnection db, DbTransaction tx, Command request, CancellationToken ct)
        {
            var isFirst = request.OwnId.CompareTo(request.OtherId) < 0;
            var (first, second) = isFirst ? (request.OwnId, request.OtherId) : (request.OtherId, request.OwnId);
            await db.ExecuteAsync(new CommandDefinition(
                "insert into shared_person (first_id, second_id) values (@first, @second) on conflict (first_id, second_id) do nothing", new { first, second }, tx, cancellationToken: ct));
            await db.ExecuteAsync(new CommandDefinition(
                isFirst
                    ? "update shared_person set first_answer = @Said, first_at = @now, first_by = @by where first_id = @first and second_id = @second"
                    : "update shared_person set second_answer = @Said, second_at = @now, second_by = @by where first_id = @first and second_id = @second",
                new { first, second, request.Said, now = calendar.Now, by = request.By.DisplayName }, tx, cancellationToken: ct));
        }
    }
}
