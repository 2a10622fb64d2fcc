using System.Net;
using System.Net.Sockets;

namespace Matching.Web.Platform.Webhooks;

/// <summary>Whether an address is on the public internet: a program's address must never make this service call itself or its neighbours.</summary>
public static class PublicAddress
{
    // Source: IANA, registries of special-purpose addresses (RFC 6890 and its updates), à confirmer à chaque mise à jour du registre.
    private static readonly IPNetwork[] Reserved =
    [
        IPNetwork.Parse("0.0.0.0/8"), IPNetwork.Parse("10.0.0.0/8"), IPNetwork.Parse("100.64.0.0/10"), IPNetwork.Parse("127.0.0.0/8"), IPNetwork.Parse("169.254.0.0/16"),
        IPNetwork.Parse("172.16.0.0/12"), IPNetwork.Parse("192.0.0.0/24"), IPNetwork.Parse("192.0.2.0/24"), IPNetwork.Parse("192.88.99.0/24"), IPNetwork.Parse("192.168.0.0/16"),
        IPNetwork.Parse("198.18.0.0/15"), IPNetwork.Parse("198.51.100.0/24"), IPNetwork.Parse("203.0.113.0/24"), IPNetwork.Parse("224.0.0.0/3"),
        IPNetwork.Parse("2001::/23"), IPNetwork.Parse("2001:db8::/32"), IPNetwork.Parse("2002::/16"), IPNetwork.Parse("3fff::/20"),
    ];

    private static readonly IPNetwork GlobalV6 = IPNetwork.Parse("2000::/3");

    public static bool IsPublic(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return (plain.AddressFamily == AddressFamily.InterNetwork || GlobalV6.Contains(plain)) && !Reserved.Any(network => network.Contains(plain));
    }

    /// <summary>The address that a program may be called at; null, with the French sentence, when it may not.</summary>
    public static (Uri? Address, string? Refusal) Read(string text) =>
        !Uri.TryCreate(text, UriKind.Absolute, out var address) || address.Scheme != Uri.UriSchemeHttps
            ? (null, "Adresse : écrire une adresse complète qui commence par https://.")
        : address.UserInfo.Length > 0 || address.Fragment.Length > 0
            ? (null, "Adresse : sans identifiant ni ancre. La signature de chaque message suffit à le reconnaître.")
        : IPAddress.TryParse(address.DnsSafeHost, out var number) ? IsPublic(number) ? (address, null) : (null, NotPublic)
        : !address.Host.Contains('.', StringComparison.Ordinal) || address.Host.EndsWith(".local", StringComparison.OrdinalIgnoreCase) || address.Host.EndsWith(".internal", StringComparison.OrdinalIgnoreCase)
            ? (null, NotPublic)
        : (address, null);

    public const string NotPublic = "Adresse : elle n’est pas sur l’internet public. Ce service n’appelle ni lui-même ni un réseau privé.";
}
