namespace Matching.Rules.Markets;

/// <summary>What an organisation is, which decides what it may see.</summary>
public enum OrganizationKind
{
    Facilitateur,
    Ei,
    Etti,
    Ai,
    Aci,
    Eiti,
    Geiq,
    Ea,
    Eatt,
    Esat,
    FranceTravail,
    MissionLocale,
    CapEmploi,
    Departement,
    Plie,
    Entreprise,
    Acheteur,
    Administration,
}

/// <summary>The codes and French names of <see cref="OrganizationKind"/>, stated once.</summary>
public static class OrganizationKinds
{
    private static readonly (OrganizationKind Kind, string Code, string Label)[] Table =
    [
        (OrganizationKind.Facilitateur, "FACILITATEUR", "Facilitateur de la clause"),
        (OrganizationKind.Ei, "EI", "Entreprise d’insertion"),
        (OrganizationKind.Etti, "ETTI", "Entreprise de travail temporaire d’insertion"),
        (OrganizationKind.Ai, "AI", "Association intermédiaire"),
        (OrganizationKind.Aci, "ACI", "Atelier et chantier d’insertion"),
        (OrganizationKind.Eiti, "EITI", "Entreprise d’insertion par le travail indépendant"),
        (OrganizationKind.Geiq, "GEIQ", "Groupement d’employeurs pour l’insertion et la qualification"),
        (OrganizationKind.Ea, "EA", "Entreprise adaptée"),
        (OrganizationKind.Eatt, "EATT", "Entreprise adaptée de travail temporaire"),
        (OrganizationKind.Esat, "ESAT", "Établissement d’accompagnement par le travail"),
        (OrganizationKind.FranceTravail, "FT", "France Travail"),
        (OrganizationKind.MissionLocale, "ML", "Mission locale"),
        (OrganizationKind.CapEmploi, "CAP_EMPLOI", "Cap emploi"),
        (OrganizationKind.Departement, "DEPT", "Service du Département"),
        (OrganizationKind.Plie, "PLIE", "Plan local pour l’insertion et l’emploi"),
        (OrganizationKind.Entreprise, "ENTREPRISE", "Entreprise"),
        (OrganizationKind.Acheteur, "ACHETEUR", "Acheteur public"),
        (OrganizationKind.Administration, "ADMINISTRATION", "Administration du service"),
    ];

    public static IReadOnlyList<OrganizationKind> All { get; } = [.. Table.Select(row => row.Kind)];

    public static string Code(this OrganizationKind kind) => Row(kind).Code;

    public static string Label(this OrganizationKind kind) => Row(kind).Label;

    public static bool TryParse(string? code, out OrganizationKind kind)
    {
        var row = Table.FirstOrDefault(r => string.Equals(r.Code, code?.Trim(), StringComparison.OrdinalIgnoreCase));
        kind = row.Kind;
        return row.Code is not null;
    }

    /// <summary>SIAE, GEIQ and adapted structures: they employ or lend the people they accompany.</summary>
    public static bool IsInsertionStructure(this OrganizationKind kind) => kind is >= OrganizationKind.Ei and <= OrganizationKind.Esat;

    /// <summary>Public employment service and other prescribers: they accompany people without employing them.</summary>
    public static bool IsEmploymentService(this OrganizationKind kind) => kind is >= OrganizationKind.FranceTravail and <= OrganizationKind.Plie;

    /// <summary>Those that publish a pool.</summary>
    public static bool HasPool(this OrganizationKind kind) => kind.IsInsertionStructure() || kind.IsEmploymentService();

    private static (OrganizationKind Kind, string Code, string Label) Row(OrganizationKind kind) => Table.Single(r => r.Kind == kind);
}
