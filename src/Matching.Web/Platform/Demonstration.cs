namespace Matching.Web.Platform;

/// <summary>Whether the program runs with invented data (<c>--demo</c>, true unless said otherwise): every page then says so.</summary>
public sealed class Demonstration(IConfiguration configuration)
{
    public bool IsOn { get; } = !bool.TryParse(configuration["demo"], out var wanted) || wanted;
}
