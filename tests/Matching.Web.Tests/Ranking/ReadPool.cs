using Dapper;
using Matching.Web.Demonstrations;
using Matching.Web.Ranking;
using Microsoft.Extensions.DependencyInjection;

namespace Matching.Web.Tests.Ranking;

/// <summary>The demonstration, with everyone published in the engine: a slow machine answers from memory while the import is still being read.</summary>
internal static class ReadPool
{
    public static async Task LoadAsync(WebFixture web, CancellationToken ct)
    {
        await using (var scope = web.Services.CreateAsyncScope())
        {
            await scope.ServiceProvider.GetRequiredService<LoadDemonstration>().RunAsync(ct);
        }

        await using var db = await web.Database.OpenAsync(ct);
        var published = await db.QuerySingleAsync<int>("select cast(count(*) as integer) from person where published_at is not null and withdrawn_at is null");
        while ((await web.Services.GetRequiredService<PoolIndex>().CurrentAsync(ct)).People.Count != published)
        {
            await Task.Delay(100, ct);
        }
    }
}
