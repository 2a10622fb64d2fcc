namespace Matching.Rules.Markets;

/// <summary>The 14-digit number of an establishment; exists only if its digits pass the Luhn check that INSEE applies.</summary>
public readonly record struct Siret
{
    private Siret(string digits) => Digits = digits;

    public string Digits { get; }

    /// <summary>Reads a SIRET typed with or without spaces; false when it is not 14 digits or its check digit is wrong.</summary>
    public static bool TryParse(string? text, out Siret siret)
    {
        var digits = new string((text ?? "").Where(c => !char.IsWhiteSpace(c) && c != '\u00a0' && c != '.').ToArray());
        siret = default;
        if (digits.Length != 14 || !digits.All(char.IsAsciiDigit) || LuhnSum(digits) % 10 != 0)
        {
            return false;
        }

        siret = new Siret(digits);
        return true;
    }

    public override string ToString() => Digits;

    private static int LuhnSum(string digits)
    {
        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            var digit = digits[^(i + 1)] - '0';
            var weighted = i % 2 == 1 ? digit * 2 : digit;
            sum += weighted > 9 ? weighted - 9 : weighted;
        }

        return sum;
    }
}
