using System.Text.Json;
using Matching.Rules.Eligibility;
using Matching.Rules.Markets;
using Matching.Rules.People;
using Matching.Rules.Postings;
using Matching.Rules.Preselection;

namespace Matching.Rules.Tests.Preselection;

public sealed class CompanyCardTests
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly DateOnly Today = new(2026, 11, 3);
    private static readonly PersonId Someone = PersonId.New();
    private static readonly RomeCode Mason = Rome("F1703");

    // Every field that must not leave holds a word, a number or a date found nowhere else.
    private static readonly Person Planted = new(
        Someone,
        OrganizationId.New(),
        "REF-SECRETE-77",
        new Identity("Durand", "Lina", new DateOnly(1971, 2, 13), Sex.F, "0699887766", "lina.durand@exemple.test", "98765"),
        new WorkProfile(
            "98999",
            [Rome("G1605")],
            [
                new Experience("Plongeuse", Rome("G1605"), 7, new DateOnly(2019, 5, 1)),
                new Experience("Maçonne", Mason, 31, null),
            ],
            ["Faire la vaisselle", "Monter un mur"],
            [new HeldCertificate("SST", new DateOnly(2027, 4, 30)), new HeldCertificate("PERMIS_B", null)],
            5,
            4,
            new DateOnly(2026, 11, 16),
            28,
            Shifts.Jour | Shifts.Soir,
            new Mobility(TransportMode.Velo, 35, null),
            ["station assise alternée"],
            "mot-personnel-secret",
            Contract: new WishedContract(43),
            Past: new AgreedMissions(new DateOnly(2026, 1, 17), [new GoodMission("mission-secrete", Mason, new DateOnly(2025, 2, 1))])),
        new EligibilityFacts(
            new DateOnly(1971, 2, 13),
            new StructureSituation(OrganizationKind.CapEmploi),
            5,
            true,
            new DateOnly(2020, 3, 9),
            new PassIae("ZZZZZ0000042", new DateOnly(2028, 8, 8)),
            [new DeclaredCriterion("RSA", new DateOnly(2021, 6, 6)), new DeclaredCriterion("TH", null)],
            [new SeenProof("RSA", new DateOnly(2026, 10, 10))]),
        new DateOnly(2026, 9, 9),
        new DateOnly(2026, 8, 7));

    private static readonly PostingTerms Post = new(
        "Maçon", Mason, "98111", Today, null, 2100, Shifts.Jour, WorkContractKind.Cdd, 1, ["PERMIS_B"], [], ["Monter un mur"], [], null, null, [], 400, "");

    private static readonly EligibilityDecision Decision = new(
        Someone, MarketId.New(), 1, "RSA", DecisionBasis.ReasonedOpinion, new DateOnly(2026, 10, 10), "avis-secret", "Auteur Secret", Today, Today, new DateOnly(2028, 11, 2));

    [Fact]
    public void The_card_says_what_the_work_needs_field_by_field()
    {
        var card = CompanyCard.For(Planted, Post, Decision, "  Très motivée.  ");

        Assert.Equal("Lina Durand", card.Name);
        Assert.Equal([new CardExperience("Maçonne", 31, null, true), new CardExperience("Plongeuse", 7, 2019, false)], card.Experiences);
        Assert.Equal(["Monter un mur", "Faire la vaisselle"], card.Skills);
        Assert.Equal(
            [new CardCertificate("Permis B", null, true), new CardCertificate("Sauveteur secouriste du travail", new DateOnly(2027, 4, 30), false)],
            card.Certificates);
        Assert.Equal(new DateOnly(2026, 11, 16), card.AvailableFrom);
        Assert.Equal(["Jour", "Soir"], card.Shifts);
        Assert.Equal(28, card.WeeklyHours);
        Assert.Equal("Vélo, jusqu’à 35 minutes de trajet", card.Mobility);
        Assert.Equal("Très motivée.", card.FacilitatorWords);
        Assert.Equal("Éligible à la clause : oui (vérifié le 03/11/2026)", card.Eligibility);
    }

    [Theory]
    [InlineData("REF-SECRETE-77")]
    [InlineData("1971")]
    [InlineData("0699887766")]
    [InlineData("lina.durand@")]
    [InlineData("98765")]
    [InlineData("98999")]
    [InlineData("G1605")]
    [InlineData("station assise")]
    [InlineData("mot-personnel-secret")]
    [InlineData("43")]
    [InlineData("mission-secrete")]
    [InlineData("2026-01-17")]
    [InlineData("2025-02")]
    [InlineData("RSA")]
    [InlineData("\"TH\"")]
    [InlineData("CapEmploi")]
    [InlineData("CAP_EMPLOI")]
    [InlineData("QPV")]
    [InlineData("2020-03-09")]
    [InlineData("2021-06-06")]
    [InlineData("2026-10-10")]
    [InlineData("ZZZZZ")]
    [InlineData("2028-08-08")]
    [InlineData("2026-09-09")]
    [InlineData("2026-08-07")]
    [InlineData("avis-secret")]
    [InlineData("Auteur Secret")]
    [InlineData("Opinion")]
    [InlineData("Sex")]
    [InlineData("Level")]
    [InlineData("Score")]
    [Trait("règle", "entreprise.fiche-minimale")]
    public void What_the_company_may_not_know_is_nowhere_in_the_card(string planted)
    {
        var text = Written(CompanyCard.For(Planted, Post, Decision, null));

        Assert.DoesNotContain(planted, text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(Someone.ToString(), text, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    [Trait("règle", "entreprise.fiche-minimale")]
    public void A_card_has_these_fields_and_no_other()
    {
        string[] names = [.. typeof(CompanyCard).GetProperties().Where(p => !p.GetMethod!.IsStatic).Select(p => p.Name).Order()];

        Assert.Equal(
            ["AvailableFrom", "Certificates", "Eligibility", "Experiences", "FacilitatorWords", "Mobility", "Name", "Shifts", "Skills", "WeeklyHours"],
            names);
    }

    [Fact]
    public void The_anonymous_card_has_initials_only()
    {
        var card = CompanyCard.For(Planted, Post, Decision, null, isAnonymous: true);

        Assert.Equal("L. D.", card.Name);
        Assert.DoesNotContain("Durand", Written(card), StringComparison.Ordinal);
    }

    [Fact]
    public void A_card_is_never_built_on_the_eligibility_of_someone_else()
    {
        var fault = Assert.Throws<ArgumentException>(() =>
            CompanyCard.For(Planted, Post, Decision with { PersonId = PersonId.New() }, null));

        Assert.DoesNotContain("Durand", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, 20, "Vélo, jusqu’à 20 km")]
    [InlineData(null, null, "Vélo")]
    public void Mobility_is_said_in_words_without_a_place(int? minutes, int? km, string words)
    {
        var person = Planted with { Work = Planted.Work with { Mobility = new Mobility(TransportMode.Velo, minutes, km) } };

        Assert.Equal(words, CompanyCard.For(person, Post, Decision, null).Mobility);
    }

    private static string Written(CompanyCard card) =>
        JsonSerializer.Serialize(card, Readable) + card;

    private static RomeCode Rome(string text) => RomeCode.TryParse(text, out var code) ? code : throw new ArgumentException(text);
}
