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
    : FollowedIndex<string>(database, feed, calendar, communes, titles, "posting", SearchColumns.Schema)
{
    private const int BatchSize = 500;

    protected override async Task<(IReadOnlyList<Guid> Ids, IReadOnlyList<Row<string>> Rows)> PageAsync(DbConnection db, Guid after, int limit, DateOnly day, CancellationToken ct)
    {
        var rows = (await db.QueryAsync<Stored>(new CommandDefinition(
            "select id, state, terms_json from posting where id > @after order by id limit @limit", new { after, limit }, cancellationToken: ct))).ToList();
        return ([.. rows.Select(row => row.Id)], [.. rows.Select(RowOf)]);
    }

    protected override async Task<IReadOnlyList<Row<string>>> ReadAsync(DbConnection db, IReadOnlyList<Guid> ids, DateOnly day, CancellationToken ct)
    {
        var found = new List<Row<string>>();
        foreach (var batch in ids.Chunk(BatchSize))
        {
            var rows = await db.QueryAsync<Stored>(new CommandDefinition(
                $"select id, state, terms_json from posting where id {db.In("@batch")} order by id limit {BatchSize}", new { batch }, cancellationToken: ct));
            found.AddRange(rows.Select(RowOf));
        }

        return found;
    }

    private Row<string> RowOf(Stored stored)
    {
        var terms = RecordJson.Read<DraftTerms>(stored.TermsJson);
        var commune = Communes.ByInsee(terms.InseeCode);
        var occupation = terms.Rome is { } rome ? Titles.ByCode(rome)?.Label : null;
        var text = string.Join('\n', [terms.Title, occupation ?? "", commune?.Name ?? "", .. terms.RequiredSkills, .. terms.WishedSkills, terms.Description]);
        return SearchColumns.Row(
            stored.Id, 1 + (int)Enum.Parse<PostingState>(stored.State, ignoreCase: true), 0, 0, commune?.DepartmentCode, terms.Rome is { } known ? [known] : [], text, terms.Title);
    }

    private sealed record Stored(Guid Id, string State, string TermsJson);
}
