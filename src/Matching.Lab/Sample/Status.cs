using Bogus;

namespace Matching.Lab.Sample;

/// <summary>
/// What opens the door of a clause for a person: criteria with dates and proofs seen, PASS IAE, registration. It follows
/// the kind of structure that publishes. Some are deliberately in between (PASS ended, proof missing, registered for too short).
/// </summary>
public sealed record Status(IReadOnlyList<HeldCriterion> Criteria, string Pass, DateOnly? PassEnd, DateOnly? RegisteredSince, string French)
{
    // A PASS IAE lasts two years of 365 days, its last day included.
    private const int PassDays = 730;

    public static Status Draw(Randomizer random, string kind, int age, int number, DateOnly day)
    {
        ArgumentNullException.ThrowIfNull(random);
        var criteria = new SortedDictionary<int, (string Code, DateOnly Since)>();
        void Add(string code, int fromDays, int toDays) =>
            criteria.Add(criteria.Count, (code, day.AddDays(-random.Int(fromDays, Math.Clamp(toDays, fromDays, Math.Max(fromDays, (age - YoungestAge(code)) * 365))))));
        DateOnly? registered = null;
        var (pass, passEnd) = ("", default(DateOnly?));
        switch (kind)
        {
            case "EI" or "ETTI" or "AI" or "ACI" or "EITI":
                var start = day.AddDays(-(random.Chance(0.03) ? random.Int(PassDays, 900) : random.Int(5, Math.Min(700, (age - 17) * 365))));
                criteria.Add(0, ("IAE", start));
                pass = PassNumber(kind, number, start);
                passEnd = start.AddDays(PassDays - 1);
                AddSecond(random, Add, age, rsa: 0.34, deld: 0.30, th: 0.09);
                break;
            case "GEIQ":
                Add("GEIQ", 5, 400);
                AddSecond(random, Add, age, rsa: 0.12, deld: 0.22, th: 0.05);
                break;
            case "EA" or "CAP_EMPLOI":
                Add("TH", 60, 1500);
                AddSecond(random, Add, age, rsa: 0.14, deld: 0.36, th: 0);
                break;
            case "ML":
                Add("JEUNE", 10, 500);
                AddSecond(random, Add, age, rsa: 0.02, deld: 0.12, th: 0.04);
                break;
            case "DEPT":
                Add("RSA", 40, 2200);
                AddSecond(random, Add, age, rsa: 0, deld: 0.40, th: 0.08);
                break;
            default:
                registered = AddJobSeeker(random, Add, age, day);
                break;
        }

        if (random.Chance(0.035))
        {
            Add("REF", 90, 1100);
        }

        if (registered is null && criteria.Values.Any(c => c.Code == "DELD"))
        {
            registered = criteria.Values.First(c => c.Code == "DELD").Since.AddYears(-1);
        }

        var isRefugee = criteria.Values.Any(c => c.Code == "REF");
        return new(
            [.. criteria.Values.Select(c => (c.Code, c.Since, Seen: ProofSeen(random, c.Since, day))).Select(c => new HeldCriterion(c.Code, c.Since, c.Seen, ProofEnd(c.Code, c.Seen, number)))],
            pass, passEnd, registered,
            isRefugee ? random.OneOf("A1", "A2", "A2", "B1") : random.Chance(0.2) ? "" : random.OneOf("A2", "B1", "B2", "C1", "C1", "C2", "C2"));
    }

    /// <summary>An age before which the criterion would not be believed: nobody is long unemployed at fifteen.</summary>
    private static int YoungestAge(string code) => code switch
    {
        "DELD" => 18,
        "JEUNE" or "TH" => 16,
        "REF" => 1,
        "RSA" => 18,
        _ => 17,
    };

    private static void AddSecond(Randomizer random, Action<string, int, int> add, int age, double rsa, double deld, double th)
    {
        foreach (var (code, share, longestDays) in new[] { ("RSA", age < 25 ? rsa / 5 : rsa, 1800), ("DELD", deld, 1200), ("TH", th, 1500), ("ASS", age > 30 ? 0.03 : 0, 700) })
        {
            if (random.Chance(share))
            {
                add(code, 20, longestDays);
            }
        }

        if (age > 50 && random.Chance(0.5))
        {
            add("SENIOR", 10, 200);
        }
    }

    /// <summary>Employment service and PLIE: registered job seekers, most for more than a year.</summary>
    private static DateOnly AddJobSeeker(Randomizer random, Action<string, int, int> add, int age, DateOnly day)
    {
        var isLong = age <= 50 || random.Chance(0.6);
        // A few say "long" too early: eleven months are not twelve, and the check must see it.
        var registeredDays = isLong ? random.Chance(0.05) ? random.Int(200, 360) : 370 + random.MostlySmall(0, Math.Min(1300, (age - 17) * 365)) : random.Int(60, 900);
        if (isLong)
        {
            var since = Math.Max(0, registeredDays - 365);
            add("DELD", since, since);
        }

        if (age > 50)
        {
            add("SENIOR", 10, 200);
        }

        foreach (var (code, share) in new[] { ("RSA", age < 25 ? 0.03 : 0.15), ("ASS", age > 30 ? 0.08 : 0), ("AAH", 0.02), ("TH", 0.06) })
        {
            if (random.Chance(share))
            {
                add(code, 20, 1400);
            }
        }

        return day.AddDays(-registeredDays);
    }

    /// <summary>Twelve characters shown 5-2-5. The leading 00000 is no real series, so that no living number is met by chance.</summary>
    private static string PassNumber(string kind, int number, DateOnly start)
    {
        var series = Array.IndexOf(["EI", "ETTI", "AI", "ACI", "EITI"], kind) + 1;
        return $"00000 {start.Year % 100:00} {series}{number:0000}";
    }

    /// <summary>A document with its own end runs some months or years; one in twelve is noted without it, as people do.</summary>
    private static DateOnly? ProofEnd(string code, DateOnly? seen, int number) => number % 12 == 0 ? null : code switch
    {
        "TH" => seen?.AddYears(1 + (number % 5)),
        "REF" => seen?.AddYears(1 + (number % 4)),
        "GEIQ" => seen?.AddMonths(6 + (number % 3 * 6)),
        _ => null,
    };

    private static DateOnly? ProofSeen(Randomizer random, DateOnly since, DateOnly day)
    {
        if (!random.Chance(0.75))
        {
            return null;
        }

        var seen = day.AddDays(-random.MostlySmall(1, 240));
        return seen < since ? since : seen;
    }
}
