using System.Data.Common;
using Matching.Rules;
using Matching.Rules.Hours;
using Matching.Rules.Markets;
using Matching.Rules.Postings;
using Matching.Web.Platform;
using Matching.Web.Platform.Records;
using MediatR;

namespace Matching.Web.Hours;

/// <summary>GET /heures and GET /api/v1/contrats: the contracts one follows, with the months to declare and the lines to validate.</summary>
public static class ListContracts
{
    public const int PageSize = 50;
    private const int ApiMaximum = 200;
    private const int LastPage = 1_000_000;

    /// <param name="State">TOUS, A_DECLARER (finished months without hours) or A_VALIDER (lines waiting for the facilitator).</param>
    /// <param name="After">The last contract already received: the page begins after it, whatever <paramref name="Skip"/>.</param>
    public sealed record Query(SignedIn Who, string State, int Skip, int Take, Guid? After = null) : IRequest<Answer>;

    public sealed record Row(StoredContract Contract, string PersonName, Market Market, Lot Lot, IReadOnlyList<CalendarMonth> Missing, int LinesToValidate, CountedHours Hours);

    /// <param name="HasMore">There are contracts after this page.</param>
    public sealed record Answer(IReadOnlyList<Row> Rows, int Total, int ToDeclare, int ToValidate, int Matching, bool HasMore);

