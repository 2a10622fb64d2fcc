using Matching.Rules.Eligibility;
using Matching.Rules.Markets;
using Matching.Rules.People;

namespace Matching.Rules.Tests.Eligibility;

/// <summary>Each public at its boundaries: the day before, the day, the day after. Today is 16/11/2026.</summary>
public sealed class PublicDecisionTableTests
{
    private static readonly DateOnly Day = new(2026, 11, 16);
    private static readonly EligibilityFacts Nobody = new(new(1990, 5, 6), new StructureSituation(OrganizationKind.MissionLocale), null, null, null, null, [], []);

    [Theory]
    [InlineData("2025-11-15", StandingKind.Met, "2027-02-05")]
    [InlineData("2025-11-16", StandingKind.NotMet, null)]
    [InlineData("2025-11-17", StandingKind.NotMet, null)]
    [InlineData("2024-02-29", StandingKind.Met, "2027-02-05")]
    [Trait("règle", "public.deld")]
    public void A_long_term_job_seeker_has_been_registered_for_more_than_12_months(string since, StandingKind kind, string? until) =>
        AssertStands("DELD", Nobody with { RegisteredSince = Days.Of(since), Proofs = [new("DELD", new(2026, 11, 6))] }, Day, kind, until);

    [Theory]
    [InlineData("2025-02-28", StandingKind.NotMet)]
    [InlineData("2025-03-01", StandingKind.Met)]
    public void Twelve_months_from_a_29_february_are_over_after_the_28(string day, StandingKind kind) =>
        AssertStands("DELD", Nobody with { RegisteredSince = new(2024, 2, 29), Proofs = [new("DELD", new(2025, 2, 1))] }, Days.Of(day), kind, kind == StandingKind.Met ? "2025-04-30" : null);

    [Theory]
    [InlineData("RSA", "RSA")]
    [InlineData("MINIMA", "ASS")]
    [InlineData("MINIMA", "AAH")]
    [InlineData("MINIMA", "AV")]
    [InlineData("MINIMA", "INVALIDITE")]
    [InlineData("MINIMA", "ATA")]
    [InlineData("MINIMA", "API")]
    [InlineData("DELD", "DELD")]
    [InlineData("SUIVI_RENFORCE", "SUIVI_RENFORCE")]
    [InlineData("JEUNE_ML", "JEUNE_ML")]
    [Trait("règle", "public.rsa")]
    [Trait("règle", "public.minima")]
    public void An_attestation_is_younger_than_three_months(string category, string code)
    {
        foreach (var (seen, kind, until) in new[] { ("2026-08-16", StandingKind.ProofMissing, null), ("2026-08-17", StandingKind.Met, "2026-11-16"), ("2026-11-16", StandingKind.Met, "2027-02-15"), ("2026-11-17", StandingKind.ProofMissing, null) })
        {
            AssertStands(category, Declaring(code) with { BirthDate = new(2004, 1, 1), RegisteredSince = new(2024, 1, 1), Proofs = [new(code, Days.Of(seen))] }, Day, kind, until);
        }
    }

    [Theory]
    [InlineData("TH")]
    [InlineData("REF")]
    [InlineData("GEIQ")]
    [InlineData("EA")]
    [InlineData("REGIE")]
    [InlineData("DISPOSITIF")]
    [InlineData("CONTRAT_AIDE")]
    [Trait("règle", "public.th")]
    [Trait("règle", "public.regie")]
    [Trait("règle", "public.dispositif")]
    [Trait("règle", "public.ref")]
    [Trait("règle", "public.contrat_aide")]
    public void A_document_with_its_own_end_counts_until_that_day(string code)
    {
        var kind = code == "GEIQ" ? OrganizationKind.Geiq : code == "EA" ? OrganizationKind.Eatt : OrganizationKind.CapEmploi;
        var person = Declaring(code) with { Structure = new StructureSituation(kind) };

        AssertStands(code, person, Day, StandingKind.ProofMissing, null);
        AssertStands(code, With(null), Day, StandingKind.ProofMissing, null);
        AssertStands(code, With(new(2026, 11, 15)), Day, StandingKind.ProofMissing, null);
        AssertStands(code, With(Day), Day, StandingKind.Met, "2026-11-16");
        AssertStands(code, With(new(2026, 11, 17)), Day, StandingKind.Met, "2026-11-17");
        AssertStands(code, With(SeenProof.NoEnd), Day, StandingKind.Met, null);
        AssertStands(code, person with { Proofs = [new(code, new(2022, 1, 1), new(2025, 1, 1)), new(code, new(2026, 1, 1), new(2029, 1, 1))] }, Day, StandingKind.Met, "2029-01-01");

        EligibilityFacts With(DateOnly? end) => person with { Proofs = [new(code, new(2026, 1, 1), end)] };
    }

