namespace Matching.Web.Platform;

/// <summary>A page shown again after a post that was refused.</summary>
public static class PostedAgain
{
    /// <summary>
    /// Puts the refusals beside their fields and gives the status of the page: 400 for what cannot be read, 422 for what a rule refuses,
    /// 200 when there is neither.
    /// </summary>
    public static int StatusOf(PostedForm? form, IReadOnlyList<Refusal> refusals)
    {
        ArgumentNullException.ThrowIfNull(refusals);
        if (refusals.Count == 0 || form is null)
        {
            return StatusCodes.Status200OK;
        }

        var isUnreadable = form.Errors.Any;
        form.Errors.AddRange([.. refusals.Except(form.Errors.All)]);
        return isUnreadable ? StatusCodes.Status400BadRequest : StatusCodes.Status422UnprocessableEntity;
    }
}
