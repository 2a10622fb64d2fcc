using Matching.Rules.Eligibility;
using Matching.Rules.Markets;
using Matching.Rules.People;

namespace Matching.Rules.Tests.Eligibility;

public sealed class VerdictTests
{
    private static readonly DateOnly Day = new(2026, 11, 16);
    private static readonly EligibilityFacts Facts = new(
        new(1990, 5, 6), new StructureSituation(OrganizationKind.Departement), null, null, null, null, [new("RSA", new(2026, 1, 1))], [new("RSA", new(2026, 11, 6))]);

    [Fact]
    public void An_eligible_person_gets_the_public_the_proof_and_the_days()
    {
        var verdict = EligibilityVerdict.Judge(Facts, MarketOf(["TH", "RSA"]), Day);

        Assert.Equal((EligibilityStatus.Eligible, "RSA"), (verdict.Status, verdict.Category!.Code));
        Assert.Equal(new DatePeriod(Day, new(2028, 11, 15)), verdict.Validity);
        Assert.Equal(new Standing(StandingKind.Met, "justificatif vu le", new(2026, 11, 6), new(2027, 2, 5)), verdict.Deciding);
    }

    [Fact]
    public void The_days_stop_with_the_marche()
    {
        var market = MarketOf(["RSA"]) with { Period = new DatePeriod(new(2026, 1, 1), new(2027, 6, 30)) };

        Assert.Equal(new DatePeriod(Day, new(2027, 6, 30)), EligibilityVerdict.Judge(Facts, market, Day).Validity);
        Assert.Equal(new DatePeriod(new(2027, 6, 30), new(2027, 6, 30)), EligibilityVerdict.Judge(Renewed(new(2027, 6, 1)), market, new(2027, 6, 30)).Validity);
        Assert.Null(EligibilityVerdict.Judge(Renewed(new(2027, 6, 1)), market, new(2027, 7, 1)).Validity);
        Assert.Null(EligibilityDecision.Validate(PersonOf(Renewed(new(2027, 6, 1))), market, new(2027, 7, 1), "Ada").Decision);

        static EligibilityFacts Renewed(DateOnly seen) => Facts with { Proofs = [new("RSA", seen)] };
    }

    [Theory]
    [InlineData("RSA", true, true, EligibilityStatus.Eligible)]
    [InlineData("RSA", false, true, EligibilityStatus.ProofMissing)]
    [InlineData("TH", true, true, EligibilityStatus.OpinionNeeded)]
    [InlineData("TH", true, false, EligibilityStatus.NotEligible)]
    [InlineData("TH|RSA", false, false, EligibilityStatus.ProofMissing)]
    [Trait("règle", "eligibilite.quatre-reponses")]
    public void There_are_four_answers(string publics, bool isProved, bool acceptsOpinion, EligibilityStatus status)
    {
        var list = new PublicList(1, "PROPRE", publics.Split('|')) { Terms = new EligibilityTerms(AcceptsOpinion: acceptsOpinion) };
        var facts = isProved ? Facts : Facts with { Proofs = [] };

        Assert.Equal(status, EligibilityVerdict.Judge(facts, list, Day).Status);
        Assert.Equal(status, EligibilityVerdict.StatusOf(facts, [.. list.Categories.Select(code => PublicCategories.ByCode(code)!)], list.Terms, Day));
    }

    [Fact]
    [Trait("règle", "eligibilite.figee")]
    public void A_decision_keeps_the_version_the_public_and_the_days_it_was_taken_with()
    {
        var market = MarketOf(["RSA"]) with { Publics = new PublicList(3, "K", ["RSA"]) };

        var (decision, refusal) = EligibilityDecision.Validate(PersonOf(Facts), market, Day, "Ada");

        Assert.Null(refusal);
        Assert.Equal((3, "RSA", new DateOnly(2026, 11, 6), Day, new DateOnly(2028, 11, 15)),
            (decision!.PublicListVersion, decision.CategoryCode, decision.ProofSeenOn, decision.ValidFrom, decision.ValidUntil));
    }

