using System.Data.Common;
using System.Text.Json.Serialization;
using Dapper;
using Matching.Rules;
using Matching.Rules.Postings;
using Matching.Rules.Preselection;
using Matching.Web.Platform;
using Matching.Web.Platform.Records;
using MediatR;

namespace Matching.Web.Preselection;

/// <summary>POST /offres/{id}/preselections, and the same under /api/v1: people of a ranked list begin their path towards a posting.</summary>
public static class AddPreselections
{
    /// <summary>At most this many people at once: a page of the ranked list.</summary>
    public const int MaximumPeople = 200;

    /// <param name="List">The ranked list they were chosen from, when there is one: decisions are explained against it.</param>
    public sealed record Command(PostingId PostingId, IReadOnlyList<PersonId> People, RankedListId? List, SignedIn User) : IRequest<Result<Answer>>;

    public sealed record Answer(IReadOnlyList<StoredPreselection> Added, int AlreadyThere);

    /// <summary>The body of the API call.</summary>
    public sealed record Body(
        [property: JsonPropertyName("personnes")] IReadOnlyList<Guid>? People, [property: JsonPropertyName("liste")] Guid? List);

    public static void Map(IEndpointRouteBuilder app) =>
        app.MapPost("/offres/{id:guid}/preselections", async (Guid id, PostedForm form, SignedIn user, IMediator mediator, CancellationToken ct) =>
        {
            var list = Guid.TryParse(form["liste"], out var listId) ? new RankedListId(listId) : (RankedListId?)null;
            var result = await mediator.Send(new Command(new PostingId(id), [.. form.Ids("personne").Select(p => new PersonId(p))], list, user), ct);
            return result.ToPage(answer => Page.SeeOther($"/offres/{id}/preselections", Sentence(answer)));
        }).RequireAuthorization(Policies.Facilitator);

    public static void MapApi(IEndpointRouteBuilder api) =>
        api.MapPost("/offres/{id:guid}/preselections", async (Guid id, Body body, SignedIn user, IMediator mediator, CancellationToken ct) =>
        {
            var list = body.List is { } listId ? new RankedListId(listId) : (RankedListId?)null;
            var people = (body.People ?? []).Distinct().Select(p => new PersonId(p)).ToList();
            var result = await mediator.Send(new Command(new PostingId(id), people, list, user), ct);
            return result.ToJson(answer => new
            {
                preselections = answer.Added.Select(s => new { id = s.Id.Value, personne = s.PersonId.Value, etat = s.State.Code() }),
                deja_presentes = answer.AlreadyThere,
            });
        }).RequireAuthorization(Policies.Facilitator);

    /// <summary>What the next page says: how many were added, how many were there.</summary>
    private static string Sentence(Answer answer)
    {
        var added = answer.Added.Count switch
        {
            0 => "Personne n’a été ajouté.",
            1 => "1 personne ajoutée à la présélection.",
            _ => $"{answer.Added.Count} personnes ajoutées à la présélection.",
        };
        return answer.AlreadyThere switch
        {
            0 => added,
            1 => $"{added} 1 personne y était déjà.",
            _ => $"{added} {answer.AlreadyThere} personnes y étaient déjà.",
        };
    }

    public sealed class Handler(Database database, EventLog log, FrenchCalendar calendar) : IRequestHandler<Command, Result<Answer>>
    {
        public Task<Result<Answer>> Handle(Command request, CancellationToken cancellationToken)
        {
            Result<Answer> refused = request.People.Count switch
            {
                0 => Result.Refused("personne", "Aucune personne n’est cochée : cochez au moins une personne de la liste."),
                > MaximumPeople => Result.Refused("personne", $"{request.People.Count} personnes à la fois, c’est trop : choisissez-en {MaximumPeople} au plus."),
                _ => Result.Missing,
            };
            return request.People.Count is 0 or > MaximumPeople
                ? Task.FromResult(refused)
                : database.WriteAsync((db, tx) => AddAsync(request, db, tx, cancellationToken), cancellationToken);
        }

        private async Task<Result<Answer>> AddAsync(
            Command request, DbConnection db, DbTransaction tx, CancellationToken ct)
        {
            var posting = await PostingRecords.FindAsync(db, request.PostingId, ct, tx);
            if (posting is null || posting.FacilitatorId != request.User.OrganizationId || !await IsListOfAsync(request, db, tx, ct))
            {
                return Result.Missing;
            }

            if (posting.State != PostingState.Published)
            {
                return Result.Refused("", "Cette offre n’est plus ouverte : publiez-la de nouveau avant d’y présélectionner quelqu’un.");
            }

            foreach (var person in request.People)
            {
                if (!await Visibility.PersonReachesAsync(db, request.User.OrganizationId, person, ct, tx))
                {
                    return Result.Missing;
                }
            }

            if (await IsTwiceAsync(request, db, tx, ct))
            {
                return Result.Refused("personne", "Une même personne, suivie par deux structures, serait présélectionnée deux fois : n’en garder qu’une fiche.");
            }

            var now = calendar.Now;
            var added = new List<StoredPreselection>();
            foreach (var person in request.People)
            {
                if (await PathStarts.BeginAsync(db, tx, log, request.PostingId, person, request.List, request.User, now, ct) is { } id)
                {
                    added.Add((await PreselectionStore.FindAsync(db, id, ct, tx))!);
                }
            }

            return new Answer(added, request.People.Count - added.Count);
        }

        /// <summary>Whether another record of one of these people is chosen too, or already on its way to this posting.</summary>
        private static async Task<bool> IsTwiceAsync(Command request, DbConnection db, DbTransaction tx, CancellationToken ct)
        {
            var others = await SharedPeople.OthersOfAsync(db, request.People, ct, tx);
            var records = others.SelectMany(link => link).Distinct().Take(PersonRecords.BatchSize).ToArray();
            return records.Length > 0 && (request.People.Any(person => records.Contains(person.Value)) || await db.QuerySingleAsync<int>(new CommandDefinition(
                $"select count(*) from preselection where posting_id = @PostingId and person_id {db.In("@records")} and state {db.In("@live")}",
                new { request.PostingId, records, live = PreselectionStates.Pending.Append(PreselectionState.Hired).Select(state => state.Code()).ToArray() }, tx, cancellationToken: ct)) > 0);
        }

        private static async Task<bool> IsListOfAsync(
            Command request, DbConnection db, DbTransaction tx, CancellationToken ct) =>
            request.List is null || await db.QuerySingleAsync<int>(new CommandDefinition(
                "select count(*) from ranked_list where id = @List and posting_id = @PostingId", request, tx, cancellationToken: ct)) == 1;
    }
}
