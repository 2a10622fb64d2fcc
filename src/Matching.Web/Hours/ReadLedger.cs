using Matching.Rules;
using Matching.Rules.Hours;
using Matching.Rules.Markets;
using Matching.Web.Platform;
using Matching.Web.Platform.Records;
using MediatR;

namespace Matching.Web.Hours;

/// <summary>GET /heures/contrats/{id}: the ledger of one contract, what counts and why the rest does not.</summary>
public static class ReadLedger
{
    public sealed record Query(ContractId ContractId, SignedIn Who) : IRequest<Result<Answer>>;

    /// <param name="PersonName">Shown to the facilitator and to the structures of the contract only.</param>
    /// <param name="Months">The months that can be declared, the newest first.</param>
    /// <param name="Closed">Months of the contract that the facilitator closed.</param>
    /// <param name="Overlapping">The person's other contracts that run at the same time, of those that the reader may see.</param>
    public sealed record Answer(
        StoredContract Contract, string PersonName, Market Market, Lot Lot, IReadOnlyList<LedgerLine> Lines, CountedHours Hours,
        IReadOnlyList<CalendarMonth> Months, IReadOnlyList<CalendarMonth> Missing, bool MayDecide, IReadOnlyList<StoredContract> Overlapping,
        IReadOnlyList<CalendarMonth> Closed)
    {
        /// <summary>The companies that share the hours of the lot; empty when it has one.</summary>
        public IReadOnlyList<(OrganizationId Id, string Name)> CoContractors { get; init; } = [];

        /// <summary>The one noted for this contract.</summary>
        public OrganizationId? CoContractor { get; init; }

        /// <summary>Where the person stands under the cap of hours lent by an AI; null when it does not bind this contract.</summary>
        public AssociationStanding? Association { get; init; }

        /// <summary>What the days to come of this contract would do to that cap; null when it would hold.</summary>
        public string? AssociationWarning { get; init; }
    }

    public static void Map(IEndpointRouteBuilder app) =>
        app.MapGet("/heures/contrats/{id:guid}", Get).RequireAuthorization(Policies.FacilitatorOrStructure);

    private static async Task<IResult> Get(Guid id, SignedIn who, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new Query(new ContractId(id), who), ct)).ToPage(answer => Page.Of<ReadLedgerPage>(new { Ledger = answer, Form = NewForm(answer) }));

    /// <summary>The ledger with what was typed and what is wrong.</summary>
    internal static async Task<IResult> ShowAgain(ContractId id, PostedForm form, SignedIn who, IMediator mediator, int status, CancellationToken ct) =>
        (await mediator.Send(new Query(id, who), ct)).ToPage(answer => Page.Of<ReadLedgerPage>(new { Ledger = answer, Form = form }, status));

    /// <summary>The ledger of a line, with why the action on this line is refused.</summary>
    internal static async Task<IResult> ShowLineAgain(
        Guid entry, PostedForm form, IReadOnlyList<Refusal> reasons, SignedIn who, IMediator mediator, CancellationToken ct)
    {
        form.Errors.AddRange(reasons);
        var contract = await mediator.Send(new FindContract(entry), ct);
        return contract is null ? Page.Missing() : (await mediator.Send(new Query(contract.Value, who), ct)).ToPage(answer => Page.Of<ReadLedgerPage>(
            new { Ledger = answer, Form = NewForm(answer), Refused = new RefusedLine(entry, form) },
            reasons.Count > 0 ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status400BadRequest));
    }

    /// <summary>An action refused on one line, with what was typed and why.</summary>
    public sealed record RefusedLine(Guid EntryId, PostedForm Form);

    private sealed record FindContract(Guid EntryId) : IRequest<ContractId?>;

    private static PostedForm NewForm(Answer ledger)
    {
        var proposed = ledger.Missing.Count > 0 ? ledger.Missing : ledger.Months;
        return PostedForm.Of(("nature", HourWords.Work), ("mois", proposed.Count > 0 ? proposed[0].Code : ""));
    }

    private sealed class FindContractHandler(Database database) : IRequestHandler<FindContract, ContractId?>
    {
        public async Task<ContractId?> Handle(FindContract request, CancellationToken cancellationToken)
        {
            await using var db = await database.OpenAsync(cancellationToken);
            return await HourRecords.ContractOfAsync(db, request.EntryId, cancellationToken);
        }
    }

    public sealed class Handler(Database database, FrenchCalendar calendar) : IRequestHandler<Query, Result<Answer>>
    {
        public async Task<Result<Answer>> Handle(Query request, CancellationToken cancellationToken)
        {
            var ct = cancellationToken;
            await using var db = await database.OpenAsync(ct);
            if (await ContractRecords.FindAsync(db, request.ContractId, request.Who, ct) is not { } stored)
            {
                return Result.Missing;
            }

            var market = (await MarketRecords.FindAsync(db, stored.MarketId, ct))!;
            var lot = (await MarketRecords.FindLotAsync(db, stored.Contract.LotId, ct))!;
            var person = (await PersonRecords.FindAsync(db, stored.Contract.PersonId, ct))!;
            var lines = await HourRecords.OfContractAsync(db, request.ContractId, ct);
            var entries = lines.Select(line => line.Entry).ToList();
            market = market.For(lot);
            var shares = await TargetRecords.SharesAsync(db, lot.Id, ct);
            var noted = shares.Count == 0 ? [] : await CoContractorRecords.OfLotAsync(db, lot.Id, ct);
            var lent = await AssociationRecords.StandingAsync(db, stored.Contract.PersonId, market, stored.EmployerKind, stored.Contract.Modality, calendar.Today, ct);
            return new Answer(
                stored, person.Person.Identity.FullName, market, lot, lines, CountedHours.Of(stored.Contract, market, stored.FirstHiredOn, entries),
                [.. HourRules.MonthsOf(stored.Contract.Period, calendar.Today).Reverse()],
                HourRules.MissingMonths(stored.Contract, market, entries, calendar.Today), request.Who.Role == Roles.Facilitator,
                await ContractRecords.OverlappingAsync(db, stored.Contract, request.Who, ct),
                [.. (await PersonLedgerRecords.ClosedMonthsAsync(db, market.Id, ct)).Select(CalendarMonth.Of).Where(month => month.DaysIn(stored.Contract.Period) > 0).Order()])
            {
                CoContractors = [.. shares.Select(it => (it.Share.CompanyId, it.Company))],
                CoContractor = noted.TryGetValue(stored.Contract.Id, out var company) ? company : null,
                Association = lent,
                AssociationWarning = AssociationCap.Warning(lent, stored.Contract, calendar.Today),
            };
        }
    }
}
