using Matching.Rules;
using Matching.Rules.Postings;
using Matching.Web.Platform;
using Matching.Web.Platform.Figures;
using Matching.Web.Platform.Records;
using MediatR;

namespace Matching.Web.Attestations;

/// <summary>GET /contrats/{id}/attestation, .xlsx and .pdf: the validated hours of one person in one contract, month by month.</summary>
public static class CertifyContract
{
    public sealed record Query(ContractId Id, SignedIn Who) : IRequest<Result<FigureDocument>>;

    public static void Map(IEndpointRouteBuilder app) =>
        AttestationFiles.Map(app, "/contrats/{id:guid}/attestation", Policies.FacilitatorOrStructure, "/heures", (id, who) => new Query(new ContractId(id), who));

    public sealed class Handler(Database database, FrenchCalendar calendar) : IRequestHandler<Query, Result<FigureDocument>>
    {
        public async Task<Result<FigureDocument>> Handle(Query request, CancellationToken cancellationToken)
        {
            await using var db = await database.OpenAsync(cancellationToken);
            if (await ContractRecords.FindAsync(db, request.Id, request.Who, cancellationToken) is not { } stored
                || await PersonRecords.FindAsync(db, stored.Contract.PersonId, cancellationToken) is not { } person)
            {
                return Result.Missing;
            }

            var contract = stored.Contract;
            var market = (await MarketRecords.FindAsync(db, stored.MarketId, cancellationToken))!;
            var lot = (await MarketRecords.FindLotAsync(db, contract.LotId, cancellationToken))!;
            var hours = (await MarketFigures.ReportedAsync(db, market, cancellationToken)).Single(it => it.Contract.Id == contract.Id).Hours;
            var facilitator = await OrganizationRecords.FindAsync(db, stored.FacilitatorId, cancellationToken);
            var rows = HourRows.Of(hours).ToList();
            if (rows.Count > 0)
            {
                rows.Add(HourRows.Total([hours], 1));
            }

            return new FigureDocument(
                $"Attestation d’heures : {person.Person.Identity.FullName}",
                $"{contract.Kind.Label()} chez {stored.EmployerName}, {FigureWords.Period(contract.Period)}. Marché {market.Reference}, lot {lot.Number} : {lot.Title}. "
                    + $"Établie le {FigureWords.Day(calendar.Today)} d’après le registre de {facilitator?.Name}.",
                [new FigureTable("heures", "Heures validées par mois", HourRows.Columns, rows, rows.Count == 0 ? "Aucune heure n’est encore validée." : null)],
                [HourRows.OnlyValidated], "attestation-heures");
        }
    }
}
