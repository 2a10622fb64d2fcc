using Matching.Engine.Scoring;
using Matching.Rules.Postings;

namespace Matching.Features;

/// <summary>What having more of a feature may do to the score: it is enforced on every model, not hoped.</summary>
public enum Direction
{
    /// <summary>A later bin is never worth less.</summary>
    More,

    /// <summary>A later bin is never worth more.</summary>
    Less,
}

/// <summary>One value that a feature can take.</summary>
/// <param name="Code">The engine's code, 0 to 63.</param>
/// <param name="Sentence">What people read as a reason.</param>
/// <param name="IsNeutral">Not on the scale: not asked, or not known. Its points are written apart and bound to no direction.</param>
public sealed record FeatureBin(byte Code, string Sentence, bool IsNeutral = false);

/// <summary>A posting with what compiling it needs.</summary>
/// <param name="Day">The day of the search.</param>
/// <param name="LivePropositions">How many open propositions each person has with other employers; absent = none.</param>
public sealed record PostingContext(
    PostingTerms Terms,
    DateOnly Day,
    Occupations Occupations,
    Places Places,
    SkillNumbers Skills,
    IReadOnlyDictionary<Guid, byte> LivePropositions)
{
    /// <summary>The trainings that people follow now, by person; absent = none. What the facilitator of the posting noted, and nobody else.</summary>
    public IReadOnlyDictionary<Guid, IReadOnlyList<RunningTraining>> Trainings { get; init; } = new Dictionary<Guid, IReadOnlyList<RunningTraining>>();

    /// <summary>The first day someone could work: the posting's, or today when it is past or not said.</summary>
    public DateOnly StartsOn => Terms.StartsOn is { } start && start > Day ? start : Day;
}

/// <summary>A criterion of the ranking: defined once, for serving, training and the public page.</summary>
/// <param name="Name">Stable name in model files.</param>
/// <param name="Label">Short French name.</param>
/// <param name="Definition">One French sentence: what is measured, in what unit.</param>
/// <param name="Source">Which declared facts it reads.</param>
/// <param name="Bins">Neutral values first, then the scale from its first to its last value.</param>
/// <param name="Compile">Reads the code of every person for one posting.</param>
/// <param name="IsReachable">Whether a person or a structure can change it (a training, a date, a means of transport).</param>
/// <param name="CameLater">Whether models were already published without it: those still serve, and give nothing for it. Never reachable too: they could not say what it would change.</param>
public sealed record FeatureDefinition(
    string Name,
    string Label,
    string Definition,
    string Source,
    Direction Direction,
    IReadOnlyList<FeatureBin> Bins,
    Func<PostingContext, CodeSource> Compile,
    bool IsReachable = false,
    bool CameLater = false)
{
    /// <summary>The scale alone, in order.</summary>
    public IEnumerable<FeatureBin> Scale => Bins.Where(bin => !bin.IsNeutral);

    public FeatureBin BinOf(byte code) => Bins.FirstOrDefault(bin => bin.Code == code) ?? Bins[0];
}
