namespace Matching.Web.Platform.Webhooks;

/// <summary>What programs may be told of, as the API names it.</summary>
public static class WebhookEvents
{
    public const string PreselectionChanged = "preselection.modifiee";
    public const string ContractCreated = "contrat.cree";
    public const string HoursValidated = "heures.validees";

    public static IReadOnlyList<(string Code, string Label)> All { get; } =
    [
        (PreselectionChanged, "Une présélection change d’étape"),
        (ContractCreated, "Un contrat est enregistré"),
        (HoursValidated, "Des heures sont validées"),
    ];
}
