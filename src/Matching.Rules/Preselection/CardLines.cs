using System.Globalization;

namespace Matching.Rules.Preselection;

/// <summary>A heading of a card and what stands under it, one text for each line.</summary>
public sealed record CardLine(string Label, IReadOnlyList<string> Texts);

/// <summary>The words of a card: the page, the PDF and the DOCX show these and no others.</summary>
public static class CardLines
{
    public static IReadOnlyList<CardLine> Of(CompanyCard card)
    {
        ArgumentNullException.ThrowIfNull(card);
        var lines = new List<CardLine>
        {
            new("Expérience", card.Experiences.Count == 0 ? ["Non précisée"] : [.. card.Experiences.Select(Words)]),
        };
        if (card.Skills.Count > 0)
        {
            lines.Add(new("Compétences", [string.Join(", ", card.Skills)]));
        }

        if (card.Certificates.Count > 0)
        {
            lines.Add(new("Permis et certificats", [.. card.Certificates.Select(Words)]));
        }

        lines.Add(new("Disponibilité", [Availability(card)]));
        lines.Add(new("Mobilité", [card.Mobility]));
        if (card.FacilitatorWords is { } words)
        {
            lines.Add(new("Avis du facilitateur", [words]));
        }

        lines.Add(new("Clause sociale", [card.Eligibility]));
        return lines;
    }

    /// <summary>"À partir du 20/11/2026, 35 h par semaine (jour)".</summary>
    public static string Availability(CompanyCard card)
    {
        ArgumentNullException.ThrowIfNull(card);
        var hours = card.WeeklyHours is { } weekly ? $", {weekly} h par semaine" : "";
        var shifts = card.Shifts.Count > 0 ? $" ({string.Join(", ", card.Shifts).ToLowerInvariant()})" : "";
        return $"À partir du {Day(card.AvailableFrom)}{hours}{shifts}";
    }

    private static string Words(CardExperience it) =>
        $"{it.Title}, {Length(it.Months)}{(it.EndYear is { } year ? $", jusqu’en {year}" : "")}{(it.IsOfThePost ? " (métier du poste)" : "")}";

    private static string Words(CardCertificate it) =>
        $"{it.Label}{(it.ExpiresOn is { } day ? $", valable jusqu’au {Day(day)}" : "")}{(it.IsRequired ? " (demandé par le poste)" : "")}";

    private static string Length(int months) => months switch
    {
        < 12 => $"{months} mois",
        _ when months % 12 == 0 => $"{months / 12} an{(months >= 24 ? "s" : "")}",
        _ => $"{months / 12} an{(months >= 24 ? "s" : "")} et {months % 12} mois",
    };

    private static string Day(DateOnly day) => day.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture);
}
