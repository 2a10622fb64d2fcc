using System.Data.Common;
using System.Globalization;
using Dapper;
using Matching.Rules;
using Matching.Rules.Preselection;
using Matching.Web.Platform;
using Matching.Web.Platform.Mail;
using Matching.Web.Platform.Records;

namespace Matching.Web.Daily;

/// <summary>What is due today for a facilitator, across postings: a query for each block.</summary>
public static class FacilitatorDay
{
    /// <summary>A no older than this is not brought up any more.</summary>
    private const int AnswerDays = 30;

    private static readonly string[] Refused = [PreselectionState.Declined.Code(), PreselectionState.Withdrawn.Code()];

    /// <summary>Where an interview can still be agreed.</summary>
    private static readonly string[] Met = [PreselectionState.Transmitted.Code(), PreselectionState.Interview.Code()];

    private static readonly string[] Answered = [.. AnswerLetter.Codes];

    private static readonly string[] Mine = [.. PreselectionStates.All.Where(row => Waits.In(row.State).For == PreselectionActor.Facilitator).Select(row => row.Code)];

    public static async Task<IReadOnlyList<DayBlock>> ReadAsync(
        DbConnection db, SignedIn who, DateOnly today, DayBlock hours, DayBlock endings, CancellationToken ct) =>
    [
        await AnswersAsync(db, who.OrganizationId, today, ct),
        await InterviewsAsync(db, who, today, ct),
        await SuggestionsAsync(db, who.OrganizationId, today, ct),
        await StepsAsync(db, who.OrganizationId, today, ct),
        await AnswersToGiveAsync(db, who.OrganizationId, today, ct),
        hours,
        endings,
    ];

    private static async Task<DayBlock> AnswersAsync(DbConnection db, OrganizationId facilitator, DateOnly today, CancellationToken ct)
    {
        var files = await AwaitedFiles.OfFacilitatorAsync(db, facilitator, DayBlock.Limit, ct);
        var notArrived = await FileMails.NotArrivedAsync(db, [.. files.Select(file => file.LinkId)], ct);
        return new DayBlock(
            "reponses", "Réponses attendues des entreprises", "Aucune entreprise ne vous doit de réponse.", "/preselections?etat=TRANSMISE",
            "Une réponse d’entreprise est attendue", "réponses d’entreprises sont attendues",
            [.. files.Select(file => AnswerOf(file, notArrived.Contains(file.LinkId), today))]);
    }

    private static DayItem AnswerOf(AwaitedFile file, bool isNotArrived, DateOnly today)
    {
        var isLate = today > file.AnswerBefore;
        var what = $"{DayWords.Counted(file.People, "1 personne", "personnes")}, transmise{(file.People > 1 ? "s" : "")} à {file.ContactName} le {DayWords.Day(FrenchCalendar.DayOf(file.SentAt))} ; réponse demandée avant le {DayWords.Day(file.AnswerBefore)}.";
        return new DayItem(
            file.AnswerBefore, file.PostingTitle,
            isNotArrived ? $"{what} {FileMails.NotArrivedWords(file.ContactEmail)}"
                : isLate ? $"{what} Appelez l’entreprise, envoyez un nouveau lien, ou proposez ces personnes ailleurs."
                : what,
            $"/offres/{file.PostingId}/{(isLate || isNotArrived ? "transmettre" : "preselections?attend=entreprise")}",
            isNotArrived ? ("Courriel non arrivé", "wrong") : DayWords.Due(file.AnswerBefore, today));
    }

    private static async Task<DayBlock> InterviewsAsync(DbConnection db, SignedIn who, DateOnly today, CancellationToken ct)
    {
        var refused = await UnreachedAsync(db, who, today, ct);
        var rows = await db.QueryAsync<PersonRow>(new CommandDefinition(
            $"""
            select s.id, p.first_name, p.last_name, o.title, s.state, s.interview_at as at
            from preselection s join person p on p.id = s.person_id join posting o on o.id = s.posting_id
            where s.facilitator_id = @facilitator and s.state = 'ENTRETIEN' and s.interview_at < @until
            order by s.interview_at, s.id limit {DayBlock.Limit}
            """,
            new { facilitator = who.OrganizationId, until = FrenchCalendar.StartOf(today.AddDays(2)) }, cancellationToken: ct));
        return new DayBlock(
            "entretiens", "Entretiens d’aujourd’hui et de demain", "Pas d’entretien aujourd’hui ni demain.", "/preselections?etat=ENTRETIEN", "Un entretien a lieu ou attend sa suite", "entretiens ont lieu ou attendent leur suite",
            [.. refused.Select(mail => new DayItem(FrenchCalendar.DayOf(mail.At), "Entretien à dire à l’entreprise", AskedMails.InterviewWords(mail.Recipient), mail.Path, ("Courriel non arrivé", "wrong"))), .. rows.Select(row =>
            {
                var at = FrenchCalendar.InParis(row.At);
                var day = FrenchCalendar.DayOf(row.At);
                var words = string.Create(CultureInfo.InvariantCulture, $"{row.Title}, le {at:dd/MM/yyyy} à {at:HH:mm}");
                return new DayItem(day, row.PersonName, day < today ? $"{words}. Quelle suite l’entreprise donne-t-elle ?" : words, $"/preselections/{row.Id}", day < today ? ("Suite à noter", "warn") : DayWords.Due(day, today));
            })]);
    }

