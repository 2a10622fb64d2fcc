using Matching.Rules.Markets;
using Matching.Rules.People;
using Matching.Rules.Preselection;
using Matching.Rules.Reporting;

namespace Matching.Rules.Tests.Reporting;

public sealed class FairnessMaskTests
{
    private static readonly PostingId Posting = PostingId.New();
    private static readonly PersonId[] People = [.. Enumerable.Range(0, 60).Select(_ => PersonId.New())];

    // The first people are women; each went as far as the stages given.
    private static IReadOnlyList<FairnessCase> Cases(int women, int men, Func<int, string[]> stagesOf) =>
        [.. Enumerable.Range(0, women + men).Select(at => new FairnessCase(People[at], Posting, new Dictionary<string, string> { ["sexe"] = at < women ? "F" : "M" }, stagesOf(at)))];

    [Fact]
    [Trait("règle", "equite.periode")]
    public void The_lists_of_the_last_twelve_months_are_audited() => Assert.Equal(new DateOnly(2025, 11, 26), FairnessGroups.FirstDay(new DateOnly(2026, 11, 26)));

    [Theory]
    [Trait("règle", "equite.groupes")]
    [InlineData(4.9, "MOINS_5")]
    [InlineData(5.0, "5_15")]
    [InlineData(30.0, "30_PLUS")]
    [InlineData(null, "NON_RENSEIGNE")]
    public void Someone_falls_in_one_group_of_each_attribute_on_the_day_of_the_list(double? km, string band)
    {
        var born = new DateOnly(2000, 11, 26);
        var facts = new EligibilityFacts(born, new StructureSituation(OrganizationKind.Etti), 3, null, null, null, [new DeclaredCriterion("RSA", null)], []);
        var work = new WorkProfile("00000", [], [], [], [], null, null, born, null, Shifts.None, new Mobility(TransportMode.Pied, 10, null), [], null);
        var person = new Person(People[0], OrganizationId.New(), "1", new Identity("N", "P", born, Sex.F, null, null, null), work, facts, born, born);
        var groups = FairnessGroups.Of(person, km, new DateOnly(2026, 11, 25));
        Assert.Equal(FairnessGroups.Attributes.Select(it => it.Code).Order(), groups.Keys.Order());
        Assert.Equal(("F", "MOINS_26", "NON_RENSEIGNE", "NON", "OUI", "ETTI", band), (groups["sexe"], groups["age"], groups["qpv"], groups["rqth"], groups["rsa"], groups["structure"], groups["distance"]));
        Assert.Equal("26_49", FairnessGroups.Of(person, km, new DateOnly(2026, 11, 26))["age"]);
    }

    [Theory]
    [Trait("règle", "equite.effectifs-masques")]
    [InlineData(4, 20, true)]
    [InlineData(5, 20, false)]
    public void A_group_of_four_people_is_masked_and_the_other_one_too_since_the_total_would_tell_it(int women, int men, bool isMasked)
    {
        var masks = FairnessMasks.Of(Cases(women, men, _ => []), [], "sexe");
        Assert.Equal(isMasked, masks.IsMasked("F", null));
        Assert.Equal(isMasked, masks.IsMasked("M", null));
    }

    [Fact]
    public void The_same_person_for_six_postings_is_one_person()
    {
        var cases = Enumerable.Range(0, 6).Select(_ => new FairnessCase(People[0], PostingId.New(), new Dictionary<string, string> { ["sexe"] = "F" }, [])).Concat(Cases(0, 30, _ => []).Skip(1)).ToList();
        Assert.True(FairnessMasks.Of(cases, [], "sexe").IsMasked("F", null));
    }

    [Theory]
    [InlineData(6, false)]
    [InlineData(3, true)]
    [InlineData(0, false)]
    public void A_stage_reached_by_one_to_four_people_of_a_group_is_masked(int hired, bool isMasked)
    {
        var masks = FairnessMasks.Of(Cases(20, 20, at => at < hired || at is >= 20 and < 30 ? ["embauchee"] : []), [], "sexe");
        Assert.Equal(isMasked, masks.IsMasked("F", "embauchee"));
        Assert.False(masks.IsMasked("F", null));
    }

