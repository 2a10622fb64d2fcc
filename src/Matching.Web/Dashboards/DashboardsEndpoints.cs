namespace Matching.Web.Dashboards;

/// <summary>The use cases of the figures of a marché: the list, the monthly table and the bilan as page, workbook, PDF and JSON, the situations after the exit, and the consolidation of a year.</summary>
public static class DashboardsEndpoints
{
    public static IServiceCollection AddDashboards(this IServiceCollection services) => services.AddScoped<OutsideReleases>();

    public static void Map(IEndpointRouteBuilder app)
    {
        ListDashboards.Map(app);
        ReadDashboard.Map(app);
        ReadBilan.Map(app);
        WriteBilan.Map(app);
        RecordExits.Map(app);
        ReadConsolidation.Map(app);
        ClassifyMarket.Map(app);
    }
}
