namespace Matching.Rules.Preselection;

/// <summary>The code that a company types when the facilitator asked for one: what makes it good, and when another may be asked for.</summary>
public static class OneTimeCodes
{
    public const int Digits = 6;
    public const int MinutesValid = 10;
    public const int MostTries = 5;

    /// <summary>Between two codes of one link: enough for a mail to come.</summary>
    public const int SecondsBetween = 60;

    /// <summary>Codes of one link in a day: with five tries each, guessing one of a million stays hopeless.</summary>
    public const int MostADay = 20;

    public static Rule Asked { get; } = new(
        "entreprise.code",
        "Quand le facilitateur le demande, le dossier s’ouvre par un code à six chiffres envoyé au courriel du contact : il vaut 10 minutes et 5 essais, et un nouveau code remplace le précédent.",
        "Choix du service, pour qu’un lien transféré par erreur ne suffise pas à lire des fiches");

    /// <summary>Null when a code sent then may still be tried; else the French sentence.</summary>
    /// <param name="sentAt">Null while its mail has not left.</param>
    public static string? CheckTry(DateTimeOffset? sentAt, int tries, bool isUsed, DateTimeOffset now) =>
        sentAt is not { } at ? "Votre code n’est pas encore parti : attendez le courriel, puis tapez le code."
        : isUsed || now > at.AddMinutes(MinutesValid) ? "Ce code n’est plus valable : demandez-en un autre."
        : tries >= MostTries ? $"Ce code a été essayé {MostTries} fois : demandez-en un autre."
        : null;

    /// <summary>Null when a code may be sent now; else the French sentence.</summary>
    /// <param name="lastAskedAt">When the last one of this link was asked for; null for the first.</param>
    /// <param name="askedToday">How many were, in the last 24 hours.</param>
    public static string? CheckAsk(DateTimeOffset? lastAskedAt, int askedToday, DateTimeOffset now) =>
        lastAskedAt is { } last && now < last.AddSeconds(SecondsBetween) ? "Un code vient de partir : attendez une minute avant d’en demander un autre, et regardez aussi les courriels indésirables."
        : askedToday >= MostADay ? "Trop de codes ont été demandés depuis hier : appelez votre contact, qui peut vous envoyer un autre lien."
        : null;
}
