using Matching.Rules;
using Matching.Rules.Hours;
using Matching.Rules.Reporting;
using Matching.Web.Platform;
using Matching.Web.Platform.Figures;
using MediatR;

namespace Matching.Web.Dashboards;

/// <summary>
/// GET /tableaux-de-bord/{marketId}?mois=2026-11, the same with .xlsx or .pdf, and GET /api/v1/marches/{id}/tableau-de-bord: the monthly table of a
/// marché, in full for its facilitator, masked for its buyer, masked and limited to its lots for a company, a structure's own part for a structure. Never a name.
/// </summary>
public static class ReadDashboard
{
    public sealed record Query(MarketId MarketId, CalendarMonth Month, SignedIn Who) : IRequest<Result<Answer>>;

    /// <param name="IsOwnPart">The reader is a structure: the table holds its own contracts only.</param>
    /// <param name="HasBilan">The reader may open the bilan of this marché.</param>
    public sealed record Answer(MonthlyTable Table, bool IsOwnPart, IReadOnlyList<CalendarMonth> Months, bool HasBilan);

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/tableaux-de-bord/{marketId:guid}", async (Guid marketId, string? mois, SignedIn who, IMediator mediator, FrenchCalendar calendar, FigureFiles files, CancellationToken ct) =>
            (await ReadAsync(marketId, mois, who, mediator, calendar, ct)).ToPage(answer => Page.Of<ReadDashboardPage>(new { Answer = answer, files.HasPdf }), Unreadable))
            .RequireAuthorization(Policies.Figures);
        app.MapGet("/tableaux-de-bord/{marketId:guid}.xlsx", async (Guid marketId, string? mois, SignedIn who, IMediator mediator, FrenchCalendar calendar, FigureFiles files, CancellationToken ct) =>
            await files.ForPageAsync(await ReadAsync(marketId, mois, who, mediator, calendar, ct), FigureForm.Workbook, ToDocument, ct)).RequireAuthorization(Policies.Figures);
        app.MapGet("/tableaux-de-bord/{marketId:guid}.pdf", async (Guid marketId, string? mois, SignedIn who, IMediator mediator, FrenchCalendar calendar, FigureFiles files, CancellationToken ct) =>
            await files.ForPageAsync(await ReadAsync(marketId, mois, who, mediator, calendar, ct), FigureForm.Pdf, ToDocument, ct)).RequireAuthorization(Policies.Figures);
        app.MapApi(Policies.Figures).MapGet("/marches/{id:guid}/tableau-de-bord",
            async (Guid id, string? mois, HttpRequest request, SignedIn who, IMediator mediator, FrenchCalendar calendar, FigureFiles files, CancellationToken ct) =>
                await files.ForApiAsync(request, await ReadAsync(id, mois, who, mediator, calendar, ct), ToDocument, DashboardShape.Of, ct));
    }

    private static IResult Unreadable(IReadOnlyList<Refusal> reasons) => Page.Error(StatusCodes.Status400BadRequest, reasons);

    private static FigureDocument ToDocument(Answer answer) => FigureTables.Document(answer.Table, answer.IsOwnPart);

    private static async Task<Result<Answer>> ReadAsync(Guid market, string? month, SignedIn who, IMediator mediator, FrenchCalendar calendar, CancellationToken ct)
    {
        var current = CalendarMonth.Of(calendar.Today);
        var chosen = current;
        if (month is { Length: > 0 } && !CalendarMonth.TryParse(month, out chosen))
        {
            return Result.Refused("mois", "mois : écrire année-mois, par exemple 2026-11.");
        }

        return chosen > current
            ? Result.Refused("mois", $"Ce mois ({chosen.Label}) n’a pas commencé : choisir au plus {current.Label}.")
            : await mediator.Send(new Query(new MarketId(market), chosen, who), ct);
    }

    public sealed class Handler(Database database, OutsideReleases releases, FrenchCalendar calendar) : IRequestHandler<Query, Result<Answer>>
    {
        public async Task<Result<Answer>> Handle(Query request, CancellationToken cancellationToken)
        {
            await using var db = await database.OpenAsync(cancellationToken);
            var table = await MarketTables.ReadAsync(db, releases, request.MarketId, request.Month, request.Who, cancellationToken);
            if (table is null)
            {
                return Result.Missing;
            }

            var isOwnPart = request.Who.Role == Roles.Structure;
            var hasBilan = request.Who.Role == Roles.Facilitator || (!isOwnPart && (await BilanRecords.FindAsync(db, request.MarketId, cancellationToken)).PublishedAt is not null);
            return new Answer(table, isOwnPart, [.. HourRules.MonthsOf(new DatePeriod(table.Period.Start), calendar.Today).Reverse()], hasBilan);
        }
    }
}

/// <summary>The table as the API writes it: minutes and thousandths as whole numbers, a masked number as null with its reason beside it.</summary>
public static class DashboardShape
{
    public static object Of(ReadDashboard.Answer answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        var table = answer.Table;
        var below = table.MaskedBelow ?? 0;
        return new
        {
            marche = new { id = table.MarketId.Value, reference = table.Reference, objet = table.Subject, date_debut = table.Period.Start, date_fin = table.Period.End },
            mois = table.Month.Code,
            perimetre = answer.IsOwnPart ? "VOTRE_PART" : "MARCHE",
            masque_sous = table.MaskedBelow,
            personnes_fin_mois = table.PeopleAsOf?.Code,
            temps_ecoule_pour_mille = table.ElapsedPermille,
            lots = table.Lots.Select(line => Line(line, answer.IsOwnPart, below)).ToList(),
            ensemble = Line(table.Whole, answer.IsOwnPart, below),
            ventilations = table.Breakdowns.Select(breakdown => new
            {
                code = breakdown.Code,
                titre = breakdown.Title,
                perimetre = breakdown.IsPartial ? "PERSONNES_ACCOMPAGNEES" : answer.IsOwnPart ? "VOTRE_PART" : "MARCHE",
                non_communiquee = breakdown.IsWithheld,
                fin_mois = breakdown.AsOf?.Code,
                lignes = breakdown.Lines.Select(line => new
                {
                    code = line.Code,
                    libelle = line.Label,
                    personnes = line.People.Shown,
                    contrats = line.Contracts.Shown,
                    minutes_mois = line.MonthMinutes.Shown,
                    minutes_cumul = line.CumulativeMinutes.Shown,
                    masque = line.People.Shown is null ? line.People.Veil(below) : null,
                }).ToList(),
            }).ToList(),
            avancement = table.Progress.Select(it => new
            {
                mois = it.Month.Code,
                minutes_mois = it.MonthMinutes,
                minutes_cumul = it.CumulativeMinutes,
                realise_pour_mille = answer.IsOwnPart ? null : it.DonePermille,
                temps_ecoule_pour_mille = it.ElapsedPermille,
            }).ToList(),
        };
    }

    private static object Line(LotLine line, bool isOwnPart, int below) => new
    {
        numero = line.Number,
        titre = line.Title,
        objectif_minutes = isOwnPart ? (int?)null : line.TargetMinutes,
        minutes_mois = line.MonthMinutes,
        minutes_cumul = line.CumulativeMinutes,
        restent_minutes = isOwnPart ? (int?)null : line.RemainingMinutes,
        realise_pour_mille = isOwnPart ? null : line.DonePermille,
        prevision_minutes = isOwnPart ? (int?)null : line.ForecastMinutes,
        minutes_a_valider = line.PendingMinutes,
        personnes = line.People.Shown,
        contrats = line.Contracts.Shown,
        masque = line.People.Shown is null ? line.People.Veil(below) : null,
    };
}
