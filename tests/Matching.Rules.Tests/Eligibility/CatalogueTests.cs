using Matching.Rules.Eligibility;

namespace Matching.Rules.Tests.Eligibility;

/// <summary>The lists of the contracts and of the public platforms, row by row: a row that is lost or moved shows here.</summary>
public sealed class CatalogueTests
{
    [Fact]
    [Trait("règle", "modele.ccag-2021")]
    public void The_ccag_lists_its_six_kinds_of_structure_then_the_publics_far_from_work()
    {
        var ccag = RuleSetTemplates.ByCode("CCAG2021");
        Assert.Equal(["EA", "IAE", "REGIE", "DISPOSITIF", "GEIQ", "JUSTICE"], ccag.Categories.Take(6));
        Assert.Equal(["DELD", "JEUNE", "JEUNE_DIPLOME", "MINIMA", "QPV", "REF", "RSA", "SENIOR", "SUIVI_RENFORCE", "TH"], ccag.Categories.Skip(6).Order(StringComparer.Ordinal));
        Assert.True(ccag.Terms.AcceptsOpinion);
    }

    /// <summary>CCAP 21_BAM_048, art. 1.4, in its order: each of the thirteen with the codes that stand for it.</summary>
    public static TheoryData<int, string> K => new()
    {
        { 1, "DELD" }, { 2, "SENIOR" }, { 3, "RSA" }, { 4, "MINIMA" }, { 5, "MINIMA" }, { 6, "TH" }, { 7, "JEUNE,SUIVI_RENFORCE" }, { 8, "IAE,REGIE,DISPOSITIF" },
        { 9, "GEIQ" }, { 10, "JUSTICE" }, { 11, "REF" }, { 12, "QPV" }, { 13, EligibilityDecision.OpinionCategory },
    };

    [Fact]
    [Trait("règle", "modele.k")]
    public void The_complete_clause_lists_its_thirteen_publics_in_its_order()
    {
        var k = RuleSetTemplates.ByCode("K");
        var codes = K.SelectMany(row => row.Data.Item2.Split(',')).Where(code => code != EligibilityDecision.OpinionCategory).Distinct();
        Assert.Equal(codes, k.Categories);
        Assert.True(k.Terms.AcceptsOpinion);
        Assert.Equal(Enumerable.Range(1, 13), K.Select(row => row.Data.Item1));
    }

    /// <summary>Code de l’environnement, R543-219 (old wording), in its order: each of the nine with the codes that stand for it.</summary>
    public static TheoryData<int, string> Waste => new()
    {
        { 1, "DELD" }, { 2, "RSA" }, { 3, "TH" }, { 4, "JEUNE_16_25" }, { 5, "JEUNE_ML" }, { 6, "MINIMA" }, { 7, "IAE" }, { 8, "CONTRAT_AIDE" }, { 9, "GEIQ" },
    };

    [Fact]
    [Trait("règle", "modele.r543-219")]
    public void The_list_of_the_eco_bodies_is_closed_and_admits_no_reasoned_opinion()
    {
        var waste = RuleSetTemplates.ByCode("R543-219");
        Assert.Equal(Waste.Select(row => row.Data.Item2), waste.Categories);
        Assert.False(waste.Terms.AcceptsOpinion);
        Assert.All(new[] { "ASS", "ATA", "API", "AAH" }, code => Assert.Equal("MINIMA", PublicCategories.OfDeclared(code)?.Code));
        Assert.All(new[] { "JEUNE_16_25", "JEUNE_ML", "CONTRAT_AIDE", "MINIMA" }, code => Assert.Contains("R543-219", PublicCategories.ByCode(code)!.Source));
    }

    [Fact]
    [Trait("règle", "modele.npnru")]
    [Trait("règle", "modele.propre")]
    public void Urban_renewal_puts_the_priority_areas_first_and_a_marche_may_have_its_own_list()
    {
        var ccag = RuleSetTemplates.ByCode("CCAG2021").Categories;
        Assert.Equal("QPV", RuleSetTemplates.ByCode("NPNRU").Categories[0]);
        Assert.Equal(ccag.Order(StringComparer.Ordinal), RuleSetTemplates.ByCode("NPNRU").Categories.Order(StringComparer.Ordinal));
        Assert.Equal(["CCAG2021", "K", "NPNRU", "R543-219", RuleSetTemplates.Own], RuleSetTemplates.All.Select(it => it.Code));
    }

    [Theory]
    [InlineData(1, 3, "RSA,ASS,AAH,DETLD")]
    [InlineData(2, 3, "CAP_BEP,DELD,PI,PSH_PR")]
    [InlineData(2, 6, "ZRR,QPV,DETENTION_MJ,FLE,PM")]
    [InlineData(2, 12, "ASE")]
    [InlineData(2, null, "SENIOR,JEUNE,TH,REF_DA")]
    public void The_eighteen_criteria_of_the_iae_have_their_level_and_the_age_of_their_proof(int level, int? months, string codes) =>
        Assert.Equal(codes.Split(','), IaeDiagnosis.All.Where(it => it.Level == level && it.FreshMonths == months).Select(it => it.Code));

    [Theory]
    [InlineData(true, null, "JEUNE_SQ,MINIMA,SANS_TRAVAIL_12,DE_45,RECONVERSION,SIAE_CUI")]
    [InlineData(true, 2, "TH,REF_DA,ZRR,QPV,DETENTION_MJ")]
    [InlineData(false, 1, "RSA,ASS,AAH,DETLD")]
    [InlineData(false, 2, "CAP_BEP,SENIOR,JEUNE,ASE,DELD,PI,PSH_PR,FLE,PM,RS_PS_DA")]
    public void The_criteria_of_the_geiq_stand_in_their_annexes(bool isAnnexOne, int? level, string codes) =>
        Assert.Equal(codes.Split(','), GeiqDiagnosis.All.Where(it => it.IsAnnexOne == isAnnexOne && it.Level == level).Select(it => it.Code));

    [Fact]
    public void Each_public_says_its_proof_who_attests_it_and_its_source() => Assert.All(PublicCategories.All, it =>
    {
        Assert.NotEmpty(it.Document.AttestedBy);
        Assert.All(it.Document.AttestedBy, code => Assert.Contains(Attestors.All, row => row.Code == code));
        Assert.True(it.Proof.Length > 5 && it.Source.Length > 10 && it.Definition.EndsWith('.'), it.Code);
    });
}
