using System.Net;
using Matching.Web.Platform;
using Matching.Web.Tests.Preselection;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Matching.Web.Tests.Platform;

/// <summary>Behind a proxy that the service trusts each guest is counted alone, and nobody chooses the address they are counted under.</summary>
public sealed class ProxyTests(BehindProxy web) : WebTests(web), IClassFixture<BehindProxy>
{
    private const string Stranger = "198.51.100.9";

    [Fact]
    public async Task A_guest_behind_the_proxy_who_is_stopped_does_not_shut_the_link_for_the_others()
    {
        var scene = await Scene.MakeAsync(Web);
        var link = await scene.TransmitAsync(scene.People[0]);

        Assert.Equal(HttpStatusCode.TooManyRequests, await LastOf61Async(Web, link, BehindProxy.Address, _ => "203.0.113.7"));

        Assert.Equal(HttpStatusCode.OK, (await Guest(Web, BehindProxy.Address, "203.0.113.8").GetAsync(link)).Status);
    }

    [Fact]
    public async Task What_a_stranger_says_of_their_own_address_is_ignored() =>
        Assert.Equal(HttpStatusCode.TooManyRequests, await LastOf61Async(Web, "/e/inconnu-1", Stranger, i => $"203.0.113.{i}"));

    [Fact]
    public async Task Behind_the_proxy_only_the_address_that_it_added_itself_counts() =>
        Assert.Equal(HttpStatusCode.TooManyRequests, await LastOf61Async(Web, "/e/inconnu-2", BehindProxy.Address, i => $"192.0.2.{i}, 203.0.113.9"));

    [Theory]
    [InlineData(BehindProxy.Address, true)]
    [InlineData(BehindProxy.SecondAddress, true)]
    [InlineData(Stranger, false)]
    public async Task The_cookies_are_for_https_alone_when_the_proxy_says_that_the_guest_came_by_it(string peer, bool isSecure)
    {
        var guest = Guest(Web, peer, "203.0.113.10");
        guest.Client.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");

        var cookie = (await guest.GetAsync("/connexion")).Response.Headers.GetValues("Set-Cookie").Single(it => it.StartsWith("formulaire=", StringComparison.Ordinal));

        Assert.Equal(isSecure, cookie.Contains("secure", StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData("mandataire")]
    [InlineData("10.0.0.4, 10.1.0.0/99")]
    public void A_proxy_that_is_no_address_is_said_in_a_sentence_at_the_start(string trusted)
    {
        var settings = new ConfigurationBuilder().AddInMemoryCollection([new("Proxies:Trusted", trusted)]).Build();
        using var services = new ServiceCollection().AddSingleton<IConfiguration>(settings).AddTrustedProxies().BuildServiceProvider();

        var refusal = Assert.Throws<SettingException>(() => services.GetRequiredService<IOptions<ForwardedHeadersOptions>>().Value);

        Assert.Contains("n’est ni une adresse, ni un réseau", refusal.Message, StringComparison.Ordinal);
    }

    internal static Browser Guest(WebFixture web, string peer, string said)
    {
        var client = web.NewClient();
        client.DefaultRequestHeaders.Add("Peer", peer);
        client.DefaultRequestHeaders.Add("X-Forwarded-For", said);
        return new Browser(client);
    }

    internal static async Task<HttpStatusCode> LastOf61Async(WebFixture web, string link, string peer, Func<int, string> said)
    {
        for (var i = 0; i < 60; i++)
        {
            Assert.NotEqual(HttpStatusCode.TooManyRequests, (await Guest(web, peer, said(i)).GetAsync(link)).Status);
        }

        return (await Guest(web, peer, said(60)).GetAsync(link)).Status;
    }
}

public sealed class NoProxyTests(SqliteWeb web) : WebTests(web), IClassFixture<SqliteWeb>
{
    [Fact]
    public async Task Without_a_trusted_proxy_nobody_is_believed() =>
        Assert.Equal(HttpStatusCode.TooManyRequests, await ProxyTests.LastOf61Async(Web, "/e/inconnu", BehindProxy.Address, i => $"203.0.113.{i}"));
}

/// <summary>A site that trusts one proxy by its address and others by their network.</summary>
public sealed class BehindProxy : WebFixture
{
    public const string Address = "10.0.0.4";
    public const string SecondAddress = "10.1.2.3";

    protected override Task<IReadOnlyDictionary<string, string>> SettingsAsync() =>
        Task.FromResult<IReadOnlyDictionary<string, string>>(new Dictionary<string, string> { ["Proxies:Trusted"] = $"{Address}, 10.1.0.0/16" });
}
