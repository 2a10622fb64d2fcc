using System.Data.Common;
using Dapper;
using Matching.Rules;
using Matching.Rules.Preselection;
using Matching.Web.Platform;

namespace Matching.Web.Preselection;

/// <summary>An answer about a person, as the people of the company read it.</summary>
public sealed record AnswerLine(DateTimeOffset At, string ByName, PreselectionState To, string? Reason)
{
    public string Words => $"{To switch
    {
        PreselectionState.Interview => "rencontrer",
        PreselectionState.Chosen => "retenue",
        _ => $"non retenue ({Reason})",
    }}, {CompanyName.Plain(ByName)}, le {InterviewTime.Words(At)}";
}

/// <summary>Who answered what, for the page of the company: its own words, and what the facilitator noted in its name.</summary>
public static class AnswerLines
{
    private const int LinesOfOne = 20;
    private const int LineLimit = LinesOfOne * TransmitFiles.MaximumPeople;

    /// <summary>Of each person the newest first, 20 at most. Comments are for the facilitator and stay out.</summary>
    public static async Task<ILookup<PreselectionId, AnswerLine>> OfAllAsync(DbConnection db, IReadOnlyCollection<PreselectionId> people, CancellationToken ct)
    {
        var rows = await db.QueryAsync<(PreselectionId Id, DateTimeOffset At, string ByName, string ToState, string? ReasonCode)>(new CommandDefinition(
            $"""
            select preselection_id, at, by_name, to_state, reason_code from (
                select h.preselection_id, h.at, h.by_name, h.to_state, h.reason_code, h.id, row_number() over (partition by h.preselection_id order by h.at desc, h.id desc) as place
                from preselection_step h
                where h.preselection_id {db.In("@people")} and h.is_undo = @no and h.form_key is null and h.to_state {db.In("@states")}) answer
            where place <= {LinesOfOne}
            order by at desc, id desc limit {LineLimit}
            """,
            new { people = people.Select(id => id.Value).ToArray(), no = false, states = Answers.Select(state => state.Code()).ToArray() }, cancellationToken: ct));
        return rows.ToLookup(row => row.Id, row => new AnswerLine(row.At, row.ByName, StateOf(row.ToState), Reasons.Label(StateOf(row.ToState), row.ReasonCode)));
    }

    private static IReadOnlyList<PreselectionState> Answers { get; } = [PreselectionState.Interview, PreselectionState.Chosen, PreselectionState.Declined];

    private static PreselectionState StateOf(string code) => PreselectionStates.TryParse(code, out var state) ? state : PreselectionState.Transmitted;
}
