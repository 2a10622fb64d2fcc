using System.Data.Common;
using System.Globalization;
using Dapper;
using Matching.Rules;
using Matching.Rules.Markets;
using Matching.Rules.Reporting;
using Matching.Web.Platform;
using Matching.Web.Platform.Records;
using MediatR;

namespace Matching.Web.Dashboards;

/// <summary>GET and POST /bilans/{marketId}/sorties: where each person stands at the end of the last contract, 6 and 12 months later.</summary>
public static class RecordExits
{
    private const int Limit = 5_000;

    public sealed record Query(MarketId MarketId, SignedIn Who) : IRequest<Result<Answer>>;

    public sealed record Answer(Market Market, IReadOnlyList<Line> Lines);

    /// <param name="Cells">The cell of each milestone, as a bilan counts it.</param>
    public sealed record Line(ContractEnd End, string Name, IReadOnlyDictionary<ExitMilestone, string> Cells);

    public sealed record Command(MarketId MarketId, ContractId ContractId, ExitMilestone Milestone, string Code, SignedIn Who) : IRequest<Result<ContractId>>;

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/bilans/{marketId:guid}/sorties", (Guid marketId, SignedIn who, IMediator mediator, CancellationToken ct) =>
            ShowAsync(new MarketId(marketId), who, mediator, [], StatusCodes.Status200OK, ct)).RequireAuthorization(Policies.Facilitator);
        app.MapPost("/bilans/{marketId:guid}/sorties", PostAsync).RequireAuthorization(Policies.Facilitator);
    }

    private static async Task<IResult> PostAsync(Guid marketId, PostedForm form, SignedIn who, IMediator mediator, CancellationToken ct)
    {
        var milestone = form.Choice("jalon", "Échéance", ["6", "12"]);
        var contract = form.Id("contrat", "Contrat");
        var code = form.Text("situation", "Situation", 40);
        if (form.Errors.Any)
        {
            return await ShowAsync(new MarketId(marketId), who, mediator, form.Errors.All, StatusCodes.Status400BadRequest, ct);
        }

        var command = new Command(new MarketId(marketId), new ContractId(contract!.Value), (ExitMilestone)int.Parse(milestone, CultureInfo.InvariantCulture), code, who);
        return await (await mediator.Send(command, ct)).Match(
            _ => Task.FromResult(Page.SeeOther($"/bilans/{marketId}/sorties", "Situation enregistrée.")),
            () => Task.FromResult(Page.Missing()),
            reasons => ShowAsync(command.MarketId, who, mediator, reasons, StatusCodes.Status422UnprocessableEntity, ct));
    }

    private static async Task<IResult> ShowAsync(MarketId market, SignedIn who, IMediator mediator, IReadOnlyList<Refusal> refusals, int status, CancellationToken ct) =>
        (await mediator.Send(new Query(market, who), ct)).ToPage(answer => Page.Of<RecordExitsPage>(new { Answer = answer, Refusals = refusals }, status));

    private static async Task<IReadOnlyList<Row>> ReadAsync(DbConnection db, MarketId market, CancellationToken ct, DbTransaction? tx = null) => (await db.QueryAsync<Row>(new CommandDefinition(
        $"""
        select c.id, c.person_id, c.starts_on, c.ends_on, c.ended_on, c.exit_code, p.last_name, p.first_name
        from work_contract c
        join person p on p.id = c.person_id
        where c.market_id = @market order by c.starts_on, c.id limit {Limit}
        """,
        new { market }, tx, cancellationToken: ct))).AsList();

    public sealed class ShowHandler(Database database, FrenchCalendar calendar) : IRequestHandler<Query, Result<Answer>>
    {
        public async Task<Result<Answer>> Handle(Query request, CancellationToken cancellationToken)
        {
            await using var db = await database.OpenAsync(cancellationToken);
            var market = await MarketRecords.FindOwnAsync(db, request.MarketId, request.Who, cancellationToken);
            if (market is null)
            {
                return Result.Missing;
            }

            var rows = (await ReadAsync(db, market.Id, cancellationToken)).ToDictionary(row => row.Id);
            var recorded = (await TraitRecords.ExitsAsync(db, market.Id, cancellationToken))
                .Concat(rows.Values.Where(row => row.ExitCode is not null).Select(row => new RecordedExit(row.Id, ExitMilestone.End, row.ExitCode!))).ToLookup(it => it.ContractId);
            return new Answer(market, [.. Exits.LastOf(rows.Values.Select(row => row.ToEnd()))
                .Select(end => new Line(end, $"{rows[end.Id].FirstName} {rows[end.Id].LastName}",
                    Exits.Milestones.ToDictionary(milestone => milestone, milestone => Exits.CellOf(end, milestone, recorded[end.Id], calendar.Today))))
                .OrderBy(line => line.End.EndsOn ?? DateOnly.MaxValue).ThenBy(line => line.End.Id.Value)]);
        }
    }

    public sealed class Handler(Database database, EventLog events, FrenchCalendar calendar) : IRequestHandler<Command, Result<ContractId>>
    {
        public Task<Result<ContractId>> Handle(Command request, CancellationToken cancellationToken) => database.WriteAsync<Result<ContractId>>(
            async (db, tx) =>
            {
                var market = await MarketRecords.FindOwnAsync(db, request.MarketId, request.Who, cancellationToken, tx);
                if (market is null)
                {
                    return Result.Missing;
                }

                var last = Exits.LastOf((await ReadAsync(db, market.Id, cancellationToken, tx)).Select(row => row.ToEnd())).FirstOrDefault(end => end.Id == request.ContractId);
                if (last is null)
                {
                    return Result.Missing;
                }

                if (Exits.Check(last, request.Milestone, request.Code, calendar.Today) is { } refusal)
                {
                    return Result.Refused("situation", refusal, Exits.AfterMonths);
                }

                await db.ExecuteAsync(new CommandDefinition(
                    """
                    insert into exit_situation (id, contract_id, milestone, code, recorded_at, recorded_by_id, recorded_by)
                    values (@id, @ContractId, @milestone, @Code, @Now, @UserId, @DisplayName)
                    """,
                    new { id = Guid.CreateVersion7(), request.ContractId, milestone = (int)request.Milestone, request.Code, calendar.Now, request.Who.UserId, request.Who.DisplayName },
                    tx, cancellationToken: cancellationToken));
                await events.AppendAsync(db, tx, "contract", request.ContractId.Value, "exit.recorded", request.Who,
                    new { months = (int)request.Milestone, code = request.Code }, cancellationToken);
                return request.ContractId;
            },
            cancellationToken);
    }

    private sealed class Row
    {
        public ContractId Id { get; init; }
        public PersonId PersonId { get; init; }
        public DateOnly StartsOn { get; init; }
        public DateOnly? EndsOn { get; init; }
        public DateOnly? EndedOn { get; init; }
        public string? ExitCode { get; init; }
        public string LastName { get; init; } = "";
        public string FirstName { get; init; } = "";

        public ContractEnd ToEnd() => new(Id, PersonId, StartsOn, EndedOn ?? EndsOn);
    }
}
