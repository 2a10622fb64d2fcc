namespace Matching.Web.Accounts;

/// <summary>Sign-in, my account, tokens, and the administration of accounts.</summary>
public static class AccountEndpoints
{
    public static void Map(IEndpointRouteBuilder app)
    {
        SignIn.Map(app);
        ChangePassword.Map(app);
        ApiTokens.Map(app);
        FollowWebhooks.Map(app);
        ListAccounts.Map(app);
        CreateAccount.Map(app);
        DisableAccount.Map(app);
        ListOrganizations.Map(app);
        EditOrganization.Map(app);
        MyMails.Map(app);
        FollowMails.Map(app);
    }
}
