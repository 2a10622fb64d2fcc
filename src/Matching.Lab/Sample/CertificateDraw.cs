using Bogus;

namespace Matching.Lab.Sample;

/// <summary>
/// Certificates of the trade, written as people write them, with an end date when the paper has one. Lengths of validity
/// are plausible values for invented people, not rules: what counts is the date in the file.
/// </summary>
public static class CertificateDraw
{
    private sealed record Paper(IReadOnlyList<string> Labels, int? ValidYears);

    private static readonly Dictionary<string, Paper> Papers = new()
    {
        ["CACES_R482_A"] = new(["CACES R482 A", "CACES R482 catégorie A", "CACES R482 A"], 10),
        ["CACES_R482_B1"] = new(["CACES R482 B1"], 10),
        ["CACES_R489_1B"] = new(["CACES R489 1B", "CACES R489 catégorie 1B"], 5),
        ["CACES_R489_3"] = new(["CACES R489 3", "CACES R489 catégorie 3"], 5),
        ["CACES_R486_B"] = new(["CACES R486 B"], 5),
        ["HAB_ELEC_B0"] = new(["habilitation B0", "Habilitation électrique B0"], 3),
        ["HAB_ELEC_BR"] = new(["habilitation BR", "Habilitation électrique BR"], 3),
        ["AIPR"] = new(["AIPR"], 5),
        ["SST"] = new(["SST"], 2),
        ["FIMO"] = new(["FIMO"], 5),
        ["HACCP"] = new(["HACCP"], null),
        ["TRAVAIL_HAUTEUR"] = new(["travail en hauteur", "Travail en hauteur"], null),
        ["CARTE_PRO_CNAPS"] = new(["carte professionnelle CNAPS", "Carte pro CNAPS"], 5),
        ["SSIAP_1"] = new(["SSIAP 1"], 3),
        ["CERTIPHYTO"] = new(["Certiphyto"], 5),
    };

    /// <summary>Certificates other than driving licences. The more months in the trade, the more papers.</summary>
    public static IReadOnlyList<HeldCertificate> Certificates(Randomizer random, WorkLife work, DateOnly day)
    {
        ArgumentNullException.ThrowIfNull(work);
        var share = Math.Min(0.62, 0.16 + (work.MainMonths / 90.0));
        return [.. work.Main.Certificates.Where(Papers.ContainsKey)
            .Where(_ => random.Chance(share))
            .Select(code => Hold(random, Papers[code], day))];
    }

    /// <summary>Licences: B for those who hold it; C and BE only with B and only where the trade uses them.</summary>
    public static IReadOnlyList<HeldCertificate> Licences(Randomizer random, WorkLife work, bool hasLicence, int age, DateOnly day)
    {
        ArgumentNullException.ThrowIfNull(work);
        if (!hasLicence)
        {
            return [];
        }

        var licences = new List<HeldCertificate> { new("B", null) };
        if (work.Main.Certificates.Contains("PERMIS_BE") && random.Chance(0.14))
        {
            licences.Add(new("BE", null));
        }

        if (age >= 21 && work.Main.Certificates.Contains("PERMIS_C") && random.Chance(work.Main.Parent == "N4101" ? 0.8 : 0.15))
        {
            licences.Add(new("C", random.Chance(0.7) ? day.AddDays(random.Int(-120, 1800)) : null));
        }

        return licences;
    }

    /// <summary>Obtained at a random moment of a little more than its validity: about one in eight has expired.</summary>
    private static HeldCertificate Hold(Randomizer random, Paper paper, DateOnly day)
    {
        var label = random.OneOf(paper.Labels);
        return paper.ValidYears is { } years && random.Chance(0.78)
            ? new(label, day.AddDays(random.Int(-years * 52, years * 365)))
            : new(label, null);
    }
}
