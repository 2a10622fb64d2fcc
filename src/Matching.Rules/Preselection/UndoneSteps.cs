namespace Matching.Rules.Preselection;

/// <summary>The last step of a preselection, as someone who would take it back finds it.</summary>
/// <param name="Actor">What its author was.</param>
/// <param name="IsOwn">Whether the person asking is the one who took it.</param>
/// <param name="IsLast">Whether nothing moved the preselection since.</param>
/// <param name="IsUndo">Whether it is itself a step taken back.</param>
public sealed record TakenStep(PreselectionState From, PreselectionState To, PreselectionActor Actor, bool IsOwn, bool IsLast, bool IsUndo);

/// <summary>Taking back one's last step.</summary>
public static class UndoneSteps
{
    public static Rule OnlyTheLast { get; } = new(
        "preselection.annulation",
        "Une étape s’annule par la seule personne qui l’a notée, tant que rien n’a suivi ; l’étape et son annulation restent toutes deux dans l’historique.",
        "Choix du service, pour qu’une erreur de clic se répare sans effacer l’historique");

    /// <summary>Null when the step may be taken back; else the French sentence that says why it may not.</summary>
    public static string? Check(TakenStep? step)
    {
        if (step is null)
        {
            return "Il n’y a pas d’étape à annuler.";
        }

        if (!step.IsOwn)
        {
            return "Une étape s’annule par la personne qui l’a notée.";
        }

        if (!step.IsLast)
        {
            return "Cette étape a eu une suite : elle ne s’annule plus. Notez l’étape qui convient maintenant.";
        }

        if (step.IsUndo)
        {
            return "Votre dernière étape est déjà annulée.";
        }

        return Transitions.Find(step.From, step.To, step.Actor)?.Through == StepThrough.Button
            ? null
            : "Une transmission, une embauche ou une fin de contrat ne s’annule pas ainsi : d’autres personnes l’ont peut-être déjà lue.";
    }

    /// <summary>The states that a path really went through: a step taken back was never reached.</summary>
    /// <param name="steps">In the order in which they were taken.</param>
    public static IReadOnlyList<PreselectionState> Reached(IEnumerable<(PreselectionState To, bool IsUndo)> steps)
    {
        ArgumentNullException.ThrowIfNull(steps);
        var reached = new List<PreselectionState>();
        foreach (var (to, isUndo) in steps)
        {
            // A note keeps the state where it is.
            if (isUndo && reached.Count > 0)
            {
                reached.RemoveAt(reached.Count - 1);
            }
            else if (!isUndo && (reached.Count == 0 || reached[^1] != to))
            {
                reached.Add(to);
            }
        }

        return reached;
    }
}
