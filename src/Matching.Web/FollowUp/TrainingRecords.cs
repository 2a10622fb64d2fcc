using System.Data.Common;
using Dapper;
using Matching.Rules;
using Matching.Rules.People;
using Matching.Web.Platform.Records;

namespace Matching.Web.FollowUp;

/// <summary>A training before hire with its totals: participants, and the minutes they followed.</summary>
public sealed class StoredTraining
{
    public Guid Id { get; init; }
    public MarketId? MarketId { get; init; }
    public string? MarketReference { get; init; }
    public string Title { get; init; } = "";
    public string Organizer { get; init; } = "";
    public DateOnly StartsOn { get; init; }
    public DateOnly EndsOn { get; init; }
    public int Minutes { get; init; }
    public int Participants { get; init; }
    public int FollowedMinutes { get; init; }

    public TrainingSession Session => new(Title, Organizer, StartsOn, EndsOn, Minutes);
}

/// <param name="Name">Initials while the facilitator has taken the person into no path: names are not needed before.</param>
/// <param name="HiredOn">The first contract that followed, and its marché.</param>
public sealed record Participant(PersonId PersonId, string Name, string Pool, string Reference, int Minutes, string Outcome, (DateOnly Day, string Market)? HiredOn);

/// <summary>Reading the trainings of a facilitator.</summary>
public static class TrainingRecords
{
    private const int Limit = 500;

    private const string TrainingColumns = """
        select t.id, t.market_id, m.reference as market_reference, t.title, t.organizer, t.starts_on, t.ends_on, t.minutes,
            (select count(*) from training_participant p where p.session_id = t.id) as participants,
            (select coalesce(sum(p.minutes), 0) from training_participant p where p.session_id = t.id) as followed_minutes
        from training_session t
        left join market m on m.id = t.market_id
        """;

    /// <summary>The latest first.</summary>
    public static async Task<IReadOnlyList<StoredTraining>> OfFacilitatorAsync(DbConnection db, OrganizationId facilitator, CancellationToken ct) =>
    [
        .. await db.QueryAsync<StoredTraining>(new CommandDefinition(
            $"{TrainingColumns} where t.facilitator_id = @facilitator order by t.starts_on desc, t.id limit {Limit}", new { facilitator }, cancellationToken: ct)),
    ];

    public static async Task<StoredTraining?> FindAsync(DbConnection db, Guid id, OrganizationId facilitator, CancellationToken ct, DbTransaction? tx = null) =>
        await db.QuerySingleOrDefaultAsync<StoredTraining>(new CommandDefinition(
            $"{TrainingColumns} where t.id = @id and t.facilitator_id = @facilitator", new { id, facilitator }, tx, cancellationToken: ct));

    public static async Task<IReadOnlyList<Participant>> ParticipantsAsync(DbConnection db, StoredTraining training, OrganizationId facilitator, CancellationToken ct)
    {
        var rows = await db.QueryAsync<(PersonId Id, string FirstName, string LastName, string Pool, string Reference, int Minutes, string Outcome)>(new CommandDefinition(
            $"""
            select p.id, p.first_name, p.last_name, o.name, p.reference, t.minutes, t.outcome
            from training_participant t
            join person p on p.id = t.person_id
            join organization o on o.id = p.organization_id
            where t.session_id = @Id
            order by p.last_name, p.first_name, p.id limit {Limit}
            """,
            new { training.Id }, cancellationToken: ct));
        var hires = (await db.QueryAsync<(PersonId Person, DateOnly StartsOn, string Market)>(new CommandDefinition(
            $"""
            select c.person_id, c.starts_on, m.reference
            from work_contract c
            join market m on m.id = c.market_id
            join training_participant t on t.person_id = c.person_id
            where t.session_id = @Id and c.facilitator_id = @facilitator
            order by c.starts_on, c.id limit {Limit}
            """,
            new { training.Id, facilitator }, cancellationToken: ct))).ToLookup(row => row.Person);
        var participants = new List<Participant>();
        foreach (var row in rows)
        {
            var knows = await Visibility.FacilitatorKnowsNameAsync(db, facilitator, row.Id, ct);
            var day = TrainingBeforeHire.HireAfter(training.StartsOn, hires[row.Id].Select(hire => hire.StartsOn));
            participants.Add(new Participant(
                row.Id, knows ? $"{row.FirstName} {row.LastName}" : $"{Initial(row.FirstName)} {Initial(row.LastName)}", row.Pool, row.Reference, row.Minutes, row.Outcome,
                day is { } found ? (found, hires[row.Id].First(hire => hire.StartsOn == found).Market) : null));
        }

        return participants;
    }

    private static string Initial(string name) => name.Length == 0 ? "" : $"{name[..1]}.";
}
