using static Matching.Rules.Preselection.PreselectionState;

namespace Matching.Rules.Preselection;

/// <summary>Who takes a step.</summary>
public enum PreselectionActor
{
    Facilitator,
    Structure,
    Company,
    System,
}

/// <summary>What a step must come with, because the facts it states live elsewhere too.</summary>
public enum StepThrough
{
    /// <summary>A button on the page or a call of the API.</summary>
    Button,

    /// <summary>The choice of files and the company's link.</summary>
    Transmission,

    /// <summary>The form of the work contract or of its end.</summary>
    Contract,

    /// <summary>The consequence of another person's act.</summary>
    Consequence,
}

/// <summary>One step that is allowed.</summary>
/// <param name="Verb">French words of the button.</param>
/// <param name="Reasons">Lists of coded reasons to choose from; none when the step needs no reason.</param>
/// <param name="HasDate">Whether a day and hour may be given with it (an interview).</param>
public sealed record Transition(
    PreselectionState From,
    PreselectionState To,
    PreselectionActor Actor,
    string Verb,
    IReadOnlyList<ReasonList> Reasons,
    bool HasDate,
    StepThrough Through)
{
    public bool NeedsReason => Reasons.Count > 0;
}

/// <summary>The steps of a preselection as one table: what is not in it is refused.</summary>
public static class Transitions
{
    private const string AlreadyAgreed = "Présélectionner (accord de la personne déjà recueilli)";

    public static Rule OneTable { get; } = new(
        "preselection.etapes",
        "Une présélection avance seulement par les étapes prévues ; chaque étape garde qui, quand, d’où et vers où.",
        "Département du Calvados (document fondateur 003) ; code public des emplois de l’inclusion (job_applications), lu en août 2026");

    public static Rule HiredElsewhere { get; } = new(
        "preselection.embauche-ailleurs",
        "L’embauche d’une personne arrête ses autres présélections en cours, et leur facilitateur le voit.",
        "Code public des emplois de l’inclusion (candidatures rendues obsolètes par une embauche), lu en août 2026");

    public static IReadOnlyList<Transition> All { get; } = [.. Facilitator(), .. Structure(), .. Company(), .. System()];

    /// <summary>The step of the table, or null.</summary>
    public static Transition? Find(PreselectionState from, PreselectionState to, PreselectionActor actor) =>
        All.FirstOrDefault(t => t.From == from && t.To == to && t.Actor == actor);

    /// <summary>The steps that an actor may take from a state, in the order of the table.</summary>
    public static IReadOnlyList<Transition> From(PreselectionState from, PreselectionActor actor) =>
        [.. All.Where(t => t.From == from && t.Actor == actor)];

    /// <summary>Null when the step is allowed; else the French sentence that says why it is not.</summary>
    public static string? Allow(PreselectionState from, PreselectionState to, PreselectionActor actor)
    {
        if (Find(from, to, actor) is not null)
        {
            return null;
        }

        var step = $"Une personne « {from.Label()} » ne peut pas passer à « {to.Label()} »";
        var others = All.Where(t => t.From == from && t.To == to).Select(t => Name(t.Actor)).Distinct().ToList();
        if (others.Count > 0)
        {
            return $"{step} par votre intermédiaire : cette étape revient {string.Join(" ou ", others)}.";
        }

        var possible = From(from, actor).Select(t => $"« {t.To.Label()} »").Distinct().ToList();
        return possible.Count == 0
            ? $"{step} : vous n’avez pas d’étape possible à partir de cet état."
            : $"{step}. Étapes possibles : {string.Join(", ", possible)}.";
    }

    /// <summary>Null when the reason fits the step; else the French sentence that says what is missing.</summary>
    public static string? CheckReason(Transition step, string? code) =>
        !step.NeedsReason
            ? string.IsNullOrWhiteSpace(code) ? null : "Cette étape ne demande pas de motif."
        : string.IsNullOrWhiteSpace(code) ? "Choisissez un motif dans la liste."
        : step.Reasons.Any(list => Reasons.In(list, code)) ? null
        : "Ce motif n’est pas dans la liste de cette étape : choisissez-en un dans la liste.";

    private static string Name(PreselectionActor actor) => actor switch
    {
        PreselectionActor.Facilitator => "au facilitateur",
        PreselectionActor.Structure => "à la structure qui accompagne la personne",
        PreselectionActor.Company => "à l’entreprise, par son lien",
        _ => "au service, en conséquence d’un autre événement",
    };

