using Matching.Engine.Explanations;
using Matching.Rules;
using Matching.Rules.People;
using Matching.Rules.Postings;

namespace Matching.Features;

/// <summary>One criterion's part of a score, with the sentence people read.</summary>
public sealed record Reason(string Feature, string Label, string Sentence, int Points);

/// <summary>A change of one criterion alone, and the rank it would give while everyone else stays as they are.</summary>
public sealed record Improvement(string Label, string Sentence, int PointsGained, int RankThen);

/// <summary>
/// The score told in French. The reasons shown and the folded rest always sum to the score: they are the points the engine added.
/// </summary>
public sealed record CandidateReasons(
    IReadOnlyList<Reason> For,
    IReadOnlyList<Reason> Against,
    int OtherPoints,
    IReadOnlyList<Reason> All)
{
    public const int MostFor = 4;
    public const int MostAgainst = 3;

    public int Score => For.Sum(r => r.Points) + Against.Sum(r => r.Points) + OtherPoints;

    /// <param name="points">Points of every criterion, as the engine gave them.</param>
    /// <param name="work">The person's profile, to say the figures behind a value.</param>
    public static CandidateReasons Of(IReadOnlyList<FeaturePoints> points, PostingContext posting, WorkProfile work)
    {
        var all = points.Select(one => PairPoints.NamesIn(one.Feature) is null
            ? ReasonOf(one, posting, work)
            : new Reason(one.Feature, PairWords.LabelOf(one.Feature), PairWords.SentenceOf(one.Feature, points), one.Points)).ToList();
        var reasonsFor = all.Where(r => r.Points > 0).OrderByDescending(r => r.Points).Take(MostFor).ToList();
        var reasonsAgainst = all.Where(r => r.Points < 0).OrderBy(r => r.Points).Take(MostAgainst).ToList();
        var shown = reasonsFor.Concat(reasonsAgainst).Sum(r => r.Points);
        return new CandidateReasons(reasonsFor, reasonsAgainst, all.Sum(r => r.Points) - shown, all);
    }

    /// <summary>The engine's changes in words, the ones that move the rank first, three at most.</summary>
    public static IReadOnlyList<Improvement> ImprovementsOf(IReadOnlyList<WhatWouldChange> changes) =>
    [
        .. changes
            // Code 0 is "not asked", or not known of the posting: nobody can change that.
            .Where(change => change.RankThen < change.RankNow && change.FromCode != 0)
            .OrderBy(change => change.RankThen).ThenByDescending(change => change.PointsGained)
            .Take(3)
            .Select(change => (Change: change, Feature: FeatureCatalogue.ByName(change.Feature)!))
            .Select(it => new Improvement(it.Feature.Label, it.Feature.BinOf(it.Change.ToCode).Sentence, it.Change.PointsGained, it.Change.RankThen)),
    ];

    private static Reason ReasonOf(FeaturePoints one, PostingContext posting, WorkProfile work)
    {
        var definition = FeatureCatalogue.ByName(one.Feature)!;
        var detail = DetailOf(one.Feature, posting, work);
        var sentence = definition.BinOf(one.Code).Sentence;
        return new Reason(one.Feature, definition.Label, detail is null ? sentence : $"{sentence} ({detail})", one.Points);
    }

    // The figures come from the same facts as the codes; where a code is a class, the words say "environ".
    private static string? DetailOf(string feature, PostingContext posting, WorkProfile work) => feature switch
    {
        "travel_ratio" => TravelDetail(posting, work),
        "exp_months" => MonthsDetail(posting, work),
        "skill_must" => HeldDetail(posting.Terms.RequiredSkills, work),
        "skill_nice" => HeldDetail(posting.Terms.WishedSkills, work),
        "cert_gap" => MissingDetail(posting, work),
        "hours_fit" when work.WeeklyHours is { } hours && posting.Terms.WeeklyMinutes is { } minutes => $"cherche {hours} h, poste de {minutes / 60.0:0.##} h",
        "duration_fit" when work.Contract is { } wish => LengthDetail(posting, wish),
        "start_fit" => $"disponible le {work.AvailableFrom:dd/MM/yyyy}",
        "adapt_fit" => ConflictDetail(posting, work),
        _ => null,
    };

    private static string? TravelDetail(PostingContext posting, WorkProfile work)
    {
        if (posting.Places.DistanceKm(work.InseeCode, posting.Terms.InseeCode) is not { } km || Travel.MaximumMinutes(work.Mobility) is not { } maximum)
        {
            return null;
        }

        // The same classes as the points: a sentence never contradicts its own figures.
        var mode = PeopleVocabulary.TransportModes.First(row => row.Value == work.Mobility.Mode).Label.ToLowerInvariant();
        var distance = Places.ClassOf(km);
        var counted = Travel.LimitCode(work.Mobility) * Travel.LimitStepMinutes;
        var limit = counted == (int)maximum ? $"{counted} min acceptées" : $"{(int)maximum} min acceptées, comptées {counted}";
        return distance == Places.FarthestClass
            ? $"plus de 150 km, {mode}, pour {limit}"
            : $"environ {Travel.MinutesOf(Travel.ClassOf(Travel.Minutes(work.Mobility.Mode, Places.KmOf(distance)))):0} min, {mode}, pour {limit}";
    }

    private static string? LengthDetail(PostingContext posting, WishedContract wish) =>
        (posting.Terms.Contract == WorkContractKind.Cdi ? "poste sans terme" : posting.Terms.EndsOn is { } end ? $"poste jusqu’au {end:dd/MM/yyyy}" : null) is { } length
            ? $"souhaite {(wish.Months is { } months ? $"{months} mois" : "un contrat sans terme")}, {length}" : null;

    private static string? MonthsDetail(PostingContext posting, WorkProfile work)
    {
        var months = HeldExperience.Of(work, posting.Occupations, posting.Day)
            .Where(held => posting.Occupations.Between(held.Rome, posting.Terms.Rome) >= Nearness.Near).Sum(held => held.Months);
        return months == 0 ? null : $"{months} mois déclarés";
    }

    private static string? HeldDetail(IReadOnlyList<string> asked, WorkProfile work)
    {
        var told = PersonRows.CountedSkills(work).Select(FrenchKey.Of).ToHashSet();
        var held = asked.Where(skill => told.Contains(FrenchKey.Of(skill))).ToList();
        return held.Count == 0 ? null : $"{held.Count} sur {asked.Count} : {string.Join(", ", held.Take(2))}{(held.Count > 2 ? "…" : "")}";
    }

    private static string? MissingDetail(PostingContext posting, WorkProfile work)
    {
        var held = CertificateSet.Of(work.Certificates);
        var missing = SkillFeatures.TrainableCertificates(posting).Where(code => held.MissingOn(posting.StartsOn, CertificateSet.MaskOf([code])) != 0).ToList();
        return missing.Count == 0 ? null : string.Join(", ", missing.Select(code => Certificates.ByCode(code)?.Label ?? code));
    }

    private static string? ConflictDetail(PostingContext posting, WorkProfile work)
    {
        var conflict = WorkNeedBits.Of(work.WorkNeeds) & WorkNeedBits.Of(posting.Terms.Constraints);
        return conflict == 0 ? null : string.Join(", ", WorkNeedBits.Labels(conflict));
    }
}
