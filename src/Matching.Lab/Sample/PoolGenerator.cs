using Bogus;

namespace Matching.Lab.Sample;

/// <summary>
/// Draws the people of a pool. What a person holds hangs together: trades are near each other, jobs fit in the years since
/// school, skills grow with months of work, a car comes with a licence, criteria follow the kind of structure.
/// </summary>
public sealed class PoolGenerator(OccupationBook book, Territory territory, DateOnly day)
{
    // Shared by all pools: no two people bear the same names or can be reached at the same number.
    private readonly NameDraw _names = new();
    private int _lastPhone;

    /// <summary>The people of one structure. Each pool has its own generator, so that a change in one does not redraw the others.</summary>
    public IReadOnlyList<PoolPerson> Make(Structure structure, PoolShape shape, int seed, int index)
    {
        ArgumentNullException.ThrowIfNull(structure);
        ArgumentNullException.ThrowIfNull(shape);
        var faker = new Faker("fr") { Random = new Randomizer(unchecked((seed * 7919) + index)) };
        var communes = territory.CoveredBy(structure);
        return [.. Enumerable.Range(1, shape.People).Select(number => One(faker, structure, shape, communes, number, new Randomizer(unchecked((((seed * 7919) + index) * 10_007) + number))))];
    }

    /// <param name="apart">Draws what came to the template later: the rest of a person stays as it was drawn before.</param>
    private PoolPerson One(Faker faker, Structure structure, PoolShape shape, IReadOnlyList<Commune> communes, int number, Randomizer apart)
    {
        var random = faker.Random;
        var family = random.Weighted([.. shape.Families], f => f.Value).Key;
        var isWoman = random.Chance(PoolShape.WomenShare[family]);
        var (first, last) = _names.Next(faker, isWoman);
        var birthDate = Birth(random, shape, structure);
        var age = AgeOn(birthDate);
        var work = WorkLife.Draw(random, book, family, isWoman, age, day);
        var commune = random.Weighted(communes, c => c.Population);
        var hasLicence = random.Chance(age < 20 ? 0.12 : age < 26 ? 0.38 : 0.58) && age >= 18;
        var status = Status.Draw(random, structure.Kind, age, number, day);
        var place = Place(random, commune);
        var phone = random.Chance(0.93) ? Phone(structure) : "";
        var mail = phone.Length == 0 || random.Chance(0.66)
            ? $"{NameDraw.Plain(first)}.{NameDraw.Plain(last)}@courriel.example" : "";
        var (mission, agreedOn) = GoodMission(apart, structure.Kind, work.Jobs);
        return new()
        {
            Reference = $"{structure.Kind.Replace("_", "", StringComparison.Ordinal)}-{number:0000}",
            LastName = WritesNamesInCapitals(structure) ? last.ToUpperInvariant() : last,
            FirstName = first,
            BirthDate = birthDate,
            IsWoman = isWoman,
            Phone = phone,
            Mail = mail,
            PostalCode = place.PostalCode,
            CommuneName = place.Name,
            CommuneInsee = place.Insee,
            Qpv = Qpv(random, commune),
            Structure = structure,
            Wanted = work.Wanted,
            Jobs = work.Jobs,
            GoodMission = mission,
            MissionsAgreedOn = agreedOn,
            Skills = work.Skills,
            Certificates = CertificateDraw.Certificates(random, work, day),
            Licences = CertificateDraw.Licences(random, work, hasLicence, age, day),
            Qualification = Qualification(random, age),
            French = status.French,
            AvailableFrom = random.Chance(0.74) ? day.AddDays(-random.MostlySmall(0, 150)) : day.AddDays(random.MostlySmall(1, 110)),
            WeeklyHours = random.Chance(0.06) ? null : Hours(random, structure.Kind),
            ContractLength = apart.Chance(0.45) ? "" : apart.OneOf("3", "4", "6", "6", "6 mois", "8", "12", "12", "1 an", "18", "24", "sans terme", "CDI"),
            Shifts = Shifts(random),
            Reach = HowFar(random, hasLicence),
            Criteria = status.Criteria,
            Pass = status.Pass,
            PassEnd = status.PassEnd,
            RegisteredSince = status.RegisteredSince,
            WorkNeeds = WorkNeeds(random, structure.Kind),
            Project = random.Chance(0.82) ? ProjectText.Write(random, work, isWoman, hasLicence, commune.Name) : "",
            InformedOn = random.Chance(0.96) ? day.AddDays(-random.Int(1, 210)) : null,
        };
    }

    private DateOnly Birth(Randomizer random, PoolShape shape, Structure structure)
    {
        var youngest = structure.Kind is "ML" ? 17 : structure.Kind is "DEPT" ? 21 : 18;
        (int From, int To, double Share)[] bands =
            [(youngest, 25, shape.AgeShares[0]), (26, 39, shape.AgeShares[1]), (40, 49, shape.AgeShares[2]), (50, 63, shape.AgeShares[3])];
        var band = random.Weighted(bands, b => b.Share);
        return day.AddYears(-random.Int(band.From, band.To)).AddDays(-random.Int(0, 364));
    }

