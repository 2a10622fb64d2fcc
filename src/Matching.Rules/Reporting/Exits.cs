using Matching.Rules.Preselection;

namespace Matching.Rules.Reporting;

/// <summary>When the situation of a person is looked at after the last contract.</summary>
public enum ExitMilestone
{
    End = 0,
    SixMonths = 6,
    TwelveMonths = 12,
}

/// <summary>A situation that someone wrote down.</summary>
/// <param name="Code">One of the exits of <see cref="Reasons"/>.</param>
public sealed record RecordedExit(ContractId ContractId, ExitMilestone Milestone, string Code);

/// <summary>What a bilan needs of a contract to say how its person left.</summary>
/// <param name="EndsOn">The last day, as ended or as foreseen; null for a contract without end.</param>
public sealed record ContractEnd(ContractId Id, PersonId PersonId, DateOnly StartsOn, DateOnly? EndsOn);

/// <summary>The situation of people at the end of their last contract, 6 and 12 months later.</summary>
public static class Exits
{
    public const string Running = "EN_COURS";
    public const string ToCome = "A_VENIR";

    public static IReadOnlyList<ExitMilestone> Milestones { get; } = [ExitMilestone.End, ExitMilestone.SixMonths, ExitMilestone.TwelveMonths];

    public static Rule LastContract { get; } = new(
        "sortie.dernier-contrat", "La sortie d’une personne se compte une fois, à la fin de son dernier contrat sur le marché.",
        Rule.ToConfirm + " (consolidation nationale : définition non lue)");

    public static Rule AfterMonths { get; } = new(
        "sortie.echeances", "La situation d’une personne se note à la fin de son dernier contrat, puis à partir de 6 et de 12 mois après.",
        Rule.ToConfirm + " (échéances de la consolidation nationale)");

    public static IReadOnlyList<Rule> All { get; } = [LastContract, AfterMonths];

    /// <summary>Each person's last contract on the marché.</summary>
    public static IEnumerable<ContractEnd> LastOf(IEnumerable<ContractEnd> contracts) =>
        contracts.GroupBy(it => it.PersonId).Select(group => group.MaxBy(it => (it.StartsOn, it.Id.Value))!);

    /// <summary>The day from which a situation may be written down; null while the contract has no end.</summary>
    public static DateOnly? DueOn(ContractEnd contract, ExitMilestone milestone)
    {
        ArgumentNullException.ThrowIfNull(contract);
        return contract.EndsOn?.AddMonths((int)milestone);
    }

    /// <summary>Null when this situation may be written down today; else the French sentence that says why not.</summary>
    public static string? Check(ContractEnd contract, ExitMilestone milestone, string code, DateOnly today) =>
        !Reasons.In(ReasonList.Exit, code) ? "Choisissez une situation dans la liste."
        : DueOn(contract, milestone) is not { } due ? "Le contrat n’a pas de fin : enregistrez d’abord son dernier jour."
        : due > today ? $"La situation {Label(milestone).ToLowerInvariant()} se note à partir du {due:dd/MM/yyyy}. {AfterMonths.Sentence}"
        : null;

    /// <summary>The cell of a person at one milestone: a situation, still running, not yet due, or not written down.</summary>
    public static string CellOf(ContractEnd last, ExitMilestone milestone, IEnumerable<RecordedExit> recorded, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(last);
        return last.EndsOn is not { } end || end >= today ? Running
            : recorded.LastOrDefault(it => it.ContractId == last.Id && it.Milestone == milestone) is { } known ? known.Code
            : DueOn(last, milestone) > today ? ToCome
            : Facets.Unknown;
    }

    public static string Label(ExitMilestone milestone) => milestone == ExitMilestone.End ? "À la fin du contrat" : $"À {(int)milestone} mois";

    /// <summary>French words of a cell.</summary>
    public static string LabelOf(string code) => code switch
    {
        Running => "Contrat en cours",
        ToCome => "Pas encore à cette échéance",
        Facets.Unknown => "Non renseigné",
        _ => Reasons.Of(ReasonList.Exit).FirstOrDefault(reason => reason.Code == code)?.Label ?? code,
    };
}
