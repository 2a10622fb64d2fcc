using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Matching.Rules.Preselection;

namespace Matching.Web.Platform;

/// <summary>A secret drawn at random, and the hash that is stored in its place.</summary>
public static class DrawnSecret
{
    private const int Bytes = 32;

    /// <summary>A million codes are soon tried by who holds the hash: each try is made dear for the minutes that a code lives.</summary>
    private const int CodeIterations = 100_000;

    /// <summary>256 random bits for an address.</summary>
    public static (string Secret, string Hash) Draw()
    {
        var secret = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));
        return (secret, HashOf(secret));
    }

    public static string HashOf(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    /// <summary>A code that people type, zeros in front included.</summary>
    public static (string Code, string Hash) DrawCode(Guid id)
    {
        var code = RandomNumberGenerator.GetInt32((int)Math.Pow(10, OneTimeCodes.Digits)).ToString($"D{OneTimeCodes.Digits}", CultureInfo.InvariantCulture);
        return (code, HashOfCode(code, id));
    }

    public static string HashOfCode(string code, Guid id) =>
        Convert.ToHexStringLower(Rfc2898DeriveBytes.Pbkdf2(code, id.ToByteArray(), CodeIterations, HashAlgorithmName.SHA256, Bytes));
}
