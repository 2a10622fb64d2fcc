using Dapper;
using Matching.Web.Platform;
using MediatR;

namespace Matching.Web.References;

/// <summary>GET /administration/referentiels: the version of each referential, where it comes from, and what each import changed.</summary>
public static class ListReferences
{
    private const int HistoryShown = 50;

    public sealed record Query : IRequest<Answer>;

    public sealed record Answer(IReadOnlyList<Source> Sources, IReadOnlyList<Applied> History);

    public sealed record Source(string Name, string Version, string Attribution, DateTimeOffset LoadedAt);

    public sealed record Applied(string Name, string Version, DateTimeOffset LoadedAt, int RowsInAll, int RowsAdded, int RowsChanged, int RowsGone);

    /// <summary>What people call each referential.</summary>
    public static string Label(string name) => name switch
    {
        "rome" => "ROME : métiers",
        "rome_title" => "ROME : appellations",
        "rome_mobility" => "ROME : métiers proches",
        "rome_skill" => "ROME : compétences",
        "communes" => "Communes",
        "communes_anciennes" => "Communes fusionnées",
        "zrr" => "Zones de revitalisation rurale",
        "qpv" => "Quartiers prioritaires",
        "naf" => "Activités (NAF)",
        _ => name,
    };

    public static void Map(IEndpointRouteBuilder app) => app
        .MapGet("/administration/referentiels", async (IMediator mediator, CancellationToken ct) =>
            Page.Of<ListReferencesPage>(new { References = await mediator.Send(new Query(), ct), Form = PostedForm.Of() }))
        .RequireAuthorization(Policies.Administrator);

    public sealed class Handler(Database database) : IRequestHandler<Query, Answer>
    {
        public async Task<Answer> Handle(Query request, CancellationToken cancellationToken)
        {
            await using var db = await database.OpenAsync(cancellationToken);
            var sources = await db.QueryAsync<Source>(new CommandDefinition(
                "select name, version, attribution, loaded_at from reference_source order by name limit 50", cancellationToken: cancellationToken));
            var history = await db.QueryAsync<Applied>(new CommandDefinition(
                """
                select name, version, loaded_at, rows_in_all, rows_added, rows_changed, rows_gone
                from reference_history order by seq desc limit @HistoryShown
                """,
                new { HistoryShown }, cancellationToken: cancellationToken));
            return new Answer([.. sources], [.. history]);
        }
    }
}
