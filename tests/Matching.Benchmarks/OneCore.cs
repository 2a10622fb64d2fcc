using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace Matching.Benchmarks;

/// <summary>Measures with all threads of this process kept on one processor, as the figures to reach for one core ask. By <c>taskset</c>: .NET moves its first thread only.</summary>
public static class OneCore
{
    /// <summary>Null where <c>taskset</c> is not installed.</summary>
    public static T? Run<T>(Func<T> measure)
        where T : class
    {
        if (!Keep("0"))
        {
            Console.WriteLine("one core: not measured, taskset is missing");
            return null;
        }
        try
        {
            return measure();
        }
        finally
        {
            Keep($"0-{Environment.ProcessorCount - 1}");
        }
    }

    private static bool Keep(string processors)
    {
        try
        {
            using var moved = Process.Start(new ProcessStartInfo("taskset", ["-a", "-c", "-p", processors, Environment.ProcessId.ToString(CultureInfo.InvariantCulture)]) { RedirectStandardOutput = true })!;
            moved.StandardOutput.ReadToEnd();
            moved.WaitForExit();
            return moved.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}
