using System.Data.Common;
using Dapper;
using Matching.Features;
using Matching.Rules.People;
using Matching.Rules.Postings;
using Matching.Web.Platform;
using Matching.Web.Platform.Records;
using Matching.Web.Platform.Reference;
using MediatR;

namespace Matching.Web.Pools;

/// <summary>
/// POST /viviers/mots: says what words of one's own files mean, that they mean nothing here, or takes a choice back. It is applied to the people who
/// carry the words, to the refused rows that wait for it, and to the next files.
/// </summary>
public static class ChooseMeanings
{
    private const int MostAtOnce = 100;
    private const string Nothing = "AUCUN";
    private const string Undo = "ANNULER";

    /// <param name="Value">A ROME code, the label of a skill, an INSEE code; "" for nothing; null to take a choice back.</param>
    public sealed record Choice(MeaningKind Kind, string Written, string? Value);

    public sealed record Command(IReadOnlyList<Choice> Choices, SignedIn By) : IRequest<Result<Answer>>;

    /// <param name="People">People whose work is now read otherwise.</param>
    /// <param name="Rows">Refused rows that are right now and were stored.</param>
    public sealed record Answer(int Choices, int People, int Rows);

    public static void Map(IEndpointRouteBuilder app) => app.MapPost("/viviers/mots", PostAsync).RequireAuthorization(Policies.Structure);

    private static async Task<IResult> PostAsync(PostedForm form, SignedIn me, IMediator mediator, CancellationToken ct)
    {
        var choices = new List<Choice>();
        for (var i = 0; i < MostAtOnce && form.Has($"mot-{i}"); i++)
        {
            var (written, chosen) = (form[$"mot-{i}"], form[$"choix-{i}"]);
            if (!MeaningStore.TryParse(form[$"genre-{i}"], out var kind) || written.Length is 0 or > PoolRow.MaximumItemLength * 2)
            {
                return Page.Missing();
            }

            if (chosen.Length > 0)
            {
                choices.Add(new Choice(kind, written, chosen switch { Undo => null, Nothing => "", _ => chosen }));
            }
        }

        return choices.Count == 0
            ? Page.SeeOther("/viviers/mots", "Aucun choix n’a été fait.")
            : (await mediator.Send(new Command(choices, me), ct)).ToPage(answer => Page.SeeOther(
                "/viviers/mots",
                $"{FrenchCount.Of(answer.Choices, "choix retenu", "choix retenus")}, {FrenchCount.Of(answer.People, "personne relue", "personnes relues")}"
                + (answer.Rows == 0 ? "." : $", {FrenchCount.Of(answer.Rows, "ligne refusée enregistrée", "lignes refusées enregistrées")}.")));
    }

    public sealed class Handler(
        Database database, PoolContexts contexts, OccupationTitles occupations, Skills skills, Communes communes, ChangeFeed feed, EventLog log, FrenchCalendar calendar, IMediator mediator)
        : IRequestHandler<Command, Result<Answer>>
    {
        private const int RowsLookedAt = 500;

        public async Task<Result<Answer>> Handle(Command request, CancellationToken cancellationToken)
        {
            if (request.Choices.FirstOrDefault(choice => choice.Value is { Length: > 0 } value && !Exists(choice.Kind, value)) is { } wrong)
            {
                return Result.Refused("", $"« {wrong.Value} » n’existe pas dans les référentiels : choisir une des propositions pour « {wrong.Written} ».");
            }

            StoredOrganization? pool;
            await using (var db = await database.OpenAsync(cancellationToken))
            {
                pool = await OrganizationRecords.FindAsync(db, request.By.OrganizationId, cancellationToken);
            }

            if (pool is null)
            {
                return Result.Missing;
            }

            var people = await database.WriteAsync((db, tx) => ChooseAsync(db, tx, request, pool, cancellationToken), cancellationToken);
            return new Answer(request.Choices.Count, people, await TakeUpRowsAsync(request, pool, cancellationToken));
        }

        private bool Exists(MeaningKind kind, string value) => kind switch
        {
            MeaningKind.Metier => RomeCode.TryParse(value, out var rome) && occupations.ByCode(rome) is not null,
            MeaningKind.Competence => skills.ByLabel(value)?.Label == value,
            _ => communes.ByInsee(value) is not null,
        };

        private async Task<int> ChooseAsync(DbConnection db, DbTransaction tx, Command request, StoredOrganization pool, CancellationToken ct)
        {
            await PoolWriter.TakeTurnAsync(db, tx, pool.Id, ct);
            foreach (var choice in request.Choices)
            {
                await MeaningStore.SaveAsync(db, tx, request.By, choice.Kind, choice.Written, choice.Value, calendar.Now, ct);
            }

            var context = contexts.For(pool, await MeaningStore.ReadAsync(db, tx, pool.Id, ct));
            var changed = await RereadAsync(db, tx, pool, request, context, ct);
            foreach (var (id, json) in changed)
            {
                await db.ExecuteAsync(new CommandDefinition(
                    "update person set work_json = @json, updated_at = @now where id = @id", new { id, json, now = calendar.Now }, tx, cancellationToken: ct));
            }

            await feed.AppendAsync(db, tx, "person", changed.Select(person => person.Id), ct);
            await log.AppendAsync(
                db, tx, "pool", pool.Id.Value, "vivier.mots", request.By,
                new { choix = request.Choices.Select(choice => new { genre = MeaningStore.Code(choice.Kind), valeur = choice.Value }), personnes = changed.Count }, ct);
            return changed.Count;
        }

        private static async Task<List<(Guid Id, string Json)>> RereadAsync(
            DbConnection db, DbTransaction tx, StoredOrganization pool, Command request, PoolContext context, CancellationToken ct)
        {
            var keys = request.Choices.Select(choice => (choice.Kind, PoolMeanings.KeyOf(choice.Kind, choice.Written))).ToHashSet();
            var changed = new List<(Guid Id, string Json)>();
            await foreach (var (id, work, before) in CarriedWords.ReadAsync(db, tx, pool.Id, ct))
            {
                if (PoolWords.Of(work).Any(word => keys.Contains((word.Kind, PoolMeanings.KeyOf(word.Kind, word.Written))))
                    && RecordJson.Write(PoolWords.Reread(work, context)) is var after && after != before)
                {
                    changed.Add((id, after));
                }
            }

            return changed;
        }

        /// <summary>Rows refused only for a commune that is known now are stored, through the same door as the page that mends them.</summary>
        private async Task<int> TakeUpRowsAsync(Command request, StoredOrganization pool, CancellationToken ct)
        {
            var keys = request.Choices.Where(choice => choice is { Kind: MeaningKind.Commune, Value.Length: > 0 })
                .Select(choice => PoolMeanings.KeyOf(choice.Kind, choice.Written)).ToHashSet(StringComparer.Ordinal);
            if (keys.Count == 0)
            {
                return 0;
            }

            IReadOnlyList<WaitingRow> waiting;
            await using (var db = await database.OpenAsync(ct))
            {
                waiting = await RefusedRowStore.WaitingAsync(db, pool.Id, RowsLookedAt, ct);
            }

            var stored = 0;
            foreach (var row in waiting.Where(row => RefusedRowStore.CommuneOf(row) is var (name, postal) && keys.Contains(PoolMeanings.KeyOf(MeaningKind.Commune, PoolMeanings.Commune(name, postal)))))
            {
                var mended = await mediator.Send(new MendRow.Command(row.ImportId, row.Line, PostedForm.Of(), request.By), ct);
                stored += mended.IsFound ? 1 : 0;
            }

            return stored;
        }
    }
}
