using Microsoft.AspNetCore.Mvc;

namespace Matching.Web.Platform;

/// <summary>Answers for programs: ProblemDetails with a French title, a sentence, and the faults by field under <c>errors</c>.</summary>
public static class Problems
{
    /// <summary>404: unknown, or another organisation's; both read alike.</summary>
    public static IResult Missing() => Of(StatusCodes.Status404NotFound);

    /// <summary>400: values that cannot be read.</summary>
    public static IResult Invalid(FormErrors errors)
    {
        ArgumentNullException.ThrowIfNull(errors);
        return Of(StatusCodes.Status400BadRequest, "Certaines valeurs ne peuvent pas être lues : voir « errors ».", errors.All);
    }

    /// <summary>422: values that are read and refused by a rule.</summary>
    public static IResult Refused(IReadOnlyList<Refusal> reasons)
    {
        ArgumentNullException.ThrowIfNull(reasons);
        return Of(StatusCodes.Status422UnprocessableEntity, string.Join(" ", reasons.Select(reason => reason.Sentence)), reasons);
    }

    /// <summary>409: changed since the caller read it; the current state comes with the answer, so that it need not be asked again.</summary>
    public static IResult Changed(object? current)
    {
        var words = StatusWords.For(StatusCodes.Status409Conflict);
        var problem = new ProblemDetails { Status = StatusCodes.Status409Conflict, Title = words.Title, Detail = words.Sentence };
        problem.Extensions["etat_actuel"] = current;
        return TypedResults.Problem(problem);
    }

    /// <summary>Any status, with its own French sentence unless one is given.</summary>
    public static IResult Of(int status, string? sentence = null, IReadOnlyList<Refusal>? errors = null)
    {
        var words = StatusWords.For(status);
        var problem = new ProblemDetails { Status = status, Title = words.Title, Detail = sentence ?? words.Sentence };
        if (errors is { Count: > 0 })
        {
            problem.Extensions["errors"] = errors.GroupBy(error => error.Field).ToDictionary(group => group.Key, group => group.Select(error => error.Sentence).ToArray());
            if (errors.Select(error => error.Rule?.Code).OfType<string>().Distinct().ToArray() is { Length: > 0 } rules)
            {
                problem.Extensions["regles"] = rules;
            }
        }

        return TypedResults.Problem(problem);
    }
}

/// <summary>From a use case's result to the answer of its route.</summary>
public static class Answers
{
    /// <summary>For a page: 404 page when missing; when refused, the given page or a plain one with the reasons.</summary>
    public static IResult ToPage<T>(this Result<T> result, Func<T, IResult> found, Func<IReadOnlyList<Refusal>, IResult>? refused = null)
    {
        ArgumentNullException.ThrowIfNull(result);
        return result.Match(found, Page.Missing, refused ?? Page.Refused);
    }

    /// <summary>After a form: 404 page when missing; when refused, the reasons beside its fields and the page shown again.</summary>
    public static Task<IResult> ToPageAsync<T>(this Result<T> result, Func<T, IResult> found, PostedForm form, Func<Task<IResult>> again)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(found);
        return result.Match(
            value => Task.FromResult(found(value)),
            () => Task.FromResult(Page.Missing()),
            reasons =>
            {
                form.Errors.AddRange(reasons);
                return again();
            });
    }

    /// <summary>For the API: the value as JSON, or the shape made from it; 404 and 422 as ProblemDetails.</summary>
    public static IResult ToJson<T>(this Result<T> result, Func<T, object?>? shape = null)
    {
        ArgumentNullException.ThrowIfNull(result);
        return result.Match(value => TypedResults.Ok(shape is null ? value : shape(value)), Problems.Missing, Problems.Refused);
    }
}

/// <summary>What a status code says in French, stated once for pages and API.</summary>
public static class StatusWords
{
    public static (string Title, string Sentence) For(int status) => status switch
    {
        400 => ("Demande incomplète", "La demande n’a pas pu être lue. Revenez à la page précédente, vérifiez les champs et recommencez."),
        401 => ("Connexion nécessaire", "Connectez-vous, ou joignez un jeton valable à l’appel."),
        403 => ("Accès réservé", "Votre compte n’a pas accès à cette page. Si vous en avez besoin, demandez-le à l’administration du service."),
        404 => ("Page introuvable", "Cette adresse ne correspond à rien que vous puissiez voir. Vérifiez-la, ou repartez de l’accueil."),
        405 => ("Action impossible ici", "Cette adresse n’accepte pas cette action. Repartez de l’accueil."),
        409 => ("Déjà modifié", "Quelqu’un a changé ces informations entre-temps. Rechargez la page, puis recommencez."),
        413 => ("Envoi trop volumineux", "Ce que vous envoyez est trop volumineux. Réduisez le fichier ou envoyez-le en plusieurs fois."),
        415 => ("Format non accepté", "Le format de l’envoi n’est pas accepté à cette adresse."),
        422 => ("Action refusée", "Une règle s’oppose à cette action."),
        428 => ("État lu à indiquer", "Lire d’abord l’état actuel, puis renvoyer son ETag dans If-Match : personne n’efface ainsi le changement d’un autre."),
        429 => ("Trop de demandes", "Il y a eu trop de demandes en peu de temps. Attendez une minute, puis recommencez."),
        503 => ("Service momentanément indisponible", "La base de données ne répond pas. Rien n’a été enregistré ; réessayez dans quelques minutes."),
        _ => ("Une erreur est survenue", "Le service a rencontré une erreur. Rien n’a été enregistré. Si elle se répète, transmettez le numéro ci-dessous à l’administration."),
    };
}
