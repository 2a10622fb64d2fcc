using Matching.Web.Platform;

namespace Matching.Web.Daily;

/// <summary>What each morning begins with: the board of the day, the mails that tell what waits.</summary>
public static class DailyEndpoints
{
    public static void Map(IEndpointRouteBuilder app) => ShowDay.Map(app);

    public static IServiceCollection AddDaily(this IServiceCollection services) => services
        .AddSingleton<IDailyWork, TellTheDay>()
        .AddSingleton<DailyRound>().AddHostedService(provider => provider.GetRequiredService<DailyRound>());
}
