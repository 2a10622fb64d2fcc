using System.Globalization;

namespace Matching.Rules.Hours;

/// <param name="DueOn">The last day in time.</param>
public sealed record ExpectedDocument(string Label, DateOnly DueOn, bool IsLate);

/// <summary>What a company that hires has to hand over, and until when.</summary>
public static class ExpectedDocuments
{
    /// <summary>The copy of a contract is asked for until this many days after its start; later, the facilitator sees to it.</summary>
    public const int DaysForContract = 31;

    public static Rule OfTheCompany { get; } = new(
        "entreprise.documents",
        "L’entreprise qui embauche remet la copie du contrat au premier jour, puis les heures de chaque période avant le jour fixé par le marché, avec leurs justificatifs s’il en demande.",
        Rule.ToConfirm + " (usages des facilitateurs : copie du contrat, relevé mensuel par personne)");

    /// <summary>The documents by date, those that are late first.</summary>
    /// <param name="hires">For each hire of the posting by the company: how its page names the person, and the first day.</param>
    /// <param name="owing">The ended periods for which its contracts still owe something, with how many contracts.</param>
    /// <param name="running">The period under way; null outside the marché.</param>
    public static IReadOnlyList<ExpectedDocument> Of(
        DateOnly today, ControlTerms terms, IReadOnlyList<(string Person, DateOnly Start)> hires, IReadOnlyList<(ReportingPeriod Period, int Contracts)> owing, ReportingPeriod? running)
    {
        ArgumentNullException.ThrowIfNull(terms);
        ArgumentNullException.ThrowIfNull(hires);
        ArgumentNullException.ThrowIfNull(owing);
        var proofs = terms.IsProofAsked ? ", avec leurs justificatifs" : "";
        List<ExpectedDocument> documents =
        [
            .. hires.Where(it => today <= it.Start.AddDays(DaysForContract)).Select(it => new ExpectedDocument($"Copie du contrat de travail, {it.Person}", it.Start, false)),
            .. owing.Select(it => new ExpectedDocument(
                string.Create(CultureInfo.InvariantCulture, $"Heures de {it.Period.Label} pour {it.Contracts} contrat{(it.Contracts > 1 ? "s" : "")}{proofs}"), it.Period.LastDayInTime, today > it.Period.LastDayInTime)),
        ];
        if (running is not null)
        {
            documents.Add(new ExpectedDocument($"Heures de {running.Label}{(hires.Count == 0 && owing.Count == 0 ? ", si une embauche a lieu" : "")}{proofs}", running.LastDayInTime, false));
        }

        return [.. documents.OrderBy(it => it.DueOn).ThenBy(it => it.Label, StringComparer.Ordinal)];
    }
}