    public static IReadOnlyList<(string Code, string Label)> States { get; } =
        [("TOUS", "Tous"), ("A_DECLARER", "Mois à déclarer"), ("A_VALIDER", "Lignes à valider")];

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/heures", GetPage).RequireAuthorization(Policies.FacilitatorOrStructure);
        app.MapApi(Policies.FacilitatorOrStructure).MapGet("/contrats", GetApi);
    }

    private static async Task<IResult> GetPage(string? etat, int? page, SignedIn who, IMediator mediator, CancellationToken ct)
    {
        var state = States.Any(it => it.Code == etat) ? etat! : "TOUS";
        var number = Math.Clamp(page ?? 1, 1, LastPage);
        var answer = await mediator.Send(new Query(who, state, (number - 1) * PageSize, PageSize), ct);
        return Page.Of<ListContractsPage>(new { List = answer, State = state, Number = number, IsFacilitator = who.Role == Roles.Facilitator });
    }

    private static async Task<IResult> GetApi(string? etat, string? apres, int? limite, SignedIn who, IMediator mediator, CancellationToken ct)
    {
        var errors = new FormErrors();
        if (etat is not null && States.All(it => it.Code != etat))
        {
            errors.Add("etat", $"etat : choisir parmi {string.Join(", ", States.Select(it => it.Code))}.");
        }

        if (limite is < 1 or > ApiMaximum)
        {
            errors.Add("limite", $"limite : entre 1 et {ApiMaximum}.");
        }

        Guid? after = null;
        if (apres is not null)
        {
            after = Guid.TryParse(apres, out var id) ? id : null;
            if (after is null)
            {
                errors.Add("apres", "apres : l’identifiant du dernier contrat reçu.");
            }
        }

        if (errors.Any)
        {
            return Problems.Invalid(errors);
        }

        var take = limite ?? PageSize;
        var answer = await mediator.Send(new Query(who, etat ?? "TOUS", 0, take, after), ct);
        return TypedResults.Ok(new
        {
            contrats = answer.Rows.Select(ContractShape.Of).ToList(),
            suivant = answer.HasMore ? answer.Rows[^1].Contract.Contract.Id.Value : (Guid?)null,
        });
    }

    public sealed class Handler(Database database, FrenchCalendar calendar) : IRequestHandler<Query, Answer>
    {
        public async Task<Answer> Handle(Query request, CancellationToken cancellationToken)
        {
            var ct = cancellationToken;
            await using var db = await database.OpenAsync(ct);

            // Which contracts are in the list is known from their days and months alone; only the page shown is read in full.
            var days = await ContractRecords.VisibleDaysAsync(db, request.Who, ct);
            List<ContractId> ids = [.. days.Select(it => it.Id)];
            var standing = await HourRecords.StandingMonthsAsync(db, ids, ct);
            var waiting = await HourRecords.WaitingAsync(db, ids, ct);
            var missing = days.ToDictionary(
                it => it.Id, it => HourRules.MissingMonths(it.Period, it.MarketPeriod, standing[it.Id].ToHashSet(), calendar.Today));
            List<ContractId> matching = [.. ids.Where(id => request.State switch
            {
                "A_DECLARER" => missing[id].Count > 0,
                "A_VALIDER" => waiting.ContainsKey(id),
                _ => true,
            })];
            var skip = request.After is not { } after ? request.Skip
                : matching.FindIndex(id => id.Value == after) is >= 0 and var place ? place + 1 : matching.Count;
            var page = matching.Skip(skip).Take(request.Take).ToList();
            var rows = await ReadPageAsync(db, page, request.Who, missing, waiting, ct);
            return new Answer(rows, ids.Count, missing.Values.Count(months => months.Count > 0), waiting.Count, matching.Count, skip + page.Count < matching.Count);
        }

        private static async Task<IReadOnlyList<Row>> ReadPageAsync(
            DbConnection db, IReadOnlyList<ContractId> page, SignedIn who, Dictionary<ContractId, IReadOnlyList<CalendarMonth>> missing,
            IReadOnlyDictionary<ContractId, int> waiting, CancellationToken ct)
        {
            var contracts = await ContractRecords.ReadAsync(db, page, who, ct);
            var entries = await HourRecords.OfContractsAsync(db, page, ct);
            var names = (await PersonRecords.ReadAsync(db, contracts.Select(it => it.Contract.PersonId), ct)).ToDictionary(it => it.Person.Id, it => it.Person.Identity.FullName);
            var markets = new Dictionary<MarketId, (Market Market, IReadOnlyList<Lot> Lots)>();
            foreach (var id in contracts.Select(it => it.MarketId).Distinct())
            {
                markets[id] = ((await MarketRecords.FindAsync(db, id, ct))!, await MarketRecords.LotsAsync(db, id, ct));
            }

            return [.. contracts.Select(it =>
            {
                var (market, lots) = markets[it.MarketId];
                var lot = lots.Single(one => one.Id == it.Contract.LotId);
                return new Row(it, names[it.Contract.PersonId], market, lot, missing[it.Contract.Id],
                    waiting.GetValueOrDefault(it.Contract.Id), CountedHours.Of(it.Contract, market.For(lot), it.FirstHiredOn, [.. entries[it.Contract.Id]]));
            })];
        }
    }
}

/// <summary>A contract as the API writes it.</summary>
public static class ContractShape
{
    public static object Of(ListContracts.Row row)
    {
        ArgumentNullException.ThrowIfNull(row);
        var contract = row.Contract.Contract;
        return new
        {
            id = contract.Id.Value,
            marche = row.Market.Id.Value,
            lot = row.Lot.Number,
            personne = new { id = contract.PersonId.Value, nom = row.PersonName },
            employeur = row.Contract.EmployerName,
            type_contrat = contract.Kind.Code(),
            modalite = MarketVocabulary.Modalities.Single(it => it.Value == contract.Modality).Code,
            date_debut = contract.Period.Start,
            date_fin = contract.Period.End,
            minutes_hebdomadaires = contract.WeeklyMinutes,
            mois_a_declarer = row.Missing.Select(month => month.Code).ToList(),
            lignes_a_valider = row.LinesToValidate,
            minutes_validees = row.Hours.ValidatedMinutes,
            minutes_declarees_a_valider = row.Hours.PendingMinutes,
            minutes_comptees = row.Hours.CountedMinutes,
        };
    }
}
