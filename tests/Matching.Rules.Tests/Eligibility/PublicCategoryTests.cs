using Matching.Rules.Eligibility;
using Matching.Rules.Markets;
using Matching.Rules.People;

namespace Matching.Rules.Tests.Eligibility;

public sealed class PublicCategoryTests
{
    private static readonly DateOnly Day = new(2026, 11, 16);
    private static readonly EligibilityFacts Nothing = new(new(2004, 5, 6), new StructureSituation(OrganizationKind.Aci), null, null, null, null, [], []);

    [Theory]
    [InlineData(null, true, StandingKind.ProofMissing, "niveau de qualification à préciser")]
    [InlineData(null, false, StandingKind.NotMet, "sans diplôme connu")]
    [InlineData(2, true, StandingKind.NotMet, "sans diplôme connu")]
    [InlineData(3, true, StandingKind.ProofMissing, "attestation de la Mission locale à voir")]
    public void A_young_graduate_of_unknown_level_is_asked_for_it(int? level, bool isDeclared, StandingKind kind, string sentence)
    {
        var facts = Nothing with { QualificationLevel = level, Criteria = isDeclared ? [new("JEUNE_DIPLOME", new(2026, 1, 1))] : [] };

        var standing = PublicCategories.ByCode("JEUNE_DIPLOME")!.Check(facts, EligibilityTerms.Usual, Day);

        Assert.Equal((kind, sentence), (standing.Kind, standing.Sentence));
    }

    [Theory]
    [InlineData(true, false, null, StandingKind.NotMet, "éloignement de l’emploi non connu : ni inscription à France Travail, ni public QPV déclaré")]
    [InlineData(true, false, "2026-11-17", StandingKind.NotMet, "éloignement de l’emploi non connu : ni inscription à France Travail, ni public QPV déclaré")]
    [InlineData(true, false, "2026-11-16", StandingKind.Met, "justificatif vu le 06/11/2026")]
    [InlineData(true, true, null, StandingKind.Met, "justificatif vu le 06/11/2026")]
    [InlineData(null, true, null, StandingKind.ProofMissing, "adresse en quartier prioritaire à vérifier")]
    [InlineData(null, false, "2026-01-01", StandingKind.NotMet, "n’habite pas un quartier prioritaire")]
    [InlineData(false, true, "2026-01-01", StandingKind.NotMet, "n’habite pas un quartier prioritaire")]
    public void Living_in_a_priority_area_counts_for_a_person_far_from_work(bool? livesThere, bool isDeclared, string? registered, StandingKind kind, string sentence)
    {
        var facts = Nothing with
        {
            LivesInQpv = livesThere,
            RegisteredSince = registered is null ? null : DateOnly.Parse(registered, System.Globalization.CultureInfo.InvariantCulture),
            Criteria = isDeclared ? [new("QPV", null)] : [],
            Proofs = [new("QPV", new(2026, 11, 6))],
        };

        var standing = PublicCategories.ByCode("QPV")!.Check(facts, EligibilityTerms.Usual, Day);

        Assert.Equal((kind, sentence), (standing.Kind, standing.Sentence));
    }
}