    [Theory]
    [InlineData("Ada Lovelace", "ML", "2026-11-16", true, null)]
    [InlineData("Ada Lovelace", "ML", "2026-11-17", true, "dans l’avenir")]
    [InlineData("A", "ML", "2026-11-16", true, "le nom de son auteur")]
    [InlineData("Ada Lovelace", "MAIRIE", "2026-11-16", true, "l’organisme")]
    [InlineData("Ada Lovelace", "ML", "2026-11-16", false, "n’admet pas d’avis motivé")]
    [Trait("règle", "avis.auteurs")]
    public void A_reasoned_opinion_has_an_author_a_body_and_a_day(string author, string body, string on, bool isAccepted, string? refused)
    {
        var market = MarketOf(["TH"]) with { Publics = new PublicList(1, "K", ["TH"]) { Terms = new EligibilityTerms(AcceptsOpinion: isAccepted) } };

        var (decision, refusal) = EligibilityDecision.ByOpinion(
            PersonId.New(), market, Day, "Facilitatrice", new(author, body, Days.Of(on), "Sans emploi ni droits depuis trois ans, suivi engagé."));

        Assert.Equal(refused is null, decision is not null);
        Assert.True(refused is null || refusal!.Contains(refused, StringComparison.Ordinal), refusal);
        Assert.True(decision is null || (decision.OpinionAuthor, decision.OpinionBody, decision.OpinionOn, decision.CategoryCode) == (author, body, Days.Of(on), "AVIS_MOTIVE"));
    }

    [Theory]
    [InlineData(29, false)]
    [InlineData(30, true)]
    [Trait("règle", "eligibilite.avis-motive")]
    public void A_reasoned_opinion_says_why(int length, bool isEnough) => Assert.Equal(
        isEnough, EligibilityDecision.ByOpinion(PersonId.New(), MarketOf(["TH"]), Day, "Ada", new("Ada L.", "FT", Day, new string('a', length))).Decision is not null);

    [Theory]
    [InlineData("2026-11-17", "une fois fait")]
    [InlineData("2026-11-16", null)]
    [InlineData("2026-08-17", null)]
    [InlineData("2026-08-16", "3 mois ou plus")]
    [Trait("règle", "eligibilite.nature-non-conservee")]
    public void A_public_whose_nature_is_not_kept_leaves_only_that_it_was_seen(string seen, string? refused)
    {
        var (decision, refusal) = EligibilityDecision.ByUnnamedProof(PersonId.New(), MarketOf(["JUSTICE"]), Day, "Ada", Days.Of(seen));

        Assert.True(refused is null ? decision!.CategoryCode == "CONSTAT" && decision.DecidedBy == "Ada" : refusal!.Contains(refused, StringComparison.Ordinal), refusal);
    }

    [Fact]
    [Trait("règle", "eligibilite.alerte")]
    public void A_later_fact_contradicts_and_time_does_not()
    {
        var (decision, _) = EligibilityDecision.Validate(PersonOf(Facts), MarketOf(["RSA"]), Day, "Ada");

        Assert.Null(EligibilityAlerts.Of(decision!, Facts, EligibilityTerms.Usual));
        Assert.Null(EligibilityAlerts.Of(decision!, Facts with { Proofs = [] }, EligibilityTerms.Usual));
        Assert.Equal("non déclaré", EligibilityAlerts.Of(decision!, Facts with { Criteria = [] }, EligibilityTerms.Usual));
        Assert.Equal("non déclaré", EligibilityAlerts.Of(decision!, Facts with { Criteria = [new("RSA", Day.AddDays(1))] }, EligibilityTerms.Usual));
    }

    [Theory]
    [InlineData("1999-11-16", 2, "26 ans ou plus")]
    [InlineData("2001-01-01", 2, null)]
    [InlineData("2001-01-01", 5, "qualification au niveau du CAP ou au-dessus")]
    public void A_birthday_after_the_decision_is_no_contradiction_and_a_corrected_birth_is_one(string born, int level, string? contradiction)
    {
        var young = Facts with { BirthDate = new(2001, 1, 1), QualificationLevel = 2, Criteria = [new("JEUNE", new(2026, 1, 1))], Proofs = [new("JEUNE", new(2026, 11, 6))] };
        var (decision, refusal) = EligibilityDecision.Validate(PersonOf(young), MarketOf(["JEUNE"]), Day, "Ada");

        Assert.Null(refusal);
        Assert.Equal(contradiction, EligibilityAlerts.Of(decision!, young with { BirthDate = Days.Of(born), QualificationLevel = level }, EligibilityTerms.Usual));
    }

