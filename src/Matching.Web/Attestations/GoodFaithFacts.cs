using System.Data.Common;
using Dapper;
using Matching.Rules;
using Matching.Rules.Markets;
using Matching.Rules.Preselection;
using Matching.Web.Platform;
using Matching.Web.Platform.Mail;

namespace Matching.Web.Attestations;

/// <summary>What happened between the facilitator and the company of a lot, the oldest first.</summary>
public sealed record GoodFaithFacts(
    IReadOnlyList<GoodFaithFacts.Link> Links, ILookup<Guid, GoodFaithFacts.Sent> People, IReadOnlyList<GoodFaithFacts.Step> Steps, IReadOnlyList<GoodFaithFacts.Slot> Slots,
    IReadOnlyList<GoodFaithFacts.SentMail> Mails, IReadOnlyList<GoodFaithFacts.Contact> Contacts)
{
    /// <summary>More lines than a lot of several years brings; beyond, a record with a part of them would be wrong.</summary>
    private const int LineLimit = 20_000;

    public sealed record Link(Guid Id, string Title, DateTimeOffset CreatedAt, string ContactName, string? ContactEmail, DateOnly AnswerBefore, DateTimeOffset? OpenedAt);

    public sealed record Sent(Guid LinkId, int Position, string FirstName, string LastName);

    /// <summary>An answer of the company, or what followed from it.</summary>
    public sealed record Step(DateTimeOffset At, string Title, string FirstName, string LastName, string ToState, string? ReasonCode, string ByName, bool IsUndo)
    {
        public PreselectionState To => PreselectionStates.Parse(ToState);
    }

    public sealed record Slot(DateTimeOffset StartsAt, string Title, string FirstName, string LastName, string State);

    public sealed record SentMail(DateTimeOffset SentAt, string Label);

    public sealed record Contact(DateOnly OnDay, string Kind, string Roles);

    public static async Task<GoodFaithFacts> ReadAsync(DbConnection db, Lot lot, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(lot);
        var links = await LinksAsync(db, lot.Id, ct);
        var people = Whole(await db.QueryAsync<Sent>(new CommandDefinition(
            $"""
            select l.link_id, l.position, p.first_name, p.last_name
            from company_link_person l
            join preselection s on s.id = l.preselection_id
            join person p on p.id = s.person_id
            join posting o on o.id = s.posting_id
            where o.lot_id = @Id order by l.link_id, l.position limit {LineLimit}
            """,
            new { lot.Id }, cancellationToken: ct)));
        var slots = Whole(await db.QueryAsync<Slot>(new CommandDefinition(
            $"""
            select i.starts_at, o.title, p.first_name, p.last_name, i.state
            from interview_slot i
            join preselection s on s.id = i.preselection_id
            join person p on p.id = s.person_id
            join posting o on o.id = s.posting_id
            where o.lot_id = @Id order by i.starts_at, i.id limit {LineLimit}
            """,
            new { lot.Id }, cancellationToken: ct)));
        var contacts = Whole(await db.QueryAsync<Contact>(new CommandDefinition(
            $"select on_day, kind, roles from follow_up where market_id = @MarketId order by on_day, id limit {LineLimit}", new { lot.MarketId }, cancellationToken: ct)));
        return new GoodFaithFacts(links, people.ToLookup(it => it.LinkId), await StepsAsync(db, lot.Id, ct), slots, await MailsAsync(db, links, ct), contacts);
    }

    private static async Task<IReadOnlyList<Link>> LinksAsync(DbConnection db, LotId lot, CancellationToken ct) => Whole(await db.QueryAsync<Link>(new CommandDefinition(
        $"""
        select l.id, o.title, l.created_at, l.contact_name, l.contact_email, l.answer_before, (select min(c.at) from company_link_opening c where c.link_id = l.id) as opened_at
        from company_link l join posting o on o.id = l.posting_id
        where o.lot_id = @lot order by l.created_at, l.id limit {LineLimit}
        """,
        new { lot }, cancellationToken: ct)));

    // From the first sending on: what was said before it is between the facilitator and the structures.
    private static async Task<IReadOnlyList<Step>> StepsAsync(DbConnection db, LotId lot, CancellationToken ct)
    {
        PreselectionState[] shown = [PreselectionState.Interview, PreselectionState.Chosen, PreselectionState.Declined, PreselectionState.Hired, PreselectionState.Ended];
        return Whole(await db.QueryAsync<Step>(new CommandDefinition(
            $"""
            select h.at, o.title, p.first_name, p.last_name, h.to_state, h.reason_code, h.by_name, h.is_undo
            from preselection_step h
            join preselection s on s.id = h.preselection_id
            join person p on p.id = s.person_id
            join posting o on o.id = s.posting_id
            where o.lot_id = @lot and h.form_key is null and (h.to_state {db.In("@shown")} or (h.is_undo and h.from_state {db.In("@shown")}))
            order by h.at, h.id limit {LineLimit}
            """,
            new { lot, shown = shown.Select(state => state.Code()).ToArray() }, cancellationToken: ct)));
    }

    /// <summary>What left for the contacts of these links, told apart by the link that its key names.</summary>
    private static async Task<IReadOnlyList<SentMail>> MailsAsync(DbConnection db, IReadOnlyList<Link> links, CancellationToken ct)
    {
        var addresses = links.Select(link => link.ContactEmail).OfType<string>().Distinct().ToArray();
        if (addresses.Length == 0)
        {
            return [];
        }

        var kinds = MailKind.All.Where(kind => kind.Readers.Length == 0).Select(kind => kind.Code).ToArray();
        var mails = Whole(await db.QueryAsync<(string Kind, string DedupeKey, DateTimeOffset SentAt)>(new CommandDefinition(
            $"""
            select kind, dedupe_key, sent_at from mail
            where user_id is null and sent_at is not null and recipient {db.In("@addresses")} and kind {db.In("@kinds")} order by sent_at, id limit {LineLimit}
            """,
            new { addresses, kinds }, cancellationToken: ct)));
        return [.. mails.Where(mail => links.Any(link => mail.DedupeKey.Contains(link.Id.ToString(), StringComparison.Ordinal))).Select(mail => new SentMail(mail.SentAt, MailKind.LabelOf(mail.Kind)))];
    }

    private static List<T> Whole<T>(IEnumerable<T> rows)
    {
        var read = rows.AsList();
        return read.Count < LineLimit ? read : throw new InvalidOperationException($"More than {LineLimit} lines: a record with a part of them would be wrong.");
    }
}
