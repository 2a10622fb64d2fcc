using Dapper;
using Matching.Rules.Ranking;
using Matching.Web.Platform;
using Matching.Web.Platform.Records;
using MediatR;

namespace Matching.Web.Ranking.Promotions;

/// <summary>POST /administration/modeles/etapes/{verb}: one step of a model's life — ombre, porte, alternance, service, arret — by a named person, with a reason.</summary>
public static class MoveModel
{
    private static readonly Dictionary<string, (ModelState To, string Done)> Steps = new()
    {
        ["ombre"] = (ModelState.Shadow, "Le modèle est à l’essai dans l’ombre : il calcule à côté de chaque liste, sans être montré."),
        ["alternance"] = (ModelState.Interleaved, "Le modèle alterne dans les listes."),
        ["service"] = (ModelState.Serving, "Le modèle est en service."),
        ["arret"] = (ModelState.Retired, "L’essai est arrêté."),
    };

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapPost("/administration/modeles/porte", JudgeAsync).RequireAuthorization(Policies.Administrator);
        app.MapPost("/administration/modeles/etapes/{verb}", Post).RequireAuthorization(Policies.Administrator);
    }

    private static async Task<IResult> JudgeAsync(PostedForm form, SignedIn me, Database database, ModelGate gate, EventLog log, CancellationToken ct)
    {
        var version = form["version"];
        if (await gate.JudgeAsync(version, ct) is not { } figures)
        {
            return Page.Missing();
        }

        await database.WriteAsync(
            async (db, tx) =>
            {
                await db.ExecuteAsync(new CommandDefinition("update ranking_model set gate_json = @json where version = @version and state = 'SHADOW'", new { version, json = RecordJson.Write(figures) }, tx, cancellationToken: ct));
                await log.AppendAsync(db, tx, "modele", Guid.Empty, "modele.juge", me, new { version, figures.Lists, figures.Difference, figures.Low, figures.High, ouverte = ModelLife.GateRefusals(figures).Count == 0 }, ct);
            },
            ct);
        return Page.SeeOther("/administration/modeles", ModelLife.GateRefusals(figures).Count == 0 ? "La porte s’ouvre : le modèle peut alterner dans les listes." : "La porte reste fermée : la raison est écrite sous le modèle.");
    }

    private static async Task<IResult> Post(
        string verb, PostedForm form, SignedIn me, Database database, ActiveModel active, FrenchCalendar calendar, EventLog log, IMediator mediator, CancellationToken ct)
    {
        if (!Steps.TryGetValue(verb, out var step))
        {
            return Page.Missing();
        }

        var (version, to, reason) = (form["version"], step.To, form.Text("raison", "Raison", 1000));
        if (form.Errors.Any)
        {
            return await ListModels.ShowAsync(form, StatusCodes.Status400BadRequest, mediator, ct);
        }

        var moved = await database.WriteAsync<Result<string>>(
            async (db, tx) =>
            {
                await EventLog.WaitTurnAsync(db, tx, ct);
                var all = await ModelRecords.AllAsync(db, ct, tx);
                if (all.FirstOrDefault(it => it.Version == version) is not { } model)
                {
                    return Result.Missing;
                }

                var other = all.FirstOrDefault(it => it.Version != version && it.State is ModelState.Shadow or ModelState.Interleaved)?.Version;
                if (ModelLife.Check(model.State, to, other, model.Gate) is { } refusal)
                {
                    return Result.Refused("", refusal);
                }

                if (to == ModelState.Serving)
                {
                    if (!form.Checked("malgre") && !ModelLife.IsShown(await TrialFigures.DraftAsync(db, tx, version, ct)))
                    {
                        return Result.Refused("", ModelLife.Promotion.Sentence);
                    }

                    var before = await ModelRecords.ChangesAsync(db, ct, tx) is [var last, ..] ? last.Version : active.Started;
                    await RollBackModel.ServeAsync(db, tx, version, before, reason, isRollback: false, me, calendar, log, ct);
                    return version;
                }

                await ModelRecords.SetStateAsync(db, tx, version, to, ct);
                await log.AppendAsync(db, tx, "modele", Guid.Empty, $"modele.{verb}", me, new { version, raison = reason }, ct);
                return version;
            },
            ct);
        return await moved.ToPageAsync(_ => Page.SeeOther("/administration/modeles", step.Done), form, () => ListModels.ShowAsync(form, StatusCodes.Status422UnprocessableEntity, mediator, ct));
    }
}