    [Fact]
    public void A_stage_is_masked_when_its_difference_with_a_wider_one_is_a_few_people()
    {
        // Eighteen of twenty women were kept: two were not, and could be worked out.
        var masks = FairnessMasks.Of(Cases(20, 20, at => at < 18 || at is >= 20 and < 30 ? ["preselectionnee"] : []), [], "sexe");
        Assert.True(masks.IsMasked("F", "preselectionnee"));
        Assert.False(FairnessMasks.Of(Cases(20, 20, at => at < 15 || at is >= 20 and < 30 ? ["preselectionnee"] : []), [], "sexe").IsMasked("F", "preselectionnee"));
    }

    [Fact]
    public void A_figure_that_moved_by_a_few_people_since_a_published_audit_is_masked()
    {
        var before = Cases(20, 40, at => at < 8 || at is >= 20 and < 30 ? ["embauchee"] : []);
        var after = Cases(20, 40, at => at < 10 || at is >= 20 and < 36 ? ["embauchee"] : []);
        Assert.False(FairnessMasks.Of(after, [], "sexe").IsMasked("F", "embauchee"));
        Assert.True(FairnessMasks.Of(after, [before], "sexe").IsMasked("F", "embauchee"));
        Assert.Equal(8, FairnessMasks.Moved(before, after));
        Assert.Equal(0, FairnessMasks.Moved(after, after));
    }

    [Fact]
    public void The_totals_are_masked_where_they_differ_by_a_few_people_from_a_wider_stage_or_from_a_published_audit()
    {
        bool IsMasked(string? stage, IReadOnlyList<FairnessCase> cases, params IReadOnlyList<FairnessCase>[] earlier) => FairnessMasks.OfTotals(cases, earlier).IsMasked(FairnessMasks.Everybody, stage);
        Assert.True(IsMasked("vingt", Cases(11, 11, at => at < 20 ? ["vingt"] : [])));
        Assert.False(IsMasked("vingt", Cases(15, 15, at => at < 20 ? ["vingt"] : [])));
        Assert.True(IsMasked("embauchee", Cases(15, 15, at => at < 3 ? ["embauchee"] : [])));
        Assert.True(IsMasked(null, Cases(15, 17, _ => []), Cases(15, 15, _ => [])));
        Assert.False(IsMasked(null, Cases(15, 20, _ => []), Cases(15, 15, _ => [])));
    }

    [Fact]
    public void Each_decision_lies_within_the_one_before_and_a_hire_without_a_noted_interview_counts_as_met()
    {
        static string[] Of(params PreselectionState[] reached) => [.. FairnessGroups.Stages.Where(stage => stage.IsReached(15, reached)).Select(stage => stage.Code)];
        Assert.Equal(["vingt"], Of());
        Assert.Equal(["vingt", "preselectionnee"], Of(PreselectionState.Proposed));
        Assert.Equal(["vingt", "preselectionnee", "transmise"], Of(PreselectionState.Proposed, PreselectionState.Transmitted, PreselectionState.Declined));
        Assert.Equal(["vingt", "preselectionnee", "transmise", "rencontree", "embauchee"], Of(PreselectionState.Proposed, PreselectionState.Hired));
    }

    [Fact]
    public void A_step_taken_back_was_never_reached()
    {
        var (proposed, transmitted) = (PreselectionState.Proposed, PreselectionState.Transmitted);
        Assert.Equal([proposed, transmitted], UndoneSteps.Reached([(proposed, false), (transmitted, false), (transmitted, false)]));
        Assert.Equal([proposed], UndoneSteps.Reached([(proposed, false), (transmitted, false), (transmitted, false), (proposed, true)]));
        Assert.Empty(UndoneSteps.Reached([(proposed, true)]).Skip(1));
    }
}
