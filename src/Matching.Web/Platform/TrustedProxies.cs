using System.Net;
using Microsoft.AspNetCore.HttpOverrides;

namespace Matching.Web.Platform;

/// <summary>
/// The proxies in front of the service: <c>--Proxies:Trusted "10.0.0.4, 10.1.0.0/16"</c>, none by default. Only what they say of a visitor's address and
/// of https is believed; the same headers from anyone else are ignored, so that nobody chooses the address under which they are counted.
/// </summary>
public static class TrustedProxies
{
    private const string Setting = "Proxies:Trusted";

    public static void UseTrustedProxies(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        var trusted = (app.Configuration[Setting] ?? "").Split([' ', ',', ';'], StringSplitOptions.RemoveEmptyEntries);
        if (trusted.Length == 0)
        {
            // With an empty list the framework would believe everyone.
            return;
        }

        // No limit to the length of the chain: it is read from its end, and stops at the first address that is not a trusted proxy.
        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto, ForwardLimit = null };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var text in trusted)
        {
            options.KnownIPNetworks.Add(Read(text));
        }

        app.UseForwardedHeaders(options);
    }

    private static System.Net.IPNetwork Read(string text) =>
        System.Net.IPNetwork.TryParse(text, out var network) ? network
        : IPAddress.TryParse(text, out var address) ? new(address, address.GetAddressBytes().Length * 8)
        : throw new InvalidOperationException($"--{Setting}: « {text} » is neither an address nor a network such as 10.1.0.0/16.");
}
