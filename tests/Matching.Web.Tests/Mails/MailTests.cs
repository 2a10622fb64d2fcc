using Dapper;
using Matching.Web.Platform;
using Matching.Web.Platform.Mail;
using Microsoft.Extensions.DependencyInjection;

namespace Matching.Web.Tests.Mails;

public abstract class MailTests(WebFixture web) : WebTests(web)
{
    private MailQueue Queue => Web.Services.GetRequiredService<MailQueue>();

    [Fact]
    public async Task A_mail_is_text_and_html_with_one_link_and_leaves_once()
    {
        await using var sink = new SmtpSink();
        await WriteToAsync("une-fois@entreprise.example", Key("une-fois"));
        await WriteToAsync("une-fois@entreprise.example", Key("une-fois"));
        using var sender = sink.SenderOf(Web, ("Mail:User", "service"), ("Mail:Password", "secret-smtp"));

        await sender.RunAsync(Cancel);
        await sender.RunAsync(Cancel);

        var source = Assert.Single(sink.Received, it => it.Contains("une-fois@entreprise.example", StringComparison.Ordinal));
        Assert.Contains("text/plain", source, StringComparison.Ordinal);
        Assert.Contains("text/html", source, StringComparison.Ordinal);
        Assert.Contains("secret-smtp", sink.Passwords);
        await using var db = await Web.Database.OpenAsync(Cancel);
        var (state, text) = await db.QuerySingleAsync<(string, string)>("select state, text_body from mail where dedupe_key = @key", new { key = Key("une-fois") });
        Assert.Equal((MailQueue.Sent, ""), (state, text));
    }

    [Fact]
    public async Task What_is_undone_writes_to_nobody()
    {
        await Web.Database.WriteAsync<Result<bool>>(
            async (db, tx) =>
            {
                Assert.True(await Queue.ToAddressAsync(db, tx, "x@entreprise.example", Draft(Key("defait")), Cancel));
                return Result.Refused("", "Non.");
            },
            Cancel);

        Assert.Equal(0, await CountAsync(Key("defait")));
    }

