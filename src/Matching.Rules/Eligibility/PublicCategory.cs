using Matching.Rules.People;

namespace Matching.Rules.Eligibility;

/// <summary>A public that a marché may list.</summary>
/// <param name="Code">Code of the files and the API.</param>
/// <param name="Definition">One French sentence with the threshold.</param>
/// <param name="Proof">What shows it, as people call the document.</param>
/// <param name="Source">Where the definition was read.</param>
/// <param name="Check">The one function that says where a person stands on a day.</param>
public sealed record PublicCategory(
    string Code,
    string Label,
    string Definition,
    string Proof,
    string Source,
    Func<EligibilityFacts, DateOnly, Standing> Check)
{
    public Rule Rule => new($"public.{Code.ToLowerInvariant()}", Definition, Source);
}
