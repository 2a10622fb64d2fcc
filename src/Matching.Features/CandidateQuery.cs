using Matching.Engine.Filters;
using Matching.Engine.Scoring;
using Matching.Rules;
using Matching.Rules.Eligibility;
using Matching.Rules.Markets;
using Matching.Rules.People;

namespace Matching.Features;

/// <summary>A rule that shuts the door, with the sentence people read of whom it shuts out, and what it says of whom it lets pass.</summary>
public sealed record HardRule(string Code, string Sentence, string Passed);

/// <summary>What compiling a posting into a search over people needs, beside the posting itself.</summary>
/// <param name="PoolNumbers">Pools published to the facilitator's territories.</param>
/// <param name="Validated">People whose eligibility for this marché is validated and running: eligible whatever has changed since.</param>
/// <param name="InPost">People who are under a contract now.</param>
public sealed record CandidateScope(
    PostingId PostingId,
    int PostingVersion,
    MarketId MarketId,
    PublicList Publics,
    IReadOnlySet<ushort> PoolNumbers,
    IReadOnlySet<Guid> Validated,
    IReadOnlySet<Guid> InPost);

/// <summary>Turns a posting into one exact pass of the engine: who is looked at, the rules, the points.</summary>
public static class CandidateQuery
{
    /// <summary>Someone available later than this after the start is not proposed; before, it costs points.</summary>
    public const int LatestAvailabilityDays = 30;

    public static HardRule Eligible { get; } = new("eligibilite", "Ne relève d’aucun des publics de la liste de ce marché.", "Relève d’un public du marché");

    public static HardRule Certificate { get; } = new("certificat", "N’a pas un certificat obligatoire qui ne se passe pas en quelques jours.", "A les certificats obligatoires");

    public static HardRule Available { get; } = new("disponibilite", $"Est disponible plus de {LatestAvailabilityDays} jours après le début du poste.", "Est disponible à temps");

    public static HardRule NotInPost { get; } = new("en-poste", "Est déjà en poste sur un contrat en cours.", "N’est pas déjà en poste");

    /// <summary>In the order in which a page lists them.</summary>
    public static IReadOnlyList<HardRule> Rules { get; } = [Eligible, Certificate, Available, NotInPost];

    public static Query Compile(PostingContext posting, CandidateScope scope, RankerModel model) => new(
        [Filter.WideAny("territoire", "pool", PoolTable(scope.PoolNumbers))],
        [
            EligibleFilter(posting, scope),
            CertificateFilter(posting, scope),
            Filter.WideAny(Available.Code, "available", DaysUpTo(posting.StartsOn.AddDays(LatestAvailabilityDays))),
            Filter.IdsExcept(NotInPost.Code, scope.InPost),
        ],
        [.. FeatureCatalogue.ReadBy(model).Select(feature => new Feature(feature.Name, feature.Compile(posting), model.TableOf(feature)))],
        Query.SaltOf(scope.PostingId.Value))
    {
        Pairs = [.. (model.Pairs ?? []).Select(pair => pair.Compile())],
    };

    /// <summary>For one feature, the values that a person or a structure could reach: none better than the best of the scale.</summary>
    public static IReadOnlyList<Engine.Explanations.ReachableCodes> Reachable { get; } =
        [.. FeatureCatalogue.All.Where(f => f.IsReachable).Select(f => new Engine.Explanations.ReachableCodes(f.Name, [.. f.Scale.Select(bin => bin.Code)]))];

    // The key holds all that the answer depends on: the facts live in the segment, the rest is here.
    private static Filter EligibleFilter(PostingContext posting, CandidateScope scope)
    {
        var categories = scope.Publics.Categories.Select(PublicCategories.ByCode).OfType<PublicCategory>().ToList();
        var terms = scope.Publics.Terms;
        var now = Filter.Facts<PooledPerson>(
            Eligible.Code,
            $"publics {string.Join('|', categories.Select(c => c.Code))} {terms.Key} {posting.Day:yyyyMMdd}",
            person => EligibilityVerdict.StatusOf(person.Eligibility, categories, terms, posting.Day) >= EligibilityStatus.ProofMissing);
        return scope.Validated.Count == 0 ? now : Filter.Any(Eligible.Code, now, Filter.IdsOnly(Eligible.Code, scope.Validated));
    }

    private static Filter CertificateFilter(PostingContext posting, CandidateScope scope)
    {
        var needed = posting.Terms.RequiredCertificates.Where(code => Certificates.ByCode(code) is { IsTrainable: false }).ToList();
        var (mask, startsOn) = (CertificateSet.MaskOf(needed), posting.StartsOn);
        return needed.Count == 0
            ? Filter.Constant(Certificate.Code, passes: true)
            : Filter.Facts<PooledPerson>(
                Certificate.Code,
                $"certificats {string.Join('|', needed)} {posting.StartsOn:yyyyMMdd}",
                person => person.Certificates.MissingOn(startsOn, mask) == 0);
    }

    private static bool[] PoolTable(IReadOnlySet<ushort> numbers)
    {
        var table = new bool[numbers.Count == 0 ? 1 : numbers.Max() + 1];
        foreach (var number in numbers)
        {
            table[number] = true;
        }

        return table;
    }

    private static bool[] DaysUpTo(DateOnly last)
    {
        var table = new bool[PersonRows.DayNumber(last) + 1];
        Array.Fill(table, true);
        return table;
    }
}
