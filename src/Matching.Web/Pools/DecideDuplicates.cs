using System.Data.Common;
using Dapper;
using Matching.Web.Platform;
using MediatR;

namespace Matching.Web.Pools;

/// <summary>
/// POST /viviers/doublons: keep two records apart, merge them into one of the two, or undo that. Merging withdraws the other record and keeps both
/// with their history.
/// </summary>
public static class DecideDuplicates
{
    private const string Apart = "DISTINCTES";
    private const string Merged = "FUSION";
    private const string Undo = "ANNULER";

    /// <param name="Decision">DISTINCTES, FUSION or ANNULER.</param>
    public sealed record Command(Guid FirstId, Guid SecondId, string Decision, Guid? KeptId, SignedIn By) : IRequest<Result<string>>;

    public static void Map(IEndpointRouteBuilder app) => app.MapPost("/viviers/doublons", PostAsync).RequireAuthorization(Policies.Structure);

    private static async Task<IResult> PostAsync(PostedForm form, SignedIn me, IMediator mediator, CancellationToken ct)
    {
        if (!Guid.TryParse(form["premiere"], out var first) || !Guid.TryParse(form["seconde"], out var second) || first == second)
        {
            return Page.Missing();
        }

        // The buttons send which record stays: its id, or one of the words.
        var choice = form["decision"];
        Guid? kept = Guid.TryParse(choice, out var id) && (id == first || id == second) ? id : null;
        var (one, other) = first.CompareTo(second) < 0 ? (first, second) : (second, first);
        return kept is null && choice is not (Apart or Undo)
            ? Page.Missing()
            : (await mediator.Send(new Command(one, other, kept is null ? choice : Merged, kept, me), ct)).ToPage(message => Page.SeeOther("/viviers/doublons", message));
    }

    public sealed class Handler(Database database, ChangeFeed feed, EventLog log, FrenchCalendar calendar) : IRequestHandler<Command, Result<string>>
    {
        public Task<Result<string>> Handle(Command request, CancellationToken cancellationToken) => database.WriteAsync<Result<string>>(
            async (db, tx) =>
            {
                var own = await db.QuerySingleAsync<int>(new CommandDefinition(
                    "select count(*) from person where organization_id = @pool and (id = @FirstId or id = @SecondId)",
                    new { pool = request.By.OrganizationId, request.FirstId, request.SecondId }, tx, cancellationToken: cancellationToken));
                if (own != 2)
                {
                    return Result.Missing;
                }

                return request.Decision == Undo ? await UndoAsync(db, tx, request, cancellationToken) : await DecideAsync(db, tx, request, cancellationToken);
            },
            cancellationToken);

        private async Task<Result<string>> DecideAsync(DbConnection db, DbTransaction tx, Command request, CancellationToken ct)
        {
            var other = request.KeptId is null ? (Guid?)null : request.KeptId == request.FirstId ? request.SecondId : request.FirstId;
            var withdrawnAt = await db.QuerySingleOrDefaultAsync<DateTimeOffset?>(new CommandDefinition(
                "select withdrawn_at from person where id = @other", new { other }, tx, cancellationToken: ct));
            var added = await db.ExecuteAsync(new CommandDefinition(
                """
                insert into pool_pair (organization_id, first_id, second_id, decision, kept_id, other_withdrawn_at, decided_at, decided_by)
                values (@pool, @FirstId, @SecondId, @Decision, @KeptId, @withdrawnAt, @now, @by) on conflict (first_id, second_id) do nothing
                """,
                new { pool = request.By.OrganizationId, request.FirstId, request.SecondId, request.Decision, request.KeptId, withdrawnAt, now = calendar.Now, by = request.By.DisplayName },
                tx, cancellationToken: ct));
            if (added == 0)
            {
                return Result.Refused("", "Une décision a déjà été prise pour ces deux fiches : l’annuler d’abord.");
            }

            if (other is { } gone)
            {
                await db.ExecuteAsync(new CommandDefinition(
                    "update person set withdrawn_at = coalesce(withdrawn_at, @now), updated_at = @now where id = @gone", new { gone, now = calendar.Now }, tx, cancellationToken: ct));
                await feed.AppendAsync(db, tx, "person", [gone], ct);
            }

            await KeepAsync(db, tx, request, "vivier.doublon", ct);
            return other is null ? "Fiches gardées distinctes." : "Fiches réunies : l’autre est retirée, son historique est gardé.";
        }

        private async Task<Result<string>> UndoAsync(DbConnection db, DbTransaction tx, Command request, CancellationToken ct)
        {
            var before = await db.QuerySingleOrDefaultAsync<Stored>(new CommandDefinition(
                "delete from pool_pair where first_id = @FirstId and second_id = @SecondId returning kept_id, other_withdrawn_at",
                new { request.FirstId, request.SecondId }, tx, cancellationToken: ct));
            if (before is null)
            {
                return Result.Missing;
            }

            if (before.KeptId is { } kept)
            {
                var back = kept == request.FirstId ? request.SecondId : request.FirstId;
                await db.ExecuteAsync(new CommandDefinition(
                    "update person set withdrawn_at = @OtherWithdrawnAt, updated_at = @now where id = @back",
                    new { before.OtherWithdrawnAt, back, now = calendar.Now }, tx, cancellationToken: ct));
                await feed.AppendAsync(db, tx, "person", [back], ct);
            }

            await KeepAsync(db, tx, request, "vivier.doublon_annule", ct);
            return "Décision annulée : les deux fiches sont comme avant.";
        }

        private Task KeepAsync(DbConnection db, DbTransaction tx, Command request, string kind, CancellationToken ct) => log.AppendAsync(
            db, tx, "pool", request.By.OrganizationId.Value, kind, request.By, new { premiere = request.FirstId, seconde = request.SecondId, request.Decision, gardee = request.KeptId }, ct);

        private sealed record Stored(Guid? KeptId, DateTimeOffset? OtherWithdrawnAt);
    }
}
