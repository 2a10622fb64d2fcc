using Matching.Rules;
using Matching.Rules.Postings;
using Matching.Web.Platform;
using Matching.Web.Platform.Records;
using MediatR;

namespace Matching.Web.Postings;

/// <summary>GET and POST /offres/{id}/rouvrir: after someone left, the posting opens again with the posts and the insertion hours that are left.</summary>
public static class ReopenPosting
{
    public sealed record Query(SignedIn Me, PostingId Id) : IRequest<Result<Answer>>;

    /// <param name="Posts">Posts without anyone at work.</param>
    /// <param name="RemainingHours">Insertion hours foreseen less those that count already, 0 at least; null when none were foreseen.</param>
    public sealed record Answer(StoredPosting Posting, WorkDone Done, int Posts, int? RemainingHours);

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/offres/{id:guid}/rouvrir", async (Guid id, SignedIn me, IMediator mediator, CancellationToken ct) =>
            (await mediator.Send(new Query(me, new PostingId(id)), ct)).ToPage(answer => Page.Of<ReopenPostingPage>(new
            {
                Answer = answer,
                Form = PostedForm.Of(("nombre_postes", $"{answer.Posts}"), ("heures_insertion", answer.RemainingHours is > 0 and var hours ? $"{hours}" : "")),
            }))).RequireAuthorization(Policies.Facilitator);
        app.MapPost("/offres/{id:guid}/rouvrir", PostAsync).RequireAuthorization(Policies.Facilitator);
    }

    private static async Task<IResult> PostAsync(Guid id, PostedForm form, SignedIn me, IMediator mediator, CancellationToken ct)
    {
        var seen = await mediator.Send(new Query(me, new PostingId(id)), ct);
        RemainingPosts? remaining = null;
        if (seen.IsFound && form["nombre_postes"].Length > 0)
        {
            var (posts, hours) = (form.WholeNumber("nombre_postes", "Postes à pourvoir", 1, 500), form.OptionalWholeNumber("heures_insertion", "Heures d’insertion restantes", 1, 1_000_000));
            if (form.Errors.Any)
            {
                return Page.Invalid<ReopenPostingPage>(new { Answer = seen.Value, Form = form });
            }

            remaining = new RemainingPosts(posts!.Value, hours, seen.Value.Done);
        }

        return (await mediator.Send(new StepPosting.Command(me, new PostingId(id), PostingStep.Reopen, remaining), ct)).ToPage(_ => Page.SeeOther($"/offres/{id}", "Offre rouverte."));
    }

    public sealed class Handler(Database database, FrenchCalendar calendar) : IRequestHandler<Query, Result<Answer>>
    {
        public async Task<Result<Answer>> Handle(Query request, CancellationToken cancellationToken)
        {
            await using var db = await database.OpenAsync(cancellationToken);
            var posting = await StoredPosting.FindAsync(db, request.Id, cancellationToken);
            if (posting is null || posting.FacilitatorId != request.Me.OrganizationId)
            {
                return Result.Missing;
            }

            var done = await posting.WorkDoneAsync(db, calendar.Today, cancellationToken);
            var (posts, hours) = RemainingWork.Of(posting.Terms.Posts, posting.Terms.InsertionHours, done, posting.AtReopening);
            return new Answer(posting, done, posts, hours);
        }
    }
}
