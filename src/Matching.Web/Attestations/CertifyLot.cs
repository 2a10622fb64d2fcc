using System.Data.Common;
using Matching.Rules;
using Matching.Rules.Markets;
using Matching.Web.Platform;
using Matching.Web.Platform.Figures;
using Matching.Web.Platform.Records;
using MediatR;

namespace Matching.Web.Attestations;

/// <summary>GET /lots/{id}/attestation, .xlsx and .pdf: the validated hours of the company of a lot, a contract and a month a line. People are initials.</summary>
public static class CertifyLot
{
    public sealed record Query(LotId Id, SignedIn Who) : IRequest<Result<FigureDocument>>;

    public static void Map(IEndpointRouteBuilder app) =>
        AttestationFiles.Map(app, "/lots/{id:guid}/attestation", Policies.Facilitator, "/heures", (id, who) => new Query(new LotId(id), who));

    /// <summary>A lot with its marché, when it is this facilitator's; null otherwise.</summary>
    internal static async Task<(Lot Lot, Market Market, StoredOrganization? Company)?> OwnLotAsync(DbConnection db, LotId id, SignedIn who, CancellationToken ct) =>
        await MarketRecords.FindLotAsync(db, id, ct) is { } lot && await MarketRecords.FindOwnAsync(db, lot.MarketId, who, ct) is { } market
            ? (lot, market, lot.CompanyId is { } company ? await OrganizationRecords.FindAsync(db, company, ct) : null)
            : null;

    public sealed class Handler(Database database, FrenchCalendar calendar) : IRequestHandler<Query, Result<FigureDocument>>
    {
        public async Task<Result<FigureDocument>> Handle(Query request, CancellationToken cancellationToken)
        {
            await using var db = await database.OpenAsync(cancellationToken);
            if (await OwnLotAsync(db, request.Id, request.Who, cancellationToken) is not var (lot, market, company))
            {
                return Result.Missing;
            }

            var reported = (await MarketFigures.ReportedAsync(db, market, cancellationToken)).Where(it => it.Contract.LotId == lot.Id && it.Hours.ValidatedMinutes > 0)
                .OrderBy(it => it.Contract.Period.Start).ThenBy(it => it.Contract.Id.Value).ToList();
            var people = (await PersonRecords.ReadAsync(db, reported.Select(it => it.Contract.PersonId), cancellationToken)).ToDictionary(it => it.Person.Id, it => it.Person.Identity.Initials);
            var employers = await OrganizationRecords.NamesAsync(db, reported.Select(it => it.Contract.EmployerId), cancellationToken);
            List<IReadOnlyList<FigureCell>> rows = [.. reported.SelectMany(it => HourRows.Of(it.Hours).Select(cells => (IReadOnlyList<FigureCell>)
                [FigureCell.Of(people[it.Contract.PersonId]), FigureCell.Day(it.Contract.Period.Start), FigureCell.Of(employers.GetValueOrDefault(it.Contract.EmployerId) ?? ""), .. cells]))];
            if (rows.Count > 0)
            {
                rows.Add(HourRows.Total(reported.Select(it => it.Hours), 4));
            }

            return new FigureDocument(
                $"Attestation d’heures : {company?.Name ?? $"lot {lot.Number}"}",
                $"Marché {market.Reference}, lot {lot.Number} : {lot.Title}. Établie le {FigureWords.Day(calendar.Today)} d’après le registre de {request.Who.OrganizationName}.",
                [
                    new FigureTable(
                        "heures", "Heures validées par contrat et par mois",
                        [new("personne", "Personne", CellKind.Text), new("debut", "Contrat du", CellKind.Day), new("employeur", "Employeur", CellKind.Text), .. HourRows.Columns],
                        rows, rows.Count == 0 ? "Aucune heure n’est encore validée." : null),
                ],
                [HourRows.OnlyValidated, "Les personnes sont désignées par leurs initiales."], "attestation-heures");
        }
    }
}