    [Fact]
    public void Each_template_lists_publics_of_the_catalogue_and_the_waste_list_is_closed()
    {
        Assert.Equal(["CCAG2021", "K", "NPNRU", "R543-219", "PROPRE"], RuleSetTemplates.All.Select(template => template.Code));
        Assert.All(RuleSetTemplates.All, template => Assert.All(template.Categories, code => Assert.NotNull(PublicCategories.ByCode(code))));
        Assert.All(RuleSetTemplates.All, template => Assert.Equal(template.Categories.Count, template.Categories.Distinct().Count()));
        Assert.Equal("QPV", RuleSetTemplates.ByCode("NPNRU").Categories[0]);
        Assert.True(RuleSetTemplates.ByCode("K").Terms.AcceptsOpinion);
        Assert.False(RuleSetTemplates.ByCode("R543-219").Terms.AcceptsOpinion);
    }

    [Fact]
    [Trait("règle", "regles.nouvelle-version")]
    public void A_seal_changes_with_everything_that_a_version_says()
    {
        var market = MarketId.New();
        var list = new PublicList(1, "K", ["RSA", "TH"]);
        PublicList[] others =
        [
            list with { Version = 2 }, list with { Template = "PROPRE" }, list with { Categories = ["TH", "RSA"] }, list with { Categories = ["RSA"] },
            list with { Terms = new EligibilityTerms(LongTermMonths: 13) }, list with { Terms = new EligibilityTerms(AcceptsOpinion: false) },
        ];

        Assert.Equal(RuleSetSeal.Of(market, list), RuleSetSeal.Of(market, new PublicList(1, "K", ["RSA", "TH"])));
        Assert.Equal(others.Length + 2, others.Append(list).Select(one => RuleSetSeal.Of(market, one)).Append(RuleSetSeal.Of(MarketId.New(), list)).Distinct().Count());
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData("QPV", true)]
    [InlineData("RSA", true)]
    [InlineData("TH", false)]
    [InlineData("TH|QPV", true)]
    [Trait("règle", "lot.publics")]
    public void A_lot_is_open_to_who_proved_one_of_its_publics(string? kept, bool isOpen)
    {
        var facts = Facts with { LivesInQpv = true, RegisteredSince = new(2026, 1, 1), Proofs = [.. Facts.Proofs, new("QPV", new(2026, 11, 1))] };
        var lot = new Lot(LotId.New(), MarketId.New(), 1, "Peinture", 100, [], null, null) { Publics = kept?.Split('|') };
        var (decision, _) = EligibilityDecision.Validate(PersonOf(facts), MarketOf(["TH", "RSA", "QPV"]), Day, "Ada");
        var (opinion, _) = EligibilityDecision.ByOpinion(PersonId.New(), MarketOf(["TH"]), Day, "Ada", new("Ada L.", "FT", Day, new string('a', 30)));

        Assert.Equal("RSA|QPV", decision!.MetCategories);
        Assert.Equal(isOpen, decision.Opens(lot));
        Assert.True(opinion!.Opens(lot));
        Assert.Equal(kept is null ? ["TH", "RSA", "QPV"] : kept == "TH|QPV" ? ["TH", "QPV"] : [kept], MarketOf(["TH", "RSA", "QPV"]).Publics.For(lot).Categories);
    }

    private static Market MarketOf(IReadOnlyList<string> publics) => new(
        MarketId.New(), OrganizationId.New(), "M-1", "Travaux", OrganizationId.New(), new DatePeriod(new(2026, 1, 1), new(2030, 12, 31)), new PublicList(1, "PROPRE", publics),
        new CountingRules(), Cadence.Mensuelle);

    private static Person PersonOf(EligibilityFacts facts) => new(
        PersonId.New(), OrganizationId.New(), "P-1", new Identity("Brindosier", "Camille", facts.BirthDate, Sex.F, null, null, null),
        new WorkProfile("00001", [], [], [], [], null, null, Day, 35, Shifts.Jour, new Mobility(TransportMode.Velo, null, 10), [], null), facts, Day, Day);
}
