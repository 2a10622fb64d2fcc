using System.Data.Common;
using System.Globalization;
using Dapper;
using Matching.Rules;
using Matching.Rules.People;
using Matching.Rules.Preselection;
using Matching.Web.Platform;
using Matching.Web.Platform.Records;

namespace Matching.Web.Daily;

/// <summary>What a structure must answer, and where each of its people stands: a query for each block.</summary>
public static class StructureDay
{
    /// <summary>An answer or a posting is news for this many days.</summary>
    private const int NewsDays = 14;

    private const int InterviewDays = 7;

    private static readonly string[] Mine = [.. PreselectionStates.All.Where(row => Waits.In(row.State).For == PreselectionActor.Structure).Select(row => row.Code)];

    public static async Task<IReadOnlyList<DayBlock>> ReadAsync(
        DbConnection db, SignedIn who, DateOnly today, DayBlock hours, DayBlock endings, CancellationToken ct) =>
    [
        await ToAnswerAsync(db, who.OrganizationId, today, ct),
        await InterviewsAsync(db, who.OrganizationId, today, ct),
        await ToConfirmAsync(db, who.OrganizationId, today, ct),
        hours,
        endings,
        await PostingsAsync(db, who.OrganizationId, today, ct),
        await SuggestionsAsync(db, who.OrganizationId, today, ct),
        await PeopleAsync(db, who.OrganizationId, today, ct),
    ];

    private static async Task<DayBlock> ToAnswerAsync(DbConnection db, OrganizationId pool, DateOnly today, CancellationToken ct)
    {
        var rows = await db.QueryAsync<PersonRow>(new CommandDefinition(
            $"""
            select s.id, p.first_name, p.last_name, o.title, s.state, s.updated_at as at
            from preselection s join person p on p.id = s.person_id join posting o on o.id = s.posting_id
            where p.organization_id = @pool and s.state {db.In("@Mine")}
            order by s.updated_at, s.id limit {DayBlock.Limit}
            """,
            new { pool, Mine }, cancellationToken: ct));
        return new DayBlock(
            "reponses", "Votre réponse est attendue", "Aucun facilitateur n’attend de réponse de vous.", "/preselections", "Un facilitateur attend votre réponse pour une personne", "personnes attendent votre réponse à un facilitateur",
            [.. rows.Select(row =>
            {
                var since = FrenchCalendar.DayOf(row.At);
                return new DayItem(since, row.PersonName, $"{row.Title} : {Waits.In(row.Reached).What}, {DayWords.Since(since, today)}", $"/preselections/{row.Id}");
            })]);
    }

    private static async Task<DayBlock> InterviewsAsync(DbConnection db, OrganizationId pool, DateOnly today, CancellationToken ct)
    {
        var rows = await db.QueryAsync<PersonRow>(new CommandDefinition(
            $"""
            select s.id, p.first_name, p.last_name, o.title, s.state, s.interview_at as at
            from preselection s join person p on p.id = s.person_id join posting o on o.id = s.posting_id
            where p.organization_id = @pool and s.state = 'ENTRETIEN' and s.interview_at >= @from and s.interview_at < @until
            order by s.interview_at, s.id limit {DayBlock.Limit}
            """,
            new { pool, from = FrenchCalendar.StartOf(today), until = FrenchCalendar.StartOf(today.AddDays(InterviewDays + 1)) }, cancellationToken: ct));
        return new DayBlock(
            "entretiens", "Entretiens de la semaine", "Pas d’entretien dans les sept jours.", "/preselections?etat=ENTRETIEN", "Une personne a un entretien cette semaine", "personnes ont un entretien cette semaine",
            [.. rows.Select(row =>
            {
                var at = FrenchCalendar.InParis(row.At);
                var day = FrenchCalendar.DayOf(row.At);
                return new DayItem(day, row.PersonName, string.Create(CultureInfo.InvariantCulture, $"{row.Title}, le {at:dd/MM/yyyy} à {at:HH:mm}"), $"/preselections/{row.Id}", DayWords.Due(day, today));
            })]);
    }

