using Dapper;
using Matching.Web.Platform;
using Matching.Web.Platform.Mail;

namespace Matching.Web.Accounts;

/// <summary>GET and POST /compte/courriels: my address, and which kinds of mails I receive.</summary>
public static class MyMails
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/compte/courriels", ShowAsync).RequireAuthorization(Policies.SignedInAny);
        app.MapPost("/compte/courriels", SaveAsync).RequireAuthorization(Policies.SignedInAny);
    }

    private static async Task<IResult> ShowAsync(SignedIn me, Database database, CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        var address = await db.QuerySingleOrDefaultAsync<string?>(new CommandDefinition(
            "select email from app_user where id = @UserId", new { me.UserId }, cancellationToken: ct));
        var off = (await db.QueryAsync<string>(new CommandDefinition(
            "select kind from mail_switched_off where user_id = @UserId order by kind limit 100", new { me.UserId }, cancellationToken: ct))).ToHashSet();
        var wanted = MailKind.For(me.Role).Where(kind => !off.Contains(kind.Code)).Select(kind => (Field(kind), (string?)"on"));
        return Page.Of<MyMailsPage>(new { Me = me, Form = PostedForm.Of([("courriel", address), .. wanted]) });
    }

    private static async Task<IResult> SaveAsync(PostedForm form, SignedIn me, Database database, CancellationToken ct)
    {
        var address = form.OptionalEmail("courriel", "Mon adresse de courriel");
        if (form.Errors.Any)
        {
            return Page.Invalid<MyMailsPage>(new { Me = me, Form = form });
        }

        await database.WriteAsync(
            async (db, tx) =>
            {
                await db.ExecuteAsync(new CommandDefinition("update app_user set email = @address where id = @UserId", new { address, me.UserId }, tx, cancellationToken: ct));
                await db.ExecuteAsync(new CommandDefinition("delete from mail_switched_off where user_id = @UserId", new { me.UserId }, tx, cancellationToken: ct));
                foreach (var kind in MailKind.For(me.Role).Where(kind => !form.Checked(Field(kind))))
                {
                    await db.ExecuteAsync(new CommandDefinition(
                        "insert into mail_switched_off (user_id, kind) values (@UserId, @Code) on conflict do nothing", new { me.UserId, kind.Code }, tx, cancellationToken: ct));
                }
            },
            ct);
        return Page.SeeOther("/compte/courriels", address is null ? "Enregistré : sans adresse, vous ne recevez aucun courriel." : "Enregistré.");
    }

    /// <summary>The name of the tick box of a kind.</summary>
    public static string Field(MailKind kind)
    {
        ArgumentNullException.ThrowIfNull(kind);
        return $"recevoir_{kind.Code}";
    }
}
