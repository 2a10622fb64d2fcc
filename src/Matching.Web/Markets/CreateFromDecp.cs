using Matching.Web.Platform;
using Matching.Web.Platform.Reference;

namespace Matching.Web.Markets;

/// <summary>GET and POST /marches/decp: the form of a marché, filled from its essential data (DECP 2.0.3). Nothing is stored here.</summary>
public static class CreateFromDecp
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/marches/decp", () => Page.Of<CreateFromDecpPage>(new { Form = PostedForm.Of() })).RequireAuthorization(Policies.Facilitator);
        app.MapPost("/marches/decp", PostAsync).RequireAuthorization(Policies.Facilitator);
    }

    private static async Task<IResult> PostAsync(PostedForm form, Communes communes, Database database, CancellationToken ct)
    {
        var (json, id) = (form.OptionalText("donnees", "Données essentielles", DecpRecord.LongestText) ?? "", form.OptionalText("identifiant", "Identifiant", 100) ?? "");
        var fields = new List<(string Name, string? Value)>();
        if (!form.Errors.Any && DecpRecord.Fill(json, id, communes, fields) is { } fault)
        {
            form.Errors.Add("donnees", $"Données essentielles : {fault}");
        }

        return form.Errors.Any ? Page.Invalid<CreateFromDecpPage>(new { Form = form }) : await CreateMarket.ShowFilledAsync(fields, database, ct);
    }
}
