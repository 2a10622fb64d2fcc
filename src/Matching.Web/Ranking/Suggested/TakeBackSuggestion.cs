using Matching.Rules;
using Matching.Web.Platform;
using Matching.Web.Platform.Records;
using MediatR;

namespace Matching.Web.Ranking.Suggested;

/// <summary>POST /offres/{id}/proposer/{personId}/reprise: the structure takes back a suggestion that nobody answered.</summary>
public static class TakeBackSuggestion
{
    public sealed record Command(PostingId PostingId, PersonId PersonId, SignedIn User) : IRequest<Result<bool>>;

    public static void Map(IEndpointRouteBuilder app) =>
        app.MapPost("/offres/{id:guid}/proposer/{personId:guid}/reprise", async (Guid id, Guid personId, SignedIn user, IMediator mediator, CancellationToken ct) =>
            (await mediator.Send(new Command(new PostingId(id), new PersonId(personId), user), ct))
                .ToPage(_ => Page.SeeOther($"/offres/{id}/proposer", "Proposition reprise."))).RequireAuthorization(Policies.Structure);

    public sealed class Handler(Database database, EventLog log, FrenchCalendar calendar) : IRequestHandler<Command, Result<bool>>
    {
        public Task<Result<bool>> Handle(Command request, CancellationToken cancellationToken) => database.WriteAsync<Result<bool>>(
            async (db, tx) =>
            {
                var ct = cancellationToken;
                var stored = (await SuggestionRecords.OfPostingAsync(db, request.PostingId, ct, tx)).FirstOrDefault(it => it.PersonId == request.PersonId && it.PoolId == request.User.OrganizationId);
                if (stored is null)
                {
                    return Result.Missing;
                }

                if (stored.TakenBackAt is not null)
                {
                    return true;
                }

                if (!await SuggestionRecords.TakeBackAsync(db, tx, request.PostingId, request.PersonId, request.User.OrganizationId, calendar.Now, ct))
                {
                    return Result.Refused("", "Le facilitateur a déjà répondu à cette proposition : pour retirer la personne, ouvrez son parcours.");
                }

                await log.AppendAsync(db, tx, "posting", request.PostingId.Value, "proposition.reprise", request.User, new { personne = request.PersonId.Value }, ct);
                return true;
            },
            cancellationToken);
    }
}
