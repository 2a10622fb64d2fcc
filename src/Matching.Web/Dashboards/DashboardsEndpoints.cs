namespace Matching.Web.Dashboards;

/// <summary>The use cases of the tables of a marché: the list, and the monthly table as page, workbook and JSON.</summary>
public static class DashboardsEndpoints
{
    public static IServiceCollection AddDashboards(this IServiceCollection services) => services.AddScoped<OutsideReleases>();

    public static void Map(IEndpointRouteBuilder app)
    {
        ListDashboards.Map(app);
        ReadDashboard.Map(app);
    }
}
