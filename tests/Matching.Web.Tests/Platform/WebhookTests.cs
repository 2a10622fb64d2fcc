using System.Net;
using System.Text.Json;
using Dapper;
using Matching.Rules.Markets;
using Matching.Rules.Preselection;
using Matching.Web.Platform;
using Matching.Web.Platform.Webhooks;
using Matching.Web.Tests.Hours;
using Matching.Web.Tests.Preselection;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Matching.Web.Tests.Platform;

/// <summary>A program of an organisation is told of what changes: signed, retried, never with a name, never inside a private network.</summary>
public abstract class WebhookTests(WebFixture web) : WebTests(web)
{
    [Fact]
    public async Task A_program_is_told_of_each_step_signed_and_without_a_name()
    {
        await using var program = await WebhookReceiver.StartAsync();
        var scene = await Scene.MakeAsync(Web);
        var secret = await RegisterAsync(scene.Structure, program, "preselection.modifiee");
        await scene.PreselectAsync(scene.People[0]);
        await scene.StepAsync(scene.People[0], PreselectionState.Proposed, PreselectionState.Withdrawn, ("motif", "NON_ELIGIBLE"), ("note", "mot-secret"));
        await SendAsync();
        await SendAsync();

        var messages = program.Received.ToList();
        Assert.Equal([null, "PROPOSEE"], messages.Select(it => Data(it).GetProperty("de").GetString()));
        Assert.Equal(["PROPOSEE", "RETIREE"], messages.Select(it => Data(it).GetProperty("vers").GetString()));
        Assert.All(messages, it =>
        {
            Assert.Equal(scene.People[0].Id.Value, Data(it).GetProperty("personne").GetGuid());
            Assert.Equal(WebhookPost.Sign(secret, DateTimeOffset.FromUnixTimeSeconds(long.Parse(it.Signature.Split(',')[0][2..], System.Globalization.CultureInfo.InvariantCulture)), it.Body), it.Signature);
            Assert.Equal(it.Id, JsonDocument.Parse(it.Body).RootElement.GetProperty("id").GetString());
            Assert.All(["Ana", "Roche", "RSA", "NON_ELIGIBLE", "mot-secret"], hidden => Assert.DoesNotContain(hidden, it.Body, StringComparison.Ordinal));
        });
        Assert.DoesNotContain(secret, await StoredAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_is_told_of_a_contract_and_of_validated_hours_by_their_ids()
    {
        await using var program = await WebhookReceiver.StartAsync();
        var scene = await Scene.MakeAsync(Web);
        await RegisterAsync(scene.Structure, program, "contrat.cree");
        await scene.TransmitAsync(scene.People[0]);
        await scene.StepAsync(scene.People[0], PreselectionState.Transmitted, PreselectionState.Chosen);
        var path = (await scene.PathOfAsync(scene.People[0])).Id;
        await scene.Facilitator.PostAndFollowAsync(
            $"/preselections/{path}/embauche", ("modalite", "EMBAUCHE_DIRECTE"), ("contrat", "CDD"), ("employeur", scene.Company.ToString()), ("debut", "2026-11-16"), ("fin", "2027-05-15"), ("heures", "35"));
        var clause = await Clause.SeedAsync(Web);
        await RegisterAsync(clause.Facilitator, program, "heures.validees");
        var contract = await clause.HireAsync();
        await clause.ValidateAsync(contract, "100");
        await SendAsync();

        var messages = program.Received.ToDictionary(it => JsonDocument.Parse(it.Body).RootElement.GetProperty("evenement").GetString()!);
        Assert.Equal(2, messages.Count);
        Assert.Equal(path.Value, Data(messages["contrat.cree"]).GetProperty("preselection").GetGuid());
        Assert.Equal((contract.Value, 6_000), (Data(messages["heures.validees"]).GetProperty("contrat").GetGuid(), Data(messages["heures.validees"]).GetProperty("minutes").GetInt32()));
        Assert.All(messages.Values, it => Assert.All(["Ana", "Brindosier", "RSA"], hidden => Assert.DoesNotContain(hidden, it.Body, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task What_is_refused_is_tried_again_later_under_the_same_id_then_shown_as_undelivered_to_its_organisation_alone()
    {
        await using var program = await WebhookReceiver.StartAsync();
        program.Answer = HttpStatusCode.InternalServerError;
        var scene = await Scene.MakeAsync(Web);
        await RegisterAsync(scene.Facilitator, program, "preselection.modifiee");
        await scene.PreselectAsync(scene.People[0]);
        var start = Web.Clock.Now;
        await SendAsync();
        await SendAsync();
        Assert.Single(program.Received);
        for (var i = 0; i < WebhookSender.MostAttempts; i++)
        {
            Web.Clock.Now += TimeSpan.FromHours(25);
            await SendAsync();
        }

        Web.Clock.Now = start;
        Assert.Equal(WebhookSender.MostAttempts, program.Received.Count);
        Assert.Single(program.Received.Select(it => it.Id).Distinct());
        var page = await scene.Facilitator.GetAsync("/compte/webhooks");
        Assert.Contains($"Le programme a répondu 500. ({WebhookSender.MostAttempts} essais)", page.Words, StringComparison.Ordinal);
        var again = page.All("form").Select(form => form.GetAttribute("action")!).Single(action => action.Contains("/messages/", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.NotFound, (await scene.Structure.PostFormAsync(again, ("action", "renvoyer"))).Status);
        program.Answer = HttpStatusCode.OK;
        Web.Clock.Now = start;
        await scene.Facilitator.PostAndFollowAsync(again, ("action", "renvoyer"));
        await SendAsync();
        Assert.Equal(WebhookSender.MostAttempts + 1, program.Received.Count);
        Assert.DoesNotContain("n’ont pas pu être remis", (await scene.Facilitator.GetAsync("/compte/webhooks")).Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_redirection_is_not_followed_and_a_stopped_address_is_not_called()
    {
        await using var program = await WebhookReceiver.StartAsync();
        await using var elsewhere = await WebhookReceiver.StartAsync();
        program.RedirectTo = elsewhere.Address;
        var scene = await Scene.MakeAsync(Web);
        await RegisterAsync(scene.Facilitator, program, "preselection.modifiee", "heures.validees");
        await scene.PreselectAsync(scene.People[0]);
        await SendAsync();
        Assert.Single(program.Received);
        Assert.Empty(elsewhere.Received);

        var stop = (await scene.Facilitator.GetAsync("/compte/webhooks")).All("form").Select(form => form.GetAttribute("action")!).Single(action => action.EndsWith("/arret", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.NotFound, (await scene.Structure.PostFormAsync(stop)).Status);
        await scene.Facilitator.PostAndFollowAsync(stop);
        await scene.PreselectAsync(scene.People[1]);
        Web.Clock.Now += TimeSpan.FromHours(1);
        await SendAsync();
        Web.Clock.Now -= TimeSpan.FromHours(1);
        Assert.Single(program.Received);
    }

    [Fact]
    public async Task A_private_address_is_refused_when_written_and_again_when_called()
    {
        var structure = await Web.SignInAsync(Roles.Structure, OrganizationKind.Ei);
        foreach (var url in new[] { "http://programme.example/x", "https://127.0.0.1/x", "https://10.1.2.3/", "https://[::1]/", "https://169.254.169.254/latest", "https://[::ffff:192.168.1.1]/", "https://localhost/x", "https://intranet/x", "https://u" + ":p" + "@programme.example/", "pas une adresse" })
        {
            var refused = await structure.PostFormAsync("/compte/webhooks", ("adresse", url), ("evenement", "contrat.cree"));
            Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
            Assert.Equal(url, refused.ValueOf("adresse"));
        }

        Assert.Equal(HttpStatusCode.BadRequest, (await structure.PostFormAsync("/compte/webhooks", ("adresse", "https://programme.example/"), ("evenement", "autre"))).Status);

        await using var program = await WebhookReceiver.StartAsync();
        var scene = await Scene.MakeAsync(Web);
        await RegisterAsync(scene.Facilitator, program, "preselection.modifiee");
        await scene.PreselectAsync(scene.People[0]);
        await Web.Services.GetRequiredService<WebhookSender>().RunAsync(Cancel);
        Assert.Empty(program.Received);
        Assert.Contains("n’est pas sur l’internet public", (await scene.Facilitator.GetAsync("/compte/webhooks")).Words, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("8.8.8.8", true)]
    [InlineData("2606:4700::1", true)]
    [InlineData("0.0.0.0", false)]
    [InlineData("10.0.0.1", false)]
    [InlineData("100.64.0.1", false)]
    [InlineData("127.0.0.1", false)]
    [InlineData("169.254.169.254", false)]
    [InlineData("172.31.255.255", false)]
    [InlineData("172.32.0.1", true)]
    [InlineData("192.168.0.1", false)]
    [InlineData("198.18.0.1", false)]
    [InlineData("224.0.0.1", false)]
    [InlineData("255.255.255.255", false)]
    [InlineData("::1", false)]
    [InlineData("::ffff:10.0.0.1", false)]
    [InlineData("fc00::1", false)]
    [InlineData("fe80::1", false)]
    [InlineData("64:ff9b::a00:1", false)]
    [InlineData("2001:db8::1", false)]
    [InlineData("2002:a00:1::", false)]
    public void Only_addresses_of_the_public_internet_are_called(string address, bool isPublic) => Assert.Equal(isPublic, PublicAddress.IsPublic(IPAddress.Parse(address)));

    [Fact]
    public async Task A_stop_waits_for_the_message_that_is_leaving_and_begins_no_other()
    {
        await using var program = await WebhookReceiver.StartAsync();
        var scene = await Scene.MakeAsync(Web);
        await RegisterAsync(scene.Structure, program, "preselection.modifiee");
        await scene.PreselectAsync(scene.People[0], scene.People[1]);
        program.AnswersAfter = new TaskCompletionSource();
        using var stop = new CancellationTokenSource();
        var sending = SendUntilAsync(stop.Token);
        while (program.Received.IsEmpty)
        {
            await Task.Delay(20, Cancel);
        }

        await stop.CancelAsync();
        program.AnswersAfter.SetResult();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
        Assert.Single(program.Received);
        await SendAsync();

        Assert.Equal(2, program.Received.Count);
        Assert.Equal(2, program.Received.Select(it => it.Id).Distinct().Count());
    }

    private static JsonElement Data(ReceivedWebhook message) => JsonDocument.Parse(message.Body).RootElement.GetProperty("donnees");

    /// <summary>Registers by the page, then points the address at the receiver of this machine, which no page would accept.</summary>
    private async Task<string> RegisterAsync(Browser browser, WebhookReceiver program, params string[] events)
    {
        var page = await browser.PostFormAsync("/compte/webhooks", [("adresse", "https://programme.example/messages"), .. events.Select(code => ("evenement", code))]);
        Assert.Equal(HttpStatusCode.OK, page.Status);
        await using var db = await Web.Database.OpenAsync(Cancel);
        await db.ExecuteAsync("update webhook set url = @Address where organization_id = @OrganizationId", new { program.Address, browser.Who!.OrganizationId });
        return page.One("code.secret").TextContent;
    }

    private Task SendAsync() => SendUntilAsync(Cancel);

    private async Task SendUntilAsync(CancellationToken stop)
    {
        var settings = new WebhookSettings(new ConfigurationBuilder().AddInMemoryCollection([new("Webhooks:AllowPrivate", "true")]).Build());
        using var post = new WebhookPost(settings);
        using var sender = new WebhookSender(
            Web.Database, Web.Services.GetRequiredService<JobLock>(), settings, post, Web.Services.GetRequiredService<IDataProtectionProvider>(),
            Web.Services.GetRequiredService<FrenchCalendar>(), NullLogger<WebhookSender>.Instance);
        await sender.RunAsync(stop);
    }

    private async Task<string> StoredAsync()
    {
        await using var db = await Web.Database.OpenAsync(Cancel);
        return string.Join('\n', await db.QueryAsync<string>("select protected_secret || url || events from webhook order by id limit 100"));
    }
}

public sealed class WebhooksOnSqlite(SqliteWeb web) : WebhookTests(web), IClassFixture<SqliteWeb>;

public sealed class WebhooksOnPostgreSql(PostgreSqlWeb web) : WebhookTests(web), IClassFixture<PostgreSqlWeb>;