    // Once the company has answered another way, the mail does not matter any more.
    private static async Task<IReadOnlyList<(string Path, string Recipient, DateTimeOffset At)>> UnreachedAsync(DbConnection db, SignedIn who, DateOnly today, CancellationToken ct)
    {
        var mails = await AskedMails.NotArrivedAsync(db, who.UserId, today, ct);
        var open = (await db.QueryAsync<Guid>(new CommandDefinition(
            $"select id from preselection where facilitator_id = @OrganizationId and state {db.In("@Met")} order by id limit 10000",
            new { who.OrganizationId, Met }, cancellationToken: ct))).Select(id => $"/preselections/{id}").ToHashSet();
        return [.. mails.Where(mail => open.Contains(mail.Path))];
    }

    private static async Task<DayBlock> SuggestionsAsync(DbConnection db, OrganizationId facilitator, DateOnly today, CancellationToken ct)
    {
        var waiting = await SuggestionRecords.WaitingAsync(db, facilitator, ct);
        return new DayBlock(
            "propositions", "Propositions des structures à regarder", "Aucune proposition n’attend votre réponse.", "/offres", "Une structure propose des personnes pour une offre", "offres ont des personnes proposées par des structures",
            [.. waiting.GroupBy(it => it.PostingId).Take(DayBlock.Limit).Select(posting =>
            {
                var since = FrenchCalendar.DayOf(posting.Min(it => it.SuggestedAt));
                return new DayItem(
                    since, posting.First().PostingTitle,
                    $"{DayWords.Counted(posting.Count(), "1 personne proposée", "personnes proposées")} par {string.Join(", ", posting.Select(it => it.PoolName).Distinct())}, {DayWords.Since(since, today)}",
                    $"/offres/{posting.Key}/candidats#proposees");
            })]);
    }

    private static async Task<DayBlock> StepsAsync(DbConnection db, OrganizationId facilitator, DateOnly today, CancellationToken ct)
    {
        var rows = await db.QueryAsync<PersonRow>(new CommandDefinition(
            $"""
            select s.id, p.first_name, p.last_name, o.title, s.state, s.updated_at as at
            from preselection s join person p on p.id = s.person_id join posting o on o.id = s.posting_id
            where s.facilitator_id = @facilitator and s.state {db.In("@Mine")}
            order by s.updated_at, s.id limit {DayBlock.Limit}
            """,
            new { facilitator, Mine }, cancellationToken: ct));
        return new DayBlock(
            "etapes", "Étapes qui n’attendent que vous", "Aucune étape ne vous attend.", "/preselections", "Une personne n’attend que vous pour avancer", "personnes n’attendent que vous pour avancer",
            [.. rows.Select(row =>
            {
                var since = FrenchCalendar.DayOf(row.At);
                return new DayItem(since, row.PersonName, $"{row.Title} : {Waits.In(row.Reached).What}, {DayWords.Since(since, today)}", $"/preselections/{row.Id}");
            })]);
    }

    private static async Task<DayBlock> AnswersToGiveAsync(DbConnection db, OrganizationId facilitator, DateOnly today, CancellationToken ct)
    {
        var rows = await db.QueryAsync<PersonRow>(new CommandDefinition(
            $"""
            select s.id, p.first_name, p.last_name, o.title, s.state, s.updated_at as at
            from preselection s join person p on p.id = s.person_id join posting o on o.id = s.posting_id
            where s.facilitator_id = @facilitator and s.state {db.In("@Refused")} and s.reason_code {db.In("@Answered")} and s.updated_at >= @since
                and not exists (select 1 from given_answer a where a.preselection_id = s.id and a.decided_at = s.updated_at)
            order by s.updated_at, s.id limit {DayBlock.Limit}
            """,
            new { facilitator, Refused, Answered, since = FrenchCalendar.StartOf(today.AddDays(-AnswerDays)) }, cancellationToken: ct));
        return new DayBlock(
            "suites", "Réponses à donner après un non", "Chaque personne a sa réponse.", "/preselections?etat=NON_RETENUE", "Une personne attend de savoir pourquoi ce n’est pas elle", "personnes attendent de savoir pourquoi ce n’est pas elles",
            [.. rows.Select(row =>
            {
                var since = FrenchCalendar.DayOf(row.At);
                return new DayItem(since, row.PersonName, $"{row.Title} : {row.Reached.Label().ToLower(CultureInfo.GetCultureInfo("fr-FR"))}, {DayWords.Since(since, today)}", $"/preselections/{row.Id}/suite");
            })]);
    }
}

/// <summary>A person on a posting, with an instant: when they moved, or the interview.</summary>
internal sealed record PersonRow(Guid Id, string FirstName, string LastName, string Title, string State, DateTimeOffset At)
{
    public string PersonName => $"{FirstName} {LastName}";

    public PreselectionState Reached => PreselectionStates.TryParse(State, out var state) ? state : throw new InvalidOperationException("Unknown state of a preselection.");
}
