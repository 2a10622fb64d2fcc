using Matching.Rules.Markets;
using Matching.Web.Platform;
using Matching.Web.Platform.Records;
using MediatR;

namespace Matching.Web.FollowUp;

/// <summary>GET /formations/{id}: who followed a training before hire, how long, and on which marché each was hired after it.</summary>
public static class ShowTraining
{
    public sealed record Query(SignedIn Me, Guid Id) : IRequest<Result<Answer>>;

    public sealed record Answer(StoredTraining Training, IReadOnlyList<Participant> Participants, IReadOnlyList<(string Code, string Text)> Pools);

    public static void Map(IEndpointRouteBuilder app) => app.MapGet("/formations/{id:guid}", (Guid id, SignedIn me, IMediator mediator, CancellationToken ct) =>
        PageAsync(id, me, mediator, PostedForm.Of(), [], ct)).RequireAuthorization(Policies.Facilitator);

    internal static async Task<IResult> PageAsync(Guid id, SignedIn me, IMediator mediator, PostedForm form, IReadOnlyList<Refusal> refusals, CancellationToken ct)
    {
        var status = PostedAgain.StatusOf(form, refusals);
        return (await mediator.Send(new Query(me, id), ct)).ToPage(answer => Page.Of<ShowTrainingPage>(new { Shown = answer, Form = form }, status));
    }

    public sealed class Handler(Database database) : IRequestHandler<Query, Result<Answer>>
    {
        public async Task<Result<Answer>> Handle(Query request, CancellationToken cancellationToken)
        {
            await using var db = await database.OpenAsync(cancellationToken);
            var training = await TrainingRecords.FindAsync(db, request.Id, request.Me.OrganizationId, cancellationToken);
            if (training is null)
            {
                return Result.Missing;
            }

            var reaching = await Visibility.PoolsOfAsync(db, request.Me.OrganizationId, cancellationToken);
            var pools = await OrganizationRecords.OfKindsAsync(db, OrganizationKinds.All.Where(kind => kind.HasPool()), cancellationToken);
            return new Answer(
                training, await TrainingRecords.ParticipantsAsync(db, training, request.Me.OrganizationId, cancellationToken),
                [.. pools.Where(pool => reaching.Contains(pool.Id.Value)).Select(pool => (pool.Id.ToString(), pool.Name))]);
        }
    }
}