    private static IEnumerable<Transition> Facilitator()
    {
        yield return Button(Proposed, Contacted, "Noter que la personne est contactée");
        yield return Button(Proposed, Interested, "Noter que la personne est intéressée");
        yield return Button(Proposed, Preselected, AlreadyAgreed);
        yield return Button(Contacted, Interested, "Noter que la personne est intéressée");
        yield return Button(Contacted, Preselected, AlreadyAgreed);
        yield return Button(Interested, Preselected, "Présélectionner");
        yield return Step(Preselected, Transmitted, "Transmettre à l’entreprise", StepThrough.Transmission);

        // The company also answers by telephone: the facilitator then notes what it said.
        foreach (var from in (PreselectionState[])[Transmitted, Interview, Chosen, Declined])
        {
            yield return Button(from, Interview, from == Interview ? "Changer la date de l’entretien" : "Noter un entretien") with { HasDate = true };
        }

        yield return Button(Transmitted, Chosen, "Noter que l’entreprise retient la personne");
        yield return Button(Interview, Chosen, "Noter que l’entreprise retient la personne");
        foreach (var from in (PreselectionState[])[Transmitted, Interview, Chosen])
        {
            yield return Button(from, Declined, "Noter que l’entreprise ne retient pas la personne", ReasonList.CompanyDeclines);
        }

        yield return Step(Chosen, Hired, "Enregistrer l’embauche", StepThrough.Contract);
        yield return Step(Hired, Ended, "Enregistrer la fin du contrat", StepThrough.Contract, ReasonList.Exit);
        yield return Button(Declined, Preselected, "Présélectionner de nouveau");

        // A place is free again: what the person once said may have changed.
        foreach (var from in (PreselectionState[])[Interested, Preselected, Declined])
        {
            yield return Button(from, Proposed, "Demander de nouveau à la personne");
        }

        yield return Button(Withdrawn, Proposed, "Proposer de nouveau");
        foreach (var from in PreselectionStates.Pending)
        {
            yield return Button(from, Withdrawn, "Retirer", ReasonList.FacilitatorDoesNotKeep, ReasonList.PersonWithdraws, ReasonList.StructureWithdraws);
        }
    }

    private static IEnumerable<Transition> Structure()
    {
        yield return Button(Proposed, Contacted, "La personne est prévenue") with { Actor = PreselectionActor.Structure };
        yield return Button(Proposed, Interested, "La personne est disponible et intéressée") with { Actor = PreselectionActor.Structure };
        yield return Button(Contacted, Interested, "La personne est disponible et intéressée") with { Actor = PreselectionActor.Structure };
        foreach (var from in PreselectionStates.Pending)
        {
            yield return Button(from, Withdrawn, "La personne se retire, ou nous la retirons", ReasonList.PersonWithdraws, ReasonList.StructureWithdraws) with { Actor = PreselectionActor.Structure };
        }
    }

    private static IEnumerable<Transition> Company()
    {
        // An answer can be changed until the hire, also to give another date or another reason.
        foreach (var from in (PreselectionState[])[Transmitted, Interview, Chosen, Declined])
        {
            yield return Button(from, Interview, "Rencontrer") with { Actor = PreselectionActor.Company, HasDate = true };
            if (from != Chosen)
            {
                yield return Button(from, Chosen, "Retenir") with { Actor = PreselectionActor.Company };
            }

            yield return Button(from, Declined, "Ne pas retenir", ReasonList.CompanyDeclines) with { Actor = PreselectionActor.Company };
        }
    }

    private static IEnumerable<Transition> System()
    {
        foreach (var from in PreselectionStates.Pending)
        {
            yield return Step(from, Withdrawn, "Embauche ailleurs", StepThrough.Consequence, ReasonList.Consequence) with { Actor = PreselectionActor.System };
        }
    }

    private static Transition Button(PreselectionState from, PreselectionState to, string verb, params ReasonList[] reasons) =>
        Step(from, to, verb, StepThrough.Button, reasons);

    private static Transition Step(PreselectionState from, PreselectionState to, string verb, StepThrough through, params ReasonList[] reasons) =>
        new(from, to, PreselectionActor.Facilitator, verb, reasons, false, through);
}