    [Fact]
    public async Task A_refused_address_goes_to_the_dead_letters_where_the_administrator_sends_it_again()
    {
        await using var sink = new SmtpSink();
        await WriteToAsync("inconnu@entreprise.example", Key("rebut"));
        using var sender = sink.SenderOf(Web);
        await sender.RunAsync(Cancel);
        var administrator = await Web.SignInAsync(Roles.Administrator);

        var page = await administrator.GetAsync("/administration/courriels");
        var form = page.All("tr").Single(row => row.TextContent.Contains("inconnu@entreprise.example", StringComparison.Ordinal)).QuerySelector("form")!;
        Assert.Contains("réponse 550", page.Words, StringComparison.Ordinal);
        Assert.Equal(MailQueue.DeadLetter, await StateAsync(Key("rebut")));
        await administrator.PostAndFollowAsync(form.GetAttribute("action")!, ("action", "renvoyer"));
        Assert.Equal(MailQueue.Waiting, await StateAsync(Key("rebut")));
        await sender.RunAsync(Cancel);
        await administrator.PostAndFollowAsync(form.GetAttribute("action")!, ("action", "clore"));

        Assert.Equal(MailQueue.Closed, await StateAsync(Key("rebut")));
        Assert.DoesNotContain(sink.Received, it => it.Contains("inconnu@", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_server_that_asks_to_wait_is_tried_again_later_and_not_before()
    {
        await using var sink = new SmtpSink();
        await WriteToAsync("plus-tard@entreprise.example", Key("attente"));
        using var sender = sink.SenderOf(Web);
        var before = Web.Clock.Now;
        try
        {
            await sender.RunAsync(Cancel);
            await sender.RunAsync(Cancel);
            Assert.Equal(1, await AttemptsAsync(Key("attente")));
            for (var day = 1; day <= 10; day++)
            {
                Web.Clock.Now = before.AddDays(day);
                await sender.RunAsync(Cancel);
            }

            Assert.Equal((MailSender.MostAttempts, MailQueue.DeadLetter), (await AttemptsAsync(Key("attente")), await StateAsync(Key("attente"))));
        }
        finally
        {
            Web.Clock.Now = before;
        }
    }

    [Fact]
    public async Task A_stop_waits_for_the_mail_that_is_leaving_so_that_it_leaves_once()
    {
        await using var sink = new SmtpSink();
        await WriteToAsync("lent@entreprise.example", Key("arret"));
        using var sender = sink.SenderOf(Web, ("Mail:EverySeconds", "1"));
        await sender.StartAsync(Cancel);
        while (sink.Received.IsEmpty)
        {
            await Task.Delay(20, Cancel);
        }

        var stopping = sender.StopAsync(Cancel);
        await Task.Delay(200, Cancel);
        Assert.False(stopping.IsCompleted);
        sink.Answers.SetResult();
        await stopping;

        Assert.Equal(MailQueue.Sent, await StateAsync(Key("arret")));
        using var next = sink.SenderOf(Web);
        await next.RunAsync(Cancel);
        Assert.Single(sink.Received, it => it.Contains("lent@entreprise.example", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_server_that_cannot_encrypt_receives_nothing()
    {
        await using var sink = new SmtpSink { OffersStartTls = true };
        await WriteToAsync("contact@entreprise.example", Key("chiffre"));
        using var sender = sink.SenderOf(Web, ("Mail:StartTls", "true"));

        await sender.RunAsync(Cancel);

        Assert.Empty(sink.Received);
        Assert.Equal(MailQueue.Waiting, await StateAsync(Key("chiffre")));
    }

    [Fact]
    public async Task Without_server_mails_are_files_and_the_site_says_so()
    {
        await WriteToAsync("contact@entreprise.example", Key("fichier"));
        await Web.Services.GetRequiredService<MailSender>().RunAsync(Cancel);

        var settings = Web.Services.GetRequiredService<MailSettings>();
        await using var db = await Web.Database.OpenAsync(Cancel);
        var id = await db.QuerySingleAsync<Guid>("select id from mail where dedupe_key = @key", new { key = Key("fichier") });
        Assert.Contains($"<{id}@", await File.ReadAllTextAsync(Path.Combine(settings.FileFolder, $"{id}.eml"), Cancel), StringComparison.Ordinal);
        var page = await (await Web.SignInAsync(Roles.Administrator)).GetAsync("/administration/courriels");
        Assert.Contains("Aucun serveur de courriel n’est réglé", page.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_kept_as_a_file_stays_there_and_what_waits_leaves_by_the_server_that_was_set_since()
    {
        await using var sink = new SmtpSink();
        await WriteToAsync("avant@entreprise.example", Key("avant"));
        await Web.Services.GetRequiredService<MailSender>().RunAsync(Cancel);
        await WriteToAsync("apres@entreprise.example", Key("apres"));
        for (var start = 0; start < 2; start++)
        {
            using var restarted = sink.SenderOf(Web);
            await restarted.RunAsync(Cancel);
        }

        await Web.Services.GetRequiredService<MailSender>().RunAsync(Cancel);

        Assert.Equal((1, 0), (FilesTo("avant@"), sink.Received.Count(it => it.Contains("avant@", StringComparison.Ordinal))));
        Assert.Equal((0, 1), (FilesTo("apres@"), sink.Received.Count(it => it.Contains("apres@", StringComparison.Ordinal))));
        Assert.Equal((MailQueue.Sent, MailQueue.Sent), (await StateAsync(Key("avant")), await StateAsync(Key("apres"))));
    }

    [Fact]
    public async Task A_template_with_a_missing_field_is_kept_with_its_reason_and_not_sent()
    {
        await using var sink = new SmtpSink();
        await Web.Database.WriteAsync(
            (db, tx) => Queue.ToAddressAsync(db, tx, "contact@entreprise.example", Draft(Key("champ")) with { Sentences = ["Le poste {poste} vous attend."] }, Cancel), Cancel);
        using var sender = sink.SenderOf(Web);
        await sender.RunAsync(Cancel);

        Assert.DoesNotContain(sink.Received, source => source.Contains("{poste}", StringComparison.Ordinal));
        Assert.Contains("« poste »", (await (await Web.SignInAsync(Roles.Administrator)).GetAsync("/administration/courriels")).Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_user_chooses_the_kinds_of_mails()
    {
        var facilitator = await Web.SignInAsync(Roles.Facilitator);
        Assert.False(await ToUserAsync(facilitator.Who!, "sans-adresse"));
        await facilitator.PostAndFollowAsync("/compte/courriels", ("courriel", "moi@facilitateur.example"), ("recevoir_ENTREPRISE_A_REPONDU", "on"));
        Assert.True(await ToUserAsync(facilitator.Who!, "voulu"));

        var page = await facilitator.PostAndFollowAsync("/compte/courriels", ("courriel", "moi@facilitateur.example"));

        Assert.False(await ToUserAsync(facilitator.Who!, "refuse"));
        Assert.DoesNotContain(page.All("input[type=checkbox]"), box => box.HasAttribute("checked"));
    }

    private static string Wrong => "pas une adresse";

    [Fact]
    public async Task A_wrong_address_is_shown_again_with_what_to_mend()
    {
        var facilitator = await Web.SignInAsync(Roles.Facilitator);
        var page = await facilitator.PostFormAsync("/compte/courriels", ("courriel", Wrong));
        Assert.Contains("Écrire par exemple nom@exemple.fr", page.Words, StringComparison.Ordinal);
        Assert.Equal(Wrong, page.ValueOf("courriel"));
    }

    private static MailDraft Draft(string key) =>
        new(MailKind.CompanyAnswered, "Une réponse vous attend", ["Une entreprise a répondu."], "Voir la réponse", "/preselections", key);

    private string Key(string name) => $"{GetType().Name}:{name}";

    private int FilesTo(string address) => Directory.GetFiles(Web.Services.GetRequiredService<MailSettings>().FileFolder, "*.eml")
        .Count(file => File.ReadAllText(file).Contains(address, StringComparison.Ordinal));

    private Task<bool> WriteToAsync(string address, string key) =>
        Web.Database.WriteAsync((db, tx) => Queue.ToAddressAsync(db, tx, address, Draft(key), Cancel), Cancel);

    private Task<bool> ToUserAsync(SignedIn user, string name) =>
        Web.Database.WriteAsync((db, tx) => Queue.ToUserAsync(db, tx, user.UserId, Draft(Key(name)), Cancel), Cancel);

    private async Task<string> StateAsync(string key) => await ReadAsync<string>("state", key);

    private async Task<int> AttemptsAsync(string key) => await ReadAsync<int>("attempts", key);

    private async Task<int> CountAsync(string key) => await ReadAsync<int>("count(*)", key);

    private async Task<T> ReadAsync<T>(string what, string key)
    {
        await using var db = await Web.Database.OpenAsync(Cancel);
        return await db.QuerySingleAsync<T>($"select {what} from mail where dedupe_key = @key", new { key });
    }
}

public sealed class MailsOnSqlite(SqliteWeb web) : MailTests(web), IClassFixture<SqliteWeb>;

public sealed class MailsOnPostgreSql(PostgreSqlWeb web) : MailTests(web), IClassFixture<PostgreSqlWeb>;
