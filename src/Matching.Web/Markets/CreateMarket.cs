using System.Data.Common;
using Dapper;
using Matching.Rules;
using Matching.Rules.Eligibility;
using Matching.Rules.Markets;
using Matching.Web.Platform;
using Matching.Web.Platform.Records;
using Matching.Web.Platform.Reference;
using MediatR;

namespace Matching.Web.Markets;

/// <summary>GET and POST /marches/nouveau: a marché with its buyer, its counting rules, its list of publics and its first lot.</summary>
public static class CreateMarket
{
    /// <param name="BuyerId">A known buyer, or null with the name and SIRET of a new one.</param>
    public sealed record Command(
        SignedIn Me, string Reference, string Subject, OrganizationId? BuyerId, string BuyerName, Siret? BuyerSiret, DatePeriod Period, Cadence Cadence,
        CountingRules Counting, PublicList Publics, IReadOnlyList<(int Number, LotTerms Terms)> Lots) : IRequest<Result<MarketId>>;

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/marches/nouveau", async (Database database, CancellationToken ct) =>
            await ShowAsync(Blank(), [.. PublicCategories.Template("CCAG2021")], database, ct)).RequireAuthorization(Policies.Facilitator);
        app.MapPost("/marches/nouveau", PostAsync).RequireAuthorization(Policies.Facilitator);
    }

    /// <summary>The blank form with some fields filled, to be completed and checked by a person.</summary>
    public static Task<IResult> ShowFilledAsync(IEnumerable<(string Name, string? Value)> fields, Database database, CancellationToken ct) =>
        ShowAsync(PostedForm.Of([.. Usual, .. fields]), [.. PublicCategories.Template("CCAG2021")], database, ct);

    private static PostedForm Blank() => PostedForm.Of(Usual);

    private static (string Name, string? Value)[] Usual => [("cadence", "MENSUELLE"), ("modele_publics", "CCAG2021"), .. MarketTerms.UsualCounting];

    private static async Task<IResult> PostAsync(PostedForm form, SignedIn me, Communes communes, Database database, IMediator mediator, CancellationToken ct)
    {
        var command = Read(form, me, communes);
        if (!form.Errors.Any)
        {
            var created = await mediator.Send(command, ct);
            var answer = created.Match(id => $"/marches/{id}", () => "", reasons =>
            {
                form.Errors.AddRange(reasons);
                return "";
            });
            if (answer.Length > 0)
            {
                return Page.SeeOther(answer, "Marché enregistré.");
            }
        }

        return await ShowAsync(form, form.All("publics"), database, ct, StatusCodes.Status400BadRequest);
    }

    private static async Task<IResult> ShowAsync(PostedForm form, IReadOnlyList<string> publics, Database database, CancellationToken ct, int status = StatusCodes.Status200OK)
    {
        await using var db = await database.OpenAsync(ct);
        var buyers = await OrganizationRecords.OfKindsAsync(db, [OrganizationKind.Acheteur], ct);
        var companies = await OrganizationRecords.OfKindsAsync(db, OrganizationKinds.All.Where(kind => kind == OrganizationKind.Entreprise || kind.IsInsertionStructure()), ct);
        return Page.Of<CreateMarketPage>(new { Form = form, Publics = publics, Buyers = buyers, Companies = companies }, status);
    }

    private static Command Read(PostedForm form, SignedIn me, Communes communes)
    {
        var (start, end) = (form.Day("debut", "Début du marché"), form.OptionalDay("fin", "Fin du marché"));
        if (end < start)
        {
            form.Errors.Add("fin", "Fin du marché : elle est avant le début. Corriger l’une des deux dates.");
            end = null;
        }

        var buyer = form["acheteur"].Length == 0 ? null : form.Id("acheteur", "Acheteur");
        var buyerName = buyer is null ? form.Text("acheteur_nom", "Nom de l’acheteur") : "";
        Siret? buyerSiret = null;
        if (buyer is null)
        {
            buyerSiret = Siret.TryParse(form["acheteur_siret"], out var siret) ? siret : null;
            if (buyerSiret is null)
            {
                form.Errors.Add("acheteur_siret", "SIRET de l’acheteur : il faut 14 chiffres, dont la clé est juste. Le recopier depuis un document de l’acheteur.");
            }
        }

        var cadence = form.Choice("cadence", "Cadence des déclarations", MarketVocabulary.Cadences.Select(row => row.Code));
        var template = form.Choice("modele_publics", "Modèle de la liste", RuleSetTemplates.All.Select(row => row.Code));
        var counting = MarketTerms.ReadCounting(form);
        return new Command(
            me, form.Text("reference", "Référence", 60), form.Text("objet", "Objet", 300), buyer is { } id ? new OrganizationId(id) : null, buyerName, buyerSiret,
            new DatePeriod(start ?? default, start is null ? null : end),
            MarketVocabulary.Cadences.FirstOrDefault(row => row.Code == cadence).Value, counting,
            new PublicList(1, template, MarketTerms.ReadPublics(form, PublicCategories.Template(template)))
            {
                Terms = MarketTerms.ReadThresholds(form, RuleSetTemplates.ByCode(template).Terms),
            },
            [(1, MarketTerms.ReadLot(form, communes))]);
    }

    public sealed class Handler(Database database, FrenchCalendar calendar, EventLog events) : IRequestHandler<Command, Result<MarketId>>
    {
        public Task<Result<MarketId>> Handle(Command request, CancellationToken cancellationToken) =>
            database.WriteAsync((db, tx) => StoreAsync(request, db, tx, calendar.Now, events, cancellationToken), cancellationToken);
    }

    /// <summary>Writes the marché, its first list of publics and its lots in the transaction given.</summary>
    internal static async Task<Result<MarketId>> StoreAsync(Command it, DbConnection db, DbTransaction tx, DateTimeOffset now, EventLog events, CancellationToken ct)
    {
        if (await FindOrAddBuyerAsync(it, db, tx, now, ct) is not { } buyer)
        {
            return Result.Refused("acheteur", "Acheteur : cette organisation n’est pas enregistrée comme acheteur. En choisir une autre.");
        }

        var id = MarketId.New();
        var added = await db.ExecuteAsync(new CommandDefinition(
            """
            insert into market (id, facilitator_id, reference, subject, buyer_id, starts_on, ends_on, cadence, credit_months, cdi_until_end,
                cdi_cap_months, training_counts, mask_below, credit_start, cdi_start, ai_cap_hours, ai_cap_months, ai_cap_start, created_at)
            values (@id, @Facilitator, @Reference, @Subject, @buyer, @Start, @End, @cadence, @CreditMonths, @CdiUntilEndOfMarket,
                @CdiCapMonths, @TrainingCounts, @MaskBelow, @creditStart, @cdiStart, @AiCapHours, @AiCapMonths, @aiStart, @now)
            on conflict (facilitator_id, reference) do nothing
            """,
            new
            {
                id,
                Facilitator = it.Me.OrganizationId,
                it.Reference,
                it.Subject,
                buyer,
                it.Period.Start,
                it.Period.End,
                cadence = MarketVocabulary.Cadences.Single(row => row.Value == it.Cadence).Code,
                it.Counting.CreditMonths,
                it.Counting.CdiUntilEndOfMarket,
                it.Counting.CdiCapMonths,
                it.Counting.TrainingCounts,
                it.Counting.MaskBelow,
                creditStart = MarketVocabulary.CreditStarts.Single(row => row.Value == it.Counting.CreditStart).Code,
                cdiStart = MarketVocabulary.CreditStarts.Single(row => row.Value == it.Counting.CdiStart).Code,
                it.Counting.AiCapHours,
                it.Counting.AiCapMonths,
                aiStart = MarketVocabulary.AiCapStarts.Single(row => row.Value == it.Counting.AiStart).Code,
                now,
            },
            tx, cancellationToken: ct));
        if (added == 0)
        {
            return Result.Refused("reference", "Référence : vous suivez déjà un marché sous cette référence. L’ouvrir depuis la liste des marchés, ou changer la référence.");
        }

        await ChangePublics.AddVersionAsync(db, tx, id, it.Publics, it.Me, now, ct);
        foreach (var (number, lot) in it.Lots)
        {
            if (await AddLot.InsertAsync(db, tx, id, number, lot, ct) is { } fault)
            {
                return fault;
            }
        }

        await events.AppendAsync(db, tx, "market", id.Value, "market.created", it.Me, new { publics = it.Publics.Categories, hours = it.Lots.Sum(lot => lot.Terms.TargetHours), sceau = RuleSetSeal.Of(id, it.Publics) }, ct);
        return id;
    }

    private static async Task<OrganizationId?> FindOrAddBuyerAsync(Command it, DbConnection db, DbTransaction tx, DateTimeOffset now, CancellationToken ct)
    {
        var siret = it.BuyerSiret?.Digits;
        var known = await db.QueryFirstOrDefaultAsync<(OrganizationId Id, string Kind)?>(new CommandDefinition(
            "select id, kind from organization where id = @BuyerId or siret = @siret order by id limit 1", new { it.BuyerId, siret }, tx, cancellationToken: ct));
        if (known is { } found)
        {
            return found.Kind == OrganizationKind.Acheteur.Code() ? found.Id : null;
        }

        if (it.BuyerId is not null)
        {
            return null;
        }

        var id = OrganizationId.New();
        await db.ExecuteAsync(new CommandDefinition(
            "insert into organization (id, name, kind, siret, created_at) values (@id, @BuyerName, @kind, @siret, @now)",
            new { id, it.BuyerName, kind = OrganizationKind.Acheteur.Code(), siret, now }, tx, cancellationToken: ct));
        return id;
    }
}
