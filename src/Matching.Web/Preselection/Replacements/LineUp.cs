using System.Data.Common;
using Dapper;
using Matching.Rules;
using Matching.Rules.Eligibility;
using Matching.Rules.Preselection;
using Matching.Web.Platform;
using Matching.Web.Platform.Records;

namespace Matching.Web.Preselection.Replacements;

/// <summary>Someone in line for a post that is free again.</summary>
/// <param name="Id">Their path on the posting; null when only the last ranked list named them.</param>
/// <param name="ShownAs">The name, or initials for someone whom the facilitator has not preselected yet.</param>
/// <param name="Rank">Their place on that list; null for someone who is on the posting already.</param>
/// <param name="WhyNot">The words that follow the name when they cannot be asked now.</param>
public sealed record InLine(
    PersonId PersonId, PreselectionId? Id, RankedListId? List, PreselectionState? State, string ShownAs, OrganizationId PoolId, int? Rank, bool IsEligible, string? WhyNot);

/// <summary>Reads who could replace a person who left, the next one first.</summary>
public static class LineUp
{
    /// <summary>People of the ranked list that are looked at: more are one click away, on the list itself.</summary>
    private const int RankedLimit = 20;

    private const int ContractLimit = 5_000;

    public static async Task<IReadOnlyList<InLine>> ReadAsync(DbConnection db, StoredPosting posting, DateOnly today, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(posting);
        var states = PreselectionStates.All.Select(it => it.State).Where(state => NextInLine.Holds(state, Reasons.HiredElsewhere));
        var onPosting = (await PreselectionLists.PageOfPostingAsync(db, posting.Id, states, null, 1, ct)).Where(it => NextInLine.Holds(it.State, it.ReasonCode)).ToList();
        var ranked = await RankedAsync(db, posting.Id, ct);
        List<PersonId> ids = [.. onPosting.Select(it => it.PersonId), .. ranked.Select(it => it.PersonId)];
        var people = (await PersonRecords.ReadAsync(db, ids, ct)).ToDictionary(it => it.Person.Id);
        var reached = await Visibility.ReachedAsync(db, posting.FacilitatorId, ids, ct);
        var until = await WorksUntilAsync(db, ids, ct);
        var validated = await EligibilityRecords.ValidatedAsync(db, posting.LotId, today, ct);
        var market = (await MarketRecords.FindAsync(db, posting.MarketId, ct))!;
        var publics = market.Publics.For((await MarketRecords.FindLotAsync(db, posting.LotId, ct))!);

        InLine Seen(PersonId person, StoredPreselection? path, (RankedListId List, int Rank)? place)
        {
            var known = people[person].Person;
            var isEligible = validated.Contains(person.Value);
            var facts = new LineFacts(
                path?.State, path?.ReasonCode, reached.Contains(person.Value), until.TryGetValue(person, out var last) ? last : null, known.Work.AvailableFrom, isEligible,
                EligibilityVerdict.Judge(known.Eligibility, publics, today).Status);
            return new InLine(
                person, path?.Id, place?.List, path?.State, path is null ? known.Identity.Initials : known.Identity.FullName, known.OrganizationId, place?.Rank, isEligible,
                NextInLine.WhyNot(facts, today));
        }

        return
        [
            .. onPosting.OrderBy(it => NextInLine.Turn(it.State)).ThenBy(it => it.UpdatedAt).ThenBy(it => it.Id.Value).Select(it => Seen(it.PersonId, it, null)),
            .. ranked.Select(it => Seen(it.PersonId, null, (it.ListId, it.Rank))),
        ];
    }

    /// <summary>The first of the last list shown for this posting who are on no path to it.</summary>
    private static async Task<IReadOnlyList<(PersonId PersonId, RankedListId ListId, int Rank)>> RankedAsync(DbConnection db, PostingId posting, CancellationToken ct) =>
        (await db.QueryAsync<(PersonId, RankedListId, int)>(new CommandDefinition(
            $"""
            select r.person_id, r.list_id, r.rank from ranked_person r
            where r.list_id = (select l.id from ranked_list l where l.posting_id = @posting order by l.shown_at desc, l.id desc limit 1)
                and not exists (select 1 from preselection s where s.posting_id = @posting and s.person_id = r.person_id)
            order by r.rank limit {RankedLimit}
            """,
            new { posting }, cancellationToken: ct))).AsList();

    /// <summary>The last day of each person's contracts, on any marché; the greatest day for one without an end.</summary>
    private static async Task<IReadOnlyDictionary<PersonId, DateOnly>> WorksUntilAsync(DbConnection db, IEnumerable<PersonId> people, CancellationToken ct)
    {
        var last = new Dictionary<PersonId, DateOnly>();
        foreach (var batch in people.Distinct().Chunk(PersonRecords.BatchSize))
        {
            var rows = await db.QueryAsync<(PersonId Person, DateOnly? EndsOn, DateOnly? EndedOn)>(new CommandDefinition(
                $"select person_id, ends_on, ended_on from work_contract where person_id {db.In("@ids")} order by id limit {ContractLimit}",
                new { ids = batch.Select(id => id.Value).ToArray() }, cancellationToken: ct));
            foreach (var (person, endsOn, endedOn) in rows)
            {
                var day = endedOn ?? endsOn ?? DateOnly.MaxValue;
                last[person] = last.TryGetValue(person, out var before) && before > day ? before : day;
            }
        }

        return last;
    }
}