    [Theory]
    [InlineData("GEIQ", OrganizationKind.Ei)]
    [InlineData("EA", OrganizationKind.Geiq)]
    [Trait("règle", "public.geiq")]
    [Trait("règle", "public.ea")]
    public void A_public_of_a_structure_asks_for_that_structure(string code, OrganizationKind other) =>
        AssertStands(code, Declaring(code) with { Structure = new(other), Proofs = [new(code, Day, SeenProof.NoEnd)] }, Day, StandingKind.NotMet, null);

    [Theory]
    [InlineData("2000-11-16", StandingKind.NotMet, null)]
    [InlineData("2000-11-17", StandingKind.Met, "2026-11-16")]
    [InlineData("2004-02-29", StandingKind.Met, "2030-02-28")]
    [Trait("règle", "public.jeune_ml")]
    [Trait("règle", "public.suivi_renforce")]
    public void A_young_person_is_25_years_and_364_days_old_at_most(string born, StandingKind kind, string? until)
    {
        foreach (var code in new[] { "JEUNE", "JEUNE_16_25" })
        {
            AssertStands(code, Young(code, "2026-01-01") with { BirthDate = Days.Of(born) }, Day, kind, until);
        }

        AssertStands("JEUNE_DIPLOME", Young("JEUNE_DIPLOME", "2026-01-01") with { BirthDate = Days.Of(born), QualificationLevel = 4 }, Day, kind, until);
    }

    [Theory]
    [InlineData("2026-05-15", StandingKind.Met)]
    [InlineData("2026-05-16", StandingKind.Met)]
    [InlineData("2026-05-17", StandingKind.NotMet)]
    [Trait("règle", "public.jeune")]
    [Trait("règle", "public.jeune_diplome")]
    public void A_young_person_left_school_six_months_ago(string left, StandingKind kind)
    {
        AssertStands("JEUNE", Young("JEUNE", left), Day, kind, kind == StandingKind.Met ? "2029-12-31" : null);
        AssertStands("JEUNE_DIPLOME", Young("JEUNE_DIPLOME", left) with { QualificationLevel = 3 }, Day, kind, kind == StandingKind.Met ? "2029-12-31" : null);
    }

    [Theory]
    [InlineData("JEUNE", 2, StandingKind.Met)]
    [InlineData("JEUNE", 3, StandingKind.NotMet)]
    [InlineData("JEUNE", null, StandingKind.ProofMissing)]
    [InlineData("JEUNE_16_25", 2, StandingKind.Met)]
    [InlineData("JEUNE_16_25", 3, StandingKind.NotMet)]
    [InlineData("JEUNE_16_25", null, StandingKind.ProofMissing)]
    [InlineData("JEUNE_DIPLOME", 2, StandingKind.NotMet)]
    [InlineData("JEUNE_DIPLOME", 3, StandingKind.Met)]
    [InlineData("JEUNE_DIPLOME", null, StandingKind.ProofMissing)]
    public void A_young_person_is_below_or_above_the_cap(string code, int? level, StandingKind kind) =>
        Assert.Equal(kind, StandingOf(code, Young(code, "2026-01-01") with { QualificationLevel = level }, Day).Kind);

    [Theory]
    [InlineData("2010-11-16", StandingKind.Met)]
    [InlineData("2010-11-17", StandingKind.NotMet)]
    [Trait("règle", "public.jeune_16_25")]
    public void The_waste_list_begins_on_the_16th_birthday(string born, StandingKind kind) =>
        Assert.Equal(kind, StandingOf("JEUNE_16_25", Young("JEUNE_16_25", "2026-01-01") with { BirthDate = Days.Of(born) }, Day).Kind);

    [Theory]
    [InlineData("1976-11-16", StandingKind.Met)]
    [InlineData("1976-11-17", StandingKind.NotMet)]
    [InlineData("1976-02-29", StandingKind.Met)]
    [Trait("règle", "public.senior")]
    public void A_senior_has_had_the_50th_birthday(string born, StandingKind kind) =>
        AssertStands("SENIOR", Nobody with { BirthDate = Days.Of(born), RegisteredSince = Day, Proofs = [new("SENIOR", new(2020, 1, 1))] }, Day, kind, null);

