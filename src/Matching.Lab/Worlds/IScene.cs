namespace Matching.Lab.Worlds;

/// <summary>People in front of one posting: what is true of them, and what shows.</summary>
/// <param name="Truth">By row, then by <see cref="Truths"/>.</param>
/// <param name="Codes">By row, then by feature.</param>
/// <param name="Groups">By row: a group that no feature tells, that some employers hold against people.</param>
/// <param name="IsHard">See <see cref="Worth.Of"/>.</param>
/// <param name="People">By row: the number of the person, who may be in front of several postings; −1 for somebody who is in front of this one only.</param>
public sealed record Scenery(double[][] Truth, byte[][] Codes, bool[] Groups, bool IsHard, int[] People);

/// <summary>Where people and postings come from.</summary>
public interface IScene
{
    IReadOnlyList<FeatureSpec> Features { get; }

    Scenery Draw(Chance chance, int rows);
}
