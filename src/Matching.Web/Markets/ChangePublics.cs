using System.Data.Common;
using Dapper;
using Matching.Rules;
using Matching.Rules.Eligibility;
using Matching.Rules.Markets;
using Matching.Web.Platform;
using Matching.Web.Platform.Records;
using MediatR;

namespace Matching.Web.Markets;

/// <summary>POST /marches/{id}/publics: a new version of the rule set. Validations already taken keep the version they were taken under.</summary>
public static class ChangePublics
{
    /// <param name="Thresholds">From those of the present version to those of the new one.</param>
    /// <param name="FromVersion">The version that the person had before their eyes; refused when it is no longer the last.</param>
    public sealed record Command(SignedIn Me, MarketId MarketId, int FromVersion, string Template, IReadOnlyList<string> Publics, Func<EligibilityTerms, EligibilityTerms> Thresholds)
        : IRequest<Result<int>>;

    public static void Map(IEndpointRouteBuilder app) => app.MapPost("/marches/{id:guid}/publics", PostAsync).RequireAuthorization(Policies.Facilitator);

    private static async Task<IResult> PostAsync(Guid id, PostedForm form, SignedIn me, IMediator mediator, CancellationToken ct)
    {
        var market = new MarketId(id);

        // The page lists the publics in the order of the contract, and a form is posted in the order of its page.
        var publics = MarketTerms.ReadPublics(form, form.All("publics"));
        var version = form.WholeNumber("version", "Version", 1, 10_000) ?? 0;
        var template = form["modele_publics"].Length == 0 ? RuleSetTemplates.Own : form.Choice("modele_publics", "Modèle de la liste", RuleSetTemplates.All.Select(row => row.Code));
        _ = MarketTerms.ReadThresholds(form, EligibilityTerms.Usual);
        var changed = form.Errors.Any ? Result.Refused(form.Errors.All) : await mediator.Send(new Command(me, market, version, template, publics, usual => MarketTerms.ReadThresholds(form, usual)), ct);
        return await changed.Match(
            now => Task.FromResult(Page.SeeOther($"/marches/{id}", now == version ? "La liste n’a pas changé." : $"Liste des publics : version {now} enregistrée.")),
            () => Task.FromResult(Page.Missing()),
            refusals => ShowMarket.ShowAsync(mediator, me, market, form, PostedAgain.StatusOf(form, refusals), ct));
    }

    /// <summary>Writes a version with its seal: whatever changes it afterwards shows.</summary>
    internal static Task AddVersionAsync(
        DbConnection db, DbTransaction tx, MarketId market, PublicList list, SignedIn me, DateTimeOffset now, CancellationToken ct) =>
        db.ExecuteAsync(new CommandDefinition(
            """
            insert into public_list (market_id, version, template, categories, terms_json, seal, created_at, created_by)
            values (@market, @Version, @Template, @categories, @terms, @seal, @now, @DisplayName)
            """,
            new
            {
                market,
                list.Version,
                list.Template,
                categories = MarketRecords.JoinCodes(list.Categories),
                terms = RecordJson.Write(list.Terms),
                seal = RuleSetSeal.Of(market, list),
                now,
                me.DisplayName,
            },
            tx, cancellationToken: ct));

    public sealed class Handler(Database database, FrenchCalendar calendar, EventLog events) : IRequestHandler<Command, Result<int>>
    {
        public Task<Result<int>> Handle(Command request, CancellationToken cancellationToken) => database.WriteAsync<Result<int>>(
            async (db, tx) =>
            {
                var market = await MarketRecords.FindOwnAsync(db, request.MarketId, request.Me, cancellationToken, tx);
                if (market is null)
                {
                    return Result.Missing;
                }

                var terms = request.Thresholds(market.Publics.Terms);
                if (market.Publics.IsIntact && market.Publics.Terms == terms && market.Publics.Categories.SequenceEqual(request.Publics, StringComparer.Ordinal))
                {
                    return market.Publics.Version;
                }

                if (market.Publics.Version != request.FromVersion)
                {
                    return Result.Refused(
                        "publics", $"La version {market.Publics.Version} a été enregistrée entre-temps. {RuleSetSeal.OnlyNewVersions.Sentence} Relisez-la, puis recommencez.");
                }

                var list = new PublicList(request.FromVersion + 1, request.Template, request.Publics) { Terms = terms };
                await AddVersionAsync(db, tx, market.Id, list, request.Me, calendar.Now, cancellationToken);
                await events.AppendAsync(
                    db, tx, "market", market.Id.Value, "publics.changed", request.Me,
                    new { version = list.Version, modele = list.Template, publics = list.Categories, seuils = list.Terms.Key, sceau = RuleSetSeal.Of(market.Id, list) }, cancellationToken);
                return list.Version;
            },
            cancellationToken);
    }
}
