using Dapper;
using Matching.Rules.Preselection;
using Matching.Web.Platform;
using Matching.Web.Platform.Figures;
using Matching.Web.Platform.Records;
using MediatR;

namespace Matching.Web.Preselection;

/// <summary>GET /preselections.xlsx: each path towards a posting with the day of each step; for a facilitator its own, for a structure its people's.</summary>
public static class ExportCandidacies
{
    /// <summary>More lines than a facilitator follows in ten years.</summary>
    private const int LineLimit = 20_000;

    private const int StepLimit = LineLimit * 11;

    private const string Masked = "Nom masqué";

    public sealed record Query(SignedIn User) : IRequest<Result<FigureDocument>>;

    private static readonly FigureColumn[] Columns =
    [
        new("marche", "Marché", CellKind.Text), new("lot", "Lot", CellKind.Text), new("poste", "Poste", CellKind.Text), new("metier", "Métier (ROME)", CellKind.Text),
        new("commune", "Commune du poste (INSEE)", CellKind.Text), new("nom", "Nom", CellKind.Text), new("prenom", "Prénom", CellKind.Text),
        new("reference", "Référence", CellKind.Text), new("structure", "Accompagnée par", CellKind.Text), new("etat", "État", CellKind.Text), new("motif", "Motif", CellKind.Text),
        new("attend", "On attend", CellKind.Text), new("jours", "Jours dans cet état", CellKind.Count), new("entretien_le", "Entretien prévu le", CellKind.Day),
        .. PreselectionStates.All.Select(state => new FigureColumn($"{state.Verb}_le", $"{state.Label}, le", CellKind.Day)),
        new("contrat_debut", "Début du contrat", CellKind.Day), new("contrat_fin", "Fin du contrat", CellKind.Day),
    ];

    public static void Map(IEndpointRouteBuilder app) =>
        app.MapGet("/preselections.xlsx", async (SignedIn user, IMediator mediator, CancellationToken ct) =>
            (await mediator.Send(new Query(user), ct)).ToPage(FigureFiles.ToWorkbook)).RequireAuthorization(Policies.FacilitatorOrStructure);

    public sealed class Handler(Database database, FrenchCalendar calendar) : IRequestHandler<Query, Result<FigureDocument>>
    {
        public async Task<Result<FigureDocument>> Handle(Query request, CancellationToken cancellationToken)
        {
            await using var db = await database.OpenAsync(cancellationToken);
            var parameters = new
            {
                organization = request.User.OrganizationId,
                facilitator = request.User.OrganizationId,
                isStructure = request.User.Role == Roles.Structure,
            };
            var rows = await db.QueryAsync<Row>(new CommandDefinition(
                $"""
                select s.id, m.reference as market, l.title as lot, o.title, o.rome_code, o.insee_code, p.last_name, p.first_name, p.reference, g.name as structure,
                    s.state, s.reason_code, s.interview_at, s.updated_at, c.starts_on, coalesce(c.ended_on, c.ends_on) as ends_on,
                    case when {Visibility.PersonReachesFacilitator} then 1 else 0 end as reaches
                from preselection s
                join person p on p.id = s.person_id
                join organization g on g.id = p.organization_id
                join posting o on o.id = s.posting_id
                join lot l on l.id = o.lot_id
                join market m on m.id = o.market_id
                left join work_contract c on c.preselection_id = s.id
                where (@isStructure and p.organization_id = @organization) or (not @isStructure and s.facilitator_id = @organization)
                order by m.reference, o.title, p.last_name, p.first_name, s.id
                limit {LineLimit}
                """,
                parameters, cancellationToken: cancellationToken));
            var steps = await db.QueryAsync<Step>(new CommandDefinition(
                $"""
                select h.preselection_id, h.to_state, max(h.at) as at
                from preselection_step h
                join preselection s on s.id = h.preselection_id
                join person p on p.id = s.person_id
                where ((@isStructure and p.organization_id = @organization) or (not @isStructure and s.facilitator_id = @organization))
                    and (h.from_state is null or h.from_state <> h.to_state) and not h.is_undo
                group by h.preselection_id, h.to_state
                order by h.preselection_id, h.to_state
                limit {StepLimit}
                """,
                parameters, cancellationToken: cancellationToken));
            var days = steps.ToLookup(step => step.PreselectionId);
            var table = new FigureTable(
                "candidatures", "Candidatures", Columns, [.. rows.Select(row => Line(row, days[row.Id], parameters.isStructure, calendar.Today))],
                "Un nom est masqué quand le parcours est terminé et que la personne n’est plus publiée.");
            return new FigureDocument("Candidatures", "", [table], [], "candidatures");
        }

        private static IReadOnlyList<FigureCell> Line(Row row, IEnumerable<Step> steps, bool isStructure, DateOnly today)
        {
            var state = PreselectionStates.Parse(row.State);
            var isNamed = isStructure || row.Reaches || state.IsPending() || row.StartsOn is not null;
            var last = steps.ToDictionary(step => step.ToState, step => FrenchCalendar.DayOf(step.At));
            return
            [
                FigureCell.Of(row.Market), FigureCell.Of(row.Lot), FigureCell.Of(row.Title), FigureCell.Of(row.RomeCode ?? ""), FigureCell.Of(row.InseeCode ?? ""),
                FigureCell.Of(isNamed ? row.LastName : Masked), FigureCell.Of(isNamed ? row.FirstName : Masked), FigureCell.Of(isNamed ? row.Reference : Masked), FigureCell.Of(row.Structure),
                FigureCell.Of(state.Label()), FigureCell.Of(Reasons.Label(state, row.ReasonCode) ?? ""), FigureCell.Of(Waits.Name(state) ?? ""),
                FigureCell.Count(today.DayNumber - FrenchCalendar.DayOf(row.UpdatedAt).DayNumber),
                FigureCell.Day(row.InterviewAt is { } at ? FrenchCalendar.DayOf(at) : null),
                .. PreselectionStates.All.Select(one => FigureCell.Day(last.TryGetValue(one.Code, out var day) ? day : null)),
                FigureCell.Day(row.StartsOn), FigureCell.Day(row.EndsOn),
            ];
        }
    }

    private sealed class Row
    {
        public Guid Id { get; init; }
        public string Market { get; init; } = "";
        public string Lot { get; init; } = "";
        public string Title { get; init; } = "";
        public string? RomeCode { get; init; }
        public string? InseeCode { get; init; }
        public string LastName { get; init; } = "";
        public string FirstName { get; init; } = "";
        public string Reference { get; init; } = "";
        public string Structure { get; init; } = "";
        public string State { get; init; } = "";
        public string? ReasonCode { get; init; }
        public DateTimeOffset? InterviewAt { get; init; }
        public DateTimeOffset UpdatedAt { get; init; }
        public DateOnly? StartsOn { get; init; }
        public DateOnly? EndsOn { get; init; }
        public bool Reaches { get; init; }
    }

    private sealed class Step
    {
        public Guid PreselectionId { get; init; }
        public string ToState { get; init; } = "";
        public DateTimeOffset At { get; init; }
    }
}
