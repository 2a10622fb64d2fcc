namespace Matching.Web.Hours;

/// <summary>The use cases of hours: contracts followed, ledger, declaration, correction, decision.</summary>
public static class HoursEndpoints
{
    public static void Map(IEndpointRouteBuilder app)
    {
        ListContracts.Map(app);
        ReadLedger.Map(app);
        DeclareHours.Map(app);
        CorrectHours.Map(app);
        DecideHours.Map(app);
        ExtendContract.Map(app);
        RenewContract.Map(app);
        NoteProof.Map(app);
        ReadMarketHours.Map(app);
        ChangeControl.Map(app);
        CloseMonth.Map(app);
        SendNotice.Map(app);
        ListDueHours.Map(app);
        PoolHours.Map(app);
        ReadTarget.Map(app);
        AmendTarget.Map(app);
        AddInvoice.Map(app);
        ShareHours.Map(app);
        NameCoContractor.Map(app);
    }
}
