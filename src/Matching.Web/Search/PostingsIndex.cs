using System.Data.Common;
using Dapper;
using Matching.Engine.Columns;
using Matching.Rules.Postings;
using Matching.Web.Platform;
using Matching.Web.Platform.Records;
using Matching.Web.Platform.Reference;

namespace Matching.Web.Search;

/// <summary>Every posting, drafts included: who may see which is asked of the database at each search.</summary>
public sealed class PostingsIndex(Database database, ChangeFeed feed, FrenchCalendar calendar, Communes communes, OccupationTitles titles)
    : FollowedIndex<PostingCard>(database, feed, calendar, communes, titles, "posting", SearchColumns.Schema)
{
    private const int BatchSize = 500;

    protected override async Task<(IReadOnlyList<Guid> Ids, IReadOnlyList<Row<PostingCard>> Rows)> PageAsync(DbConnection db, Guid after, int limit, DateOnly day, CancellationToken ct)
    {
        var rows = (await db.QueryAsync<Stored>(new CommandDefinition(
            "select id, state, terms_json from posting where id > @after order by id limit @limit", new { after, limit }, cancellationToken: ct))).ToList();
        return ([.. rows.Select(row => row.Id)], [.. rows.Select(RowOf)]);
    }

    protected override async Task<IReadOnlyList<Row<PostingCard>>> ReadAsync(DbConnection db, IReadOnlyList<Guid> ids, DateOnly day, CancellationToken ct)
    {
        var found = new List<Row<PostingCard>>();
        foreach (var batch in ids.Chunk(BatchSize))
        {
            var rows = await db.QueryAsync<Stored>(new CommandDefinition(
                $"select id, state, terms_json from posting where id {db.In("@batch")} order by id limit {BatchSize}", new { batch }, cancellationToken: ct));
            found.AddRange(rows.Select(RowOf));
        }

        return found;
    }

    private Row<PostingCard> RowOf(Stored stored)
    {
        var terms = RecordJson.Read<DraftTerms>(stored.TermsJson);
        var commune = Communes.ByInsee(terms.InseeCode);
        var state = Enum.Parse<PostingState>(stored.State, ignoreCase: true);
        var card = new PostingCard(
            terms.Title, state, terms.Rome is { } rome ? Titles.ByCode(rome)?.Label ?? "" : "", commune?.Name ?? "", terms.Posts, terms.StartsOn,
            string.Join(" ; ", [.. terms.RequiredSkills, .. terms.WishedSkills]));
        var text = string.Join('\n', [card.Title, card.Occupation, card.Commune, .. terms.RequiredSkills, .. terms.WishedSkills, terms.Description]);
        return SearchColumns.Row(stored.Id, 1 + (int)state, 0, 0, commune?.DepartmentCode, Places.NumberOf(commune?.InseeCode), terms.Rome is { } known ? [known] : [], text, card);
    }

    private sealed record Stored(Guid Id, string State, string TermsJson);
}

/// <summary>What is shown of a posting in a list.</summary>
public sealed record PostingCard(string Title, PostingState State, string Occupation, string Commune, int Posts, DateOnly? StartsOn, string Skills);
