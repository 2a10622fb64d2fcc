using System.Text;

namespace Matching.Lab.Sample;

/// <summary>The material written by hand for the samples, embedded under its path below <c>Sample/Material</c>.</summary>
public static class Material
{
    /// <summary>The bytes of one file; a missing one is a bug of the build.</summary>
    public static byte[] Bytes(string name)
    {
        using var stream = typeof(Material).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The resource {name} is not embedded.");
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }

    /// <summary>The lines of one file, without the empty ones and the comments (#).</summary>
    public static IEnumerable<string> Lines(string name) =>
        Encoding.UTF8.GetString(Bytes(name)).Split('\n').Select(line => line.TrimEnd()).Where(line => line.Length > 0 && line[0] != '#');

    /// <summary>The names of the files whose path begins so, in ordinal order.</summary>
    public static IReadOnlyList<string> NamesIn(string prefix) =>
        [.. typeof(Material).Assembly.GetManifestResourceNames().Where(n => n.StartsWith(prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
}
