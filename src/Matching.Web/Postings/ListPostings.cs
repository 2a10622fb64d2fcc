using Dapper;
using Matching.Rules;
using Matching.Rules.Postings;
using Matching.Web.Platform;
using Matching.Web.Platform.Records;
using MediatR;

namespace Matching.Web.Postings;

/// <summary>GET /offres and GET /api/v1/offres: a facilitator's own postings by state; a structure's published ones of its territory.</summary>
public static class ListPostings
{
    public const int PageSize = 50;

    /// <param name="State">Only that state; null for all.</param>
    /// <param name="Market">Only that marché; null for all.</param>
    public sealed record Query(SignedIn Me, PostingState? State, MarketId? Market, int Page, int Size = PageSize) : IRequest<Answer>;

    public sealed record Line(
        PostingId Id, string Title, string State, string? RomeCode, string? Occupation, string? InseeCode, string? Commune, DateOnly? StartsOn, DateOnly? EndsOn,
        int Posts, int? InsertionHours, string MarketReference, DateTimeOffset UpdatedAt)
    {
        public PostingState Stage => Enum.Parse<PostingState>(State, ignoreCase: true);
    }

    public sealed record Answer(IReadOnlyList<Line> Lines, int Total, int PageNumber, int Size)
    {
        public int PageCount => (Total + Size - 1) / Size;
    }

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/offres", async (SignedIn me, IMediator mediator, CancellationToken ct, string? etat = null, Guid? marche = null, int page = 1) =>
        {
            var state = StateOf(etat);
            var answer = await mediator.Send(new Query(me, state, marche is { } id ? new MarketId(id) : null, page), ct);
            return Page.Of<ListPostingsPage>(new { Answer = answer, Me = me, State = state, Market = marche });
        }).RequireAuthorization(Policies.FacilitatorOrStructure);
        app.MapApi(Policies.FacilitatorOrStructure).MapGet("/offres", async (SignedIn me, IMediator mediator, CancellationToken ct, string? etat = null, int page = 1, int limite = PageSize) =>
        {
            if (etat is not null && StateOf(etat) is null)
            {
                return Problems.Refused([new Refusal("etat", "État inconnu : brouillon, publiee, pourvue ou close.")]);
            }

            var answer = await mediator.Send(new Query(me, StateOf(etat), null, page, Math.Clamp(limite, 1, 200)), ct);
            return TypedResults.Ok(new { total = answer.Total, page = answer.PageNumber, offres = answer.Lines.Select(Shape) });
        });
    }

    private static PostingState? StateOf(string? code) => PostingSteps.States.Where(row => row.Code == code).Select(row => (PostingState?)row.State).FirstOrDefault();

    private static object Shape(Line line) => new
    {
        id = line.Id.Value,
        intitule = line.Title,
        etat = line.Stage.Code(),
        code_rome = line.RomeCode,
        metier = line.Occupation,
        commune_insee = line.InseeCode,
        commune = line.Commune,
        debut = line.StartsOn,
        fin = line.EndsOn,
        nombre_postes = line.Posts,
        heures_insertion = line.InsertionHours,
        marche = line.MarketReference,
        modifiee_le = line.UpdatedAt,
    };

    public sealed class Handler(Database database) : IRequestHandler<Query, Answer>
    {
        public async Task<Answer> Handle(Query request, CancellationToken cancellationToken)
        {
            await using var db = await database.OpenAsync(cancellationToken);
            var where = request.Me.Role == Roles.Facilitator ? "p.facilitator_id = @org" : Visibility.PostingOpenInTerritory;
            where += (request.State is null ? "" : " and p.state = @state") + (request.Market is null ? "" : " and p.market_id = @market");
            var page = Math.Clamp(request.Page, 1, 10_000);
            var parameters = new
            {
                org = request.Me.OrganizationId,
                state = request.State?.ToString().ToUpperInvariant(),
                market = request.Market,
                limit = request.Size,
                skip = (page - 1) * request.Size,
            };
            var total = await db.QuerySingleAsync<int>(new CommandDefinition($"select count(*) from posting p where {where}", parameters, cancellationToken: cancellationToken));
            var lines = await db.QueryAsync<Line>(new CommandDefinition(
                $"""
                select p.id, p.title, p.state, p.rome_code, r.label as occupation, p.insee_code, k.name as commune, p.starts_on, p.ends_on,
                    p.posts, p.insertion_hours, m.reference as market_reference, p.updated_at
                from posting p
                join market m on m.id = p.market_id
                left join rome r on r.code = p.rome_code
                left join commune k on k.insee_code = p.insee_code
                where {where}
                order by p.updated_at desc, p.id
                limit @limit offset @skip
                """,
                parameters, cancellationToken: cancellationToken));
            return new Answer([.. lines], total, page, request.Size);
        }
    }
}
