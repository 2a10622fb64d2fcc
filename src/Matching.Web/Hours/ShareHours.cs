using Matching.Rules;
using Matching.Rules.Hours;
using Matching.Rules.Markets;
using Matching.Web.Platform;
using Matching.Web.Platform.Records;
using MediatR;

namespace Matching.Web.Hours;

/// <summary>POST /heures/lots/{id}/parts: how the co-contractors share what the lot owes; a new version, the former ones stay.</summary>
public static class ShareHours
{
    /// <summary>Companies of one group: far more than any contract names.</summary>
    public const int MaximumCompanies = 8;

    public sealed record Command(LotId LotId, IReadOnlyList<CoContractorShare> Shares, SignedIn Who) : IRequest<Result<int>>;

    public static void Map(IEndpointRouteBuilder app) => app.MapPost("/heures/lots/{id:guid}/parts", Post).RequireAuthorization(Policies.Facilitator);

    private static async Task<IResult> Post(Guid id, PostedForm form, SignedIn who, IMediator mediator, CancellationToken ct)
    {
        var lot = new LotId(id);
        var shares = new List<CoContractorShare>();
        for (var place = 1; place <= MaximumCompanies; place++)
        {
            if (form[$"cotraitant_{place}"].Length > 0
                && form.Id($"cotraitant_{place}", "Entreprise") is { } company && form.Number($"cotraitant_part_{place}", "Part", 0, 100, 1) is { } percent)
            {
                shares.Add(new CoContractorShare(new OrganizationId(company), (int)(percent * 10)));
            }
        }

        return form.Errors.Any
            ? await ReadTarget.ShowAsync(lot, form, who, mediator, StatusCodes.Status400BadRequest, ct)
            : await ReadTarget.AnswerAsync(
                await mediator.Send(new Command(lot, shares, who), ct), lot, "Le partage des heures est enregistré.", form, who, mediator, ct);
    }

    public sealed class Handler(Database database, FrenchCalendar calendar, EventLog log) : IRequestHandler<Command, Result<int>>
    {
        public Task<Result<int>> Handle(Command request, CancellationToken cancellationToken) => database.WriteAsync<Result<int>>(
            async (db, tx) =>
            {
                var ct = cancellationToken;
                await TargetRecords.TakeTurnAsync(db, tx, request.LotId, ct);
                if (await LotOfFacilitator.FindAsync(db, request.LotId, request.Who, ct, tx) is not { } found)
                {
                    return Result.Missing;
                }

                if (CoContractors.Check(request.Shares) is { } refusal)
                {
                    return Result.Refused("cotraitant_part_1", refusal.Sentence, refusal.Rule);
                }

                var companies = await OrganizationRecords.OfKindsAsync(
                    db, OrganizationKinds.All.Where(kind => kind == OrganizationKind.Entreprise || kind.IsInsertionStructure()), ct);
                if (request.Shares.Any(share => companies.All(company => company.Id != share.CompanyId)))
                {
                    return Result.Refused("cotraitant_1", "Entreprise : choisir une entreprise ou une structure de la liste.");
                }

                await TargetRecords.AppendAsync(db, tx, found.Lot.Id, request.Shares, request.Who, calendar.Now, ct);
                await log.AppendAsync(db, tx, "market", found.Market.Id.Value, "lot.shared", request.Who,
                    new { lot = found.Lot.Number, parts = request.Shares.Select(share => new { company = share.CompanyId.Value, permille = share.Permille }) }, ct);
                return request.Shares.Count;
            },
            cancellationToken);
    }
}
