using System.Data.Common;
using Dapper;
using Matching.Rules;
using Matching.Web.Platform;
using Matching.Web.Platform.Records;
using MediatR;

namespace Matching.Web.Markets;

/// <summary>POST /marches/{id}/publics: a new version of the list of publics. Validations already taken keep the version they were taken under.</summary>
public static class ChangePublics
{
    /// <param name="FromVersion">The version that the person had before their eyes; refused when it is no longer the last.</param>
    public sealed record Command(SignedIn Me, MarketId MarketId, int FromVersion, IReadOnlyList<string> Publics) : IRequest<Result<int>>;

    public static void Map(IEndpointRouteBuilder app) => app.MapPost("/marches/{id:guid}/publics", PostAsync).RequireAuthorization(Policies.Facilitator);

    private static async Task<IResult> PostAsync(Guid id, PostedForm form, SignedIn me, IMediator mediator, CancellationToken ct)
    {
        var market = new MarketId(id);

        // The page lists the publics in the order of the contract, and a form is posted in the order of its page.
        var publics = MarketTerms.ReadPublics(form, form.All("publics"));
        var version = form.WholeNumber("version", "Version", 1, 10_000) ?? 0;
        if (form.Errors.Any)
        {
            return await ShowMarket.ShowAsync(mediator, me, market, form, StatusCodes.Status400BadRequest, ct);
        }

        var changed = await mediator.Send(new Command(me, market, version, publics), ct);
        return changed.ToPage(now => Page.SeeOther($"/marches/{id}", now == version ? "La liste n’a pas changé." : $"Liste des publics : version {now} enregistrée."));
    }

    internal static Task AddVersionAsync(
        DbConnection db, DbTransaction tx, MarketId market, int version, string template, IReadOnlyList<string> publics, SignedIn me, DateTimeOffset now, CancellationToken ct) =>
        db.ExecuteAsync(new CommandDefinition(
            "insert into public_list (market_id, version, template, categories, created_at, created_by) values (@market, @version, @template, @categories, @now, @DisplayName)",
            new { market, version, template, categories = MarketRecords.JoinCodes(publics), now, me.DisplayName }, tx, cancellationToken: ct));

    public sealed class Handler(Database database, FrenchCalendar calendar, EventLog events) : IRequestHandler<Command, Result<int>>
    {
        public Task<Result<int>> Handle(Command request, CancellationToken cancellationToken) => database.WriteAsync<Result<int>>(
            async (db, tx) =>
            {
                var market = await MarketRecords.FindAsync(db, request.MarketId, cancellationToken, tx);
                if (market is null || market.FacilitatorId != request.Me.OrganizationId)
                {
                    return Result.Missing;
                }

                if (market.Publics.Categories.SequenceEqual(request.Publics, StringComparer.Ordinal))
                {
                    return market.Publics.Version;
                }

                if (market.Publics.Version != request.FromVersion)
                {
                    return Result.Refused("publics", "La liste des publics a changé entre-temps : relire la version actuelle, puis recommencer.");
                }

                var version = request.FromVersion + 1;
                await AddVersionAsync(db, tx, market.Id, version, "PROPRE", request.Publics, request.Me, calendar.Now, cancellationToken);
                await events.AppendAsync(db, tx, "market", market.Id.Value, "publics.changed", request.Me, new { version, publics = request.Publics }, cancellationToken);
                return version;
            },
            cancellationToken);
    }
}
