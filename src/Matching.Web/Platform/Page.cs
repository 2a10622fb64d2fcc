using Matching.Web.Layout;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Matching.Web.Platform;

/// <summary>Answers for browsers: a page rendered on the server, the same page with its errors, or a redirection after a post.</summary>
public static class Page
{
    /// <summary>Renders a component; <paramref name="parameters"/> is an anonymous object or a dictionary of its parameters.</summary>
    public static IResult Of<TComponent>(object? parameters = null, int status = StatusCodes.Status200OK)
        where TComponent : IComponent =>
        new RazorComponentResult<TComponent>(parameters ?? new Dictionary<string, object?>()) { StatusCode = status };

    /// <summary>The page again with what was typed and what is wrong: 400.</summary>
    public static IResult Invalid<TComponent>(object parameters)
        where TComponent : IComponent => Of<TComponent>(parameters, StatusCodes.Status400BadRequest);

    /// <summary>The page again with the rules that refuse: 422.</summary>
    public static IResult Refused<TComponent>(object parameters)
        where TComponent : IComponent => Of<TComponent>(parameters, StatusCodes.Status422UnprocessableEntity);

    /// <summary>A plain page with the reasons of a refusal: 422.</summary>
    public static IResult Refused(IReadOnlyList<Refusal> reasons) => Error(StatusCodes.Status422UnprocessableEntity, reasons);

    /// <summary>The page of what does not exist, or belongs to another organisation: 404.</summary>
    public static IResult Missing() => Error(StatusCodes.Status404NotFound, []);

    /// <summary>303 after a successful post, with a short message shown once; never personal data in either.</summary>
    public static IResult SeeOther(string localUrl, string? message = null) => new SeeOtherResult(localUrl, message);

    /// <summary>The French page of a status code.</summary>
    public static IResult Error(int status, IReadOnlyList<Refusal> reasons) =>
        Of<ErrorPage>(new Dictionary<string, object?> { [nameof(ErrorPage.Status)] = status, [nameof(ErrorPage.Reasons)] = reasons }, status);

    private sealed class SeeOtherResult(string localUrl, string? message) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            if (message is not null)
            {
                OneTimeMessage.Leave(httpContext, message);
            }

            httpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
            httpContext.Response.Headers.Location = localUrl;
            return Task.CompletedTask;
        }
    }
}
