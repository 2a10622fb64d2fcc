using System.Text;
using Dapper;
using Matching.Features;
using Matching.Web.Platform;

namespace Matching.Web.Ranking.Promotions;

/// <summary>POST /administration/modeles: a file made by <c>lab train</c> becomes a candidate, once its checksum, criteria, directions and weights are checked.</summary>
public static class LoadModel
{
    private const int MostBytes = 2_000_000;

    public static void Map(IEndpointRouteBuilder app) => app.MapPost("/administration/modeles", Post).RequireAuthorization(Policies.Administrator);

    private static async Task<IResult> Post(PostedForm form, SignedIn me, Database database, ModelShelf shelf, FrenchCalendar calendar, EventLog log, MediatR.IMediator mediator, CancellationToken ct)
    {
        var (json, model) = await ReadAsync(form, ct);
        if (model is not null && await KeepAsync(json, model, me, database, shelf, calendar, log, ct) is { IsFound: false } refused)
        {
            refused.Match(_ => 0, () => 0, reasons =>
            {
                form.Errors.AddRange(reasons);
                return 0;
            });
        }

        return form.Errors.Any
            ? await ListModels.ShowAsync(form, StatusCodes.Status422UnprocessableEntity, mediator, ct)
            : Page.SeeOther("/administration/modeles", "Le modèle est chargé. Il ne classe personne tant qu’il n’est pas mis à l’essai.");
    }

    private static async Task<(string Json, RankerModel? Model)> ReadAsync(PostedForm form, CancellationToken ct)
    {
        if (form.File("fichier") is not { } file)
        {
            form.Errors.Add("fichier", "Fichier du modèle : choisir le fichier écrit par « lab train ».");
            return ("", null);
        }

        if (file.Length > MostBytes)
        {
            form.Errors.Add("fichier", $"Fichier du modèle : il dépasse {MostBytes / 1_000_000} Mo, ce n’est pas un modèle de ce service.");
            return ("", null);
        }

        try
        {
            using var reader = new StreamReader(file.OpenReadStream(), new UTF8Encoding(false, throwOnInvalidBytes: true));
            var json = await reader.ReadToEndAsync(ct);
            var model = RankerModel.Read(json);
            if (model.Format == RankerModelFile.NewestFormat)
            {
                return (json, model);
            }

            form.Errors.Add("fichier", "Fichier du modèle : il n’a pas de somme de contrôle. Choisir le fichier écrit par « lab train », sans le modifier.");
        }
        catch (InvalidDataException wrong)
        {
            foreach (var sentence in wrong.Message.Split('\n'))
            {
                form.Errors.Add("fichier", sentence);
            }
        }
        catch (DecoderFallbackException)
        {
            form.Errors.Add("fichier", "Fichier du modèle : il n’est pas écrit en UTF-8. Reprendre le fichier d’origine.");
        }

        return ("", null);
    }

    private static async Task<Result<string>> KeepAsync(
        string json, RankerModel model, SignedIn me, Database database, ModelShelf shelf, FrenchCalendar calendar, EventLog log, CancellationToken ct)
    {
        await using (var read = await database.OpenAsync(ct))
        {
            // A version names one file for ever: lists are replayed with it.
            if (await shelf.FindAsync(read, model.Version, ct) is { } known && RankerModelFile.ChecksumOf(known) != RankerModelFile.ChecksumOf(model))
            {
                return Result.Refused("fichier", $"La version {model.Version} existe déjà avec un autre contenu : réapprendre sous un autre nom de version.");
            }
        }

        return await database.WriteAsync<Result<string>>((db, tx) => AddAsync(db, tx), ct);

        async Task<Result<string>> AddAsync(System.Data.Common.DbConnection db, System.Data.Common.DbTransaction tx)
        {
            var added = await db.ExecuteAsync(new CommandDefinition(
                """
                insert into ranking_model (version, file_json, checksum, state, loaded_at, loaded_by_id, loaded_by)
                values (@Version, @json, @Checksum, 'CANDIDATE', @Now, @UserId, @DisplayName) on conflict (version) do nothing
                """,
                new { model.Version, json, model.Checksum, calendar.Now, me.UserId, me.DisplayName }, tx, cancellationToken: ct));
            if (added == 0)
            {
                return Result.Refused("fichier", $"La version {model.Version} est déjà chargée.");
            }

            await log.AppendAsync(db, tx, "modele", Guid.Empty, "modele.charge", me, new { version = model.Version, somme = model.Checksum }, ct);
            return model.Version;
        }
    }
}
