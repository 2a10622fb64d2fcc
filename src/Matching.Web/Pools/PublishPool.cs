using System.Data.Common;
using Dapper;
using Matching.Rules;
using Matching.Web.Platform;
using Matching.Web.Platform.Reference;
using MediatR;

namespace Matching.Web.Pools;

/// <summary>GET and POST /viviers/publication: choose the territories where the pool is published. Only people who were informed are.</summary>
public static class PublishPool
{
    public const int MaxZones = 400;
    private static readonly char[] Separators = ['\n', ',', ';'];

    public sealed record Command(SignedIn By, IReadOnlyList<(string Kind, string Code)> Zones) : IRequest<Answer>;

    public sealed record Answer(int Published, int NotInformed);

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/viviers/publication", ShowAsync).RequireAuthorization(Policies.Structure);
        app.MapPost("/viviers/publication", PostAsync).RequireAuthorization(Policies.Structure);
    }

    /// <summary>Where a pool is published, départements first.</summary>
    public static async Task<IReadOnlyList<ShowPools.Zone>> ZonesAsync(DbConnection db, OrganizationId pool, CancellationToken ct) =>
        [.. await db.QueryAsync<ShowPools.Zone>(new CommandDefinition(
            """
            select z.zone_kind, z.zone_code, c.name
            from pool_publication z left join commune c on z.zone_kind = 'COMMUNE' and c.insee_code = z.zone_code
            where z.organization_id = @pool order by z.zone_kind desc, z.zone_code limit 400
            """,
            new { pool }, cancellationToken: ct))];

    private static async Task<IResult> ShowAsync(SignedIn me, Database database, CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        var zones = await ZonesAsync(db, me.OrganizationId, ct);
        var (published, notInformed) = await CountAsync(db, me.OrganizationId, ct);
        return Page.Of<PublishPoolPage>(new
        {
            Form = PostedForm.Of(
                ("departements", string.Join(", ", zones.Where(zone => zone.ZoneKind == "DEP").Select(zone => zone.ZoneCode))),
                ("communes", string.Join('\n', zones.Where(zone => zone.ZoneKind == "COMMUNE").Select(zone => zone.ZoneCode)))),
            Published = published,
            NotInformed = notInformed,
        });
    }

    private static async Task<IResult> PostAsync(PostedForm form, SignedIn me, Communes communes, IMediator mediator, Database database, CancellationToken ct)
    {
        var zones = Read(form, communes);
        if (form.Errors.Any)
        {
            await using var db = await database.OpenAsync(ct);
            var (published, notInformed) = await CountAsync(db, me.OrganizationId, ct);
            return Page.Invalid<PublishPoolPage>(new { Form = form, Published = published, NotInformed = notInformed });
        }

        var answer = await mediator.Send(new Command(me, zones), ct);
        return Page.SeeOther("/viviers", zones.Count == 0
            ? "Le vivier n’est plus publié."
            : $"Vivier publié : {answer.Published} personnes visibles des facilitateurs de ces territoires, {answer.NotInformed} non publiées faute de date d’information.");
    }

    private static List<(string Kind, string Code)> Read(PostedForm form, Communes communes)
    {
        var zones = new List<(string, string)>();
        foreach (var code in Words(form["departements"].Replace(' ', ',')))
        {
            var written = code.Length == 1 ? "0" + code : code.ToUpperInvariant();
            if (communes.All.Any(commune => commune.DepartmentCode == written))
            {
                zones.Add(("DEP", written));
            }
            else
            {
                form.Errors.Add("departements", $"Département inconnu : « {code.Shortened(PostedForm.ShownLength)} ». Écrire son code, par exemple 44.");
            }
        }

        foreach (var word in Words(form["communes"]))
        {
            var found = communes.ByInsee(word) is { } known ? [known] : communes.ByName(word);
            if (found.Count == 1)
            {
                zones.Add(("COMMUNE", found[0].InseeCode));
            }
            else
            {
                form.Errors.Add("communes", found.Count == 0
                    ? $"Commune inconnue : « {word.Shortened(PostedForm.ShownLength)} ». Écrire son nom ou son code INSEE."
                    : $"Plusieurs communes s’appellent « {word.Shortened(PostedForm.ShownLength)} » : écrire le code INSEE ({string.Join(", ", found.Take(6).Select(commune => commune.InseeCode))}).");
            }
        }

        if (zones.Count > MaxZones)
        {
            form.Errors.Add("communes", $"Plus de {MaxZones} territoires : choisir plutôt des départements.");
        }

        return [.. zones.Distinct()];
    }

    private static IEnumerable<string> Words(string text) =>
        text.Split(Separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Take(MaxZones + 1);

    private static async Task<(int Published, int NotInformed)> CountAsync(DbConnection db, OrganizationId pool, CancellationToken ct, DbTransaction? tx = null) =>
        await db.QuerySingleAsync<(int, int)>(new CommandDefinition(
            """
            select coalesce(sum(case when published_at is not null and withdrawn_at is null then 1 else 0 end), 0),
                coalesce(sum(case when informed_on is null and withdrawn_at is null then 1 else 0 end), 0)
            from person where organization_id = @pool
            """,
            new { pool }, tx, cancellationToken: ct));

    public sealed class Handler(Database database, ChangeFeed feed, EventLog log, FrenchCalendar calendar) : IRequestHandler<Command, Answer>
    {
        public Task<Answer> Handle(Command request, CancellationToken cancellationToken) => database.WriteAsync(
            async (db, tx) =>
            {
                var pool = request.By.OrganizationId;
                var now = calendar.Now;
                await db.ExecuteAsync(new CommandDefinition("delete from pool_publication where organization_id = @pool", new { pool }, tx, cancellationToken: cancellationToken));
                await db.ExecuteAsync(new CommandDefinition(
                    "insert into pool_publication (organization_id, zone_kind, zone_code, published_at, published_by) values (@pool, @Kind, @Code, @now, @by)",
                    request.Zones.Select(zone => new { pool, zone.Kind, zone.Code, now, by = request.By.DisplayName }), tx, cancellationToken: cancellationToken));

                // Changing the territories changes who may see every published person, so that each one is in the feed.
                var touched = await db.QueryAsync<Guid>(new CommandDefinition(
                    request.Zones.Count == 0
                        ? "update person set published_at = null where organization_id = @pool and published_at is not null returning id"
                        : "update person set published_at = coalesce(published_at, @now) where organization_id = @pool and informed_on is not null and withdrawn_at is null returning id",
                    new { pool, now }, tx, cancellationToken: cancellationToken));
                await feed.AppendAsync(db, tx, "person", touched, cancellationToken);
                var (published, notInformed) = await CountAsync(db, pool, cancellationToken, tx);
                var zones = request.Zones.Select(zone => $"{zone.Kind} {zone.Code}").ToArray();
                await log.AppendAsync(db, tx, "pool", pool.Value, "vivier.publie", request.By, new { zones, published, notInformed }, cancellationToken);
                return new Answer(published, notInformed);
            },
            cancellationToken);
    }
}
