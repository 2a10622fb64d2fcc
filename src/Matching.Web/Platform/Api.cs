namespace Matching.Web.Platform;

/// <summary>The API for other programs, under /api/v1: JSON in French snake_case, ProblemDetails, token or cookie, 120 calls a minute.</summary>
public static class Api
{
    public const string Root = "/api/v1";

    /// <summary>The group to map API routes in; the policy says who may call them.</summary>
    public static RouteGroupBuilder MapApi(this IEndpointRouteBuilder app, string policy) =>
        app.MapGroup(Root).RequireAuthorization(policy).RequireRateLimiting(RateLimits.Api).DisableAntiforgery();

    public static IServiceCollection AddApiDescription(this IServiceCollection services) => services.AddOpenApi("v1", options =>
    {
        options.ShouldInclude = description => description.RelativePath?.StartsWith("api/v1/", StringComparison.Ordinal) == true;
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info.Title = "Clauses sociales : de la fiche de poste à l’embauche";
            document.Info.Version = "v1";
            document.Info.Description = "Jeton par organisation (Authorization: Bearer), 120 appels par minute, dates ISO 8601, erreurs en ProblemDetails. "
                + "La lecture d’une personne ou d’une offre donne un ETag ; le renvoyer dans If-Match pour la modifier : 409 avec « etat_actuel » si elle a changé depuis, "
                + "428 si une offre est modifiée sans lui. Une personne envoyée sans If-Match est ajoutée ou remplacée, comme par un fichier.";
            return Task.CompletedTask;
        });
    });

    public static void MapDescription(IEndpointRouteBuilder app) =>
        app.MapOpenApi(Root + "/openapi.json").RequireAuthorization(Policies.Anyone);
}
