using System.Globalization;
using Matching.Rules;
using Matching.Rules.Eligibility;
using Matching.Rules.Markets;
using Matching.Rules.Reporting;
using Matching.Web.Platform;

namespace Matching.Web.Markets.Opportunities;

/// <summary>Between the form of a sheet and the sheet: what is typed is read once, and shown again as it was.</summary>
internal static class OpportunityForm
{
    /// <summary>Lots of one marché that the form can describe.</summary>
    public const int MostLots = 30;

    private const decimal MostEuros = 10_000_000_000m;
    private const int LongestWords = 2_000;

    private static readonly CultureInfo French = CultureInfo.GetCultureInfo("fr-FR");

    public static PostedForm Blank() => PostedForm.Of(("modele_publics", "CCAG2021"), ("acheteur_statut", "COLLECTIVITE"), ("secteur", "TRAVAUX"));

    /// <summary>The form of a stored sheet.</summary>
    public static PostedForm Of(StoredOpportunity stored)
    {
        ArgumentNullException.ThrowIfNull(stored);
        var it = stored.Sheet;
        List<(string Name, string? Value)> fields =
        [
            ("version", Whole(stored.Version)), ("reference", it.Reference), ("objet", it.Subject), ("acheteur", it.Buyer.Id?.ToString()), ("acheteur_nom", it.Buyer.Id is null ? it.Buyer.Name : ""),
            ("acheteur_siret", it.Buyer.Siret?.Digits), ("acheteur_statut", OpportunityWords.Buyers.Single(row => row.Value == it.Buyer.Status).Code), ("secteur", it.Sector),
            ("lancement", Day(it.LaunchOn)), ("debut", Day(it.StartsOn)), ("fin", Day(it.EndsOn)), ("critere", Whole(it.CriterionPercent)), ("exemption", it.Exemption),
            ("exemption_justification", it.ExemptionReason), ("modele_publics", it.Template), ("remarques", it.Remarks),
        ];
        foreach (var (lot, place) in it.Lots.Select((lot, i) => (lot, i + 1)))
        {
            fields.AddRange(
            [
                ($"lot_{place}_intitule", lot.Title), ($"lot_{place}_montant", Money(lot.AmountCents)), ($"lot_{place}_part", Percent(lot.LabourPermille)),
                ($"lot_{place}_taux", Percent(lot.RatePermille)), ($"lot_{place}_cout", Money(lot.HourlyCostCents)),
                ($"lot_{place}_suite", OpportunityWords.Proposals.Single(row => row.Value == lot.Proposal).Code), ($"lot_{place}_reserve", lot.ReservedFor), ($"lot_{place}_motif", lot.Reason),
            ]);
        }

        return PostedForm.Of([.. fields]);
    }

    /// <summary>How many lots the form shows: those described, and two more.</summary>
    public static int PlacesOf(PostedForm form)
    {
        ArgumentNullException.ThrowIfNull(form);
        var last = Enumerable.Range(1, MostLots).LastOrDefault(place => form[$"lot_{place}_intitule"].Length > 0 || form[$"lot_{place}_montant"].Length > 0);
        return Math.Min(MostLots, last + 2);
    }

    /// <summary>The sheet as typed; null, with what is wrong beside each field, when it cannot be kept.</summary>
    /// <param name="buyerName">The name of a known buyer, by its id.</param>
    public static OpportunitySheet? Read(PostedForm form, Func<OrganizationId, string?> buyerName)
    {
        ArgumentNullException.ThrowIfNull(form);
        ArgumentNullException.ThrowIfNull(buyerName);
        var status = form.Choice("acheteur_statut", "Nature de l’acheteur", OpportunityWords.Buyers.Select(row => row.Code));
        OrganizationId? known = form["acheteur"].Length > 0 && form.Id("acheteur", "Acheteur") is { } id ? new OrganizationId(id) : null;
        var name = known is { } one ? buyerName(one) ?? "" : form.Text("acheteur_nom", "Nom de l’acheteur");
        if (known is not null && name.Length == 0)
        {
            form.Errors.Add("acheteur", "Acheteur : choisir une réponse dans la liste.");
        }

        var buyer = new OpportunityBuyer(OpportunityWords.Buyers.FirstOrDefault(row => row.Code == status).Value, known, name, known is null ? form.OptionalSiret("acheteur_siret") : null);
        var exemption = form["exemption"].Length == 0 ? null : form.Choice("exemption", "Exemption", OpportunityWords.Exemptions.Select(row => row.Code));
        var sheet = new OpportunitySheet(
            form.Text("reference", "Référence", 60), form.Text("objet", "Objet", 300), buyer, form.Choice("secteur", "Nature de l’achat", Consolidations.Sectors.Select(row => row.Code)),
            form.Day("lancement", "Lancement de la consultation") ?? default, form.OptionalDay("debut", "Début prévu"), form.OptionalDay("fin", "Fin prévue"),
            [.. Enumerable.Range(1, MostLots).Select(place => ReadLot(form, place)).OfType<OpportunityLot>()],
            form.OptionalWholeNumber("critere", "Critère d’attribution", 1, 100), exemption, form.OptionalText("exemption_justification", "Justification", LongestWords),
            form.Choice("modele_publics", "Publics proposés", RuleSetTemplates.All.Select(row => row.Code)), form.OptionalText("remarques", "Remarques", LongestWords));
        if (form.Errors.Any)
        {
            return null;
        }

        foreach (var (field, _, sentence) in OpportunityRules.Refusals(sheet))
        {
            form.Errors.Add(field, sentence);
        }

        return form.Errors.Any ? null : sheet;
    }

    // A place without title nor amount describes nothing: emptying both takes the lot away.
    private static OpportunityLot? ReadLot(PostedForm form, int place)
    {
        string Field(string name) => $"lot_{place}_{name}";
        if (form[Field("intitule")].Length == 0 && form[Field("montant")].Length == 0)
        {
            return null;
        }

        int? Permille(string name, string label) => form.OptionalNumber(Field(name), $"Lot {place}, {label}", 0.1m, 100, 1) is { } percent ? (int)(percent * 10) : null;
        var proposal = form.Choice(Field("suite"), $"Lot {place}, proposition", OpportunityWords.Proposals.Select(row => row.Code));
        return new OpportunityLot(
            place, form.Text(Field("intitule"), $"Lot {place}, intitulé"), form.Number(Field("montant"), $"Lot {place}, montant", 0.01m, MostEuros) is { } euros ? (long)(euros * 100) : 0,
            OpportunityWords.Proposals.FirstOrDefault(row => row.Code == proposal).Value, Permille("part", "part de main-d’œuvre"), Permille("taux", "taux d’insertion"),
            form.OptionalNumber(Field("cout"), $"Lot {place}, coût horaire", 1, 1_000) is { } cost ? (int)(cost * 100) : null,
            form[Field("reserve")].Length == 0 ? null : form.Choice(Field("reserve"), $"Lot {place}, réservé à", OpportunityWords.ReservedFor.Select(row => row.Code)),
            form.OptionalText(Field("motif"), $"Lot {place}, motif", 500));
    }

    private static string? Day(DateOnly? day) => day?.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture);

    private static string? Whole(int? number) => number?.ToString(CultureInfo.InvariantCulture);

    private static string? Money(long? cents) => cents is { } known ? (known / 100m).ToString("#,0.##", French) : null;

    private static string? Percent(int? permille) => permille is { } known ? (known / 10m).ToString("0.#", French) : null;
}
