using Matching.Rules.Postings;

namespace Matching.Rules.People;

/// <summary>
/// What the free words of a person's work mean: titles and skills. The check of a row and the change of a choice both read through here, so that
/// changing a choice gives what reading the row again would give.
/// </summary>
public static class PoolWords
{
    public enum Certainty
    {
        Sure,
        Doubtful,

        /// <summary>The structure said what it means, or that it means nothing.</summary>
        Chosen,
        Unknown,

        /// <summary>It has the form of a ROME code and is none.</summary>
        WrongCode,
    }

    /// <param name="Rome">The occupation to keep when the person looks for that work; null when there is none.</param>
    public readonly record struct Reading(RomeCode? Rome, Certainty Certainty, OccupationGuess? Guess);

    /// <summary>A word that the structure may say more of.</summary>
    public readonly record struct Word(MeaningKind Kind, string Written);

    public static Reading Title(string text, PoolContext context)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(context);
        if (text.Length == 5 && char.IsAsciiLetter(text[0]) && text.AsSpan(1).IndexOfAnyExceptInRange('0', '9') < 0)
        {
            return RomeCode.TryParse(text, out var code) && context.OccupationOf(code) is not null
                ? new Reading(code, Certainty.Sure, null)
                : new Reading(null, Certainty.WrongCode, null);
        }

        if (context.Meanings.Of(MeaningKind.Metier, text) is { } chosen)
        {
            return new Reading(RomeCode.TryParse(chosen, out var rome) && context.OccupationOf(rome) is not null ? rome : null, Certainty.Chosen, null);
        }

        return context.GuessOccupation(text) is not { } guess
            ? new Reading(null, Certainty.Unknown, null)
            : new Reading(guess.Rome, guess.Confidence < PoolRow.SureFrom ? Certainty.Doubtful : Certainty.Sure, guess);
    }

    /// <summary>The occupation of a past job: a doubtful one is not kept.</summary>
    public static RomeCode? Held(Reading read) => read.Certainty == Certainty.Doubtful ? null : read.Rome;

    /// <summary>The occupations of written parts, and the parts themselves when one of them may be said better or was chosen.</summary>
    /// <param name="read">What each part was read as.</param>
    public static (IReadOnlyList<RomeCode> Wanted, IReadOnlyList<string>? As) Wanted(IReadOnlyList<string> parts, List<Reading> read)
    {
        ArgumentNullException.ThrowIfNull(read);
        var wanted = read.Select(one => one.Rome).OfType<RomeCode>().Distinct().ToList();
        return (wanted, read.Exists(one => one.Certainty is Certainty.Doubtful or Certainty.Chosen) ? parts : null);
    }

    /// <summary>The skills under the names that the structure chose, and as written when one of them changed.</summary>
    public static (IReadOnlyList<string> Skills, IReadOnlyList<string>? As) Skills(IReadOnlyList<string> written, PoolContext context)
    {
        ArgumentNullException.ThrowIfNull(written);
        ArgumentNullException.ThrowIfNull(context);
        var named = written.Select(skill => context.Meanings.Of(MeaningKind.Competence, skill) is { Length: > 0 } chosen ? chosen : skill).ToList();
        return named.SequenceEqual(written, StringComparer.Ordinal) ? (written, null) : ([.. named.Distinct(StringComparer.OrdinalIgnoreCase)], written);
    }

    /// <summary>The same work read again, once choices changed.</summary>
    public static WorkProfile Reread(WorkProfile work, PoolContext context)
    {
        ArgumentNullException.ThrowIfNull(work);
        var (wanted, wantedAs) = work.WantedAs is null ? (work.Wanted, null) : Wanted(work.WantedAs, [.. work.WantedAs.Select(part => Title(part, context))]);
        var (skills, skillsAs) = Skills(work.SkillsAs ?? work.Skills, context);
        return work with
        {
            Wanted = wanted,
            WantedAs = wantedAs,
            Skills = skills,
            SkillsAs = skillsAs,
            Experiences = [.. work.Experiences.Select(past => past with { Rome = Held(Title(past.Title, context)) })],
            Past = work.Past is not { } agreed ? null : agreed with { Missions = [.. agreed.Missions.Select(past => past with { Rome = Held(Title(past.Title, context)) })] },
        };
    }

    /// <summary>Every free word that a person carries, each once, whether doubtful or not.</summary>
    public static IEnumerable<Word> Of(WorkProfile work)
    {
        ArgumentNullException.ThrowIfNull(work);
        return (work.WantedAs ?? []).Concat(work.Experiences.Select(past => past.Title)).Concat((work.Past?.Missions ?? []).Select(past => past.Title)).Select(title => new Word(MeaningKind.Metier, title))
            .Concat((work.SkillsAs ?? work.Skills).Select(skill => new Word(MeaningKind.Competence, skill)))
            .DistinctBy(word => (word.Kind, PoolMeanings.KeyOf(word.Kind, word.Written)));
    }

    /// <summary>True when the structure may say more of a title.</summary>
    public static bool IsDoubtfulTitle(string title, PoolContext context) => Title(title, context).Certainty is Certainty.Doubtful;
}
