using Matching.Rules;
using Matching.Rules.Hours;
using Matching.Rules.Markets;
using Matching.Web.Platform;
using Matching.Web.Platform.Records;
using MediatR;

namespace Matching.Web.Hours;

/// <summary>GET /heures/lots/{id}: what a lot owes today, by which calculation; its versions, its invoices, the parts of its co-contractors.</summary>
public static class ReadTarget
{
    public sealed record Query(LotId LotId, SignedIn Who) : IRequest<Result<Answer>>;

    /// <param name="Companies">Those that may be named as co-contractors.</param>
    /// <param name="Contracts">For each contract of the lot: the co-contractor noted, the employer, the counted minutes.</param>
    public sealed record Answer(
        Market Market, Lot Lot, HoursOwed Owed, IReadOnlyList<(CoContractorShare Share, string Company)> Shares, IReadOnlyList<StoredOrganization> Companies,
        IReadOnlyList<(OrganizationId? Noted, OrganizationId Employer, int Minutes)> Contracts)
    {
        /// <summary>Each co-contractor with what it owes and has done; last, where there is some, what no co-contractor is noted for.</summary>
        public IEnumerable<(string Company, int? Permille, int OwedMinutes, int DoneMinutes)> Parts =>
            CoContractors.Balance(Owed.Minutes, [.. Shares.Select(it => it.Share)], Contracts).Select((it, place) => it.CompanyId is null
                ? ("Cotraitant non noté", (int?)null, it.OwedMinutes, it.DoneMinutes) : (Shares[place].Company, Shares[place].Share.Permille, it.OwedMinutes, it.DoneMinutes));
    }

    public static void Map(IEndpointRouteBuilder app) => app.MapGet("/heures/lots/{id:guid}", (Guid id, SignedIn who, IMediator mediator, CancellationToken ct) =>
        ShowAsync(new LotId(id), PostedForm.Of(("nature", "HEURES")), who, mediator, StatusCodes.Status200OK, ct)).RequireAuthorization(Policies.Facilitator);

    /// <summary>The page, with what was typed and what is wrong when a form of it was refused.</summary>
    internal static async Task<IResult> ShowAsync(LotId id, PostedForm form, SignedIn who, IMediator mediator, int status, CancellationToken ct) =>
        (await mediator.Send(new Query(id, who), ct)).ToPage(answer => Page.Of<ReadTargetPage>(new { Answer = answer, Form = form }, status));

    /// <summary>After a form of this page: back to it, or again with the reasons.</summary>
    internal static Task<IResult> AnswerAsync<T>(Result<T> result, LotId id, string done, PostedForm form, SignedIn who, IMediator mediator, CancellationToken ct) =>
        result.ToPageAsync(
            _ => Page.SeeOther($"/heures/lots/{id}", done),
            form,
            () => ShowAsync(id, form, who, mediator, StatusCodes.Status422UnprocessableEntity, ct));

    public sealed class Handler(Database database, FrenchCalendar calendar) : IRequestHandler<Query, Result<Answer>>
    {
        public async Task<Result<Answer>> Handle(Query request, CancellationToken cancellationToken)
        {
            var ct = cancellationToken;
            await using var db = await database.OpenAsync(ct);
            if (await LotOfFacilitator.FindAsync(db, request.LotId, request.Who, ct) is not var (market, lot))
            {
                return Result.Missing;
            }

            var companies = await OrganizationRecords.OfKindsAsync(
                db, OrganizationKinds.All.Where(kind => kind == OrganizationKind.Entreprise || kind.IsInsertionStructure()), ct);
            var shares = await TargetRecords.SharesAsync(db, lot.Id, ct);
            var noted = await CoContractorRecords.OfLotAsync(db, lot.Id, ct);
            var contracts = shares.Count == 0 ? [] : (await MarketFigures.ReportedAsync(db, market, ct)).Where(it => it.Contract.LotId == lot.Id);
            return new Answer(
                market, lot, lot.OwedOn(calendar.Today), shares, companies,
                [.. contracts.Select(it => (noted.TryGetValue(it.Contract.Id, out var company) ? company : (OrganizationId?)null, it.Contract.EmployerId, it.Hours.CountedMinutes))]);
        }
    }
}