    private int AgeOn(DateOnly birthDate) => day.Year - birthDate.Year - (birthDate.AddYears(day.Year - birthDate.Year) > day ? 1 : 0);

    /// <summary>06 39 98 xx xx: numbers that the French regulator keeps for fiction, so nobody is ever called.</summary>
    private string Phone(Structure structure)
    {
        var four = (_lastPhone++ * 7 + 1234) % 10_000;
        var (a, b) = (four / 100, four % 100);
        return WritesNamesInCapitals(structure) ? $"06 39 98 {a:00} {b:00}" : $"063998{a:00}{b:00}";
    }

    private static bool WritesNamesInCapitals(Structure structure) => structure.Kind is "FT" or "DEPT" or "AI" or "EA" or "PLIE" or "EI";

    /// <summary>What a structure that lends or employs people tells of the last job, when the person agreed.</summary>
    // Once the mission had ended: an agreement of before is to be checked.
    private (string Mission, DateOnly? AgreedOn) GoodMission(Randomizer random, string kind, IReadOnlyList<PastJob> jobs) =>
        kind is "ETTI" or "AI" or "EI" or "ACI" or "EITI" or "GEIQ" && random.Chance(0.3) && jobs.Count > 0 && jobs[0].End > day.AddYears(-4)
            ? (string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{jobs[0].Occupation}:{jobs[0].End:yyyy-MM}"), LaterOf(day.AddDays(-random.Int(1, 200)), jobs[0].End))
            : ("", null);

    private static DateOnly LaterOf(DateOnly one, DateOnly other) => one > other ? one : other;

    private static (string PostalCode, string Name, string Insee) Place(Randomizer random, Commune commune) => random.Double() switch
    {
        < 0.55 => (random.OneOf(commune.PostalCodes), commune.Name, ""),
        < 0.63 => (random.OneOf(commune.PostalCodes), commune.Name.ToUpperInvariant(), ""),
        < 0.85 => (random.OneOf(commune.PostalCodes), commune.Name, commune.Insee),
        _ => ("", "", commune.Insee),
    };

    private static string Qpv(Randomizer random, Commune commune) =>
        random.Chance(0.15) ? random.OneOf("inconnu", "") : commune.Population > 9_000 && random.Chance(0.24) ? "oui" : "non";

    private static string Qualification(Randomizer random, int age) => random.Double() switch
    {
        < 0.07 => "",
        < 0.36 => "infra 3",
        < 0.72 => "3",
        < 0.92 => "4",
        < 0.97 => age >= 21 ? "5" : "4",
        _ => age >= 24 ? random.OneOf("6", "7") : "3",
    };

    private static int Hours(Randomizer random, string kind) => kind switch
    {
        "ACI" => random.OneOf(24, 26, 26, 26, 28, 30),
        "AI" => random.OneOf(20, 20, 24, 25, 28, 30, 35),
        _ => random.Chance(0.66) ? 35 : random.OneOf(20, 24, 25, 28, 30, 32, 39, 39),
    };

    private static List<string> Shifts(Randomizer random)
    {
        var shifts = new List<string>();
        foreach (var (name, share) in new[] { ("jour", 0.93), ("matin", 0.58), ("soir", 0.27), ("nuit", 0.10), ("week-end", 0.22) })
        {
            if (random.Chance(share))
            {
                shifts.Add(name);
            }
        }

        return shifts.Count == 0 ? ["jour"] : shifts;
    }

    private static Reach HowFar(Randomizer random, bool hasLicence)
    {
        var means = hasLicence && random.Chance(0.78) ? "voiture"
            : random.Weighted([("pied", 22.0), ("vélo", 18.0), ("transports", 46.0), ("deux-roues", 14.0)], m => m.Item2).Item1;
        var (minutes, distanceKm) = means switch
        {
            "voiture" => (random.OneOf(20, 30, 30, 40, 45, 60), random.OneOf(15, 20, 25, 30, 40, 50)),
            "transports" => (random.OneOf(20, 30, 40, 45, 60), random.OneOf(8, 10, 15, 20, 25)),
            "deux-roues" => (random.OneOf(15, 20, 30, 40), random.OneOf(8, 10, 15, 20)),
            "vélo" => (random.OneOf(15, 20, 30, 40), random.OneOf(4, 5, 8, 10)),
            _ => (random.OneOf(10, 15, 20, 30), random.OneOf(2, 3, 4)),
        };
        return random.Chance(0.66) ? new(minutes, null, means) : new(null, distanceKm, means);
    }

    private static readonly string[] Needs =
    [
        "station assise alternée", "pas de port de charges lourdes", "siège adapté", "pauses régulières", "pas de travail en hauteur",
        "consignes écrites avec images", "écran agrandi", "horaires fixes", "pas de station debout prolongée", "environnement calme",
    ];

    private static string WorkNeeds(Randomizer random, string kind)
    {
        if (!random.Chance(kind is "CAP_EMPLOI" or "EA" ? 0.22 : 0.045))
        {
            return "";
        }

        return string.Join('|', random.Some(Needs, random.Chance(0.25) ? 2 : 1));
    }
}
