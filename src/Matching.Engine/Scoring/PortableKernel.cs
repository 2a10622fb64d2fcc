using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Matching.Engine.Scoring;

/// <summary>The inner loop of scoring in plain C#: the integers every faster kernel must reproduce.</summary>
internal static class PortableKernel
{
    /// <summary><c>scores[i] += points[codes[i]]</c>. The table has 64 entries and codes are below 64.</summary>
    public static void AddPoints(ReadOnlySpan<byte> codes, ReadOnlySpan<short> points, Span<int> scores)
    {
        if (points.Length < 64 || scores.Length < codes.Length)
        {
            throw new ArgumentException("A kernel needs 64 points and a score for each code.");
        }
        // The check above and the mask prove every read is inside, so the loop needs no bounds check of its own.
        ref var table = ref MemoryMarshal.GetReference(points);
        ref var score = ref MemoryMarshal.GetReference(scores);
        for (var at = 0; at < codes.Length; at++)
        {
            Unsafe.Add(ref score, at) += Unsafe.Add(ref table, codes[at] & 63);
        }
    }
}
