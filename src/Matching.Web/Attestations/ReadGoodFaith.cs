using Matching.Rules;
using Matching.Rules.Markets;
using Matching.Rules.People;
using Matching.Rules.Preselection;
using Matching.Web.Platform;
using Matching.Web.Platform.Figures;
using MediatR;

namespace Matching.Web.Attestations;

/// <summary>
/// GET /lots/{id}/demarches, .xlsx and .pdf: what was proposed to the company of a lot, each contact and each answer, dated. It shows the good
/// faith of both when hours are missing. People are initials; neither words, notes nor anything of their situation is in it.
/// </summary>
public static class ReadGoodFaith
{
    public sealed record Query(LotId Id, SignedIn Who) : IRequest<Result<FigureDocument>>;

    public static void Map(IEndpointRouteBuilder app) =>
        AttestationFiles.Map(app, "/lots/{id:guid}/demarches", Policies.Facilitator, "/heures", (id, who) => new Query(new LotId(id), who));

    public sealed class Handler(Database database, FrenchCalendar calendar) : IRequestHandler<Query, Result<FigureDocument>>
    {
        public async Task<Result<FigureDocument>> Handle(Query request, CancellationToken cancellationToken)
        {
            await using var db = await database.OpenAsync(cancellationToken);
            if (await CertifyLot.OwnLotAsync(db, request.Id, request.Who, cancellationToken) is not var (lot, market, company))
            {
                return Result.Missing;
            }

            var found = await GoodFaithFacts.ReadAsync(db, lot, cancellationToken);
            return new FigureDocument(
                $"Démarches auprès de {company?.Name ?? $"l’entreprise du lot {lot.Number}"}",
                $"Marché {market.Reference}, lot {lot.Number} : {lot.Title}. Établi le {FigureWords.Day(calendar.Today)} par {request.Who.OrganizationName}.",
                [Files(found), Answers(found), Interviews(found), Mails(found), Contacts(found)],
                ["Chaque ligne est datée du jour où elle a été enregistrée. Les personnes sont désignées par leurs initiales et leur place dans le dossier."], "demarches");
        }
    }

    private static FigureTable Files(GoodFaithFacts found) => new(
        "dossiers", "Dossiers transmis",
        [
            new("transmis_le", "Transmis le", CellKind.Day), new("offre", "Offre", CellKind.Text), new("contact", "Contact", CellKind.Text), new("personnes", "Personnes proposées", CellKind.Text),
            new("ouvert_le", "Ouvert le", CellKind.Day), new("reponse_avant", "Réponse attendue avant le", CellKind.Day),
        ],
        [
            .. found.Links.Select(link => (IReadOnlyList<FigureCell>)
            [
                FigureCell.Day(FrenchCalendar.DayOf(link.CreatedAt)), FigureCell.Of(link.Title), FigureCell.Of(link.ContactName),
                FigureCell.Of(string.Join(", ", found.People[link.Id].Select(person => $"{Identity.InitialsOf(person.FirstName, person.LastName)} ({person.Position})"))),
                FigureCell.Day(link.OpenedAt is { } at ? FrenchCalendar.DayOf(at) : null), FigureCell.Day(link.AnswerBefore),
            ]),
        ],
        found.Links.Count == 0 ? "Aucun dossier n’a été transmis." : null);

    private static FigureTable Answers(GoodFaithFacts found) => new(
        "reponses", "Réponses et suites",
        [
            new("le", "Le", CellKind.Day), new("offre", "Offre", CellKind.Text), new("personne", "Personne", CellKind.Text), new("suite", "Suite", CellKind.Text),
            new("motif", "Motif", CellKind.Text), new("par", "Par", CellKind.Text),
        ],
        [
            .. found.Steps.Select(step => (IReadOnlyList<FigureCell>)
            [
                FigureCell.Day(FrenchCalendar.DayOf(step.At)), FigureCell.Of(step.Title), FigureCell.Of(Identity.InitialsOf(step.FirstName, step.LastName)),
                FigureCell.Of(step.IsUndo ? $"Étape annulée, retour à « {step.To.Label()} »" : step.To.Label()),

                // How a person stands after leaving is not the company's business.
                FigureCell.Of(step.To == PreselectionState.Declined ? Reasons.Label(step.To, step.ReasonCode) ?? "" : ""), FigureCell.Of(step.ByName),
            ]),
        ],
        found.Steps.Count == 0 ? "Aucune réponse n’est notée." : null);

    private static FigureTable Interviews(GoodFaithFacts found) => new(
        "entretiens", "Entretiens",
        [new("le", "Le", CellKind.Day), new("offre", "Offre", CellKind.Text), new("personne", "Personne", CellKind.Text), new("etat", "État", CellKind.Text)],
        [
            .. found.Slots.Select(slot => (IReadOnlyList<FigureCell>)
            [
                FigureCell.Day(FrenchCalendar.DayOf(slot.StartsAt)), FigureCell.Of(slot.Title), FigureCell.Of(Identity.InitialsOf(slot.FirstName, slot.LastName)),
                FigureCell.Of(InterviewSlots.Parse(slot.State).Label()),
            ]),
        ],
        found.Slots.Count == 0 ? "Aucun entretien n’est noté." : null);

    private static FigureTable Mails(GoodFaithFacts found) => new(
        "courriels", "Courriels à l’entreprise",
        [new("le", "Parti le", CellKind.Day), new("objet", "Objet", CellKind.Text)],
        [.. found.Mails.Select(mail => (IReadOnlyList<FigureCell>)[FigureCell.Day(FrenchCalendar.DayOf(mail.SentAt)), FigureCell.Of(mail.Label)])],
        found.Mails.Count == 0 ? "Aucun courriel n’est parti du service." : null);

    private static FigureTable Contacts(GoodFaithFacts found) => new(
        "echanges", "Échanges notés au suivi du marché",
        [new("le", "Le", CellKind.Day), new("nature", "Nature", CellKind.Text), new("presents", "Présents", CellKind.Text)],
        [
            .. found.Contacts.Select(contact => (IReadOnlyList<FigureCell>)
            [
                FigureCell.Day(contact.OnDay), FigureCell.Of(FollowUpLog.Kinds.FirstOrDefault(kind => kind.Code == contact.Kind).Label ?? contact.Kind),
                FigureCell.Of(string.Join(", ", contact.Roles.Split('|').Select(role => FollowUpLog.Roles.FirstOrDefault(it => it.Code == role).Label ?? role))),
            ]),
        ],
        found.Contacts.Count == 0 ? "Aucun échange n’est noté." : null);
}
