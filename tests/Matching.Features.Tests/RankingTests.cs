using Matching.Engine.Columns;
using Matching.Engine.Scoring;
using Matching.Rules;
using Matching.Rules.Eligibility;
using Matching.Rules.Markets;
using Matching.Rules.People;

namespace Matching.Features.Tests;

public sealed class RankingTests
{
    private static readonly PublicList Publics = new(1, "K", PublicCategories.Template("K"));

    [Fact]
    public void The_reasons_shown_and_the_folded_rest_sum_to_the_score()
    {
        var ranking = Rank(Crowd());
        foreach (var row in ranking.Top(200))
        {
            var person = Crowd().Single(p => p.Id.Value == row.Id);
            var reasons = CandidateReasons.Of(row.Points, Invented.Context(), person.Work);
            Assert.Equal(row.Score, reasons.Score);
            Assert.Equal(row.Score, reasons.All.Sum(r => r.Points));
            Assert.True(reasons.For.Count <= 4 && reasons.Against.Count <= 3);
            Assert.All(reasons.For, r => Assert.True(r.Points > 0));
            Assert.All(reasons.Against, r => Assert.True(r.Points < 0));
        }
    }

    [Fact]
    public void Age_sex_name_and_criteria_never_change_a_score()
    {
        var person = Invented.Person;
        var other = person with
        {
            Identity = new Identity("Zidane", "Karim", new DateOnly(1968, 1, 1), Sex.M, "0600000000", "k@z.example", "00190"),
            Eligibility = person.Eligibility with
            {
                BirthDate = new DateOnly(1968, 1, 1),
                LivesInQpv = true,
                QualificationLevel = 2,
                RegisteredSince = new DateOnly(2010, 1, 1),
                Criteria = [new DeclaredCriterion("RSA", null), new DeclaredCriterion("TH", null), new DeclaredCriterion("SENIOR", null)],
                Proofs = [new SeenProof("RSA", Invented.Day)],
                Structure = new StructureSituation(OrganizationKind.Departement),
            },
        };
        Assert.Equal(Rank([person]).Top(1)[0].Score, Rank([other]).Top(1)[0].Score);
    }

    [Fact]
    public void Someone_in_no_public_of_the_list_is_removed_and_counted()
    {
        var out_ = Invented.With(w => w) with { Eligibility = Invented.Person.Eligibility with { RegisteredSince = null, Criteria = [], Proofs = [] } };
        var ranking = Rank([Invented.Person, out_]);
        Assert.Equal(1, ranking.Counts.Passing);
        Assert.Equal(2, ranking.Counts.InScope);
        Assert.Equal(1, ranking.Counts.Removed.Single(r => r.Filter == CandidateQuery.Eligible.Code).Alone);
        Assert.Equal([CandidateQuery.Eligible.Code], ranking.Explain(out_.Id.Value)!.FailedFilters);
    }

    [Fact]
    public void A_validated_eligibility_stays_open_when_the_situation_changes()
    {
        var changed = Invented.With(w => w) with { Eligibility = Invented.Person.Eligibility with { RegisteredSince = null, Criteria = [], Proofs = [] } };
        Assert.Equal(1, Rank([changed], validated: [changed.Id.Value]).Counts.Passing);
        Assert.Equal(0, Rank([changed]).Counts.Passing);
    }

    [Fact]
    public void A_missing_proof_does_not_shut_the_door()
    {
        var unproved = Invented.With(w => w) with { Eligibility = Invented.Person.Eligibility with { Proofs = [] } };
        Assert.Equal(1, Rank([unproved]).Counts.Passing);
    }

    [Fact]
    public void A_legal_licence_shuts_the_door_and_a_short_course_does_not()
    {
        var licence = Invented.Context(Invented.Posting with { RequiredCertificates = ["PERMIS_C"] });
        var course = Invented.Context(Invented.Posting with { RequiredCertificates = ["AIPR"] });
        Assert.Equal(0, Rank([Invented.Person], licence).Counts.Passing);
        Assert.Equal(1, Rank([Invented.Person], course).Counts.Passing);
        var driver = Invented.With(w => w with { Certificates = [new HeldCertificate("PERMIS_C", Invented.Posting.StartsOn)] });
        var expired = Invented.With(w => w with { Certificates = [new HeldCertificate("PERMIS_C", Invented.Posting.StartsOn!.Value.AddDays(-1))] });
        Assert.Equal([driver.Id.Value], Rank([driver, expired], licence).Top(5).Select(row => row.Id));
    }

