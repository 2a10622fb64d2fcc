using System.Data.Common;
using Matching.Rules;
using Matching.Rules.People;
using Matching.Rules.Postings;
using Matching.Web.Platform;
using Matching.Web.Platform.Records;
using Matching.Web.Platform.Reference;
using MediatR;

namespace Matching.Web.Pools;

/// <summary>GET /viviers/mots: titles, skills and communes of one's files that were not understood for sure, each once, with what they may mean.</summary>
public static class ListMeanings
{
    private const int WordsShown = 40;
    private const int WordsLookedAt = 200;
    private const int ChosenShown = 100;
    private const int RowsLookedAt = 2_000;
    private const int Proposals = 5;

    public sealed record Query(OrganizationId Pool) : IRequest<Result<Answer>>;

    /// <param name="Open">The words to say more of, those that most people carry first.</param>
    public sealed record Answer(IReadOnlyList<OpenWord> Open, int OpenCount, IReadOnlyList<Chosen> Chosen);

    /// <param name="Count">How many people carry it; for a commune, how many refused rows.</param>
    public sealed record OpenWord(MeaningKind Kind, string Written, int Count, IReadOnlyList<Proposal> Proposals);

    /// <param name="How">How sure it is, in French.</param>
    public sealed record Proposal(string Value, string Label, string How);

    public sealed record Chosen(MeaningKind Kind, string Written, string Meaning, DateTimeOffset At, string By);

    public static void Map(IEndpointRouteBuilder app) => app.MapGet("/viviers/mots", async (SignedIn me, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new Query(me.OrganizationId), ct)).ToPage(answer => Page.Of<ListMeaningsPage>(new { Words = answer }))).RequireAuthorization(Policies.Structure);

    public sealed class Handler(Database database, PoolContexts contexts, OccupationTitles occupations, Skills skills, Communes communes) : IRequestHandler<Query, Result<Answer>>
    {
        public async Task<Result<Answer>> Handle(Query request, CancellationToken cancellationToken)
        {
            await using var db = await database.OpenAsync(cancellationToken);
            if (await OrganizationRecords.FindAsync(db, request.Pool, cancellationToken) is not { } pool)
            {
                return Result.Missing;
            }

            var context = await contexts.ForAsync(pool, cancellationToken);
            var counted = await CountAsync(db, pool.Id, cancellationToken);
            var open = counted.Values.Where(word => IsOpen(word.Word, context))
                .Concat(await CommunesAsync(db, pool.Id, context, cancellationToken))
                .OrderByDescending(word => word.Count).ThenBy(word => word.Word.Written, StringComparer.Ordinal).Take(WordsLookedAt)
                .Select(word => new OpenWord(word.Word.Kind, word.Word.Written, word.Count, Propose(word.Word)))
                .Where(word => word.Proposals.Count > 0).ToList();
            var chosen = await MeaningStore.ListAsync(db, null, pool.Id, ChosenShown, cancellationToken);
            return new Answer([.. open.Take(WordsShown)], open.Count, [.. chosen.Select(Shown)]);
        }

        /// <summary>Whose words people carry, and how many of them.</summary>
        private static async Task<Dictionary<(MeaningKind, string), (PoolWords.Word Word, int Count)>> CountAsync(DbConnection db, OrganizationId pool, CancellationToken ct)
        {
            var counted = new Dictionary<(MeaningKind, string), (PoolWords.Word Word, int Count)>();
            await foreach (var (_, work, _) in CarriedWords.ReadAsync(db, null, pool, ct))
            {
                foreach (var word in PoolWords.Of(work))
                {
                    var key = (word.Kind, PoolMeanings.KeyOf(word.Kind, word.Written));
                    counted[key] = counted.TryGetValue(key, out var known) ? (known.Word, known.Count + 1) : (word, 1);
                }
            }

            return counted;
        }

        private bool IsOpen(PoolWords.Word word, PoolContext context) => word.Kind == MeaningKind.Metier
            ? PoolWords.IsDoubtfulTitle(word.Written, context)
            : context.Meanings.Of(word.Kind, word.Written) is null && skills.ByLabel(word.Written) is null;

        /// <summary>The communes that nobody found, in the rows that wait to be mended.</summary>
        private static async Task<IEnumerable<(PoolWords.Word Word, int Count)>> CommunesAsync(DbConnection db, OrganizationId pool, PoolContext context, CancellationToken ct)
        {
            var rows = await RefusedRowStore.WaitingAsync(db, pool, RowsLookedAt, ct);
            return rows.Select(row => RefusedRowStore.CommuneOf(row)).OfType<(string Name, string Postal)>()
                .Where(place => context.ByName(place.Name).Count == 0 && context.Meanings.Of(MeaningKind.Commune, PoolMeanings.Commune(place.Name, place.Postal)) is null)
                .GroupBy(place => PoolMeanings.KeyOf(MeaningKind.Commune, PoolMeanings.Commune(place.Name, place.Postal)), StringComparer.Ordinal)
                .Select(group => (new PoolWords.Word(MeaningKind.Commune, PoolMeanings.Commune(group.First().Name, group.First().Postal)), group.Count()));
        }

        private List<Proposal> Propose(PoolWords.Word word) => word.Kind switch
        {
            MeaningKind.Metier => [.. occupations.Match(word.Written, Proposals).Select(near => new Proposal(near.Rome.Value, $"{near.Label} ({near.Rome})", Percent(near.Confidence)))],
            MeaningKind.Competence => [.. skills.Near(word.Written, Proposals).Select(near => new Proposal(near.Skill.Label, near.Skill.Label, Percent(near.Confidence)))],
            _ => ProposeCommunes(word.Written),
        };

        private List<Proposal> ProposeCommunes(string written)
        {
            var at = written.LastIndexOf(' ');
            var postal = at > 0 && written[(at + 1)..].All(char.IsAsciiDigit) ? written[(at + 1)..] : "";
            var near = communes.Suggest(postal.Length > 0 ? written[..at] : written, Proposals);
            var same = communes.ByPostalCode(postal);
            return [.. near.Where(same.Contains).Select(one => Of(one, "nom proche et même code postal"))
                .Concat(near.Except(same).Select(one => Of(one, "nom proche")))
                .Concat(same.Except(near).Select(one => Of(one, "même code postal"))).Take(Proposals + 3)];

            static Proposal Of(Commune commune, string how) => new(commune.InseeCode, $"{commune.Name} ({string.Join(", ", commune.PostalCodes.Take(2))}, INSEE {commune.InseeCode})", how);
        }

        private Chosen Shown(ChosenMeaning row)
        {
            _ = MeaningStore.TryParse(row.Kind, out var kind);
            var meaning = (row.Value.Length, kind) switch
            {
                (0, _) => "Rien ne correspond",
                (_, MeaningKind.Metier) => RomeCode.TryParse(row.Value, out var rome) && occupations.ByCode(rome) is { } known ? $"{known.Label} ({row.Value})" : row.Value,
                (_, MeaningKind.Commune) => communes.ByInsee(row.Value) is { } commune ? $"{commune.Name} (INSEE {row.Value})" : row.Value,
                _ => row.Value,
            };
            return new Chosen(kind, row.Written, meaning, row.DecidedAt, row.DecidedBy);
        }

        private static string Percent(double confidence) => $"{confidence * 100:0} %";
    }
}
