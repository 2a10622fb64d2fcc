using Matching.Rules.People;
using static Matching.Features.Tests.Coded;

namespace Matching.Features.Tests;

/// <summary>Each criterion, at the boundaries a facilitator would ask about. The code is read back from the engine, not from our own tables.</summary>
public sealed class FeatureTests
{
    [Theory]
    [InlineData("F1703", "le métier de l’offre, exercé ou recherché")]
    [InlineData("F1608", "un métier voisin de celui de l’offre")]
    [InlineData("F1704", "un métier du même domaine")]
    [InlineData("K2204", "aucun métier proche de celui de l’offre")]
    public void The_nearest_occupation_counts(string wanted, string sentence) =>
        Assert.Equal(sentence, SentenceOf("rome_prox", Invented.With(w => w with { Wanted = [Invented.Rome(wanted)] })));

    [Fact]
    public void A_person_is_coded_the_same_on_every_day_of_a_month()
    {
        var person = Invented.With(w => w with
        {
            Experiences = [new Experience("maçon", Invented.Mason, 14, new DateOnly(2026, 3, 1)), new Experience("maçon", Invented.Mason, 3, null)],
        });
        foreach (var day in new[] { new DateOnly(2026, 11, 1), new DateOnly(2026, 11, 30), new DateOnly(2028, 2, 29) })
        {
            var (coded, month) = (Invented.Rows.Code(PublishedFacts.Of(person), 1, null, day), Invented.Rows.Code(PublishedFacts.Of(person), 1, null, PersonRows.CodedOn(day)));
            Assert.Equal(month.Codes, coded.Codes);
            Assert.Equal(month.Wide, coded.Wide);
        }

        Assert.NotEqual(Invented.Rows.Code(PublishedFacts.Of(person), 1, null, new DateOnly(2026, 12, 1)).Codes, Invented.Rows.Code(PublishedFacts.Of(person), 1, null, new DateOnly(2026, 11, 30)).Codes);
    }

    [Fact]
    public void A_held_occupation_counts_as_much_as_a_wanted_one() =>
        Assert.Equal("le métier de l’offre, exercé ou recherché", SentenceOf("rome_prox", Invented.With(w => w with
        {
            Wanted = [Invented.Cleaner],
            Experiences = [new Experience("maçon", Invented.Mason, 6, null)],
        })));

    [Theory]
    [InlineData(0, 0)]
    [InlineData(3, 1)]
    [InlineData(4, 2)]
    [InlineData(6, 2)]
    [InlineData(7, 3)]
    [InlineData(12, 3)]
    [InlineData(13, 4)]
    [InlineData(60, 5)]
    [InlineData(61, 6)]
    public void Months_are_counted_by_steps(int months, int expected) =>
        Assert.Equal(expected, CodeOf("exp_months", Invented.With(w => w with { Experiences = months == 0 ? [] : [new Experience("maçon", Invented.Mason, months, null)] })));

    [Fact]
    public void Two_spells_in_the_same_occupation_add_up() =>
        Assert.Equal(3, CodeOf("exp_months", Invented.With(w => w with
        {
            Experiences = [new Experience("maçon", Invented.Mason, 5, null), new Experience("maçonne", Invented.Mason, 6, new DateOnly(2020, 1, 1))],
        })));

    [Fact]
    public void What_ended_more_than_ten_years_ago_is_not_counted() =>
        Assert.Equal(0, CodeOf("exp_months", Invented.With(w => w with { Experiences = [new Experience("maçon", Invented.Mason, 60, new DateOnly(2016, 10, 1))] })));

    [Fact]
    public void An_end_that_is_not_said_is_not_a_recent_one() =>
        Assert.Equal(0, CodeOf("exp_recency", Invented.With(w => w with { Experiences = [new Experience("maçon", Invented.Mason, 60, null)] })));

    [Fact]
    public void A_posting_that_should_have_begun_is_one_to_begin_today() =>
        Assert.Equal(1, CodeOf("start_fit", Invented.Person, Invented.Posting with { StartsOn = Invented.Day.AddMonths(-2) }));

