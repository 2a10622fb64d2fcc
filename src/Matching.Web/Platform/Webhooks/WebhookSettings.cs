using System.Globalization;

namespace Matching.Web.Platform.Webhooks;

/// <summary>
/// <c>--Webhooks:EverySeconds</c> (5; 0 when this node sends nothing by itself), <c>--Webhooks:AllowPrivate</c> (false): true only where the
/// programs called are on the same private network, and everyone who may register an address is trusted with it.
/// </summary>
public sealed class WebhookSettings(IConfiguration configuration)
{
    public int EverySeconds { get; } = int.TryParse(configuration["Webhooks:EverySeconds"], NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? seconds : 5;

    public bool AllowsPrivate { get; } = string.Equals(configuration["Webhooks:AllowPrivate"], "true", StringComparison.OrdinalIgnoreCase);
}
