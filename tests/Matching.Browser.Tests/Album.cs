using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace Matching.Browser.Tests;

/// <summary>The pictures of one test, numbered in the order of the story, and the faults seen on the way.</summary>
public sealed class Album
{
    private readonly AxeCore axe;
    private readonly ConcurrentQueue<string> faults = new();
    private int pictures;

    /// <param name="name">The folder of the pictures under <c>test-output/browser</c>; emptied first.</param>
    public Album(AxeCore axe, string name)
    {
        this.axe = axe;
        Folder = Path.Combine(AppContext.BaseDirectory, "test-output", "browser", name);
        if (Directory.Exists(Folder))
        {
            Directory.Delete(Folder, recursive: true);
        }

        Directory.CreateDirectory(Folder);
    }

    public string Folder { get; }

    public int NextNumber() => ++pictures;

    public void FaultWhen(bool isFault, string sentence)
    {
        if (isFault)
        {
            faults.Enqueue(sentence);
        }
    }

    public async Task CheckAsync(IPage page, string where)
    {
        foreach (var violation in await axe.ViolationsAsync(page))
        {
            faults.Enqueue($"{where}: {violation}");
        }
    }

    /// <summary>Fails with every fault seen; skips when all else held but accessibility could not be checked.</summary>
    public void AssertNoFault()
    {
        Assert.True(faults.IsEmpty, string.Join("\n", faults));
        Assert.SkipWhen(axe.Missing is not null, axe.Missing ?? "");
    }
}
