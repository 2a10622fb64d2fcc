using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using Dapper;
using Matching.Engine.Columns;
using Matching.Features;
using Matching.Rules;
using Matching.Rules.Postings;
using Matching.Web.Platform;
using Matching.Web.Platform.Records;
using Matching.Web.Platform.Reference;

namespace Matching.Web.Ranking;

/// <summary>Reads people from the database into columns: all of them, or those that the change feed names.</summary>
public sealed class PoolReader(Database database, ChangeFeed feed, Communes communes, OccupationTitles titles)
{
    private const int PageSize = 2_000;

    /// <summary>Rows put in at once: a large segment is cheaper made at once than merged from many small ones.</summary>
    private const int RowsAtOnce = 256_000;

    /// <summary>Whether the rows would be coded otherwise now: another month, or other reference data in memory.</summary>
    internal bool IsOutdated(PoolState state, DateOnly today) =>
        state.CodedOn != PersonRows.CodedOn(today) || !ReferenceEquals(state.Numbering.CommunesSeen, communes.All) || !ReferenceEquals(state.Numbering.TitlesSeen, titles.All);

    /// <summary>Everyone published, from the database.</summary>
    internal async Task<PoolState> LoadAsync(DateOnly today, CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        var state = new PoolState(PersonRows.CodedOn(today), await NumberingAsync(db, new SkillNumbers(), ct), new RowStore<PooledPerson>(PersonRows.Schema));
        await ReadPoolsAsync(db, state, ct);

        // The position is taken before the rows: what is written meanwhile is read twice, never missed.
        state.Place = new FeedPlace(await feed.LatestAsync(db, ct));
        var reading = PageAsync(null, ct);
        var rows = new RowBatch<PooledPerson>(PersonRows.Schema, PageSize);
        while (await reading is { Count: > 0 } page)
        {
            // The next page is read while this one is coded.
            reading = PageAsync(page[^1].Id, ct);
            foreach (var person in page)
            {
                rows.Add(state.Code(person));
            }

            if (rows.Count >= RowsAtOnce)
            {
                state.Store.Apply(rows, []);
                rows = new RowBatch<PooledPerson>(PersonRows.Schema, RowsAtOnce);
            }
        }

        state.Store.Apply(rows, []);
        return state;
    }

    /// <summary>Applies every change committed before this call.</summary>
    internal async Task FollowAsync(PoolState state, CancellationToken ct)
    {
        await foreach (var changes in feed.FollowAsync(state.Place, ct))
        {
            var ids = changes.Where(c => c.Entity == "person").Select(c => new PersonId(c.EntityId)).Distinct().ToList();
            if (ids.Count > 0)
            {
                await using var db = await database.OpenAsync(ct);
                await ReadPoolsAsync(db, state, ct);
                var published = await PersonRecords.ReadPublishedAsync(db, ids, ct);
                var gone = ids.Select(id => id.Value).Except(published.Select(person => person.Id.Value)).ToList();
                state.Store.Apply([.. published.Select(state.Code)], gone);
            }
        }
    }

    internal static async Task ReadPoolsAsync(DbConnection db, PoolState state, CancellationToken ct) =>
        state.Number(await db.QueryAsync<(Guid Id, string? InseeCode)>(new CommandDefinition(
            "select id, insee_code from organization order by id limit 60000", cancellationToken: ct)));

    /// <summary>The reference data in memory now, and a fingerprint: numbers mean the same where the fingerprint is the same.</summary>
    internal async Task<Numbering> NumberingAsync(DbConnection db, SkillNumbers skills, CancellationToken ct)
    {
        var (communesSeen, titlesSeen) = (communes.All, titles.All);
        var mobility = (await db.QueryAsync<(string From, string To)>(new CommandDefinition(
            "select from_code, to_code from rome_mobility order by from_code, to_code limit 100000", cancellationToken: ct))).ToList();
        var skillRows = (await db.QueryAsync<(string Family, string Label)>(new CommandDefinition(
            "select rome_parent_code, label from rome_skill order by rome_parent_code, skill_code limit 200000", cancellationToken: ct))).ToList();
        var occupations = new Occupations(
            titlesSeen.Select(o => new Features.Occupation(o.Rome, Parse(o.ParentCode))),
            mobility.Select(m => (Parse(m.From), Parse(m.To))),
            skillRows.Select(s => (Parse(s.Family), s.Label)));
        var places = new Places(communesSeen.Select(c => new Place(c.InseeCode, c.Latitude, c.Longitude)));

        // The program counts too: a rebuilt one may code otherwise.
        var coded = string.Join('\n',
            [
                $"{typeof(PersonRows).Module.ModuleVersionId} {typeof(PersonId).Module.ModuleVersionId} {typeof(RowSchema).Module.ModuleVersionId} {PooledPersonFormat.Version}",
                .. occupations.All.Select(o => o.Code.Value), .. communesSeen.Select(c => c.InseeCode),
            ]);
        return new Numbering(communesSeen, titlesSeen, occupations, places, skills, Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(coded))));
    }

    private async Task<IReadOnlyList<PublishedFacts>> PageAsync(PersonId? after, CancellationToken ct)
    {
        // A thread of its own: SQLite reads without ever giving the caller back its thread.
        return await Task.Run(
            async () =>
            {
                await using var db = await database.OpenAsync(ct);
                return await PersonRecords.PublishedPageAsync(db, after, PageSize, ct);
            },
            ct);
    }

    private static RomeCode Parse(string code) =>
        RomeCode.TryParse(code, out var rome) ? rome : throw new InvalidDataException("A loaded ROME code is valid.");
}
