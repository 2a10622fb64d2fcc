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

    /// <param name="State">TOUS, A_DECLARER (finished months without hours) or A_VALIDER (lines waiting for the facilitator).</param>
    public sealed record Query(SignedIn Who, string State, int Skip, int Take) : IRequest<Answer>;

    public sealed record Row(StoredContract Contract, string PersonName, Market Market, Lot Lot, IReadOnlyList<CalendarMonth> Missing, int LinesToValidate, CountedHours Hours);

    public sealed record Answer(IReadOnlyList<Row> Rows, int Total, int ToDeclare, int ToValidate, int Matching);

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
        var number = Math.Clamp(page ?? 1, 1, ContractRecords.ListLimit);
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
        var all = (await mediator.Send(new Query(who, etat ?? "TOUS", 0, ContractRecords.ListLimit), ct)).Rows;
        var rest = after is null ? all : [.. all.SkipWhile(row => row.Contract.Contract.Id.Value != after).Skip(1)];
        return TypedResults.Ok(new
        {
            contrats = rest.Take(take).Select(ContractShape.Of).ToList(),
            suivant = rest.Count > take ? rest[take - 1].Contract.Contract.Id.Value : (Guid?)null,
        });
    }

    public sealed class Handler(Database database, FrenchCalendar calendar) : IRequestHandler<Query, Answer>
    {
        public async Task<Answer> Handle(Query request, CancellationToken cancellationToken)
        {
            var ct = cancellationToken;
            await using var db = await database.OpenAsync(ct);
            var contracts = await ContractRecords.VisibleAsync(db, request.Who, ct);
            var entries = await HourRecords.OfContractsAsync(db, contracts.Select(it => it.Contract.Id), ct);
            var names = (await PersonRecords.ReadAsync(db, contracts.Select(it => it.Contract.PersonId), ct)).ToDictionary(it => it.Person.Id, it => it.Person.Identity.FullName);
            var markets = new Dictionary<MarketId, (Market Market, IReadOnlyList<Lot> Lots)>();
            foreach (var id in contracts.Select(it => it.MarketId).Distinct())
            {
                markets[id] = ((await MarketRecords.FindAsync(db, id, ct))!, await MarketRecords.LotsAsync(db, id, ct));
            }

            var rows = contracts.Select(it =>
            {
                var (market, lots) = markets[it.MarketId];
                var lines = entries[it.Contract.Id].ToList();
                return new Row(it, names[it.Contract.PersonId], market, lots.Single(lot => lot.Id == it.Contract.LotId),
                    HourRules.MissingMonths(it.Contract, market, lines, calendar.Today), ToValidate(lines), CountedHours.Of(it.Contract, market, it.FirstHiredOn, lines));
            }).ToList();
            var matching = rows.Where(row => request.State switch
            {
                "A_DECLARER" => row.Missing.Count > 0,
                "A_VALIDER" => row.LinesToValidate > 0,
                _ => true,
            }).ToList();
            return new Answer([.. matching.Skip(request.Skip).Take(request.Take)], rows.Count,
                rows.Count(row => row.Missing.Count > 0), rows.Count(row => row.LinesToValidate > 0), matching.Count);
        }

        // A declared line that was taken back waits for nobody.
        private static int ToValidate(List<HourEntry> lines) =>
            lines.Count(line => line.Status == HourStatus.Declared && line.Corrects is null && !lines.Exists(other => other.Corrects == line.Id));
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