    private static async Task<DayBlock> ToConfirmAsync(DbConnection db, OrganizationId pool, DateOnly today, CancellationToken ct)
    {
        var rows = await db.QueryAsync<(Guid Id, string FirstName, string LastName, DateOnly CheckedOn)>(new CommandDefinition(
            $"""
            select p.id, p.first_name, p.last_name, p.checked_on from person p
            where p.organization_id = @pool and p.withdrawn_at is null and p.checked_on < @before
            order by p.checked_on, p.id limit {DayBlock.Limit}
            """,
            new { pool, before = Freshness.ConfirmBefore(today) }, cancellationToken: ct));
        return new DayBlock(
            "confirmer", "Personnes à confirmer", "Tout votre vivier est confirmé.", "/viviers/confirmer", "Une personne de votre vivier est à confirmer", "personnes de votre vivier sont à confirmer",
            [.. rows.Select(row => new DayItem(row.CheckedOn, $"{row.FirstName} {row.LastName}", $"confirmée le {DayWords.Day(row.CheckedOn)}, {DayWords.Since(row.CheckedOn, today)}", "/viviers/confirmer"))]);
    }

    private static async Task<DayBlock> PostingsAsync(DbConnection db, OrganizationId org, DateOnly today, CancellationToken ct)
    {
        var rows = await db.QueryAsync<(Guid Id, string Title, string Facilitator, DateTimeOffset PublishedAt)>(new CommandDefinition(
            $"""
            select p.id, p.title, o.name, p.published_at from posting p join organization o on o.id = p.facilitator_id
            where {Visibility.PostingOpenInTerritory} and p.published_at >= @since
            order by p.published_at desc, p.id limit {DayBlock.Limit}
            """,
            new { org, since = FrenchCalendar.StartOf(today.AddDays(-NewsDays)) }, cancellationToken: ct));
        return new DayBlock(
            "offres", "Offres publiées ces derniers jours", "Aucune offre n’a été publiée sur votre territoire ces deux dernières semaines.", "/offres", "Une offre est publiée sur votre territoire", "offres sont publiées sur votre territoire",
            [.. rows.Select(row => new DayItem(FrenchCalendar.DayOf(row.PublishedAt), row.Title, $"publiée par {row.Facilitator} le {DayWords.Day(FrenchCalendar.DayOf(row.PublishedAt))}", $"/offres/{row.Id}/proposer"))], IsAct: false);
    }

    private static async Task<DayBlock> SuggestionsAsync(DbConnection db, OrganizationId pool, DateOnly today, CancellationToken ct)
    {
        var news = (await SuggestionRecords.OfPoolAsync(db, pool, ct))
            .Where(it => it.State == SuggestionState.Waiting || (it.State == SuggestionState.Declined && FrenchCalendar.DayOf(it.DeclinedAt!.Value) >= today.AddDays(-NewsDays)));
        return new DayBlock(
            "propositions", "Vos propositions", "Aucune proposition n’est en cours.", "/viviers/correspondances", "Une de vos propositions est à l’étude ou a sa réponse", "de vos propositions sont à l’étude ou ont leur réponse",
            [.. news.Take(DayBlock.Limit).Select(it => new DayItem(
                FrenchCalendar.DayOf(it.SuggestedAt), it.PersonName, $"{it.PostingTitle}, proposée le {DayWords.Day(FrenchCalendar.DayOf(it.SuggestedAt))}{(it.Reason is { } reason ? $" : {reason}" : "")}",
                $"/offres/{it.PostingId}/proposer", (it.State.Label(), it.State == SuggestionState.Waiting ? "info" : "")))], IsAct: false);
    }

    private static async Task<DayBlock> PeopleAsync(DbConnection db, OrganizationId pool, DateOnly today, CancellationToken ct)
    {
        var rows = await db.QueryAsync<PersonRow>(new CommandDefinition(
            $"""
            select s.id, p.first_name, p.last_name, o.title, s.state, s.updated_at as at
            from preselection s join person p on p.id = s.person_id join posting o on o.id = s.posting_id
            where p.organization_id = @pool
            order by s.updated_at desc, s.id limit {DayBlock.Limit}
            """,
            new { pool }, cancellationToken: ct));
        return new DayBlock(
            "suivi", "Où en sont vos personnes", "Aucune de vos personnes n’est encore dans une présélection.", "/preselections", "Une de vos personnes avance vers un poste", "parcours vers un poste sont suivis",
            [.. rows.Select(row =>
            {
                var since = FrenchCalendar.DayOf(row.At);
                return new DayItem(since, row.PersonName, $"{row.Title}, {DayWords.Since(since, today)}", $"/preselections/{row.Id}", (row.Reached.Label(), row.Reached == PreselectionState.Hired ? "ok" : ""));
            })], IsAct: false);
    }
}
