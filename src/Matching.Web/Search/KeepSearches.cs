using Dapper;
using Matching.Web.Platform;
using MediatR;

namespace Matching.Web.Search;

/// <summary>
/// GET /recherches: the searches I keep. POST /recherches: keep this one. POST /recherches/{id}/alerte and /suppression: switch its alert,
/// forget it. GET /recherches/{id}: its answers of now.
/// </summary>
public static class KeepSearches
{
    private const int NameLength = 80;

    public sealed record Command(string Kind, string Name, string Query, SignedIn Me) : IRequest<Result<Guid>>;

    /// <param name="HasAddress">Whether mails can reach the reader.</param>
    public sealed record Answer(IReadOnlyList<SavedSearch> Searches, bool HasAddress);

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/recherches", (SignedIn me, Database database, CancellationToken ct) => PageAsync(me, database, PostedForm.Of(), [], ct)).RequireAuthorization(Policies.FacilitatorOrStructure);
        app.MapPost("/recherches", async (PostedForm form, SignedIn me, Database database, IMediator mediator, CancellationToken ct) =>
        {
            var kind = form.Choice("quoi", "Recherche", [SavedSearch.People, SavedSearch.Postings]);
            var name = form.Text("nom", "Nom de la recherche", NameLength);
            var query = form.Text("recherche", "Recherche", 2_000);
            var result = form.Errors.Any ? Result.Refused(form.Errors.All) : await mediator.Send(new Command(kind, name, query, me), ct);
            return await result.Match(
                _ => Task.FromResult(Page.SeeOther("/recherches", "Recherche enregistrée : vous serez prévenu·e de ce qui est nouveau, une fois par jour au plus.")),
                () => Task.FromResult(Page.Missing()),
                refusals => PageAsync(me, database, form, refusals, ct));
        }).RequireAuthorization(Policies.FacilitatorOrStructure);
        app.MapGet("/recherches/{id:guid}", async (Guid id, SignedIn me, Database database, CancellationToken ct) =>
        {
            await using var db = await database.OpenAsync(ct);
            return (await SavedSearches.OfUserAsync(db, me.UserId, ct)).FirstOrDefault(search => search.Id == id) is { } found ? Page.SeeOther(found.Address) : Page.Missing();
        }).RequireAuthorization(Policies.FacilitatorOrStructure);
        app.MapPost("/recherches/{id:guid}/alerte", async (Guid id, PostedForm form, SignedIn me, Database database, CancellationToken ct) =>
            await ChangeAsync(database, "update saved_search set alerts = @on where id = @id and user_id = @UserId", new { id, me.UserId, on = form.Checked("oui") }, ct)
                ? Page.SeeOther("/recherches", form.Checked("oui") ? "Cette recherche vous prévient de nouveau." : "Cette recherche ne vous écrit plus.")
                : Page.Missing()).RequireAuthorization(Policies.FacilitatorOrStructure);
        app.MapPost("/recherches/{id:guid}/suppression", async (Guid id, SignedIn me, Database database, CancellationToken ct) =>
            await ForgetAsync(database, id, me, ct) ? Page.SeeOther("/recherches", "Recherche supprimée.") : Page.Missing()).RequireAuthorization(Policies.FacilitatorOrStructure);
    }

    private static async Task<IResult> PageAsync(SignedIn me, Database database, PostedForm form, IReadOnlyList<Refusal> refusals, CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        var hasAddress = await db.QuerySingleAsync<int>(new CommandDefinition("select count(*) from app_user where id = @UserId and email is not null", new { me.UserId }, cancellationToken: ct)) > 0;
        var status = PostedAgain.StatusOf(form, refusals);
        return Page.Of<KeepSearchesPage>(new { Answer = new Answer(await SavedSearches.OfUserAsync(db, me.UserId, ct), hasAddress), Form = form }, status);
    }

    private static async Task<bool> ChangeAsync(Database database, string sql, object parameters, CancellationToken ct) =>
        await database.WriteAsync((db, tx) => db.ExecuteAsync(new CommandDefinition(sql, parameters, tx, cancellationToken: ct)), ct) > 0;

    private static Task<bool> ForgetAsync(Database database, Guid id, SignedIn me, CancellationToken ct) => database.WriteAsync(
        async (db, tx) =>
        {
            await db.ExecuteAsync(new CommandDefinition(
                "delete from saved_search_seen where search_id in (select id from saved_search where id = @id and user_id = @UserId)", new { id, me.UserId }, tx, cancellationToken: ct));
            return await db.ExecuteAsync(new CommandDefinition("delete from saved_search where id = @id and user_id = @UserId", new { id, me.UserId }, tx, cancellationToken: ct)) > 0;
        },
        ct);

    public sealed class Handler(Database database, SavedSearches searches, IMediator mediator, FrenchCalendar calendar) : IRequestHandler<Command, Result<Guid>>
    {
        public async Task<Result<Guid>> Handle(Command request, CancellationToken cancellationToken)
        {
            var (asked, refusals) = searches.Read(request.Me, request.Kind, request.Query);
            if (refusals.Count > 0)
            {
                return Result.Refused("recherche", "Cette recherche ne peut pas être relue : refaites-la, puis enregistrez-la.");
            }

            if (asked.IsEmpty)
            {
                return Result.Refused("recherche", "Cette recherche est vide : écrivez un mot ou une commune, ou choisissez un filtre, avant de l’enregistrer.");
            }

            // What it finds today is known: only what comes later is new.
            var known = await searches.FindAsync(mediator, request.Me, request.Kind, asked, cancellationToken);
            return await database.WriteAsync<Result<Guid>>(
                async (db, tx) =>
                {
                    var mine = await SavedSearches.OfUserAsync(db, request.Me.UserId, cancellationToken, tx);
                    var query = asked.ToQuery();
                    if (mine.FirstOrDefault(search => search.Kind == request.Kind && search.Query == query) is { } same)
                    {
                        return same.Id;
                    }

                    if (mine.Count >= SavedSearches.MostOfUser)
                    {
                        return Result.Refused("nom", $"Vous gardez déjà {SavedSearches.MostOfUser} recherches : supprimez-en une.");
                    }

                    var id = Guid.CreateVersion7();
                    await db.ExecuteAsync(new CommandDefinition(
                        """
                        insert into saved_search (id, user_id, kind, name, query, alerts, created_at, told_on)
                        values (@id, @UserId, @Kind, @Name, @query, @on, @Now, @Today)
                        """,
                        new { id, request.Me.UserId, request.Kind, request.Name, query, on = true, calendar.Now, calendar.Today }, tx, cancellationToken: cancellationToken));
                    await SavedSearches.RememberAsync(db, tx, id, known, cancellationToken);
                    return id;
                },
                cancellationToken);
        }
    }
}
