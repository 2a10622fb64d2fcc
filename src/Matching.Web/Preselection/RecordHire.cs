using System.Data.Common;
using System.Globalization;
using Matching.Rules;
using Matching.Rules.Eligibility;
using Matching.Rules.Hours;
using Matching.Rules.Markets;
using Matching.Rules.Postings;
using Matching.Rules.Preselection;
using Matching.Web.Platform;
using Matching.Web.Platform.Records;
using MediatR;

namespace Matching.Web.Preselection;

/// <summary>GET and POST /preselections/{id}/embauche: the work contract of a person that the company chose.</summary>
public sealed partial class RecordHire
{
    public sealed record Query(PreselectionId Id, SignedIn User) : IRequest<Result<Answer>>;

    /// <param name="Key">What a program gives so that the same request sent twice makes one contract.</param>
    public sealed record Command(
        PreselectionId Id, OrganizationId Employer, Modality Modality, WorkContractKind Kind, DateOnly Start, DateOnly? End, int WeeklyMinutes, SignedIn User,
        string? Key = null)
        : IRequest<Result<ContractId>>;

    /// <param name="Employers">The company of the lot first, then the person's structure and the others that can employ.</param>
    public sealed record Answer(
        StoredPreselection Preselection,
        Posting Posting,
        Market Market,
        Lot Lot,
        EligibilityDecision? Eligibility,
        IReadOnlyList<StoredOrganization> Employers);

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/preselections/{id:guid}/embauche", (Guid id, SignedIn user, IMediator mediator, CancellationToken ct) =>
            PageAsync(new PreselectionId(id), user, mediator, null, [], ct)).RequireAuthorization(Policies.Facilitator);
        app.MapPost("/preselections/{id:guid}/embauche", async (Guid id, PostedForm form, SignedIn user, IMediator mediator, CancellationToken ct) =>
        {
            var command = Read(new PreselectionId(id), form, user);
            var result = command is null ? Result.Refused(form.Errors.All) : await mediator.Send(command, ct);
            return await result.Match(
                _ => Task.FromResult(Page.SeeOther($"/preselections/{id}", "Embauche enregistrée. Les heures se déclarent dans « Heures ».")),
                () => Task.FromResult(Page.Missing()),
                refusals => PageAsync(new PreselectionId(id), user, mediator, form, refusals, ct));
        }).RequireAuthorization(Policies.Facilitator);
    }

    private static async Task<IResult> PageAsync(
        PreselectionId id, SignedIn user, IMediator mediator, PostedForm? form, IReadOnlyList<Refusal> refusals, CancellationToken ct)
    {
        var result = await mediator.Send(new Query(id, user), ct);
        var status = PostedAgain.StatusOf(form, refusals);
        return result.ToPage(view => Page.Of<RecordHire>(
            new { View = view, Form = form ?? FromPosting(view) },
            status));
    }

    private static PostedForm FromPosting(Answer view)
    {
        var terms = view.Posting.Terms;
        var modality = view.Lot.Modalities.Count > 0 ? view.Lot.Modalities[0] : Modality.EmbaucheDirecte;
        return PostedForm.Of(
            ("employeur", view.Employers.Count > 0 ? view.Employers[0].Id.ToString() : ""),
            ("modalite", MarketVocabulary.Modalities.Single(m => m.Value == modality).Code),
            ("contrat", terms.Contract?.Code()),
            ("debut", terms.StartsOn?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
            ("fin", terms.EndsOn?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
            ("heures", ((terms.WeeklyMinutes ?? 2_100) / 60m).ToString("0.##", CultureInfo.GetCultureInfo("fr-FR"))));
    }

    /// <summary>Null when a field cannot be read; the form then says which and why.</summary>
    private static Command? Read(PreselectionId id, PostedForm form, SignedIn user)
    {
        var employer = form.Id("employeur", "Employeur");
        var modality = form.Choice("modalite", "Modalité", MarketVocabulary.Modalities.Select(m => m.Code));
        var kind = form.Choice("contrat", "Type de contrat", WorkContracts.All.Select(c => c.Code));
        var start = form.Day("debut", "Début du contrat");
        var end = form.OptionalDay("fin", "Fin du contrat");
        var hours = form.Number("heures", "Heures par semaine", 1, 48);
        if (form.Errors.Any)
        {
            return null;
        }

        return new Command(
            id, new OrganizationId(employer!.Value), MarketVocabulary.Modalities.Single(m => m.Code == modality).Value,
            WorkContracts.All.Single(c => c.Code == kind).Kind, start!.Value, end, (int)Math.Round(hours!.Value * 60m), user);
    }

    /// <summary>Null when it is unknown or another facilitator's.</summary>
    private static async Task<Answer?> LoadAsync(DbConnection db, PreselectionId id, SignedIn user, CancellationToken ct, DbTransaction? tx = null)
    {
        var stored = await PreselectionStore.FindAsync(db, id, ct, tx);
        if (stored?.RoleOf(user) != PreselectionActor.Facilitator || await PostingRecords.FindAsync(db, stored!.PostingId, ct, tx) is not { } posting)
        {
            return null;
        }

        var lot = (await MarketRecords.FindLotAsync(db, posting.LotId, ct, tx))!;
        var organizations = await OrganizationRecords.OfKindsAsync(
            db, OrganizationKinds.All.Where(kind => kind.IsInsertionStructure() || kind == OrganizationKind.Entreprise), ct);
        return new Answer(
            stored, posting, (await MarketRecords.FindAsync(db, posting.MarketId, ct, tx))!, lot,
            await EligibilityRecords.InForceAsync(db, stored.PersonId, posting.MarketId, ct, tx),
            [
                .. organizations.Where(o => o.Kind != OrganizationKind.Entreprise || o.Id == lot.CompanyId)
                    .OrderBy(o => Unlikeliness(o, lot, stored)),
            ]);
    }

    /// <summary>Order of the list: the company first where it hires itself; else the structure that accompanies the person, the company last.</summary>
    private static int Unlikeliness(StoredOrganization organization, Lot lot, StoredPreselection preselection) =>
        organization.Id == lot.CompanyId ? (lot.Modalities is [Modality.EmbaucheDirecte, ..] or [] ? 0 : 3)
        : organization.Id == preselection.PoolId ? 1
        : 2;

    public sealed class ShowHandler(Database database) : IRequestHandler<Query, Result<Answer>>
    {
        public async Task<Result<Answer>> Handle(Query request, CancellationToken cancellationToken)
        {
            await using var db = await database.OpenAsync(cancellationToken);
            return await LoadAsync(db, request.Id, request.User, cancellationToken) is not { } found ? Result.Missing
                : found.Preselection.State == PreselectionState.Chosen ? found
                : Result.Refused("", $"Une embauche s’enregistre pour une personne retenue par l’entreprise ; celle-ci est « {found.Preselection.State.Label()} ».");
        }
    }

    public sealed class Handler(Database database, EventLog log, FrenchCalendar calendar) : IRequestHandler<Command, Result<ContractId>>
    {
        public Task<Result<ContractId>> Handle(Command request, CancellationToken cancellationToken) =>
            database.WriteAsync((db, tx) => HireAsync(request, db, tx, cancellationToken), cancellationToken);

        private async Task<Result<ContractId>> HireAsync(Command request, DbConnection db, DbTransaction tx, CancellationToken ct)
        {
            if (await LoadAsync(db, request.Id, request.User, ct, tx) is not { } found)
            {
                return Result.Missing;
            }

            if (found.Employers.FirstOrDefault(o => o.Id == request.Employer) is not { } employer)
            {
                return Result.Refused("employeur", "Employeur : choisissez l’entreprise du lot ou une structure d’insertion de la liste.");
            }

            // The newest decision tells what is wrong when none covers the first day of work.
            var deciding = await EligibilityRecords.CoveringAsync(db, found.Preselection.PersonId, found.Market.Id, request.Start, ct, tx) ?? found.Eligibility;
            var refusals = Hiring.Check(
                found.Market, found.Lot, deciding, employer.Kind, request.Modality, request.Kind, request.Start, request.End, request.WeeklyMinutes);
            if (refusals.Count > 0)
            {
                return Result.Refused(refusals);
            }

            var lent = await AssociationRecords.StandingAsync(db, found.Preselection.PersonId, found.Market, employer.Kind, request.Modality, request.Start, ct, tx);
            if (AssociationCap.CheckHire(lent) is { } full)
            {
                return Result.Refused("employeur", full.Sentence, full.Rule);
            }

            var author = new StepAuthor(PreselectionActor.Facilitator, request.User.DisplayName, request.User);
            var step = new PreselectionStep(PreselectionState.Chosen, PreselectionState.Hired, author);
            if (await PreselectionStore.MoveAsync(db, tx, log, request.Id, step, calendar.Now, ct) is { } refusal)
            {
                return Result.Refused("", refusal, Transitions.OneTable);
            }

            var contract = await HireContracts.InsertAsync(db, tx, request, found with { Eligibility = deciding }, calendar.Now, ct);
            await HireContracts.StopOthersAsync(db, tx, log, found.Preselection, calendar.Now, ct);
            await log.AppendAsync(db, tx, "work_contract", contract.Value, "embauche", request.User,
                new { preselection = request.Id.Value, debut = request.Start, fin = request.End, contrat = request.Kind.Code() }, ct);
            return contract;
        }
    }
}