    [Theory]
    [InlineData("2026-11-15", StandingKind.NotMet, null)]
    [InlineData("2026-11-16", StandingKind.Met, "2026-11-16")]
    [InlineData("2026-11-17", StandingKind.Met, "2026-11-17")]
    [InlineData(null, StandingKind.ProofMissing, null)]
    [Trait("règle", "public.iae")]
    public void An_employee_of_an_siae_has_a_pass_that_covers_the_day(string? last, StandingKind kind, string? until)
    {
        foreach (var structure in new[] { OrganizationKind.Ei, OrganizationKind.Etti, OrganizationKind.Ai, OrganizationKind.Aci, OrganizationKind.Eiti })
        {
            AssertStands("IAE", Nobody with { Structure = new(structure), Pass = last is null ? null : new("999990000001", Days.Of(last)) }, Day, kind, until);
        }

        AssertStands("IAE", Nobody with { Structure = new(OrganizationKind.Geiq), Pass = new("999990000001", new(2030, 1, 1)) }, Day, StandingKind.NotMet, null);
    }

    [Theory]
    [InlineData("2026-05-16", StandingKind.ProofMissing, null)]
    [InlineData("2026-05-17", StandingKind.Met, "2026-11-16")]
    [InlineData("2026-11-16", StandingKind.Met, "2027-05-15")]
    [Trait("règle", "public.qpv")]
    public void A_proof_of_address_is_younger_than_six_months(string seen, StandingKind kind, string? until) =>
        AssertStands("QPV", Nobody with { LivesInQpv = true, RegisteredSince = new(2026, 1, 1), Proofs = [new("QPV", Days.Of(seen))] }, Day, kind, until);

    [Theory]
    [InlineData("DELD")]
    [InlineData("RSA")]
    [InlineData("TH")]
    [InlineData("REF")]
    public void A_criterion_that_begins_tomorrow_is_not_met_today(string code) => Assert.NotEqual(
        StandingKind.Met,
        StandingOf(code, Nobody with { Criteria = [new(code, Day.AddDays(1))], Proofs = [new(code, Day, SeenProof.NoEnd)] }, Day).Kind);

    [Fact]
    [Trait("règle", "public.justice")]
    public void A_public_whose_nature_is_not_kept_is_declared_by_nobody()
    {
        Assert.DoesNotContain("JUSTICE", PublicCategories.DeclarableCodes);
        AssertStands("JUSTICE", Declaring("JUSTICE") with { Proofs = [new("JUSTICE", Day, SeenProof.NoEnd)] }, Day, StandingKind.NotMet, null);
    }

    [Fact]
    public void Nobody_is_of_any_public_without_a_fact() =>
        Assert.All(PublicCategories.All, category => Assert.Equal(StandingKind.NotMet, category.Check(Nobody, EligibilityTerms.Usual, Day).Kind));

    [Fact]
    public void Each_public_says_who_attests_it_and_every_attestor_is_known() => Assert.All(PublicCategories.All, category =>
    {
        Assert.NotEmpty(category.Document.AttestedBy);
        Assert.All(category.Document.AttestedBy, code => Assert.Contains(code, Attestors.All.Select(row => row.Code)));
    });

    [Theory]
    [InlineData(24, "2024-11-15", StandingKind.Met)]
    [InlineData(24, "2024-11-16", StandingKind.NotMet)]
    [InlineData(6, "2026-05-15", StandingKind.Met)]
    [InlineData(6, "2026-05-16", StandingKind.NotMet)]
    public void A_marche_with_other_thresholds_is_judged_by_them(int months, string since, StandingKind kind)
    {
        var facts = Nobody with { RegisteredSince = Days.Of(since), Proofs = [new("DELD", Day)] };

        Assert.Equal(kind, PublicCategories.ByCode("DELD")!.Check(facts, new EligibilityTerms(LongTermMonths: months), Day).Kind);
        Assert.Contains($"plus de {months} mois", PublicCategories.ByCode("DELD")!.Define(new EligibilityTerms(LongTermMonths: months)), StringComparison.Ordinal);
    }

    private static EligibilityFacts Declaring(string code) => Nobody with { Criteria = [new(code, null)] };

    private static EligibilityFacts Young(string code, string left) => Nobody with
    {
        BirthDate = new(2004, 1, 1),
        QualificationLevel = 2,
        Criteria = [new(code, Days.Of(left))],
        Proofs = [new(code, new(2026, 11, 6))],
    };

    private static Standing StandingOf(string code, EligibilityFacts facts, DateOnly day) => PublicCategories.ByCode(code)!.Check(facts, EligibilityTerms.Usual, day);

    private static void AssertStands(string code, EligibilityFacts facts, DateOnly day, StandingKind kind, string? until)
    {
        var standing = StandingOf(code, facts, day);
        Assert.True(kind == standing.Kind && Days.OrNull(until) == standing.Until, $"{code}: {standing.Kind}, {standing.Sentence}, {standing.Until}");
    }
}
