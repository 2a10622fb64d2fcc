namespace Matching.Rules.Preselection;

/// <summary>What is due for a file that a company has not answered.</summary>
public enum SilenceStep
{
    None,
    FirstReminder,
    SecondReminder,

    /// <summary>The day asked for has passed: the facilitator is told and decides.</summary>
    Deadline,
}

/// <summary>How long a company of one marché has to answer, and when it is reminded; versions, because a clause may be amended.</summary>
/// <param name="FirstReminderDays">Days after the sending.</param>
/// <param name="SecondReminderDays">Days after the sending.</param>
/// <param name="AnswerDays">Days after the sending, proposed to the facilitator, who may write another day.</param>
public sealed record AnswerTerms(int Version, int FirstReminderDays, int SecondReminderDays, int AnswerDays)
{
    public const int MostDays = 60;

    public static AnswerTerms Usual { get; } = new(0, 7, 12, 15);

    public static Rule Reminded { get; } = new(
        "entreprise.relances",
        "Une entreprise qui n’a pas répondu à un dossier est relancée par courriel 7 jours puis 12 jours après l’envoi, tant que la date de réponse (15 jours à défaut) n’est pas passée ; le facilitateur est prévenu le lendemain de cette date. Le marché peut fixer d’autres délais.",
        Rule.ToConfirm + " (choix du service : aucun texte ne fixe ces délais)");

    /// <summary>Why these days cannot be kept, by form field; null when they can.</summary>
    public (string Field, string Sentence)? Fault() =>
        FirstReminderDays < 1 ? ("relance_1", "Première relance : au moins un jour après l’envoi.")
        : SecondReminderDays <= FirstReminderDays ? ("relance_2", "Deuxième relance : elle vient après la première.")
        : AnswerDays <= SecondReminderDays ? ("reponse", "Réponse : la date vient après la deuxième relance.")
        : AnswerDays > MostDays ? ("reponse", $"Réponse : {MostDays} jours au plus.")
        : null;

    /// <summary>The day by which an answer is asked for a file sent this day.</summary>
    public DateOnly AnswerBefore(DateOnly sentOn) => sentOn.AddDays(AnswerDays);

    /// <summary>
    /// What is due today for a file sent that day and not answered. A day missed is not made up for: one reminder leaves, the latest. The
    /// day of the deadline is still in time.
    /// </summary>
    /// <param name="answerBefore">The last day in time that the file says.</param>
    public SilenceStep DueOn(DateOnly today, DateOnly sentOn, DateOnly answerBefore) =>
        today > answerBefore ? SilenceStep.Deadline
        : today >= sentOn.AddDays(SecondReminderDays) ? SilenceStep.SecondReminder
        : today >= sentOn.AddDays(FirstReminderDays) ? SilenceStep.FirstReminder
        : SilenceStep.None;

    /// <summary>The days of the reminders that fall in time, the first one first.</summary>
    public IReadOnlyList<DateOnly> ReminderDays(DateOnly sentOn, DateOnly answerBefore) =>
        [.. new[] { sentOn.AddDays(FirstReminderDays), sentOn.AddDays(SecondReminderDays) }.Where(day => day <= answerBefore)];
}
