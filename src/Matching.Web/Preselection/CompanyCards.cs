using System.Data.Common;
using Matching.Rules;
using Matching.Rules.People;
using Matching.Rules.Postings;
using Matching.Rules.Preselection;
using Matching.Web.Platform;
using Matching.Web.Platform.Records;
using Matching.Web.Platform.Reference;

namespace Matching.Web.Preselection;

/// <summary>The cards of a posting as its company may read them today: the page, the preview and the files of the dossier take them from here.</summary>
public sealed class CompanyCards(OccupationTitles occupations, FrenchCalendar calendar)
{
    /// <param name="Card">Null when the company may not read it: another state, or no eligibility that covers today.</param>
    public sealed record Placed(int Position, StoredPreselection Stored, CompanyCard? Card);

    /// <param name="known">The preselections of the posting; each place is one of them.</param>
    /// <param name="shown">The states in which a card may be read.</param>
    public async Task<IReadOnlyList<Placed>> ReadAsync(
        DbConnection db, Posting posting, IReadOnlyDictionary<PreselectionId, StoredPreselection> known, IReadOnlyList<CompanyFiles.Place> places, bool isAnonymous, IReadOnlyList<PreselectionState> shown, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(posting);
        ArgumentNullException.ThrowIfNull(known);
        ArgumentNullException.ThrowIfNull(places);
        var people = (await PersonRecords.ReadAsync(db, places.Select(it => known[it.PreselectionId].PersonId), ct)).ToDictionary(it => it.Person.Id);
        var decisions = await EligibilityRecords.CoveringAsync(db, people.Keys, posting.MarketId, calendar.Today, ct);
        return [.. places.Select(place => (place, Stored: known[place.PreselectionId])).Select(it => new Placed(
            it.place.Position, it.Stored,
            shown.Contains(it.Stored.State) && decisions.TryGetValue(it.Stored.PersonId, out var decision) && people.TryGetValue(it.Stored.PersonId, out var person)
                ? CompanyCard.For(InWords(person.Person), posting.Terms, decision, it.place.Words, isAnonymous)
                : null))];
    }

    // A pool file may name an experience by its ROME code alone, which tells a company nothing.
    private Person InWords(Person person) => person with
    {
        Work = person.Work with { Experiences = [.. person.Work.Experiences.Select(it => it with { Title = occupations.Named(it.Title) })] },
    };
}
