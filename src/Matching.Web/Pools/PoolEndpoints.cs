namespace Matching.Web.Pools;

/// <summary>The pages, files and API of pools.</summary>
public static class PoolEndpoints
{
    public static IServiceCollection AddPools(this IServiceCollection services) =>
        services.AddSingleton<PoolContexts>().AddSingleton<PoolWriter>().AddSingleton<PoolImporter>()
            .AddSingleton<PoolUploads>().AddSingleton<PoolJobs>().AddHostedService(provider => provider.GetRequiredService<PoolJobs>())
            .AddSingleton<ExpirePeople>().AddHostedService(provider => provider.GetRequiredService<ExpirePeople>())
            .AddSingleton<ForgetRefusedRows>().AddSingleton<RemindPools>();

    public static void Map(IEndpointRouteBuilder app)
    {
        ShowPools.Map(app);
        ImportPool.Map(app);
        PlaceColumns.Map(app);
        CancelImport.Map(app);
        ShowImport.Map(app);
        MendRow.Map(app);
        SetRowsAside.Map(app);
        ListMeanings.Map(app);
        ChooseMeanings.Map(app);
        PublishPool.Map(app);
        ListPeople.Map(app);
        ShowPerson.Map(app);
        ChangeAvailability.Map(app);
        WithdrawPerson.Map(app);
        ImportByApi.Map(app);
        PutPerson.Map(app);
        ExportPool.Map(app);
        WritePerson.Map(app);
        ConfirmPeople.Map(app);
        FindDuplicates.Map(app);
        DecideDuplicates.Map(app);
        FindShared.Map(app);
        AnswerShared.Map(app);
    }
}
