namespace Matching.Browser.Tests;

/// <summary>The programs of the machine that these tests call.</summary>
public static class Programs
{
    /// <summary>On the continuous integration machine a missing program is a failure; elsewhere the tests that need it are skipped.</summary>
    public static bool MustBeThere => Environment.GetEnvironmentVariable("CI") == "true";

    /// <summary>The full path of a program of the PATH, null when it is not installed.</summary>
    public static string? Find(string name) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Select(folder => Path.Combine(folder, OperatingSystem.IsWindows() ? name + ".exe" : name))
        .FirstOrDefault(File.Exists);
}
