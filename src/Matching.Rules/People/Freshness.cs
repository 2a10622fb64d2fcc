namespace Matching.Rules.People;

/// <summary>How long what a structure says of a person stands without being confirmed.</summary>
public static class Freshness
{
    /// <summary>From then on, the structure is asked to confirm.</summary>
    public const int ConfirmAfterDays = 60;

    /// <summary>From then on, the person is no longer published.</summary>
    public const int ExpireAfterDays = 180;

    public static Rule Expires { get; } = new(
        "vivier.expiration",
        "Une personne que sa structure n’a pas confirmée depuis 180 jours n’est plus publiée ; la confirmer la publie à nouveau.",
        Rule.ToConfirm + " (choix du service : ne montrer que des personnes dont les faits sont récents)");

    public static bool IsToConfirm(DateOnly checkedOn, DateOnly today) => checkedOn < ConfirmBefore(today);

    /// <summary>People confirmed before this day are to be confirmed again.</summary>
    public static DateOnly ConfirmBefore(DateOnly today) => today.AddDays(-ConfirmAfterDays);

    /// <summary>People confirmed before this day are no longer published.</summary>
    public static DateOnly ExpiredBefore(DateOnly today) => today.AddDays(-ExpireAfterDays);
}
