namespace Matching.House.Tests.Reading;

/// <summary>What a house test found, told whole: the usual messages cut a list after its first lines.</summary>
public static class Faults
{
    public const int MostTold = 100;

    public static void None<T>(IEnumerable<T> found)
    {
        var all = found.ToList();
        Assert.True(all.Count == 0, $"{all.Count} found:\n{string.Join('\n', all.Take(MostTold))}");
    }
}
