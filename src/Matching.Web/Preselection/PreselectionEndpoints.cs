using System.Globalization;
using System.Threading.RateLimiting;
using Matching.Web.Platform;
using Microsoft.AspNetCore.RateLimiting;

namespace Matching.Web.Preselection;

/// <summary>The use cases from the preselection to the hire.</summary>
public static class PreselectionEndpoints
{
    /// <summary>Requests a minute from one address on the companies' links: guessing 256 bits is hopeless, this only spares the machine.</summary>
    public const string LinkLimit = "lien";

    private const int LinkRequestsPerMinute = 60;

    public static void Map(IEndpointRouteBuilder app)
    {
        ListPreselections.Map(app);
        ShowPreselection.Map(app);
        TakeStep.Map(app);
        UndoStep.Map(app);
        AddNote.Map(app);
        ShowBoard.Map(app);
        TakeBatchStep.Map(app);
        AddPreselections.Map(app);
        ShowTransmission.Map(app);
        TransmitFiles.Map(app);
        RevokeLink.Map(app);
        ShowCompanyPage.Map(app);
        AnswerAsCompany.Map(app);
        RecordHire.Map(app);
        EndContract.Map(app);

        var api = app.MapApi(Policies.FacilitatorOrStructure);
        AddPreselections.MapApi(api);
        TakeStep.MapApi(api);
        HireByApi.MapApi(api);
    }

    public static IServiceCollection AddPreselection(this IServiceCollection services, IConfiguration configuration) =>
        services.Configure<RateLimiterOptions>(options => options.AddPolicy(LinkLimit, context => RateLimitPartition.GetFixedWindowLimiter(
            context.Connection.RemoteIpAddress?.ToString() ?? "local",
            _ => new FixedWindowRateLimiterOptions
            {
                PermitLimit = int.TryParse(configuration["Limits:LinkPerMinute"], NumberStyles.None, CultureInfo.InvariantCulture, out var limit) ? limit : LinkRequestsPerMinute,
                Window = TimeSpan.FromMinutes(1),
            })));
}