    [Fact]
    public void Further_than_150_km_is_too_far_whatever_the_person_accepts()
    {
        var far = Invented.With(w => w with { InseeCode = "00005", Mobility = new Mobility(TransportMode.Voiture, 240, null) });
        Assert.Equal("trajet bien plus long que la durée acceptée", SentenceOf("travel_ratio", far));
    }

    [Theory]
    [InlineData("assistance à la marche")]
    [InlineData("prise en charge de la mobilité")]
    public void Words_that_only_look_alike_are_no_need(string need) =>
        Assert.Equal(0, CodeOf("adapt_fit", Invented.With(w => w with { WorkNeeds = [need] }), Invented.Posting with { Constraints = ["Port de charges", "station debout"] }));

    [Theory]
    [InlineData(2026, 9, 4)]
    [InlineData(2026, 8, 3)]
    [InlineData(2025, 12, 3)]
    [InlineData(2025, 11, 2)]
    [InlineData(2023, 12, 2)]
    [InlineData(2023, 11, 1)]
    public void Recency_is_flat_after_three_years(int year, int month, int expected) =>
        Assert.Equal(expected, CodeOf("exp_recency", Invented.With(w => w with { Experiences = [new Experience("maçon", Invented.Mason, 8, new DateOnly(year, month, 1))] })));

    [Fact]
    public void Skills_are_compared_whatever_their_case_and_accents()
    {
        var posting = Invented.Posting with { RequiredSkills = ["Gâcher un mortier", "Poser un linteau"] };
        Assert.Equal("toutes les compétences demandées", SentenceOf("skill_must", Invented.With(w => w with { Skills = ["gacher un mortier", "POSER UN LINTEAU"] }), posting));
        Assert.Equal("la moitié ou plus des compétences demandées", SentenceOf("skill_must", Invented.With(w => w with { Skills = ["Gâcher un mortier"] }), posting));
        Assert.Equal("aucune des compétences demandées", SentenceOf("skill_must", Invented.With(w => w with { Skills = ["Vider les corbeilles"] }), posting));
    }

    [Fact]
    public void Skills_that_nobody_told_are_not_skills_that_are_missing() =>
        Assert.Equal("compétences de la personne non renseignées", SentenceOf("skill_must", Invented.Person, Invented.Posting with { RequiredSkills = ["Poser un linteau"] }));

    [Fact]
    public void A_certificate_out_of_date_on_the_first_day_is_one_to_pass_again()
    {
        var posting = Invented.Posting with { WishedCertificates = ["SST"] };
        var first = Invented.Posting.StartsOn!.Value;
        Assert.Equal("a tous les certificats voulus", SentenceOf("cert_gap", Invented.With(w => w with { Certificates = [new HeldCertificate("SST", first)] }), posting));
        Assert.Equal("un certificat voulu à passer", SentenceOf("cert_gap", Invented.With(w => w with { Certificates = [new HeldCertificate("SST", first.AddDays(-1))] }), posting));
    }

    [Theory]
    [InlineData("00001", "trajet de la moitié au plus de la durée acceptée")]
    [InlineData("00002", "trajet dans la durée acceptée")]
    [InlineData("00003", "trajet bien plus long que la durée acceptée")]
    [InlineData("00004", "trajet non calculable")]
    public void Travel_is_measured_against_what_the_person_accepts(string home, string sentence) =>
        Assert.Equal(sentence, SentenceOf("travel_ratio", Invented.With(w => w with { InseeCode = home })));

