using Matching.Rules.Eligibility;
using Matching.Rules.Markets;

namespace Matching.Rules.Tests.Eligibility;

public sealed class IaeDiagnosisTests
{
    [Theory]
    [InlineData("Ai", "QPV", "1 sur 2")]
    [InlineData("Ai", "QPV,SENIOR", null)]
    [InlineData("Etti", "QPV,SENIOR", null)]
    [InlineData("Etti", "QPV,QPV", "1 sur 2")]
    [InlineData("Ei", "QPV,SENIOR", "2 sur 3")]
    [InlineData("Ei", "QPV,SENIOR,TH", null)]
    [InlineData("Aci", "QPV,SENIOR,TH", null)]
    [InlineData("Aci", "QPV,SENIOR,INCONNU", "2 sur 3")]
    [InlineData("Eiti", "QPV,SENIOR", "2 sur 3")]
    [InlineData("Ei", "RSA", null)]
    [InlineData("Aci", "DETLD", null)]
    [InlineData("Ei", "DELD", "1 sur 3")]
    [InlineData("Ei", "", "0 sur 3")]
    [InlineData("Geiq", "RSA", "n’embauche pas avec un PASS IAE")]
    [Trait("règle", "iae.niveaux")]
    public void A_structure_needs_one_criterion_of_level_1_or_several_of_level_2(string kind, string codes, string? refusal)
    {
        var answer = IaeDiagnosis.Check(Enum.Parse<OrganizationKind>(kind), DiagnosisAuthor.Employer, codes.Split(',', StringSplitOptions.RemoveEmptyEntries));

        Assert.True(refusal is null ? answer is null : answer!.Contains(refusal, StringComparison.Ordinal), answer);
    }

    [Fact]
    [Trait("règle", "iae.prescripteur")]
    public void A_prescriber_counts_no_criterion() => Assert.Null(IaeDiagnosis.Check(OrganizationKind.Ei, DiagnosisAuthor.Prescriber, []));

    [Fact]
    public void There_are_four_criteria_of_level_1_and_fourteen_of_level_2()
    {
        Assert.Equal(["RSA", "ASS", "AAH", "DETLD"], IaeDiagnosis.All.Where(it => it.Level == 1).Select(it => it.Code));
        Assert.Equal(14, IaeDiagnosis.All.Count(it => it.Level == 2));
        Assert.Equal(18, IaeDiagnosis.All.Select(it => it.Code).Distinct().Count());
    }

    [Theory]
    [InlineData("RSA", "2026-08-16", "2026-11-15", true)]
    [InlineData("RSA", "2026-08-16", "2026-11-16", false)]
    [InlineData("RSA", "2026-11-16", "2026-11-16", true)]
    [InlineData("RSA", "2026-11-17", "2026-11-16", false)]
    [InlineData("QPV", "2026-05-17", "2026-11-16", true)]
    [InlineData("QPV", "2026-05-16", "2026-11-16", false)]
    [InlineData("ASE", "2025-11-17", "2026-11-16", true)]
    [InlineData("ASE", "2025-11-16", "2026-11-16", false)]
    [InlineData("RSA", "2025-11-30", "2026-02-28", true)]
    [InlineData("RSA", "2025-11-30", "2026-03-01", false)]
    [InlineData("SENIOR", "1999-01-01", "2026-11-16", true)]
    [Trait("règle", "iae.age-des-preuves")]
    public void A_proof_is_younger_than_its_months_the_day_the_pass_is_issued(string code, string proof, string issued, bool isFresh) =>
        Assert.Equal(isFresh, IaeDiagnosis.IsFresh(IaeDiagnosis.All.Single(it => it.Code == code), Days.Of(proof), Days.Of(issued)));

    [Theory]
    [InlineData("Prescriber", "2026-11-16", null, "2027-05-15")]
    [InlineData("Prescriber", "2026-08-31", null, "2027-02-28")]
    [InlineData("Geiq", "2026-11-16", null, "2027-05-15")]
    [InlineData("Employer", "2026-11-16", null, "2027-02-15")]
    [InlineData("Employer", "2026-11-16", "2028-01-31", "2028-01-31")]
    [InlineData("Employer", "2026-11-16", "2026-12-01", "2027-02-15")]
    [Trait("règle", "diagnostic.duree")]
    [Trait("règle", "diagnostic.dernier-jour")]
    public void A_diagnosis_lasts_6_months_or_92_days_or_as_long_as_the_pass(string author, string madeOn, string? passLastDay, string last) =>
        Assert.Equal(Days.Of(last), IaeDiagnosis.LastDay(Enum.Parse<DiagnosisAuthor>(author), Days.Of(madeOn), Days.OrNull(passLastDay)));

    [Theory]
    [InlineData("2025-11-17", null)]
    [InlineData("2025-11-16", "DELD")]
    [InlineData("2024-11-17", "DELD")]
    [InlineData("2024-11-16", "DETLD")]
    public void The_registration_counts_in_whole_months(string since, string? code) =>
        Assert.Equal(code, IaeDiagnosis.OfRegistration(Days.Of(since), new(2026, 11, 16)));

    [Theory]
    [InlineData("2000-11-16", null)]
    [InlineData("2000-11-17", "JEUNE")]
    [InlineData("1976-11-16", "SENIOR")]
    [InlineData("1976-11-17", null)]
    public void The_age_counts_in_whole_years(string born, string? code) => Assert.Equal(code, IaeDiagnosis.OfAge(Days.Of(born), new(2026, 11, 16)));

    [Theory]
    [InlineData(false, "", 0)]
    [InlineData(true, "", 1_400)]
    [InlineData(false, "RSA", 1_400)]
    [InlineData(false, "SENIOR", 0)]
    [InlineData(false, "SENIOR,DELD", 1_400)]
    [InlineData(false, "TH", 814)]
    [InlineData(false, "TH,QPV", 1_400)]
    [InlineData(false, "TH,SENIOR", 1_400)]
    [InlineData(false, "DE_45", 814)]
    [InlineData(false, "DE_45,RECONVERSION", 814)]
    [InlineData(false, "SENIOR,SENIOR", 0)]
    [Trait("règle", "geiq.aide")]
    public void The_aid_of_a_geiq_follows_its_two_annexes(bool isByPrescriber, string codes, int euros) =>
        Assert.Equal(euros, GeiqDiagnosis.AidEuros(isByPrescriber, codes.Split(',', StringSplitOptions.RemoveEmptyEntries)));

    [Theory]
    [InlineData(true, "", true)]
    [InlineData(false, "", false)]
    [InlineData(false, "INCONNU", false)]
    [InlineData(false, "SENIOR", true)]
    [Trait("règle", "geiq.un-critere")]
    public void A_diagnosis_by_the_geiq_itself_needs_one_criterion(bool isByPrescriber, string codes, bool isEnough) =>
        Assert.Equal(isEnough, GeiqDiagnosis.Check(isByPrescriber, codes.Split(',')) is null);
}
