namespace Matching.Lab.Sample;

/// <summary>
/// A title of ROME says both genders: "Agent / Agente d'entretien". A person writes one. When the left side has n words,
/// the first n words of the right side are its feminine and the rest belongs to both.
/// </summary>
public static class Title
{
    public static string For(string title, bool isWoman)
    {
        ArgumentNullException.ThrowIfNull(title);
        var sides = title.Split(" / ");
        if (sides.Length != 2)
        {
            return title;
        }

        var right = sides[1].Split(' ');
        var shared = string.Join(' ', right.Skip(sides[0].Split(' ').Length));
        return isWoman ? sides[1] : shared.Length == 0 ? sides[0] : sides[0] + " " + shared;
    }

    /// <summary>The same inside a sentence: the first letter in lower case ("maçonne en rénovation").</summary>
    public static string InSentence(string title, bool isWoman)
    {
        var text = For(title, isWoman);
        return char.ToLowerInvariant(text[0]) + text[1..];
    }
}
