using System.Data.Common;
using Dapper;
using Matching.Rules;
using Matching.Rules.Hours;
using Matching.Web.Platform;
using Matching.Web.Platform.Records;
using MediatR;

namespace Matching.Web.Hours;

/// <summary>GET and POST /heures/conventions: written conventions by which one company shares its hours between lots, with their common total.</summary>
public static class PoolHours
{
    private const int Limit = 500;

    public sealed record Query(SignedIn Who) : IRequest<Answer>;

    public sealed record Command(PoolingConvention Convention, OrganizationId CompanyId, SignedIn Who) : IRequest<Result<Guid>>;

    /// <param name="OwedMinutes">Of all its lots together; so for what counts.</param>
    /// <param name="Penalty">For the missing hours of all its lots; null when their marchés do not price them alike.</param>
    public sealed record Line(string Reference, string Company, DateOnly SignedOn, DatePeriod Days, IReadOnlyList<string> Lots, int OwedMinutes, int CountedMinutes, PenaltyProposal? Penalty);

    /// <param name="Lots">The lots of the facilitator that have a company, each with its name.</param>
    public sealed record Answer(IReadOnlyList<Line> Lines, IReadOnlyList<(LotId Id, string Name, OrganizationId Company)> Lots, IReadOnlyList<(OrganizationId Id, string Name)> Companies);

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/heures/conventions", (SignedIn who, IMediator mediator, CancellationToken ct) => ShowAsync(PostedForm.Of(), who, mediator, StatusCodes.Status200OK, ct))
            .RequireAuthorization(Policies.Facilitator);
        app.MapPost("/heures/conventions", Post).RequireAuthorization(Policies.Facilitator);
    }

    private static async Task<IResult> ShowAsync(PostedForm form, SignedIn who, IMediator mediator, int status, CancellationToken ct) =>
        Page.Of<PoolHoursPage>(new { Answer = await mediator.Send(new Query(who), ct), Form = form }, status);

    private static async Task<IResult> Post(PostedForm form, SignedIn who, IMediator mediator, CancellationToken ct)
    {
        var (reference, company, signed) = (form.Text("reference", "Référence", 100), form.Id("entreprise", "Entreprise"), form.Day("signee_le", "Signée le"));
        var (start, end) = (form.Day("debut", "Début"), form.OptionalDay("fin", "Fin"));
        if (end < start)
        {
            form.Errors.Add("fin", "Fin : elle est avant le début. Corriger l’une des deux dates.");
        }

        if (form.Errors.Any)
        {
            return await ShowAsync(form, who, mediator, StatusCodes.Status400BadRequest, ct);
        }

        var convention = new PoolingConvention(reference, signed!.Value, new DatePeriod(start!.Value, end), [.. form.Ids("lots").Select(id => new LotId(id))]);
        return await (await mediator.Send(new Command(convention, new OrganizationId(company!.Value), who), ct)).ToPageAsync(
            _ => Page.SeeOther("/heures/conventions", "La convention est enregistrée."),
            form,
            () => ShowAsync(form, who, mediator, StatusCodes.Status422UnprocessableEntity, ct));
    }

    /// <summary>The lots of this facilitator with each of their companies, co-contractors included.</summary>
    private static async Task<IReadOnlyList<(LotId Lot, MarketId Market, string Name, OrganizationId Company, string CompanyName)>> LotsAsync(
        DbConnection db, SignedIn who, CancellationToken ct, DbTransaction? tx = null) =>
    [
        .. await db.QueryAsync<(LotId, MarketId, string, OrganizationId, string)>(new CommandDefinition(
            """
            select l.id, m.id, m.reference || ', lot ' || l.number || ' : ' || l.title, o.id, o.name
            from lot l join market m on m.id = l.market_id
            join organization o on o.id = l.company_id or exists (select 1 from lot_share s where s.lot_id = l.id and s.company_id = o.id)
            where m.facilitator_id = @OrganizationId order by m.reference, l.number, o.name, o.id limit 5000
            """,
            new { who.OrganizationId }, tx, cancellationToken: ct)),
    ];

    public sealed class ShowHandler(Database database, FrenchCalendar calendar) : IRequestHandler<Query, Answer>
    {
        public async Task<Answer> Handle(Query request, CancellationToken cancellationToken)
        {
            var ct = cancellationToken;
            await using var db = await database.OpenAsync(ct);
            var lots = await LotsAsync(db, request.Who, ct);
            var rows = await db.QueryAsync<(Guid Id, string Reference, string Company, DateOnly SignedOn, DateOnly Start, DateOnly? End)>(new CommandDefinition(
                """
                select c.id, c.reference, o.name, c.signed_on, c.starts_on, c.ends_on from pooling_convention c join organization o on o.id = c.company_id
                where c.facilitator_id = @OrganizationId order by c.signed_on desc, c.id limit @Limit
                """,
                new { request.Who.OrganizationId, Limit }, cancellationToken: ct));
            var lines = new List<Line>();
            foreach (var row in rows)
            {
                var pooled = (await db.QueryAsync<LotId>(new CommandDefinition(
                    "select lot_id from pooling_lot where convention_id = @Id order by lot_id limit @Limit", new { row.Id, Limit }, cancellationToken: ct))).ToHashSet();
                var (owed, counted, penalty) = await TotalAsync(db, pooled, lots.Where(lot => pooled.Contains(lot.Lot)).Select(lot => lot.Market).Distinct(), ct);
                lines.Add(new Line(row.Reference, row.Company, row.SignedOn, new DatePeriod(row.Start, row.End),
                    [.. lots.Where(lot => pooled.Contains(lot.Lot)).Select(lot => lot.Name).Distinct()], owed, counted, penalty));
            }

            return new Answer(lines, [.. lots.Select(lot => (lot.Lot, lot.Name, lot.Company))], [.. lots.Select(lot => (lot.Company, lot.CompanyName)).Distinct()]);
        }

        private async Task<(int Owed, int Counted, PenaltyProposal? Penalty)> TotalAsync(DbConnection db, HashSet<LotId> lots, IEnumerable<MarketId> markets, CancellationToken ct)
        {
            var (owed, counted) = (0, 0);
            var terms = new List<(PenaltyTerms Terms, DateOnly? LastDay)>();
            foreach (var id in markets)
            {
                var market = (await MarketRecords.FindAsync(db, id, ct))!;
                var penalties = (await ControlRecords.TermsAsync(db, id, ct)).Penalties;
                foreach (var lot in (await MarketRecords.LotsAsync(db, id, ct)).Where(lot => lots.Contains(lot.Id)))
                {
                    owed += lot.OwedOn(calendar.Today).Minutes;
                    terms.Add((penalties, market.For(lot).Period.End));
                }

                counted += (await MarketFigures.ReportedAsync(db, market, ct)).Where(it => lots.Contains(it.Contract.LotId)).Sum(it => it.Hours.CountedMinutes);
            }

            return (owed, counted, PenaltyProposal.OnPool(calendar.Today, terms, owed, counted));
        }
    }

    public sealed class Handler(Database database, FrenchCalendar calendar, EventLog log) : IRequestHandler<Command, Result<Guid>>
    {
        public Task<Result<Guid>> Handle(Command request, CancellationToken cancellationToken) => database.WriteAsync<Result<Guid>>(
            async (db, tx) =>
            {
                var ct = cancellationToken;
                var own = (await LotsAsync(db, request.Who, ct, tx)).Where(lot => lot.Company == request.CompanyId).Select(lot => lot.Lot).ToHashSet();
                var it = request.Convention;
                if (it.Fault(own, calendar.Today) is { } fault)
                {
                    return Result.Refused(fault.Field, fault.Sentence, PoolingConvention.Written);
                }

                var id = Guid.CreateVersion7();
                var added = await db.ExecuteAsync(new CommandDefinition(
                    """
                    insert into pooling_convention (id, facilitator_id, company_id, reference, signed_on, starts_on, ends_on, created_at, created_by_id, created_by)
                    values (@id, @OrganizationId, @CompanyId, @Reference, @SignedOn, @Start, @End, @Now, @UserId, @DisplayName)
                    on conflict (facilitator_id, reference) do nothing
                    """,
                    new { id, request.Who.OrganizationId, request.CompanyId, it.Reference, it.SignedOn, it.Days.Start, it.Days.End, calendar.Now, request.Who.UserId, request.Who.DisplayName },
                    tx, cancellationToken: ct));
                if (added == 0)
                {
                    return Result.Refused("reference", "Référence : vous avez déjà une convention sous cette référence.");
                }

                foreach (var lot in it.Lots.Distinct())
                {
                    await db.ExecuteAsync(new CommandDefinition("insert into pooling_lot (convention_id, lot_id) values (@id, @lot)", new { id, lot }, tx, cancellationToken: ct));
                }

                await log.AppendAsync(db, tx, "convention", id, "convention.signed", request.Who, new { lots = it.Lots.Select(lot => lot.Value), signed = it.SignedOn }, ct);
                return id;
            },
            cancellationToken);
    }
}
