using System.Data.Common;
using Dapper;
using Matching.Rules;
using Matching.Rules.Preselection;

namespace Matching.Web.Ranking;

/// <summary>How far the people of a posting went: what training and the judging of models learn from.</summary>
/// <param name="Employer">The company of the lot, or the lot itself when none is named.</param>
/// <param name="Territory">The facilitator, who works for one territory.</param>
/// <param name="Labels">By person, as <see cref="OutcomeLabel"/>; someone never taken into the preselection is absent.</param>
/// <param name="Wishes">By person, as <see cref="PersonsWish"/>; someone whose wish is not known is absent.</param>
public sealed record ListOutcomes(Guid Employer, Guid Territory, IReadOnlyDictionary<Guid, int> Labels, IReadOnlyDictionary<Guid, bool> Wishes)
{
    /// <summary>Whether somebody decided about this person: a label of 0 then says something even when the card was not opened.</summary>
    public bool IsDecided(PersonId person) => Labels.ContainsKey(person.Value);

    public int LabelOf(PersonId person) => Labels.GetValueOrDefault(person.Value, OutcomeLabel.NotKept);

    /// <summary>Whether the person wanted the post; null where nobody knows.</summary>
    public bool? WishOf(PersonId person) => Wishes.TryGetValue(person.Value, out var wish) ? wish : null;

    /// <summary>Of the posting, read once however many of its lists are gone through.</summary>
    /// <param name="known">What was read so far, by posting.</param>
    public static async Task<ListOutcomes> OncePerPostingAsync(
        DbConnection db, Dictionary<PostingId, ListOutcomes> known, PostingId posting, DateOnly today, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(known);
        return known.TryGetValue(posting, out var outcomes) ? outcomes : known[posting] = await OfPostingAsync(db, posting, today, ct);
    }

    private static async Task<ListOutcomes> OfPostingAsync(DbConnection db, PostingId posting, DateOnly today, CancellationToken ct)
    {
        var (employer, territory) = await db.QuerySingleAsync<(Guid, Guid)>(new CommandDefinition(
            "select coalesce(l.company_id, l.id), p.facilitator_id from posting p join lot l on l.id = p.lot_id where p.id = @posting", new { posting }, cancellationToken: ct));
        var steps = (await db.QueryAsync<(Guid Person, string State, bool IsUndo, string Now, string? Reason)>(new CommandDefinition(
            """
            select p.person_id, s.to_state, s.is_undo, p.state, p.reason_code from preselection p join preselection_step s on s.preselection_id = p.id
            where p.posting_id = @posting order by p.person_id, s.at, s.id limit 100000
            """,
            new { posting }, cancellationToken: ct))).AsList();
        var contracts = (await db.QueryAsync<Contract>(new CommandDefinition(
            """
            select p.person_id, c.starts_on, c.ends_on, c.ended_on from work_contract c join preselection p on p.id = c.preselection_id
            where p.posting_id = @posting order by p.person_id, c.id limit 100000
            """,
            new { posting }, cancellationToken: ct))).ToLookup(contract => contract.PersonId);
        // A person suggested by a structure and answered no because the post and they do not fit.
        var declined = (await db.QueryAsync<(Guid Person, string Reason)>(new CommandDefinition(
            "select person_id, reason_code from suggestion where posting_id = @posting and declined_at is not null order by person_id limit 100000",
            new { posting }, cancellationToken: ct))).Where(row => RefusalCounts.IsAboutTheFit(PreselectionState.Withdrawn, row.Reason)).Select(row => row.Person).ToList();
        var paths = steps.GroupBy(step => step.Person).Select(same => new Path(
            same.Key,
            UndoneSteps.Reached(same.Select(step => (PreselectionStates.TryParse(step.State, out var state) ? state : default, step.IsUndo))),
            PreselectionStates.TryParse(same.First().Now, out var now) ? now : default,
            same.First().Reason)).ToList();
        return new ListOutcomes(employer, territory, paths.ToDictionary(path => path.Person, path =>
        {
            var contract = contracts[path.Person].FirstOrDefault();
            return OutcomeLabel.Of(path.Reached, contract?.StartsOn, contract?.EndedOn ?? contract?.EndsOn, today, RefusalCounts.IsAboutTheFit(path.Now, path.Reason));
        }).Concat(declined.Where(person => steps.All(step => step.Person != person)).Select(person => KeyValuePair.Create(person, OutcomeLabel.NotKept))).ToDictionary(),
        paths.Select(path => (path.Person, Wish: PersonsWish.Of(path.Reached, path.Now, path.Reason))).Where(it => it.Wish is not null).ToDictionary(it => it.Person, it => it.Wish!.Value));
    }

    private sealed record Path(Guid Person, IReadOnlyList<PreselectionState> Reached, PreselectionState Now, string? Reason);

    private sealed class Contract
    {
        public Guid PersonId { get; init; }
        public DateOnly StartsOn { get; init; }
        public DateOnly? EndsOn { get; init; }
        public DateOnly? EndedOn { get; init; }
    }
}
