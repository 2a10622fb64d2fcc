using System.Globalization;
using Dapper;
using Matching.Web.Platform;
using Matching.Web.Platform.Mail;
using MediatR;

namespace Matching.Web.Search;

/// <summary>
/// Each day, tells the owner of a saved search how many of its answers are new: a number and a link, no name nor word of the search. A search
/// looked at today is not looked at again before tomorrow.
/// </summary>
public sealed class AlertSearches(Database database, SavedSearches searches, MailQueue mails, IServiceScopeFactory scopes, FrenchCalendar calendar) : IDailyWork
{
    /// <summary>Looked at in one round; the next round goes on with the others.</summary>
    private const int MostSearches = 500;

    public async Task<int> RunAsync(CancellationToken ct)
    {
        IReadOnlyList<(SavedSearch Search, SignedIn Owner)> toLookAt;
        await using (var db = await database.OpenAsync(ct))
        {
            toLookAt = await SavedSearches.ToLookAtAsync(db, calendar.Today, MostSearches, ct);
        }

        var queued = 0;
        await using var scope = scopes.CreateAsyncScope();
        var mediator = scope.ServiceProvider.GetRequiredService<IMediator>();
        foreach (var (search, owner) in toLookAt)
        {
            var (request, refusals) = searches.Read(owner, search.Kind, search.Query);
            var found = refusals.Count > 0 ? [] : await searches.FindAsync(mediator, owner, search.Kind, request, ct);
            queued += await TellAsync(search, found, ct);
        }

        return queued;
    }

    // What is remembered and what is told are one transaction: a stop tells again, or not at all, never twice.
    private Task<int> TellAsync(SavedSearch search, IReadOnlyList<Guid> found, CancellationToken ct) => database.WriteAsync(
        async (db, tx) =>
        {
            var today = calendar.Today;
            if (await db.ExecuteAsync(new CommandDefinition(
                "update saved_search set told_on = @today where id = @Id and alerts = @on and told_on < @today", new { search.Id, today, on = true }, tx, cancellationToken: ct)) == 0)
            {
                return 0;
            }

            var added = await SavedSearches.RememberAsync(db, tx, search.Id, found, ct);
            return added > 0 && await mails.ToUserAsync(db, tx, search.UserId, DraftOf(search, added, today), ct) ? 1 : 0;
        },
        ct);

    private static MailDraft DraftOf(SavedSearch search, int added, DateOnly today) => new(
        MailKind.SearchAlert,
        "Du nouveau pour une de vos recherches",
        [(search.Kind, added) switch
        {
            (SavedSearch.People, 1) => "Une personne de plus correspond à une recherche que vous avez enregistrée.",
            (SavedSearch.People, _) => $"{added} personnes de plus correspondent à une recherche que vous avez enregistrée.",
            (_, 1) => "Une offre de plus correspond à une recherche que vous avez enregistrée.",
            _ => $"{added} offres de plus correspondent à une recherche que vous avez enregistrée.",
        },
        "Pour ne plus recevoir cette alerte, ouvrez « Mes recherches » et arrêtez-la."],
        "Voir les réponses", $"/recherches/{search.Id}", string.Create(CultureInfo.InvariantCulture, $"alerte:{search.Id}:{today:yyyy-MM-dd}"));
}
