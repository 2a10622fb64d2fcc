using System.Threading.RateLimiting;
using Matching.Web.Platform;
using Matching.Web.Preselection.Dossiers;
using Matching.Web.Preselection.Interviews;
using Matching.Web.Preselection.Replacements;
using Microsoft.AspNetCore.RateLimiting;

namespace Matching.Web.Preselection;

/// <summary>The use cases from the preselection to the hire.</summary>
public static class PreselectionEndpoints
{
    /// <summary>
    /// Requests a minute on the companies' links, counted twice: for one link from one address, so that a page opened without end stops there and
    /// its colleagues elsewhere still read; and for one address on all links, so that guessing costs nothing to the machine. Guessing 256 bits
    /// is hopeless anyway. Both counts are forgotten after a minute: nobody is shut out for long.
    /// </summary>
    public const string LinkLimit = "lien";

    private const int LinkRequestsPerMinute = 60;

    /// <summary>The framework counts a request refused for its link twice here: far above what one link may take, so that a colleague at the same address reads on.</summary>
    private const int AddressRequestsPerMinute = 600;

    public static void Map(IEndpointRouteBuilder app)
    {
        ListPreselections.Map(app);
        ExportCandidacies.Map(app);
        ShowPreselection.Map(app);
        TakeStep.Map(app);
        UndoStep.Map(app);
        AddNote.Map(app);
        GiveAnswer.Map(app);
        ShowBoard.Map(app);
        TakeBatchStep.Map(app);
        AddPreselections.Map(app);
        ShowTransmission.Map(app);
        TransmitFiles.Map(app);
        PreviewDossier.Map(app);
        ShowDossier.Map(app);
        RevokeLink.Map(app);
        ShowCompanyPage.Map(app);
        DownloadDossier.Map(app);
        AnswerAsCompany.Map(app);
        CompanyCode.Map(app);
        ChangeSlotAsCompany.Map(app);
        ChangeSlot.Map(app);
        RecordHire.Map(app);
        EndContract.Map(app);
        FindReplacement.Map(app);
        UndoReplacement.Map(app);
        AskNextPeople.Map(app);

        var api = app.MapApi(Policies.FacilitatorOrStructure);
        AddPreselections.MapApi(api);
        TakeStep.MapApi(api);
        HireByApi.MapApi(api);
    }

    public static IServiceCollection AddPreselection(this IServiceCollection services, IConfiguration configuration) =>
        services.AddSingleton<IDailyWork, RemindCompanies>().AddSingleton<CompanyCards>().AddSingleton<CompanyDoor>().AddSingleton<DossierBuilder>().AddSingleton<DossierFiles>().Configure<RateLimiterOptions>(options =>
        {
            var perLink = RateLimits.Read(configuration, "Limits:LinkPerMinute", LinkRequestsPerMinute);
            var perAddress = RateLimits.Read(configuration, "Limits:LinkAddressPerMinute", AddressRequestsPerMinute);
            options.AddPolicy(LinkLimit, context => RateLimits.PerMinute(
                $"{RateLimits.Address(context)} {DrawnSecret.HashOf(context.GetRouteValue("secret") as string ?? "")}", perLink));
            options.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(context =>
                context.Request.Path.StartsWithSegments("/e", StringComparison.OrdinalIgnoreCase)
                    ? RateLimits.PerMinute(RateLimits.Address(context), perAddress)
                    : RateLimitPartition.GetNoLimiter(""));
        });
}