    [Theory]
    [InlineData(30, 1)]
    [InlineData(31, 0)]
    public void Someone_free_more_than_thirty_days_late_is_not_proposed(int daysLate, int passing) =>
        Assert.Equal(passing, Rank([Invented.With(w => w with { AvailableFrom = Invented.Posting.StartsOn!.Value.AddDays(daysLate) })]).Counts.Passing);

    [Fact]
    public void Someone_in_post_is_removed() => Assert.Equal(0, Rank([Invented.Person], inPost: [Invented.Person.Id.Value]).Counts.Passing);

    [Fact]
    public void A_pool_published_elsewhere_is_out_of_sight()
    {
        var ranking = Rank([Invented.Person], pools: [9]);
        Assert.Equal(0, ranking.Counts.InScope);
        Assert.False(ranking.Explain(Invented.Person.Id.Value)!.InScope);
    }

    [Fact]
    public void What_would_change_the_rank_is_said_with_the_rank_it_gives()
    {
        var late = Invented.With(w => w with { AvailableFrom = Invented.Posting.StartsOn!.Value.AddDays(20) });
        var fewerHours = Invented.With(w => w with { WeeklyHours = 20 });
        var ranking = Rank([fewerHours, late]);
        Assert.Equal(2, ranking.Explain(late.Id.Value)!.Rank);
        var change = Assert.Single(CandidateReasons.ImprovementsOf(ranking.Changes(late.Id.Value, CandidateQuery.Reachable)), c => c.Label == "Disponibilité au début");
        Assert.Equal(60, change.PointsGained);
        Assert.Equal(1, change.RankThen);
    }

    [Fact]
    public void Nobody_is_told_to_learn_what_the_posting_does_not_ask()
    {
        var ranking = Rank(Crowd());
        var changes = Crowd().SelectMany(p => CandidateReasons.ImprovementsOf(ranking.Changes(p.Id.Value, CandidateQuery.Reachable))).ToList();
        Assert.NotEmpty(changes);
        Assert.DoesNotContain(changes, change => change.Label is "Compétences demandées" or "Compétences souhaitées" or "Certificats à passer" or "Français demandé");
    }

    private static List<Person> crowd = [];

    // A fixed crowd: every combination of a few homes, skills, dates and means of transport.
    private static List<Person> Crowd() => crowd.Count > 0 ? crowd : crowd =
    [
        .. from home in new[] { "00001", "00002", "00003", "00004" }
           from mode in Enum.GetValues<TransportMode>()
           from late in new[] { -10, 5, 25 }
           from months in new[] { 0, 10, 70 }
           select Invented.With(w => w with
           {
               InseeCode = home, Mobility = new Mobility(mode, 25, null), AvailableFrom = Invented.Posting.StartsOn!.Value.AddDays(late),
               Experiences = months == 0 ? [] : [new Experience("maçon", Invented.Mason, months, null)], OwnWords = months > 5 ? "poser des linteaux" : null,
           }),
    ];

    private static Ranking<PooledPerson> Rank(
        IReadOnlyList<Person> people, PostingContext? context = null, HashSet<ushort>? pools = null, HashSet<Guid>? validated = null, HashSet<Guid>? inPost = null)
    {
        var store = new RowStore<PooledPerson>(PersonRows.Schema);
        store.Apply([.. people.Select(p => Invented.Rows.Code(PublishedFacts.Of(p), 1, "00001", Invented.Day))], []);
        var scope = new CandidateScope(new PostingId(Guid.Parse("00000000-0000-7000-8000-000000000001")), 1, MarketId.New(), Publics, pools ?? [1], validated ?? [], inPost ?? []);
        return Ranking.Of(store.Current, CandidateQuery.Compile(context ?? Invented.Context(), scope, Invented.Model));
    }
}
