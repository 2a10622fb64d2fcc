using System.Data.Common;
using Matching.Rules;
using Matching.Rules.Preselection;
using Matching.Web.Platform;
using MediatR;

namespace Matching.Web.Preselection;

/// <summary>POST /offres/{id}/preselections/etape: the same step for the people ticked on the board. All of them move, or none.</summary>
public static class TakeBatchStep
{
    /// <param name="Seen">Each ticked preselection with the state that the board showed.</param>
    public sealed record Command(
        PostingId PostingId, IReadOnlyList<(PreselectionId Id, PreselectionState From)> Seen, PreselectionState To, string? ReasonCode, SignedIn User)
        : IRequest<Result<int>>;

    public static void Map(IEndpointRouteBuilder app) =>
        app.MapPost("/offres/{id:guid}/preselections/etape", async (Guid id, PostedForm form, SignedIn user, IMediator mediator, CancellationToken ct) =>
        {
            var filter = BoardFilter.Of(form);
            var seen = new List<(PreselectionId, PreselectionState)>();
            foreach (var ticked in form.Ids("preselection"))
            {
                if (PreselectionStates.TryParse(form[$"depuis_{ticked}"], out var from))
                {
                    seen.Add((new PreselectionId(ticked), from));
                }
            }

            if (seen.Count is 0 or > PreselectionStore.ListLimit)
            {
                form.Errors.Add("preselection", seen.Count == 0
                    ? "Aucune personne n’est cochée : cochez au moins une personne."
                    : $"{seen.Count} personnes à la fois, c’est trop : cochez-en {PreselectionStore.ListLimit} au plus.");
            }

            if (!PreselectionStates.TryParse(form["vers"], out var to))
            {
                form.Errors.Add("vers", "Choisissez l’étape dans la liste.");
            }

            var reason = form["motif"].Length == 0 ? null : form["motif"];
            var answer = form.Errors.Any
                ? Result.Refused(form.Errors.All)
                : await mediator.Send(new Command(new PostingId(id), seen, to, reason, user), ct);
            return await answer.Match(
                count => Task.FromResult(Page.SeeOther(filter.Address(id), $"Étape enregistrée pour {count} personne{(count > 1 ? "s" : "")}.")),
                () => Task.FromResult(Page.Missing()),
                refusals => ShowBoard.PageAsync(new PostingId(id), filter, user, mediator, form, refusals, ct));
        }).RequireAuthorization(Policies.Facilitator);

    public sealed class Handler(Database database, EventLog log, FrenchCalendar calendar) : IRequestHandler<Command, Result<int>>
    {
        private const string Before = "before_steps";

        public Task<Result<int>> Handle(Command request, CancellationToken cancellationToken) =>
            database.WriteAsync((db, tx) => MoveAllAsync(request, db, tx, cancellationToken), cancellationToken);

        private async Task<Result<int>> MoveAllAsync(Command request, DbConnection db, DbTransaction tx, CancellationToken ct)
        {
            var known = await PreselectionLists.OnPostingAsync(db, request.PostingId, request.Seen.Select(s => s.Id), ct, tx);
            if (request.Seen.Any(s => known.GetValueOrDefault(s.Id)?.FacilitatorId != request.User.OrganizationId))
            {
                return Result.Missing;
            }

            var author = new StepAuthor(PreselectionActor.Facilitator, request.User.DisplayName, request.User);

            // One instant for all: what moved together is taken back together.
            var now = calendar.Now;
            await tx.SaveAsync(Before, ct);
            foreach (var (id, from) in request.Seen)
            {
                var step = new PreselectionStep(from, request.To, author, request.ReasonCode);
                var refusal = TakeStep.NeedsItsPage(from, request.To, PreselectionActor.Facilitator)
                    ?? await PreselectionStore.MoveAsync(db, tx, log, id, step, now, ct);
                if (refusal is not null)
                {
                    await tx.RollbackAsync(Before, ct);
                    return Result.Refused("vers", $"{known[id].PersonName} : {refusal} Personne n’a changé d’état.", Transitions.OneTable);
                }
            }

            return request.Seen.Count;
        }
    }
}
