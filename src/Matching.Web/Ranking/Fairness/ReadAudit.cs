using Matching.Web.Platform;
using Matching.Web.Platform.Records;

namespace Matching.Web.Ranking.Fairness;

/// <summary>GET /equite and /equite/{numero}: the published audit, for everyone; /equite/{numero}/chiffres: the same figures for programs.</summary>
public static class ReadAudit
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/equite", (Database database, CancellationToken ct) => ShowAsync(null, database, ct)).RequireAuthorization(Policies.Anyone);
        app.MapGet("/equite/{numero:int}", (int numero, Database database, CancellationToken ct) => ShowAsync(numero, database, ct)).RequireAuthorization(Policies.Anyone);
        app.MapGet("/equite/{numero:int}/chiffres", async (int numero, Database database, CancellationToken ct) =>
        {
            await using var db = await database.OpenAsync(ct);
            return await PublishedAudits.FindAsync(db, numero, ct) is { } audit ? Results.Text(RecordJson.Write(audit), "application/json") : Problems.Missing();
        }).RequireAuthorization(Policies.Anyone);
    }

    private static async Task<IResult> ShowAsync(int? number, Database database, CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        var audit = await PublishedAudits.FindAsync(db, number, ct);
        return number is not null && audit is null ? Page.Missing() : Page.Of<ReadAuditPage>(new Dictionary<string, object?>
        {
            [nameof(ReadAuditPage.Audit)] = audit,
            [nameof(ReadAuditPage.Others)] = (await PublishedAudits.AllAsync(db, ct)).Where(it => it.Number != audit?.Number).ToList(),
        });
    }
}
