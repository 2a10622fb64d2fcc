using Matching.Rules.People;

namespace Matching.Rules.Eligibility;

/// <summary>Something about a person that ends soon, and the last day it still counts.</summary>
/// <param name="What">French, with its article: "le PASS IAE".</param>
public sealed record Ending(string What, DateOnly LastDay);

/// <summary>What ends soon for someone who is on the way to a post or in one, told in time to act.</summary>
public static class EndingSoon
{
    public const int DaysBefore = 60;

    public static Rule Told { get; } = new(
        "echeances.fin-proche",
        $"La fin d’un PASS IAE ou d’une éligibilité validée est signalée {DaysBefore} jours avant, au facilitateur et à la structure, pour une personne en présélection ou en poste.",
        Rule.ToConfirm + " (choix du service)");

    /// <summary>What of these ends from today to <see cref="DaysBefore"/> days on, both included, the soonest first.</summary>
    /// <param name="validUntil">Last days of the validated eligibilities that run.</param>
    public static IReadOnlyList<Ending> Of(PassIae? pass, IEnumerable<DateOnly> validUntil, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(validUntil);
        var all = validUntil.Select(day => new Ending("l’éligibilité validée", day));
        return [.. (pass is null ? all : all.Append(new Ending("le PASS IAE", pass.LastDay)))
            .Where(ending => ending.LastDay >= today && ending.LastDay <= today.AddDays(DaysBefore)).Distinct().OrderBy(ending => ending.LastDay)];
    }
}
