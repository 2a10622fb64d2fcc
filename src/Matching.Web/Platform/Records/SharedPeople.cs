using System.Data.Common;
using Dapper;
using Matching.Rules;

namespace Matching.Web.Platform.Records;

/// <summary>Records of two structures that both said to be one person.</summary>
public static class SharedPeople
{
    /// <summary>SQL condition on <c>shared_person s</c>: both structures agreed, and neither took it back.</summary>
    public const string Linked = "s.first_answer = 'OUI' and s.second_answer = 'OUI'";

    /// <summary>The other records of each of these people, in the order of their ids; nothing for who has none.</summary>
    public static async Task<ILookup<Guid, Guid>> OthersOfAsync(DbConnection db, IEnumerable<PersonId> people, CancellationToken ct, DbTransaction? tx = null)
    {
        var pairs = new List<(Guid Person, Guid Other)>();
        foreach (var batch in people.Select(person => person.Value).Distinct().Chunk(PersonRecords.BatchSize))
        {
            pairs.AddRange(await db.QueryAsync<(Guid, Guid)>(new CommandDefinition(
                $"""
                select s.first_id, s.second_id from shared_person s where {Linked} and s.first_id {db.In("@batch")}
                union all select s.second_id, s.first_id from shared_person s where {Linked} and s.second_id {db.In("@batch")}
                order by 1, 2 limit 10000
                """,
                new { batch }, tx, cancellationToken: ct)));
        }

        return pairs.ToLookup(pair => pair.Person, pair => pair.Other);
    }
}
