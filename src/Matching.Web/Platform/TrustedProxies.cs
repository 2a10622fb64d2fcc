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

    /// <summary>Read when the host starts, where a setting that cannot work is said in a sentence (<see cref="SettingException"/>).</summary>
    public static IServiceCollection AddTrustedProxies(this IServiceCollection services)
    {
        services.AddOptions<ForwardedHeadersOptions>().Configure<IConfiguration>((options, configuration) =>
        {
            // No limit to the length of the chain: it is read from its end, and stops at the first address that is not a trusted proxy.
            (options.ForwardedHeaders, options.ForwardLimit) = (ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto, null);
            options.KnownProxies.Clear();
            options.KnownIPNetworks.Clear();
            foreach (var text in Trusted(configuration))
            {
                options.KnownIPNetworks.Add(Read(text));
            }
        });
        return services;
    }

    public static void UseTrustedProxies(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);

        // With an empty list the framework would believe everyone.
        if (Trusted(app.Configuration).Length > 0)
        {
            app.UseForwardedHeaders();
        }
    }

    private static string[] Trusted(IConfiguration configuration) => (configuration[Setting] ?? "").Split([' ', ',', ';'], StringSplitOptions.RemoveEmptyEntries);

    private static System.Net.IPNetwork Read(string text) =>
        System.Net.IPNetwork.TryParse(text, out var network) ? network
        : IPAddress.TryParse(text, out var address) ? new(address, address.GetAddressBytes().Length * 8)
        : throw new SettingException($"« --{Setting} » : « {text} » n’est ni une adresse, ni un réseau comme 10.1.0.0/16.");
}
