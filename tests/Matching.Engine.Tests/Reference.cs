namespace Matching.Engine.Tests;

/// <summary>Open data lying beside the repository on some machines, never inside it.</summary>
internal static class Reference
{
    /// <summary>The path of a reference file; the test that asks is skipped, with a sentence, where it is absent.</summary>
    public static string Path(params string[] parts)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var path = System.IO.Path.Combine([folder.FullName, "shared", "reference", .. parts]);
            if (File.Exists(path))
            {
                return path;
            }
        }
        Assert.Skip($"The open data file {string.Join('/', parts)} is not beside this repository (../shared/reference).");
        return "";
    }
}
