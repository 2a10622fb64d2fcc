namespace Matching.Rules.Eligibility;

public enum StandingKind
{
    NotMet,
    ProofMissing,
    Met,
}

/// <summary>Where a person stands under one public, on one day.</summary>
/// <param name="Because">The French end of the sentence that says why; a literal, so that judging a whole pool allocates nothing.</param>
/// <param name="On">The day the sentence speaks of (proof seen, status begun, end of PASS), when there is one.</param>
/// <param name="Until">The last day on which the same facts still meet the public; null when nothing ends them, or when it is not met.</param>
public readonly record struct Standing(StandingKind Kind, string Because, DateOnly? On = null, DateOnly? Until = null)
{
    public static Standing No(string because, DateOnly? on = null) => new(StandingKind.NotMet, because, on);

    public static Standing Unproved(string because, DateOnly? on = null) => new(StandingKind.ProofMissing, because, on);

    public static Standing Yes(string because, DateOnly? on = null, DateOnly? until = null) => new(StandingKind.Met, because, on, until);

    /// <summary>The same, ending on <paramref name="day"/> at the latest.</summary>
    public Standing EndingBy(DateOnly day) => Kind == StandingKind.Met ? this with { Until = DatePeriod.Earlier(Until, day) } : this;

    /// <summary>The sentence for people: "attestation vue le 03/11/2026".</summary>
    public string Sentence => On is { } day ? $"{Because} {day:dd/MM/yyyy}" : Because;
}
