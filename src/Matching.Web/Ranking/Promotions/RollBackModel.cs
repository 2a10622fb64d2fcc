using Dapper;
using Matching.Rules.Ranking;
using Matching.Web.Platform;
using MediatR;

namespace Matching.Web.Ranking.Promotions;

/// <summary>POST /administration/modeles/retour: the version that served before serves again, at once.</summary>
public static class RollBackModel
{
    public static void Map(IEndpointRouteBuilder app) => app.MapPost("/administration/modeles/retour", Post).RequireAuthorization(Policies.Administrator);

    private static async Task<IResult> Post(PostedForm form, SignedIn me, Database database, FrenchCalendar calendar, EventLog log, IMediator mediator, CancellationToken ct)
    {
        var (from, reason) = (form.Text("depuis", "Version en service", 200), form.Text("raison", "Raison du retour", 1000));
        if (form.Errors.Any)
        {
            return await ListModels.ShowAsync(form, StatusCodes.Status400BadRequest, mediator, ct);
        }

        var back = await database.WriteAsync<Result<string>>(
            async (db, tx) =>
            {
                await EventLog.WaitTurnAsync(db, tx, ct);
                if (await ModelRecords.ChangesAsync(db, ct, tx) is not [var last, ..] || last.Version != from)
                {
                    return Result.Refused("", $"La version {from} n’est plus en service : recharger la page.");
                }

                await ServeAsync(db, tx, last.VersionBefore, last.Version, reason, isRollback: true, me, calendar, log, ct);
                return last.VersionBefore;
            },
            ct);
        return await back.ToPageAsync(
            version => Page.SeeOther("/administration/modeles", $"La version {version} est de nouveau en service."),
            form,
            () => ListModels.ShowAsync(form, StatusCodes.Status422UnprocessableEntity, mediator, ct));
    }

    /// <summary>Changes the version in service: by a promotion or by a return. The one that served is retired.</summary>
    internal static async Task ServeAsync(
        System.Data.Common.DbConnection db, System.Data.Common.DbTransaction tx, string version, string before, string reason, bool isRollback, SignedIn me, FrenchCalendar calendar, EventLog log, CancellationToken ct)
    {
        await db.ExecuteAsync(new CommandDefinition(
            """
            insert into model_service (id, version, version_before, at, by_id, by_name, reason, is_rollback)
            values (@id, @version, @before, @Now, @UserId, @DisplayName, @reason, @isRollback)
            """,
            new { id = Guid.CreateVersion7(), version, before, calendar.Now, me.UserId, me.DisplayName, reason, isRollback }, tx, cancellationToken: ct));
        await ModelRecords.SetStateAsync(db, tx, before, ModelState.Retired, ct);
        await ModelRecords.SetStateAsync(db, tx, version, ModelState.Serving, ct);
        await log.AppendAsync(db, tx, "modele", Guid.Empty, isRollback ? "modele.retour" : "modele.promu", me, new { version, avant = before, raison = reason }, ct);
    }
}
