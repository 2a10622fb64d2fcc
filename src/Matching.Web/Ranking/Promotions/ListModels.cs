using Matching.Features;
using Matching.Rules.Ranking;
using Matching.Web.Platform;
using MediatR;

namespace Matching.Web.Ranking.Promotions;

/// <summary>GET /administration/modeles: the model in service, those loaded, where each stands and what its trial shows.</summary>
public static class ListModels
{
    public sealed record Query : IRequest<Answer>;

    /// <param name="Changes">Against the model in service, in French.</param>
    public sealed record Line(LoadedModel Model, string Statement, IReadOnlyList<string> Changes, ShadowResult Shadow, DraftResult Draft);

    public sealed record Answer(string Serving, string Started, IReadOnlyList<Line> Models, IReadOnlyList<ServiceChange> Changes);

    public static void Map(IEndpointRouteBuilder app) =>
        app.MapGet("/administration/modeles", (IMediator mediator, CancellationToken ct) => ShowAsync(PostedForm.Of(), StatusCodes.Status200OK, mediator, ct)).RequireAuthorization(Policies.Administrator);

    internal static async Task<IResult> ShowAsync(PostedForm form, int status, IMediator mediator, CancellationToken ct) =>
        Page.Of<ListModelsPage>(new { Answer = await mediator.Send(new Query(), ct), Form = form }, status);

    public sealed class Handler(Database database, ActiveModel active, ModelShelf shelf) : IRequestHandler<Query, Answer>
    {
        public async Task<Answer> Handle(Query request, CancellationToken cancellationToken)
        {
            await using var db = await database.OpenAsync(cancellationToken);
            var serving = (await active.CurrentAsync(db, cancellationToken)).Model;
            var lines = new List<Line>();
            foreach (var model in await ModelRecords.AllAsync(db, cancellationToken))
            {
                var file = await shelf.FindAsync(db, model.Version, cancellationToken);
                lines.Add(new Line(
                    model, file?.Statement ?? "", file is null || file.Version == serving.Version ? [] : ModelChanges.Of(serving, file),
                    await TrialFigures.ShadowAsync(db, model.Version, cancellationToken), await TrialFigures.DraftAsync(db, null, model.Version, cancellationToken)));
            }

            return new Answer(serving.Version, shelf.Started.Version, lines, await ModelRecords.ChangesAsync(db, cancellationToken));
        }
    }
}
