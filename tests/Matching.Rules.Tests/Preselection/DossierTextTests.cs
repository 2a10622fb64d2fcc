using Matching.Rules.Markets;
using Matching.Rules.People;
using Matching.Rules.Postings;
using Matching.Rules.Preselection;

namespace Matching.Rules.Tests.Preselection;

public sealed class DossierTextTests
{
    private static readonly CompanyCard Ana = Card("Ana Roche", "Ponctuelle.\nAime le gros œuvre.");
    private static readonly CompanyCard Boris = Card("B. S.", null);

    [Fact]
    public void The_cover_says_marche_post_contact_and_deadline_then_each_person_has_a_page()
    {
        var text = Dossier(Ana, Boris);

        Assert.Equal("Dossier de candidatures : Maçon", text.Title);
        Assert.Equal(["Présentation", "1. Ana Roche", "2. B. S."], text.Sections.Select(it => it.Heading));
        Assert.Equal(
            ["Marché 2026-TST-001 : Réfection", "Poste : Maçon, à pourvoir le 01/12/2026", "Pour Camille Chef, le 16/11/2026", "Votre contact : Nadia Ferrand, Maison de l’emploi, 01 00 00 00 00", "Réponse attendue avant le 01/12/2026", "Deux postes à pourvoir."],
            text.Sections[0].Paragraphs.SkipLast(1));
        Assert.Equal(["1. Ana Roche", "2. B. S."], text.Sections[0].Table.Rows.Select(it => it.Cells[0][0]));
    }

    [Fact]
    public void A_page_shows_the_lines_of_the_card_and_nothing_else()
    {
        var page = Dossier(Ana).Sections[1];

        Assert.Equal(CardLines.Of(Ana).Select(it => it.Label), page.Table.Rows.Select(it => it.Cells[0].Single()));
        Assert.Equal(CardLines.Of(Ana).SelectMany(it => it.Texts), page.Table.Rows.SelectMany(it => it.Cells[1]));
        Assert.Equal(
            ["Maçonnerie, 2 ans et 1 mois, jusqu’en 2025 (métier du poste)", "Plonge, 7 mois", "Monter un mur, Lire un plan", "CACES R482 A, valable jusqu’au 30/04/2027 (demandé par le poste)", "À partir du 20/11/2026, 35 h par semaine (jour)", "Vélo, jusqu’à 35 minutes de trajet", "Ponctuelle.\nAime le gros œuvre.", "Éligible à la clause : oui (vérifié le 16/11/2026)"],
            page.Table.Rows.SelectMany(it => it.Cells[1]));
    }

    [Fact]
    public void Whoever_left_keeps_a_place_without_a_name_nor_a_reason()
    {
        var kept = Dossier(Ana, Boris).Keep(new HashSet<int> { 2 });

        Assert.Equal(["Présentation", "Fiche 1", "2. B. S."], kept.Sections.Select(it => it.Heading));
        Assert.Equal([DossierText.Gone], kept.Sections[1].Paragraphs);
        Assert.Empty(kept.Sections[1].Table.Rows);
        Assert.Equal(["2. B. S."], kept.Sections[0].Table.Rows.Select(it => it.Cells[0][0]));
        Assert.DoesNotContain("Roche", System.Text.Json.JsonSerializer.Serialize(kept), StringComparison.Ordinal);
    }

    private static DossierText Dossier(params IReadOnlyList<CompanyCard> cards) => DossierText.Of(
        new Market(
            MarketId.New(), OrganizationId.New(), "2026-TST-001", "Réfection", OrganizationId.New(), new DatePeriod(new(2026, 1, 1), new(2028, 12, 31)),
            new PublicList(1, "PROPRE", ["RSA"]), new CountingRules(24, true, null, true, 5), Cadence.Mensuelle),
        new PostingTerms("Maçon", default, "00001", new(2026, 12, 1), null, 2_100, Shifts.Jour, WorkContractKind.Cdd, 2, [], [], [], [], null, null, [], 500, ""),
        new DossierCover(new FacilitatorContact("Nadia Ferrand", "Maison de l’emploi", "01 00 00 00 00", null), "Camille Chef", "Deux postes à pourvoir.", new(2026, 11, 16), new(2026, 12, 1)),
        cards);

    private static CompanyCard Card(string name, string? words) => new(
        name, [new CardExperience("Maçonnerie", 25, 2025, true), new CardExperience("Plonge", 7, null, false)], ["Monter un mur", "Lire un plan"],
        [new CardCertificate("CACES R482 A", new(2027, 4, 30), true)], new(2026, 11, 20), ["Jour"], 35, "Vélo, jusqu’à 35 minutes de trajet", words,
        "Éligible à la clause : oui (vérifié le 16/11/2026)");
}
