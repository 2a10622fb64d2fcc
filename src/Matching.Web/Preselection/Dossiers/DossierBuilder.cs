using Matching.Rules.Preselection;
using Matching.Web.Platform;
using Matching.Web.Platform.Records;

namespace Matching.Web.Preselection.Dossiers;

/// <summary>Writes the text of a dossier from what the facilitator chose.</summary>
public sealed class DossierBuilder(Database database, CompanyCards cards, FrenchCalendar calendar)
{
    /// <summary>The text; refused when someone chosen may not be shown to a company today.</summary>
    public async Task<Result<DossierText>> BuildAsync(TransmitFiles.Command request, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        await using var db = await database.OpenAsync(ct);
        var posting = await PostingRecords.FindAsync(db, request.PostingId, ct);
        if (posting is null || posting.FacilitatorId != request.User.OrganizationId || await MarketRecords.FindAsync(db, posting.MarketId, ct) is not { } market)
        {
            return Result.Missing;
        }

        var known = await PreselectionLists.OnPostingAsync(db, posting.Id, request.People.Select(chosen => chosen.Id), ct);
        if (request.People.Any(chosen => !known.ContainsKey(chosen.Id)))
        {
            return Result.Missing;
        }

        List<CompanyFiles.Place> places = [.. request.People.Select((chosen, i) => new CompanyFiles.Place(chosen.Id, i + 1, chosen.Words))];
        var placed = await cards.ReadAsync(db, posting, known, places, request.IsAnonymous, ShowTransmission.Transmissible, ct);
        if (placed.FirstOrDefault(it => it.Card is null) is { } hidden)
        {
            return Result.Refused("preselection", $"{hidden.Stored.PersonName} : {NotShown(hidden.Stored.State)}");
        }

        var facilitator = await OrganizationRecords.FindAsync(db, posting.FacilitatorId, ct);
        var contact = new FacilitatorContact(request.User.DisplayName, facilitator?.Name ?? "", facilitator?.Phone, facilitator?.Email);
        return DossierText.Of(
            market, posting.Terms, new DossierCover(contact, request.ContactName, request.Words, calendar.Today, request.AnswerBefore), [.. placed.Select(it => it.Card!)]);
    }

    private static string NotShown(PreselectionState state) => ShowTransmission.Transmissible.Contains(state)
        ? TransmitFiles.NotEligible
        : $"cette personne est « {state.Label()} » et sa fiche ne se transmet pas.";
}
