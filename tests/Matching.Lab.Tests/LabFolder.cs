using System.Globalization;

namespace Matching.Lab.Tests;

/// <summary>A folder of its own for each test, cleared at its end, and what a verb says meanwhile.</summary>
public abstract class LabFolder : IDisposable
{
    protected string Folder { get; } = Directory.CreateTempSubdirectory("matching-lab-").FullName;

    protected StringWriter Output { get; } = new(CultureInfo.InvariantCulture);

    protected StringWriter Errors { get; } = new(CultureInfo.InvariantCulture);

    public void Dispose()
    {
        Directory.Delete(Folder, recursive: true);
        Output.Dispose();
        Errors.Dispose();
        GC.SuppressFinalize(this);
    }

    protected string At(string name) => Path.Combine(Folder, name);
}
