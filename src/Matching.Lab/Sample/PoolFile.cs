using System.Globalization;
using System.Text;

namespace Matching.Lab.Sample;

/// <summary>The two encodings met in life.</summary>
public enum PoolEncoding
{
    /// <summary>UTF-8 with its mark, lines ended by LF.</summary>
    Utf8WithMark,

    /// <summary>Windows-1252 with CRLF, as an old spreadsheet saves.</summary>
    Windows1252,
}

/// <summary>A pool file: the columns of the template, in its order, separated by semicolons, dates dd/mm/yyyy.</summary>
public static class PoolFile
{
    public static readonly IReadOnlyList<string> Columns =
    [
        "reference", "nom", "prenom", "date_naissance", "sexe", "telephone", "courriel", "code_postal", "commune", "code_insee", "qpv",
        "structure_siret", "structure_type", "metiers_recherches", "experiences", "missions_reussies", "accord_missions_le", "competences", "certificats", "permis",
        "niveau_qualification", "niveau_francais", "disponible_le", "heures_hebdo", "duree_contrat", "horaires_possibles",
        "mobilite_minutes", "mobilite_km", "moyen_transport", "criteres", "justificatifs", "pass_iae", "pass_iae_fin", "inscrit_depuis", "besoins_poste",
        "texte", "information_donnee_le",
    ];

    /// <summary>The fields of a person, one for each column.</summary>
    public static IReadOnlyList<string> Fields(PoolPerson p)
    {
        ArgumentNullException.ThrowIfNull(p);
        return
        [
            p.Reference, p.LastName, p.FirstName, Day(p.BirthDate), p.IsWoman ? "F" : "M", p.Phone, p.Mail,
            p.PostalCode, p.CommuneName, p.CommuneInsee, p.Qpv, p.Structure.Siret, p.Structure.Kind,
            Many(p.Wanted),
            Many(p.Jobs.Select(j => string.Create(CultureInfo.InvariantCulture, $"{j.Occupation}:{j.Months}:{j.End:yyyy-MM}"))),
            p.GoodMission, Day(p.MissionsAgreedOn),
            Many(p.Skills),
            Many(p.Certificates.Select(Certificate)), Many(p.Licences.Select(Certificate)),
            p.Qualification, p.French, Day(p.AvailableFrom), Number(p.WeeklyHours), p.ContractLength, Many(p.Shifts),
            Number(p.Reach.Minutes), Number(p.Reach.DistanceKm), p.Reach.Means,
            Many(p.Criteria.Select(c => $"{c.Code}:{Day(c.Since)}")),
            Many(p.Criteria.Where(c => c.ProofSeen is not null).Select(c => c.ProofEnd is null ? $"{c.Code}:{Day(c.ProofSeen)}" : $"{c.Code}:{Day(c.ProofSeen)}:{Day(c.ProofEnd)}")),
            p.Pass, Day(p.PassEnd), Day(p.RegisteredSince), p.WorkNeeds, p.Project, Day(p.InformedOn),
        ];
    }

    /// <summary>The bytes of a file: the header, then the rows.</summary>
    public static byte[] Write(IEnumerable<IReadOnlyList<string>> rows, PoolEncoding encoding)
    {
        var isOld = encoding == PoolEncoding.Windows1252;
        var text = CsvLine.Join([Columns, .. rows], ';', isOld ? "\r\n" : "\n");
        return isOld
            ? CodePagesEncodingProvider.Instance.GetEncoding(1252, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)!.GetBytes(text)
            : [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text)];
    }

    /// <summary>dd/mm/yyyy, or nothing.</summary>
    public static string Day(DateOnly? day) => day?.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture) ?? "";

    private static string Number(int? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "";

    private static string Many(IEnumerable<string> values) => string.Join('|', values);

    private static string Certificate(HeldCertificate held) => held.End is null ? held.Label : $"{held.Label}:{Day(held.End)}";
}
