using Matching.Rules;

namespace Matching.Web.Platform;

/// <summary>Opening a person's file is an event of the chained history: who, when, by which page.</summary>
public sealed class FileOpenings(Database database, EventLog log)
{
    /// <param name="page">Which page, as a fixed code; never a word about the person.</param>
    public Task NoteAsync(PersonId person, SignedIn reader, string page, CancellationToken ct) =>
        database.WriteAsync((db, tx) => log.AppendAsync(db, tx, "person", person.Value, "dossier.ouvert", reader, new { page }, ct), ct);
}
