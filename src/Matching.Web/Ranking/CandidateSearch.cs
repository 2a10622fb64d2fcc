using System.Data.Common;
using Dapper;
using Matching.Engine.Scoring;
using Matching.Features;
using Matching.Rules;
using Matching.Rules.Markets;
using Matching.Rules.Postings;
using Matching.Rules.Preselection;
using Matching.Web.Platform;
using Matching.Web.Platform.Records;
using Matching.Web.Platform.Reference;

namespace Matching.Web.Ranking;

/// <summary>A posting searched over everyone its facilitator may see.</summary>
/// <param name="Validated">People whose eligibility for the marché is validated and running.</param>
/// <param name="StatesHere">Where people already stand for this posting.</param>
/// <param name="IsBehind">Whether recent changes of people were still being read.</param>
public sealed record SearchedPosting(
    Posting Posting,
    Market Market,
    PostingContext Context,
    Ranking<PooledPerson> Ranking,
    IReadOnlySet<Guid> Validated,
    IReadOnlyDictionary<Guid, PreselectionState> StatesHere,
    ServingModels Models,
    bool IsBehind)
{
    private Ranking<PooledPerson>? trial;

    /// <summary>The same people in the order of the model on trial; null when there is none.</summary>
    public Ranking<PooledPerson>? Trial => Models.Trial is { } model ? trial ??= RankWith(model) : null;

    public required Func<RankerModel, Ranking<PooledPerson>> RankWith { get; init; }

    /// <summary>The people of one pool alone: whom no rule removes; null for a pool that the facilitator may not see. What a text is worth against others differs there.</summary>
    public required Func<OrganizationId, Ranking<PooledPerson>?> OfPool { get; init; }
}

/// <summary>The one way from a posting to scores: the page, the API, the explanation of one person and the terminal all pass here.</summary>
public sealed class CandidateSearch(PoolIndex index, ActiveModel active, RankingKernel kernel, OccupationTitles titles, FrenchCalendar calendar)
{
    /// <summary>Codes above this many open propositions look alike to the model.</summary>
    private const int MostPropositions = 3;

    /// <summary>What postings searched one after the other need not read again.</summary>
    internal TrainingRows NewTrainings() => new(titles, calendar.Today);

    /// <summary>Null when the posting is unknown, a draft, or another facilitator's.</summary>
    public Task<SearchedPosting?> RunAsync(DbConnection db, PostingId id, OrganizationId facilitator, CancellationToken ct) => RunAsync(db, id, facilitator, NewTrainings(), ct);

    /// <inheritdoc cref="RunAsync(DbConnection, PostingId, OrganizationId, CancellationToken)"/>
    /// <param name="trainings">The same for all the postings of one request.</param>
    internal async Task<SearchedPosting?> RunAsync(DbConnection db, PostingId id, OrganizationId facilitator, TrainingRows trainings, CancellationToken ct)
    {
        var posting = await PostingRecords.FindAsync(db, id, ct);
        if (posting is null || posting.FacilitatorId != facilitator || await MarketRecords.FindAsync(db, posting.MarketId, ct) is not { } whole
            || await MarketRecords.FindLotAsync(db, posting.LotId, ct) is not { } lot)
        {
            return null;
        }

        // The lot may keep only some of the publics of its marché.
        var market = whole with { Publics = whole.Publics.For(lot) };
        var models = await active.CurrentAsync(db, ct);
        var view = await index.CurrentAsync(ct);
        var today = calendar.Today;
        var (statesHere, live) = await PropositionsAsync(db, id, ct);
        var pools = await Visibility.PoolsOfAsync(db, facilitator, ct);
        var scope = new CandidateScope(
            id,
            posting.Version,
            market.Id,
            market.Publics,
            pools.Where(view.PoolNumbers.ContainsKey).Select(pool => view.PoolNumbers[pool]).ToHashSet(),
            await EligibilityRecords.ValidatedAsync(db, posting.LotId, today, ct),
            await InPostAsync(db, today, ct));
        var context = new PostingContext(posting.Terms, view.Day, view.Occupations, view.Places, view.Skills, live)
        {
            Trainings = await trainings.RunningAsync(db, facilitator, posting.MarketId, ct),
        };
        Ranking<PooledPerson> RankWith(RankerModel model) => Engine.Scoring.Ranking.Of(view.People, CandidateQuery.Compile(context, scope, model), kernel.Kernel);
        return new SearchedPosting(posting, market, context, RankWith(models.Model), scope.Validated, statesHere, models, view.IsBehind)
        {
            RankWith = RankWith,
            OfPool = pool => OfPool(view, context, scope, models.Model, pool),
        };
    }

    private Ranking<PooledPerson>? OfPool(PoolView view, PostingContext context, CandidateScope scope, RankerModel model, OrganizationId pool) =>
        view.PoolNumbers.TryGetValue(pool.Value, out var number) && scope.PoolNumbers.Contains(number)
            ? Engine.Scoring.Ranking.Of(view.People, CandidateQuery.Compile(context, scope with { PoolNumbers = new HashSet<ushort> { number } }, model), kernel.Kernel)
            : null;

    private static async Task<(IReadOnlyDictionary<Guid, PreselectionState> Here, IReadOnlyDictionary<Guid, byte> Live)> PropositionsAsync(
        DbConnection db, PostingId id, CancellationToken ct)
    {
        var here = await db.QueryAsync<(Guid Person, string State)>(new CommandDefinition(
            "select person_id, state from preselection where posting_id = @id order by person_id limit 100000", new { id }, cancellationToken: ct));
        var live = await db.QueryAsync<(Guid Person, int Count)>(new CommandDefinition(
            $"""
            select person_id, cast(count(*) as integer) from preselection
            where posting_id <> @id and state {db.In("@pending")} group by person_id order by person_id limit 1000000
            """,
            new { id, pending = PreselectionStates.Pending.Select(state => state.Code()).ToArray() }, cancellationToken: ct));
        return (
            here.ToDictionary(row => row.Person, row => PreselectionStates.TryParse(row.State, out var state) ? state : PreselectionState.Proposed),
            live.ToDictionary(row => row.Person, row => (byte)Math.Min(row.Count, MostPropositions)));
    }

    private static async Task<IReadOnlySet<Guid>> InPostAsync(DbConnection db, DateOnly today, CancellationToken ct)
    {
        var ids = await db.QueryAsync<Guid>(new CommandDefinition(
            """
            select distinct person_id from work_contract
            where ended_on is null and (ends_on is null or ends_on >= @today) order by person_id limit 1000000
            """,
            new { today }, cancellationToken: ct));
        return ids.ToHashSet();
    }
}
