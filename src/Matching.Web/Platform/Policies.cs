using Matching.Rules.Markets;
using Microsoft.AspNetCore.Authorization;

namespace Matching.Web.Platform;

/// <summary>What a user is here; the code kept in <c>app_user.role</c>.</summary>
public static class Roles
{
    public const string Facilitator = "FACILITATEUR";
    public const string Structure = "STRUCTURE";
    public const string Buyer = "ACHETEUR";
    public const string Company = "ENTREPRISE";
    public const string Administrator = "ADMINISTRATION";

    private static readonly (string Code, string Label)[] Table =
    [
        (Facilitator, "Facilitateur·rice"),
        (Structure, "Structure d’insertion ou service de l’emploi"),
        (Buyer, "Acheteur"),
        (Company, "Entreprise"),
        (Administrator, "Administration"),
    ];

    public static IReadOnlyList<string> All { get; } = [.. Table.Select(row => row.Code)];

    public static string Label(string code) => Table.FirstOrDefault(row => row.Code == code).Label ?? code;

    /// <summary>Whether a user of this kind of organisation may have this role. A PLIE or a département may also facilitate clauses.</summary>
    public static bool Suits(string role, OrganizationKind kind) => role switch
    {
        Facilitator => kind is OrganizationKind.Facilitateur or OrganizationKind.Plie or OrganizationKind.Departement,
        Structure => kind.HasPool(),
        Buyer => kind is OrganizationKind.Acheteur,
        Company => kind is OrganizationKind.Entreprise,
        Administrator => kind is OrganizationKind.Administration,
        _ => false,
    };
}

/// <summary>Who may call an endpoint. Every endpoint names one; without it everybody is denied, even when signed in.</summary>
public static class Policies
{
    public const string Facilitator = nameof(Facilitator);

    /// <summary>SIAE and employment services.</summary>
    public const string Structure = nameof(Structure);
    public const string Buyer = nameof(Buyer);
    public const string Company = nameof(Company);
    public const string Administrator = nameof(Administrator);
    public const string FacilitatorOrStructure = nameof(FacilitatorOrStructure);

    /// <summary>Those who read tables of hours: facilitator, structure, buyer, company.</summary>
    public const string Figures = nameof(Figures);

    /// <summary>Those who read a year over several marchés: a facilitator its own, the administration all of them, masked.</summary>
    public const string YearlyFigures = nameof(YearlyFigures);
    public const string SignedInAny = nameof(SignedInAny);

    /// <summary>Public on purpose.</summary>
    public const string Anyone = nameof(Anyone);

    public static IServiceCollection AddPolicies(this IServiceCollection services)
    {
        services.AddAuthorizationBuilder()
            .AddPolicy(Facilitator, policy => policy.RequireRole(Roles.Facilitator))
            .AddPolicy(Structure, policy => policy.RequireRole(Roles.Structure))
            .AddPolicy(Buyer, policy => policy.RequireRole(Roles.Buyer))
            .AddPolicy(Company, policy => policy.RequireRole(Roles.Company))
            .AddPolicy(Administrator, policy => policy.RequireRole(Roles.Administrator))
            .AddPolicy(FacilitatorOrStructure, policy => policy.RequireRole(Roles.Facilitator, Roles.Structure))
            .AddPolicy(Figures, policy => policy.RequireRole(Roles.Facilitator, Roles.Structure, Roles.Buyer, Roles.Company))
            .AddPolicy(YearlyFigures, policy => policy.RequireRole(Roles.Facilitator, Roles.Administrator))
            .AddPolicy(SignedInAny, policy => policy.RequireAuthenticatedUser())
            .AddPolicy(Anyone, policy => policy.RequireAssertion(_ => true))
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAssertion(_ => false).Build());
        return services;
    }
}
