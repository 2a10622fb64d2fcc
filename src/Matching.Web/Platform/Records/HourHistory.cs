using System.Data;
using System.Data.Common;
using System.Text.Json;
using Dapper;
using Matching.Rules.Hours;

namespace Matching.Web.Platform.Records;

/// <summary>
/// The ledger of hours held against the chained history: each line and each decision has its event, with the same month, kind and minutes. The
/// chain proves the events; this proves the lines.
/// </summary>
public sealed class HourHistory(Database database)
{
    private const int PageSize = 5_000;
    private const string Validated = "VALIDATED";
    private const string Rejected = "REJECTED";

    /// <summary>Reads every line and every event of hours: how many lines, and the French sentence about the first fault, or null when there is none.</summary>
    public async Task<(int Lines, string? Fault)> VerifyAsync(CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);

        // One view of both, so that a line written meanwhile is not taken for one without its event.
        await using var tx = await db.BeginTransactionAsync(IsolationLevel.RepeatableRead, ct);
        var lines = await LinesAsync(db, tx, ct);
        var (told, decided) = (new HashSet<Guid>(), new Dictionary<Guid, string>());
        var last = 0L;
        int read;
        do
        {
            var events = (await db.QueryAsync<(long Seq, string Kind, string Body)>(new CommandDefinition(
                """
                select seq, kind, body_json from event
                where seq > @last and stream_kind = 'contrat' and kind in ('heures.declarees', 'heures.reprises', 'heures.validees', 'heures.rejetees')
                order by seq limit @PageSize
                """,
                new { last, PageSize }, tx, cancellationToken: ct))).AsList();
            foreach (var (seq, kind, body) in events)
            {
                using var json = JsonDocument.Parse(body);
                var entry = json.RootElement.GetProperty("entry").GetGuid();
                if (!lines.TryGetValue(entry, out var line) || !line.Agrees(json.RootElement))
                {
                    return (lines.Count, $"L’événement numéro {seq} parle d’une ligne d’heures qui manque au registre ou qui y a été modifiée.");
                }

                if (kind is "heures.declarees" or "heures.reprises")
                {
                    told.Add(entry);
                }
                else
                {
                    decided[entry] = kind == "heures.validees" ? Validated : Rejected;
                }

                last = seq;
            }

            read = events.Count;
        }
        while (read == PageSize);

        var untold = lines.Values.Where(line => !told.Contains(line.Id) || decided.GetValueOrDefault(line.Id) != line.Status).Select(line => line.Id).Order().ToList();
        return (lines.Count, untold.Count == 0 ? null : $"{untold.Count} ligne{(untold.Count > 1 ? "s" : "")} d’heures au registre sans l’événement qui l’a écrite ou décidée, d’abord {untold[0]}.");
    }

    private static async Task<Dictionary<Guid, Line>> LinesAsync(DbConnection db, DbTransaction tx, CancellationToken ct)
    {
        var lines = new Dictionary<Guid, Line>();
        var after = Guid.Empty;
        int read;
        do
        {
            var page = (await db.QueryAsync<Line>(new CommandDefinition(
                """
                select e.id, e.month, e.kind, e.minutes, e.corrects, d.status from hour_entry e left join hour_decision d on d.entry_id = e.id
                where e.id > @after order by e.id limit @PageSize
                """,
                new { after, PageSize }, tx, cancellationToken: ct))).AsList();
            foreach (var line in page)
            {
                lines[line.Id] = line;
                after = line.Id;
            }

            read = page.Count;
        }
        while (read == PageSize);

        return lines;
    }

    private sealed class Line
    {
        public Guid Id { get; init; }
        public DateOnly Month { get; init; }
        public string Kind { get; init; } = "";
        public int Minutes { get; init; }
        public Guid? Corrects { get; init; }
        public string? Status { get; init; }

        /// <summary>Whether everything that an event says of the line is what the ledger says.</summary>
        public bool Agrees(JsonElement said) =>
            said.GetProperty("minutes").GetInt32() == Minutes
            && (!said.TryGetProperty("month", out var month) || month.GetString() == CalendarMonth.Of(Month).Code)
            && (!said.TryGetProperty("kind", out var kind) || kind.GetString() == (Kind == "TRAINING" ? "FORMATION" : "TRAVAIL"))
            && (!said.TryGetProperty("corrects", out var corrects) || corrects.GetGuid() == Corrects);
    }
}
