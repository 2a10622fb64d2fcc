using System.Globalization;
using Matching.Rules;
using Matching.Rules.Preselection;
using Matching.Web.Platform;
using Matching.Web.Platform.Mail;
using Matching.Web.Platform.Records;
using MediatR;

namespace Matching.Web.Ranking.Suggested;

/// <summary>POST /offres/{id}/proposees/{personId}/refus: the facilitator says no to a suggestion, with a coded reason; the structure is told.</summary>
public static class AnswerSuggestion
{
    public sealed record Command(PostingId PostingId, PersonId PersonId, string? ReasonCode, SignedIn User) : IRequest<Result<StoredSuggestion>>;

    public static void Map(IEndpointRouteBuilder app) =>
        app.MapPost("/offres/{id:guid}/proposees/{personId:guid}/refus", async (Guid id, Guid personId, PostedForm form, SignedIn user, IMediator mediator, CancellationToken ct) =>
            (await mediator.Send(new Command(new PostingId(id), new PersonId(personId), form.OptionalText("motif", "Motif", 60), user), ct))
                .ToPage(_ => Page.SeeOther($"/offres/{id}/candidats#proposees", "Réponse enregistrée : la structure la lit, avec son motif."))).RequireAuthorization(Policies.Facilitator);

    public sealed class Handler(Database database, EventLog log, MailQueue mails, FrenchCalendar calendar) : IRequestHandler<Command, Result<StoredSuggestion>>
    {
        public Task<Result<StoredSuggestion>> Handle(Command request, CancellationToken cancellationToken) => database.WriteAsync<Result<StoredSuggestion>>(
            async (db, tx) =>
            {
                var ct = cancellationToken;
                var posting = await PostingRecords.FindAsync(db, request.PostingId, ct, tx);
                if (posting is null || posting.FacilitatorId != request.User.OrganizationId
                    || (await SuggestionRecords.OfPostingAsync(db, posting.Id, ct, tx)).FirstOrDefault(it => it.PersonId == request.PersonId) is not { } stored)
                {
                    return Result.Missing;
                }

                if (Suggestions.CheckDecline(stored.State) is { } refusal)
                {
                    return Result.Refused("", refusal, Suggestions.OwnPeople);
                }

                if (request.ReasonCode is not { } reason || !Reasons.In(Rules.Preselection.ReasonList.FacilitatorDoesNotKeep, reason))
                {
                    return Result.Refused("motif", "Choisissez un motif dans la liste : la structure le lit, et peut l’expliquer à la personne.");
                }

                if (await SuggestionRecords.DeclineAsync(db, tx, posting.Id, request.PersonId, reason, request.User, calendar.Now, ct))
                {
                    await mails.ToOrganizationAsync(db, tx, stored.PoolId, Roles.Structure, DraftOf(posting.Id, stored.PoolId), ct);
                    await log.AppendAsync(db, tx, "posting", posting.Id.Value, "proposition.refusee", request.User, new { personne = request.PersonId.Value, motif = reason }, ct);
                }

                return stored;
            },
            cancellationToken);

        private MailDraft DraftOf(PostingId posting, OrganizationId pool) => new(
            MailKind.DecisionGiven,
            "Une réponse à vos propositions",
            ["Le facilitateur a répondu à une proposition que vous avez faite pour une offre. La réponse et son motif sont sur la page de l’offre."],
            "Lire la réponse", $"/offres/{posting}/proposer",
            string.Create(CultureInfo.InvariantCulture, $"reponse-proposition:{posting}:{pool}:{calendar.Today:yyyy-MM-dd}"));
    }
}
