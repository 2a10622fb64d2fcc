using System.Data.Common;
using System.Text.Json;
using Dapper;
using Matching.Rules.Markets;
using Matching.Rules.Reporting;
using Matching.Web.Platform.Records;

namespace Matching.Web.Tests.Ranking;

/// <summary>A person shown for a posting, read from the tables by other ways than the audit's own.</summary>
internal sealed record CountedByHand(Guid Posting, Guid Person, int Rank, int Score, int Steps, IReadOnlyDictionary<string, string> Groups)
{
    public bool Reached(string stage) => stage switch { "dix" => Rank <= 10, "vingt" => Rank <= 20, "preselectionnee" => Steps >= 1, "transmise" => Steps >= 2, "rencontree" => Steps >= 3, _ => Steps >= 4 };

    /// <param name="later">Whose decisions came after that audit.</param>
    public static async Task<IReadOnlyList<CountedByHand>> OfFirstAuditAsync(DbConnection db, DateOnly today, string later)
    {
        var first = RecordJson.Read<List<FairnessCase>>(await db.QuerySingleAsync<string>("select cases_json from fairness_audit where number = 1")).Select(it => (it.Posting.Value, it.Person.Value)).ToHashSet();
        var lines = await db.QueryAsync<(Guid Posting, Guid Person, int Rank, int Score)>(
            "select l.posting_id, r.person_id, r.rank, r.score from ranked_person r join ranked_list l on l.id = r.list_id order by r.rank, l.id limit 100000");
        var steps = (await db.QueryAsync<(Guid Posting, Guid Person, int Steps)>(
            """
            select p.posting_id, p.person_id, cast(count(*) as integer) from preselection p join preselection_step s on s.preselection_id = p.id
            where s.by_name <> @later group by p.posting_id, p.person_id order by p.posting_id, p.person_id limit 100000
            """,
            new { later })).ToDictionary(it => (it.Posting, it.Person), it => it.Steps);
        var people = (await db.QueryAsync<(Guid Id, string Sex, DateOnly Born, string Facts)>("select id, sex, birth_date, eligibility_json from person order by id limit 10000")).ToDictionary(it => it.Id);
        return
        [
            .. lines.GroupBy(line => (line.Posting, line.Person)).Select(same => same.First()).Where(line => first.Contains((line.Posting, line.Person))).Select(line =>
                new CountedByHand(line.Posting, line.Person, line.Rank, line.Score, steps.GetValueOrDefault((line.Posting, line.Person)), GroupsOf(people[line.Person].Sex, people[line.Person].Born, people[line.Person].Facts, today))),
        ];
    }

    private static Dictionary<string, string> GroupsOf(string sex, DateOnly born, string eligibility, DateOnly today)
    {
        var facts = JsonDocument.Parse(eligibility).RootElement;
        bool Declares(string code) => facts.GetProperty("criteria").EnumerateArray().Any(it => it.GetProperty("code").GetString() == code);
        var age = today.Year - born.Year - (today < born.AddYears(today.Year - born.Year) ? 1 : 0);
        return new Dictionary<string, string>
        {
            ["sexe"] = sex.Length == 0 ? "NON_RENSEIGNE" : sex,
            ["age"] = age < 26 ? "MOINS_26" : age < 50 ? "26_49" : "50_PLUS",
            ["rsa"] = Declares("RSA") ? "OUI" : "NON",
            ["rqth"] = Declares("TH") ? "OUI" : "NON",
            ["qpv"] = facts.TryGetProperty("lives_in_qpv", out var qpv) && qpv.ValueKind != JsonValueKind.Null ? (qpv.GetBoolean() ? "OUI" : "NON") : "NON_RENSEIGNE",
            ["structure"] = Enum.Parse<OrganizationKind>(facts.GetProperty("structure").GetProperty("kind").GetString()!).Code(),
        };
    }
}
