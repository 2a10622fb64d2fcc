using Matching.Rules.People;
using Matching.Web.Platform;
using Matching.Web.Platform.Records;
using MediatR;

namespace Matching.Web.Pools;

/// <summary>GET and POST /viviers/imports/{id}/colonnes: say which column of one's file is which of the template; kept for the next files.</summary>
public static class PlaceColumns
{
    public sealed record Query(Guid Id, SignedIn By) : IRequest<Result<Answer>>;

    public sealed record Answer(PoolUpload Upload, StoredOrganization Pool, IReadOnlyList<ColumnChoice> Choices, bool LacksStructure);

    public sealed record Command(Answer Waiting, IReadOnlyDictionary<string, string> ColumnOf, SignedIn By) : IRequest<Result<Guid>>;

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/viviers/imports/{id:guid}/colonnes", async (Guid id, SignedIn me, IMediator mediator, CancellationToken ct) =>
            (await mediator.Send(new Query(id, me), ct)).ToPage(answer => Show(answer, null))).RequireAuthorization(Policies.Structure);
        app.MapPost("/viviers/imports/{id:guid}/colonnes", PostAsync).RequireAuthorization(Policies.Structure);
    }

    private static IResult Show(Answer answer, PostedForm? form) => Page.Of<PlaceColumnsPage>(
        new { Waiting = answer, Form = form ?? PostedForm.Of([.. answer.Choices.Select(choice => (Field(choice), (string?)choice.Proposed)), ("structure", answer.LacksStructure ? "on" : "")]) },
        form is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest);

    /// <summary>Name of the field of a column.</summary>
    public static string Field(ColumnChoice choice) => $"colonne-{choice.Index}";

    private static async Task<IResult> PostAsync(Guid id, PostedForm form, SignedIn me, IMediator mediator, PoolJobs jobs, CancellationToken ct)
    {
        var waiting = await mediator.Send(new Query(id, me), ct);
        if (!waiting.IsFound)
        {
            return waiting.ToPage(_ => Page.Missing());
        }

        var columnOf = Read(form, waiting.Value);
        if (form.Errors.Any)
        {
            return Show(waiting.Value, form);
        }

        return (await mediator.Send(new Command(waiting.Value, columnOf, me), ct)).ToPage(upload =>
        {
            _ = jobs.Add(upload);
            return Page.SeeOther($"/viviers/imports/{upload}");
        });
    }

    private static Dictionary<string, string> Read(PostedForm form, Answer waiting)
    {
        var columnOf = new Dictionary<string, string>(StringComparer.Ordinal);
        var places = new Dictionary<PoolColumn, ColumnChoice>();
        foreach (var choice in waiting.Choices)
        {
            var column = PoolColumns.Find(form[Field(choice)]);
            if (column is not null && !places.TryAdd(column, choice))
            {
                form.Errors.Add(Field(choice), $"« {choice.Heading} » : la colonne {column.Name} est déjà donnée par « {places[column].Heading} ». En garder une.");
            }

            columnOf[PoolColumns.Key(choice.Heading)] = column?.Name ?? "";
        }

        var present = places.Keys.ToHashSet();
        if (waiting.LacksStructure && form.Checked("structure"))
        {
            columnOf[PoolHeadingStore.OwnStructure] = "oui";
            present.Add(PoolColumns.StructureSiret);
            present.Add(PoolColumns.StructureType);
        }

        foreach (var missing in PoolColumns.MissingFrom(present))
        {
            form.Errors.Add("", ColumnChoices.IsOfStructure(missing)
                ? $"Il manque {missing} : cocher que ces personnes sont suivies par votre structure, ou dire quelle colonne le donne."
                : $"Il manque {missing} : dire quelle colonne de votre fichier le donne, ou l’ajouter au fichier.");
        }

        return columnOf;
    }

    public sealed class Finder(Database database, PoolUploads uploads) : IRequestHandler<Query, Result<Answer>>
    {
        public async Task<Result<Answer>> Handle(Query request, CancellationToken cancellationToken)
        {
            if (await uploads.FindAsync(request.Id, request.By.OrganizationId, cancellationToken) is not { State: PoolUpload.ToPlace } upload || !uploads.HasBytes(request.Id))
            {
                return Result.Missing;
            }

            await using var db = await database.OpenAsync(cancellationToken);
            var pool = (await OrganizationRecords.FindAsync(db, upload.OrganizationId, cancellationToken))!;
            var mapping = await PoolHeadingStore.ReadAsync(db, pool, cancellationToken);
            var opened = PoolFile.Open(await uploads.BytesAsync(upload.Id, cancellationToken), upload.FileName, header => mapping.ColumnOf.ContainsKey(PoolColumns.Key(header)));
            if (!opened.IsFound)
            {
                return opened.Map<Answer>(_ => null!);
            }

            // A header that an earlier choice put twice is shown as the template alone reads it.
            var header = PoolHeader.Place(opened.Value.Headings, mapping).Header ?? PoolHeader.Place(opened.Value.Headings, PoolMapping.None).Header;
            return header is null
                ? Result.Refused("fichier", PoolHeader.Place(opened.Value.Headings, mapping).Refusal!)
                : new Answer(upload, pool, ColumnChoices.Of(opened.Value, header), pool.Siret is not null && header.Missing.Any(ColumnChoices.IsOfStructure));
        }
    }

    public sealed class Handler(Database database, EventLog log) : IRequestHandler<Command, Result<Guid>>
    {
        public Task<Result<Guid>> Handle(Command request, CancellationToken cancellationToken) => database.WriteAsync<Result<Guid>>(
            async (db, tx) =>
            {
                var id = request.Waiting.Upload.Id;
                var moved = await Dapper.SqlMapper.ExecuteAsync(db, new Dapper.CommandDefinition(
                    "update pool_upload set state = 'EN_COURS' where id = @id and state = 'A_ASSOCIER'", new { id }, tx, cancellationToken: cancellationToken));
                if (moved == 0)
                {
                    return Result.Missing;
                }

                await PoolHeadingStore.SaveAsync(db, tx, request.Waiting.Pool, request.ColumnOf, cancellationToken);
                var columns = request.ColumnOf.Values.Where(column => column.Length > 0).Order(StringComparer.Ordinal).ToArray();
                await log.AppendAsync(db, tx, "pool", request.Waiting.Pool.Id.Value, "vivier.colonnes", request.By, new { columns }, cancellationToken);
                return id;
            },
            cancellationToken);
    }
}