    [Fact]
    public void The_same_distance_by_foot_is_a_longer_way() =>
        Assert.Equal("trajet bien plus long que la durée acceptée", SentenceOf("travel_ratio", Invented.With(w => w with { InseeCode = "00002", Mobility = new Mobility(TransportMode.Pied, 30, null) })));

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 2)]
    [InlineData(14, 2)]
    [InlineData(15, 3)]
    public void Being_free_up_to_two_weeks_late_costs_less_than_later(int daysLate, int expected) =>
        Assert.Equal(expected, CodeOf("start_fit", Invented.With(w => w with { AvailableFrom = Invented.Posting.StartsOn!.Value.AddDays(daysLate) })));

    [Theory]
    [InlineData(Shifts.Jour, 3)]
    [InlineData(Shifts.Jour | Shifts.Nuit, 3)]
    [InlineData(Shifts.Nuit, 1)]
    [InlineData(Shifts.None, 0)]
    public void Accepting_more_shifts_than_asked_is_no_better(Shifts accepted, int expected) =>
        Assert.Equal(expected, CodeOf("shift_fit", Invented.With(w => w with { Shifts = accepted })));

    [Theory]
    [InlineData(2, 2)]
    [InlineData(3, 3)]
    [InlineData(4, 4)]
    [InlineData(8, 4)]
    public void A_level_above_the_one_asked_is_no_better(int level, int expected) =>
        Assert.Equal(expected, CodeOf("level_fit", Invented.With(w => w with { QualificationLevel = level }), Invented.Posting with { RequiredLevel = 4 }));

    [Fact]
    public void A_level_counts_only_when_the_posting_asks_for_one() =>
        Assert.Equal("l’offre ne demande pas de niveau de qualification", SentenceOf("level_fit", Invented.With(w => w with { QualificationLevel = 8 })));

    [Fact]
    public void A_constraint_against_a_declared_need_is_pointed_out() =>
        Assert.Equal(1, CodeOf("adapt_fit", Invented.With(w => w with { WorkNeeds = ["pas de port de charges lourdes"] }), Invented.Posting with { Constraints = ["Port de charges (25 kg)"] }));

    [Fact]
    public void A_pass_that_ends_before_the_post_counts_by_the_part_it_covers()
    {
        var whole = Invented.Person with { Eligibility = Invented.Person.Eligibility with { Pass = new PassIae("000002600001", Invented.Posting.EndsOn!.Value) } };
        var short_ = Invented.Person with { Eligibility = Invented.Person.Eligibility with { Pass = new PassIae("000002600001", new DateOnly(2027, 1, 20)) } };
        Assert.Equal("le PASS IAE couvre tout le poste", SentenceOf("clause_hours_fit", whole));
        Assert.Equal("le PASS IAE couvre moins du quart du poste", SentenceOf("clause_hours_fit", short_));
    }

    [Fact]
    public void Open_propositions_elsewhere_are_counted()
    {
        var context = Invented.Context(live: new Dictionary<Guid, byte> { [Invented.Person.Id.Value] = 2 });
        Assert.Equal(2, CodeOf("load", Invented.Person, context));
    }

    [Theory]
    [InlineData("F1703", false, 0, 2)]
    [InlineData("F1703", false, 60, 2)]
    [InlineData("F1703", true, 61, 0)]
    [InlineData("F1703", true, -1, 0)]
    [InlineData("F1608", false, 30, 1)]
    [InlineData("F1704", false, 30, 0)]
    [InlineData(null, true, 30, 1)]
    [InlineData(null, false, 30, 0)]
    [InlineData("K2204", true, 30, 1)]
    public void A_training_counts_when_it_leads_there_and_ends_within_sixty_days(string? leadsTo, bool isForThisMarket, int endsIn, int expected)
    {
        RunningTraining training = new(leadsTo is null ? null : Invented.Rome(leadsTo), isForThisMarket, Invented.Day.AddDays(endsIn));
        Assert.Equal(expected, CodeOf("training_sync", Invented.Person, Following(training)));
    }

    [Fact]
    public void Of_two_trainings_the_one_that_leads_nearest_counts()
    {
        RunningTraining near = new(Invented.Tiler, false, Invented.Day.AddDays(5)), exact = new(Invented.Mason, false, Invented.Day.AddDays(50));
        Assert.Equal(2, CodeOf("training_sync", Invented.Person, Following(near, exact)));
        Assert.Equal(2, CodeOf("training_sync", Invented.Person, Following(exact, near)));
    }

    [Fact]
    public void Someone_else_s_training_does_not_count() =>
        Assert.Equal(0, CodeOf("training_sync", Invented.With(w => w), Following(new RunningTraining(Invented.Mason, true, Invented.Day))));

    private static PostingContext Following(params IReadOnlyList<RunningTraining> trainings) =>
        Invented.Context() with { Trainings = new Dictionary<Guid, IReadOnlyList<RunningTraining>> { [Invented.Person.Id.Value] = trainings } };
}
