using Matching.Rules;
using Matching.Rules.Postings;
using Matching.Web.Platform;
using Matching.Web.Platform.Records;
using Matching.Web.Platform.Mail;
using MediatR;

namespace Matching.Web.Postings;

/// <summary>POST /offres/{id}/publier, /pourvoir, /clore and POST /api/v1/offres/{id}:publier.</summary>
public static class StepPosting
{
    private static readonly (PostingStep Step, string Path, string Verb, string Done)[] Steps =
    [
        (PostingStep.Publish, "publier", "Publier", "Offre publiée."),
        (PostingStep.Fill, "pourvoir", "Déclarer pourvue", "Offre déclarée pourvue."),
        (PostingStep.Close, "clore", "Clore", "Offre close."),
        (PostingStep.Reopen, "rouvrir", "Rouvrir", "Offre rouverte."),
    ];

    /// <param name="Remaining">For a reopening: the posts and the hours that are left, a new version of the terms; null to keep them.</param>
    public sealed record Command(SignedIn Me, PostingId Id, PostingStep Step, RemainingPosts? Remaining = null) : IRequest<Result<PostingState>>;

    /// <summary>The last part of the address.</summary>
    public static string Path(PostingStep step) => Steps.Single(row => row.Step == step).Path;

    /// <summary>The words of the button.</summary>
    public static string Verb(PostingStep step) => Steps.Single(row => row.Step == step).Verb;

    public static void Map(IEndpointRouteBuilder app)
    {
        foreach (var (step, path, _, done) in Steps.Where(row => row.Step != PostingStep.Reopen))
        {
            app.MapPost($"/offres/{{id:guid}}/{path}", async (Guid id, SignedIn me, IMediator mediator, CancellationToken ct) =>
                (await mediator.Send(new Command(me, new PostingId(id), step), ct)).ToPage(_ => Page.SeeOther($"/offres/{id}", done)))
                .RequireAuthorization(Policies.Facilitator);
        }

        app.MapApi(Policies.Facilitator).MapPost("/offres/{id:guid}:publier", async (Guid id, SignedIn me, IMediator mediator, CancellationToken ct) =>
            (await mediator.Send(new Command(me, new PostingId(id), PostingStep.Publish), ct)).ToJson(state => new { id, etat = state.Code() }));
    }

    public sealed class Handler(Database database, FrenchCalendar calendar, ChangeFeed feed, EventLog events, MailQueue mails) : IRequestHandler<Command, Result<PostingState>>
    {
        public Task<Result<PostingState>> Handle(Command request, CancellationToken cancellationToken) => database.WriteAsync<Result<PostingState>>(
            async (db, tx) =>
            {
                var posting = await StoredPosting.FindAsync(db, request.Id, cancellationToken, tx);
                if (posting is null || posting.FacilitatorId != request.Me.OrganizationId)
                {
                    return Result.Missing;
                }

                if (PostingSteps.After(posting.State, request.Step) is not { } next)
                {
                    return Result.Refused("", PostingSteps.Refusal(posting.State, request.Step));
                }

                if (request.Step == PostingStep.Publish && posting.Terms.MissingToPublish() is { Count: > 0 } missing)
                {
                    return Result.Refused([.. missing.Select(one => new Refusal(one.Field, one.Sentence))]);
                }

                var now = calendar.Now;
                await posting.ReviseAsync(db, tx, feed, events, next, request.Remaining, request.Me, now, cancellationToken);
                if (request.Step == PostingStep.Publish)
                {
                    await TellStructures.OfAsync(db, tx, mails, request.Id, now, cancellationToken);
                }

                return next;
            },
            cancellationToken);
    }
}
