using Matching.Rules.Hours;
using Matching.Rules.People;

namespace Matching.Rules.Eligibility;

/// <summary>Something about a person that ends soon, and the last day it still counts.</summary>
/// <param name="What">French, with its article: "le PASS IAE".</param>
/// <param name="Of">What stays the same when the last day is a forecast that moves: the end of the period of a cap. Null when the last day is sure.</param>
public sealed record Ending(string What, DateOnly LastDay, DateOnly? Of = null);

/// <summary>What ends soon for someone who is on the way to a post or in one, told in time to act.</summary>
public static class EndingSoon
{
    public const int DaysBefore = 60;

    public static Rule Told { get; } = new(
        "echeances.fin-proche",
        $"La fin d’un PASS IAE, d’une éligibilité validée ou des heures permises à une association intermédiaire est signalée {DaysBefore} jours avant, au facilitateur et à la structure, pour une personne en présélection ou en poste.",
        Rule.ToConfirm + " (choix du service)");

    /// <summary>What of these ends from today to <see cref="DaysBefore"/> days on, both included, the soonest first.</summary>
    /// <param name="validUntil">Last days of the validated eligibilities that run.</param>
    /// <param name="more">What else ends, sooner or later.</param>
    public static IReadOnlyList<Ending> Of(PassIae? pass, IEnumerable<DateOnly> validUntil, DateOnly today, params IEnumerable<Ending> more)
    {
        ArgumentNullException.ThrowIfNull(validUntil);
        var all = validUntil.Select(day => new Ending("l’éligibilité validée", day)).Concat(more);
        return [.. (pass is null ? all : all.Append(new Ending("le PASS IAE", pass.LastDay)))
            .Where(ending => ending.LastDay >= today && ending.LastDay <= today.AddDays(DaysBefore)).Distinct().OrderBy(ending => ending.LastDay)];
    }

    /// <summary>The end of the hours that an association may lend someone, at the weekly time of their contract; null when it is not reached.</summary>
    public static Ending? OfCap(AssociationStanding? standing, WorkContract contract, DateOnly today) =>
        AssociationCap.LastDayAtWeeklyTime(standing, contract, today) is { } last
            ? new Ending($"le plafond de {HoursText.Show(standing!.CapMinutes)} de l’association intermédiaire, à la durée prévue au contrat", last, standing.Until)
            : null;
}
