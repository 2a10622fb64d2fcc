using Matching.Rules;

namespace Matching.Web.Platform;

/// <summary>Why something was refused: the field it is about ("" for the whole) and a French sentence that says how to mend it.</summary>
/// <param name="Rule">The published rule that says so; null when the fault is only in the writing.</param>
public sealed record Refusal(string Field, string Sentence, Rule? Rule = null);

/// <summary>What a use case answers, whatever its value: a transaction whose outcome is a "no" is undone.</summary>
public abstract class Outcome
{
    public abstract bool IsFound { get; }
}

/// <summary>
/// The answer of a use case when "no" is an expected answer: found, missing (404: unknown, or another organisation's), or refused with
/// reasons (422). A handler writes <c>return answer;</c>, <c>return Result.Missing;</c> or <c>return Result.Refused("debut", "…");</c>.
/// </summary>
public sealed class Result<T> : Outcome
{
    private readonly T? value;
    private readonly IReadOnlyList<Refusal>? reasons;

    internal Result(bool isFound, T? value, IReadOnlyList<Refusal>? reasons) => (IsFound, this.value, this.reasons) = (isFound, value, reasons);

    public override bool IsFound { get; }

    /// <summary>The value; a bug when there is none.</summary>
    public T Value => IsFound ? value! : throw new InvalidOperationException("No value: missing or refused.");

    public TAnswer Match<TAnswer>(Func<T, TAnswer> found, Func<TAnswer> missing, Func<IReadOnlyList<Refusal>, TAnswer> refused)
    {
        ArgumentNullException.ThrowIfNull(found);
        ArgumentNullException.ThrowIfNull(missing);
        ArgumentNullException.ThrowIfNull(refused);
        return IsFound ? found(value!) : reasons is null ? missing() : refused(reasons);
    }

    /// <summary>The same "no", or another value.</summary>
    public Result<TOther> Map<TOther>(Func<T, TOther> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        return new Result<TOther>(IsFound, IsFound ? change(value!) : default, reasons);
    }

    public static implicit operator Result<T>(T value) => new(true, value, null);

    public static implicit operator Result<T>(Result.NotFound missing) => new(false, default, null);

    public static implicit operator Result<T>(Result.No refused) => new(false, default, refused.Reasons);
}

/// <summary>The ways to make a <see cref="Result{T}"/>.</summary>
public static class Result
{
    public static NotFound Missing { get; }

    public static Result<T> Found<T>(T value) => new(true, value, null);

    public static No Refused(string field, string sentence, Rule? rule = null) => new([new Refusal(field, sentence, rule)]);

    public static No Refused(IEnumerable<RuleRefusal> reasons) => new([.. reasons.Select(reason => new Refusal(reason.Field, reason.Sentence, reason.Rule))]);

    public static No Refused(IReadOnlyList<Refusal> reasons) => new(reasons);

    /// <summary>Becomes a missing result of any type.</summary>
    public readonly record struct NotFound;

    /// <summary>Becomes a refused result of any type.</summary>
    public readonly record struct No(IReadOnlyList<Refusal> Reasons);
}
