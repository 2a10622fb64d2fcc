using System.Data.Common;
using Dapper;
using Matching.Rules;
using Matching.Rules.Markets;
using Matching.Web.Platform;
using Matching.Web.Platform.Reference;
using MediatR;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace Matching.Web.Search;

/// <summary>A search that someone keeps.</summary>
/// <param name="Kind">"personnes" or "offres": the last part of the address of the search.</param>
/// <param name="Query">What follows the question mark.</param>
public sealed record SavedSearch(Guid Id, Guid UserId, string Kind, string Name, string Query, bool Alerts, DateOnly ToldOn)
{
    public const string People = "personnes";
    public const string Postings = "offres";

    public string Address => $"/recherche/{Kind}?{Query}";
}

/// <summary>Reading, running and remembering saved searches.</summary>
public sealed class SavedSearches(Communes communes)
{
    /// <summary>Of one user: more would not be read.</summary>
    public const int MostOfUser = 20;

    /// <summary>Answers remembered: a search that finds more is too wide for an alert, and only the best of it are followed.</summary>
    private const int MostSeen = 1_000;

    private const string Select = "select id, user_id, kind, name, query, alerts, told_on from saved_search";

    /// <summary>The searches of a user, by name.</summary>
    public static async Task<IReadOnlyList<SavedSearch>> OfUserAsync(DbConnection db, Guid user, CancellationToken ct, DbTransaction? tx = null) =>
        (await db.QueryAsync<SavedSearch>(new CommandDefinition($"{Select} where user_id = @user order by name, id limit {MostOfUser + 1}", new { user }, tx, cancellationToken: ct))).AsList();

    /// <summary>Those that may tell something today, with who keeps them; closed accounts left out.</summary>
    public static async Task<IReadOnlyList<(SavedSearch Search, SignedIn Owner)>> ToLookAtAsync(DbConnection db, DateOnly today, int limit, CancellationToken ct)
    {
        var searches = (await db.QueryAsync<SavedSearch>(new CommandDefinition(
            $"{Select} where alerts = @on and told_on < @today order by told_on, id limit @limit", new { on = true, today, limit }, cancellationToken: ct))).AsList();
        var owners = (await db.QueryAsync<OwnerRow>(new CommandDefinition(
            $"""
            select u.id, u.display_name, u.organization_id, o.name, o.kind, u.role from app_user u join organization o on o.id = u.organization_id
            where u.disabled_at is null and u.id {db.In("@ids")} order by u.id limit 1000
            """,
            new { ids = searches.Select(search => search.UserId).Distinct().ToArray() }, cancellationToken: ct))).ToDictionary(row => row.Id, row => row.ToSignedIn());
        return [.. searches.Where(search => owners.ContainsKey(search.UserId)).Select(search => (search, owners[search.UserId]))];
    }

    /// <summary>What is asked, when the stored text can still be read: a filter may have gone since.</summary>
    public (SearchRequest Request, IReadOnlyList<Refusal> Refusals) Read(SignedIn me, string kind, string query) => SearchRequest.Read(
        new QueryCollection(QueryHelpers.ParseQuery(query).ToDictionary(pair => pair.Key, pair => new StringValues(pair.Value.ToArray()))),
        kind == SavedSearch.People ? SearchPeople.FacetsOf(communes) : SearchPostings.FacetsOf(me, communes), communes);

    /// <summary>The ids that the search finds for its owner now, as its page would show them.</summary>
    public async Task<IReadOnlyList<Guid>> FindAsync(IMediator mediator, SignedIn me, string kind, SearchRequest request, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(mediator);
        ArgumentNullException.ThrowIfNull(request);
        var whole = request with { Limit = MostSeen };
        return kind == SavedSearch.People
            ? [.. (await mediator.Send(new SearchPeople.Query(me, whole), ct)).Lines.Select(line => line.Id.Value)]
            : [.. (await mediator.Send(new SearchPostings.Query(me, whole), ct)).Lines.Where(line => line.State == Rules.Postings.PostingState.Published).Select(line => line.Id.Value)];
    }

    /// <summary>Remembers what was found; answers how many of these were not known yet.</summary>
    public static async Task<int> RememberAsync(DbConnection db, DbTransaction tx, Guid search, IReadOnlyList<Guid> items, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(items);
        var added = 0;
        foreach (var item in items)
        {
            added += await db.ExecuteAsync(new CommandDefinition(
                "insert into saved_search_seen (search_id, item_id) values (@search, @item) on conflict (search_id, item_id) do nothing", new { search, item }, tx, cancellationToken: ct));
        }

        return added;
    }

    private sealed record OwnerRow(Guid Id, string DisplayName, OrganizationId OrganizationId, string Name, string Kind, string Role)
    {
        public SignedIn ToSignedIn() => new(
            Id, DisplayName, OrganizationId, Name, OrganizationKinds.TryParse(Kind, out var kind) ? kind : throw new InvalidOperationException("Unknown kind of organisation."), Role);
    }
}
