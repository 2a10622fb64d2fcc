using System.Globalization;
using Matching.Rules.Markets;
using Matching.Rules.Postings;

namespace Matching.Rules.Preselection;

/// <summary>Whom the company calls.</summary>
/// <param name="Name">The person at the facilitator's who sends.</param>
public sealed record FacilitatorContact(string Name, string Organization, string? Phone, string? Email)
{
    public string Words => string.Join(", ", new[] { Name, Organization, Phone, Email }.Where(it => !string.IsNullOrWhiteSpace(it)));
}

/// <summary>What the facilitator writes around the cards.</summary>
/// <param name="ContactName">Who receives it, in the company.</param>
/// <param name="Words">A message to the company.</param>
public sealed record DossierCover(FacilitatorContact Facilitator, string ContactName, string? Words, DateOnly SentOn, DateOnly AnswerBefore);

/// <summary>A row of a table: its first cell names it; each cell is one text for each line.</summary>
/// <param name="Position">The card it is about; null when it is about none.</param>
public sealed record DossierRow(int? Position, IReadOnlyList<IReadOnlyList<string>> Cells);

public sealed record DossierTable(string Caption, IReadOnlyList<string> Headers, IReadOnlyList<DossierRow> Rows);

/// <param name="Position">The card it shows, on a page of its own; null for the cover.</param>
public sealed record DossierSection(int? Position, string Heading, IReadOnlyList<string> Paragraphs, DossierTable Table);

/// <summary>
/// A dossier as it is read, whatever the file: the preview, the PDF and the DOCX are written from this text, and this text is what is kept of
/// what was sent. It is made of <see cref="CompanyCard"/>s only.
/// </summary>
public sealed record DossierText(string Title, IReadOnlyList<DossierSection> Sections)
{
    public const string Gone = "Cette personne n’est plus proposée pour ce poste.";

    /// <summary>The text of the cards, in the order chosen by the facilitator: the first is 1.</summary>
    public static DossierText Of(Market market, PostingTerms post, DossierCover cover, IReadOnlyList<CompanyCard> cards)
    {
        ArgumentNullException.ThrowIfNull(market);
        ArgumentNullException.ThrowIfNull(post);
        ArgumentNullException.ThrowIfNull(cover);
        ArgumentNullException.ThrowIfNull(cards);
        return new DossierText(
            $"Dossier de candidatures : {post.Title}",
            [CoverOf(market, post, cover, cards), .. cards.Select((card, i) => PageOf(card, i + 1))]);
    }

    /// <summary>The same text without what it says of the others: their place remains, and nothing says why they left.</summary>
    public DossierText Keep(IReadOnlySet<int> positions)
    {
        ArgumentNullException.ThrowIfNull(positions);
        bool IsKept(int? position) => position is not { } it || positions.Contains(it);
        return this with
        {
            Sections =
            [
                .. Sections.Select(section => IsKept(section.Position)
                    ? section with { Table = section.Table with { Rows = [.. section.Table.Rows.Where(row => IsKept(row.Position))] } }
                    : section with { Heading = $"Fiche {section.Position}", Paragraphs = [Gone], Table = section.Table with { Rows = [] } }),
            ],
        };
    }

    private static DossierSection CoverOf(Market market, PostingTerms post, DossierCover cover, IReadOnlyList<CompanyCard> cards)
    {
        var start = post.StartsOn is { } day ? $", à pourvoir le {Day(day)}" : "";
        List<string> paragraphs =
        [
            $"Marché {market.Reference} : {market.Subject}",
            $"Poste : {post.Title}{start}",
            $"Pour {cover.ContactName}, le {Day(cover.SentOn)}",
            $"Votre contact : {cover.Facilitator.Words}",
            $"Réponse attendue avant le {Day(cover.AnswerBefore)}",
        ];
        if (!string.IsNullOrWhiteSpace(cover.Words))
        {
            paragraphs.Add(cover.Words.Trim());
        }

        paragraphs.Add("Ces informations servent à ce recrutement seulement : ne les transmettez pas, et détruisez ce document une fois le poste pourvu.");
        var rows = cards.Select((card, i) => new DossierRow(i + 1, [[$"{i + 1}. {card.Name}"], [CardLines.Availability(card)], [card.Eligibility]]));
        return new DossierSection(null, "Présentation", paragraphs, new DossierTable("Personnes proposées", ["Personne", "Disponibilité", "Clause sociale"], [.. rows]));
    }

    private static DossierSection PageOf(CompanyCard card, int position) => new(
        position, $"{position}. {card.Name}", [],
        new DossierTable($"Fiche {position}", ["Rubrique", "Ce qui vous est transmis"], [.. CardLines.Of(card).Select(line => new DossierRow(position, [[line.Label], line.Texts]))]));

    private static string Day(DateOnly day) => day.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture);
}
