using System.Data.Common;
using Dapper;
using Matching.Features;
using Matching.Rules;
using Matching.Rules.Markets;
using Matching.Rules.Postings;
using Matching.Rules.Preselection;
using Matching.Web.Platform;
using Matching.Web.Platform.Records;
using Matching.Web.Platform.Reference;
using MediatR;

namespace Matching.Web.Ranking.Pooling;

/// <summary>GET /mutualisation: which open postings of several lots can be joined into jobs that last, by which structure, in which weeks.</summary>
public static class ShowPooling
{
    private const int MostPostings = 300;

    public sealed record Query(SignedIn User) : IRequest<Answer>;

    /// <param name="Left">Why the other hours are in no job, the reason of the most first.</param>
    /// <param name="Nearly">Postings in no job that would last by themselves if they ended a little later.</param>
    /// <param name="Incomplete">Postings without dates or hours: they could not be looked at.</param>
    public sealed record Answer(PooledPlan Plan, IReadOnlyList<Job> Jobs, IReadOnlyDictionary<Guid, Place> Places, IReadOnlyList<(LeftReason Reason, int Minutes)> Left, IReadOnlyList<(HourBlock Block, DateOnly Until)> Nearly,
        IReadOnlyList<(PostingId Id, string Title)> Incomplete, int Postings);

    /// <param name="People">How many times the same job is found: for so many people.</param>
    public sealed record Job(PooledJob Pooled, int People, IReadOnlyList<Carrier> Carriers);

    public sealed record Carrier(string Name, OrganizationKind Kind, string? Contact);

    /// <summary>Where a block is worked, and under which lot.</summary>
    public sealed record Place(string Market, int Lot, string? Company, string Commune);

    public static void Map(IEndpointRouteBuilder app) => app.MapGet("/mutualisation", async (SignedIn user, IMediator mediator, CancellationToken ct) =>
        Page.Of<ShowPoolingPage>(new { Answer = await mediator.Send(new Query(user), ct) })).RequireAuthorization(Policies.Facilitator);

    public sealed class Handler(Database database, PoolIndex index, Communes communes, FrenchCalendar calendar) : IRequestHandler<Query, Answer>
    {
        public async Task<Answer> Handle(Query request, CancellationToken cancellationToken)
        {
            var (me, ct, view) = (request.User.OrganizationId, cancellationToken, await index.CurrentAsync(cancellationToken));
            await using var db = await database.OpenAsync(ct);
            var (blocks, terms, places, incomplete) = (new List<HourBlock>(), new List<PostingTerms>(), new Dictionary<Guid, Place>(), new List<(PostingId, string)>());
            var postings = await PostingsAsync(db, me, ct);
            foreach (var (id, hired, company) in postings)
            {
                if (await PostingRecords.FindAsync(db, id, ct) is not { } posting || await MarketRecords.FindAsync(db, posting.MarketId, ct) is not { } market || await MarketRecords.FindLotAsync(db, posting.LotId, ct) is not { } lot)
                {
                    continue;
                }

                if (BlockOf(posting, market, lot, hired) is { } block)
                {
                    blocks.Add(block);
                    terms.Add(posting.Terms);
                    places[id.Value] = new Place(market.Reference, lot.Number, company, communes.ByInsee(posting.Terms.InseeCode)?.Name ?? posting.Terms.InseeCode);
                }
                else if (posting.Terms.StartsOn is null || posting.Terms.EndsOn is null || posting.Terms.WeeklyMinutes is null)
                {
                    incomplete.Add((id, posting.Terms.Title));
                }
            }

            double? DistanceKm(int one, int other) => view.Places.DistanceKm(terms[one].InseeCode, terms[other].InseeCode);
            bool IsNear(int one, int other) => IsNearTrade(view.Occupations, terms[one].Rome, terms[other].Rome);
            var plan = PooledJobSearch.Of(blocks, (one, other) => PooledJobs.MayFollow(blocks[one], blocks[other], DistanceKm(one, other), IsNear(one, other)));
            var structures = await StructuresAsync(db, me, ct);
            return new Answer(plan, [.. plan.Jobs.GroupBy(job => string.Join(' ', job.Blocks.Select(block => block.PostingId))).Select(same => new Job(
                same.First(), same.Count(), [.. structures.Where(it => same.First().Carriers.Contains(it.Kind)).OrderBy(it => same.First().Carriers.TakeWhile(kind => kind != it.Kind).Count()).ThenBy(it => it.Name, StringComparer.Ordinal)]))],
                places, LeftHours.Of(blocks, plan, DistanceKm, IsNear), NearlyLasting(blocks, plan), incomplete, postings.Count);
        }

        private static List<(HourBlock, DateOnly)> NearlyLasting(List<HourBlock> blocks, PooledPlan plan)
        {
            var joined = plan.Jobs.SelectMany(job => job.Blocks).Select(block => block.PostingId).ToHashSet();
            return [.. blocks.Where(block => !joined.Contains(block.PostingId)).Select(block => (Block: block, Until: PooledJobs.NearlyLastsUntil(block)))
                .Where(it => it.Until is not null).Select(it => (it.Block, it.Until!.Value))];
        }

        // What is left of it from today on, for those still looked for.
        private HourBlock? BlockOf(Posting posting, Market market, Lot lot, int hired)
        {
            var terms = posting.Terms;
            var start = terms.StartsOn > calendar.Today ? terms.StartsOn.Value : calendar.Today;
            return terms is { StartsOn: not null, EndsOn: { } end, WeeklyMinutes: { } minutes } && end >= start && terms.Posts > hired
                ? new HourBlock(posting.Id, posting.LotId, terms.Title, start, end, minutes, terms.Posts - hired, lot.Modalities, market.Counting)
                : null;
        }

        private static bool IsNearTrade(Occupations occupations, RomeCode one, RomeCode other) => occupations.Between(one, other) >= Nearness.SameDomain || one.Value[0] == other.Value[0];

        private static async Task<IReadOnlyList<Carrier>> StructuresAsync(DbConnection db, OrganizationId facilitator, CancellationToken ct)
        {
            var near = await Visibility.PoolsOfAsync(db, facilitator, ct);
            return [.. (await OrganizationRecords.OfKindsAsync(db, OrganizationKinds.All.Where(kind => kind.IsInsertionStructure()), ct))
                .Where(it => near.Contains(it.Id.Value)).Select(it => new Carrier(it.Name, it.Kind, it.Email ?? it.Phone))];
        }

        private static async Task<IReadOnlyList<(PostingId Id, int Hired, string? Company)>> PostingsAsync(DbConnection db, OrganizationId facilitator, CancellationToken ct) =>
        [
            .. await db.QueryAsync<(PostingId, int, string?)>(new CommandDefinition(
                """
                select o.id, cast((select count(*) from preselection p where p.posting_id = o.id and p.state = @hired) as integer), c.name
                from posting o join lot l on l.id = o.lot_id left join organization c on c.id = l.company_id
                where o.facilitator_id = @facilitator and o.state = 'PUBLISHED' order by o.starts_on, o.id limit @MostPostings
                """,
                new { facilitator, MostPostings, hired = PreselectionState.Hired.Code() }, cancellationToken: ct)),
        ];
    }
}
