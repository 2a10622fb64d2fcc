using System.Globalization;
using Matching.Rules.People;
using Matching.Rules.Postings;
using Matching.Rules.Postings.Reading;
using Matching.Web.Platform;
using Matching.Web.Platform.Reference;

namespace Matching.Web.Postings;

/// <summary>The fields of a posting's form: from what is typed to terms, and back. The API uses the same names.</summary>
public static class PostingForm
{
    private const int MostItems = 30;
    private const int LongestItem = 200;
    private const int LongestWords = 200;
    private static readonly CultureInfo French = CultureInfo.GetCultureInfo("fr-FR");

    /// <summary>Terms from the form; faults are added to its errors.</summary>
    public static DraftTerms Read(PostedForm form, Communes communes, OccupationTitles occupations)
    {
        ArgumentNullException.ThrowIfNull(form);
        ArgumentNullException.ThrowIfNull(occupations);
        var rome = occupations.ByCode(form["code_rome"])?.Rome;
        if (rome is null && form["code_rome"].Length > 0)
        {
            form.Errors.Add("code_rome", $"Métier : le code ROME « {form["code_rome"]} » n’existe pas. Le choisir dans la liste ou le chercher par son nom.");
        }

        var (start, end) = (form.OptionalDay("debut", "Début"), form.OptionalDay("fin", "Fin"));
        if (end < start)
        {
            form.Errors.Add("fin", "Fin : elle est avant le début. Corriger l’une des deux dates.");
        }

        WorkContractKind? contract = null;
        if (form["contrat"].Length > 0)
        {
            contract = WorkContracts.TryParse(form.Choice("contrat", "Contrat", WorkContracts.All.Select(row => row.Code)), out var kind) ? kind : null;
        }

        var shifts = PeopleVocabulary.Shifts.Where(row => form.Checked($"horaires_{row.Code}")).Aggregate(Shifts.None, (all, row) => all | row.Value);
        return new DraftTerms(
            form.Text("intitule", "Intitulé du poste", 150), rome, CommuneInput.Read(form, "commune", "Commune", communes), start, end,
            form.OptionalNumber("heures_hebdo", "Heures par semaine", 1, 48) is { } hours ? (int)decimal.Round(hours * 60) : null,
            shifts, contract, form.WholeNumber("nombre_postes", "Nombre de postes", 1, 500) ?? 1,
            ReadCertificates(form, "certificats_exiges", "Certificats exigés"), ReadCertificates(form, "certificats_souhaites", "Certificats souhaités"),
            ReadLines(form, "competences", "Compétences"), ReadLines(form, "competences_souhaitees", "Compétences souhaitées"),
            form.OptionalWholeNumber("niveau", "Niveau exigé", 3, 8), form.OptionalWholeNumber("francais", "Français exigé", 1, 6),
            ReadLines(form, "contraintes", "Contraintes du poste"),
            form.OptionalWholeNumber("heures_insertion", "Heures d’insertion", 1, 1_000_000),
            SameLineEnds(form.OptionalText("description", "Description", JobProfileReader.LongestText) ?? ""))
        {
            Pay = form.OptionalText("remuneration", "Rémunération", LongestWords) ?? "",
            Tutor = form.OptionalText("tuteur", "Tuteur ou tutrice", LongestWords) ?? "",
            Contact = form.OptionalText("contact", "Contact dans l’entreprise", LongestWords) ?? "",
            Safety = ReadLines(form, "securite", "Sécurité"),
        };
    }

    /// <summary>The form filled with terms, and with other values the page keeps (lot, text…).</summary>
    public static PostedForm Of(DraftTerms terms, Communes communes, params (string Name, string? Value)[] others)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return PostedForm.Of(
        [
            ("intitule", terms.Title),
            ("code_rome", terms.Rome?.Value),
            ("commune", CommuneInput.Shown(terms.InseeCode, communes)),
            ("debut", Shown(terms.StartsOn)),
            ("fin", Shown(terms.EndsOn)),
            ("heures_hebdo", terms.WeeklyMinutes is { } minutes ? (minutes / 60m).ToString("0.##", French) : ""),
            ("contrat", terms.Contract?.Code()),
            ("nombre_postes", terms.Posts.ToString(French)),
            ("certificats_exiges", Lines(terms.RequiredCertificates.Select(Label))),
            ("certificats_souhaites", Lines(terms.WishedCertificates.Select(Label))),
            ("competences", Lines(terms.RequiredSkills)),
            ("competences_souhaitees", Lines(terms.WishedSkills)),
            ("niveau", terms.RequiredLevel?.ToString(French)),
            ("francais", terms.RequiredFrench?.ToString(French)),
            ("contraintes", Lines(terms.Constraints)),
            ("heures_insertion", terms.InsertionHours?.ToString(French)),
            ("remuneration", terms.Pay),
            ("tuteur", terms.Tutor),
            ("contact", terms.Contact),
            ("securite", Lines(terms.Safety)),
            ("description", terms.Description),
            .. PeopleVocabulary.Shifts.Select(row => ($"horaires_{row.Code}", terms.Shifts.HasFlag(row.Value) ? "oui" : null)),
            .. others,
        ]);
    }

    // A browser ends lines with two characters and a program with one: the same text must not look changed.
    private static string SameLineEnds(string text) => text.ReplaceLineEndings("\n");

    public static string Shown(DateOnly? day) => day?.ToString("dd/MM/yyyy", French) ?? "";

    public static string Label(string code) => Certificates.ByCode(code)?.Label ?? code;

    private static string Lines(IEnumerable<string> values) => string.Join('\n', values);

    private static List<string> ReadLines(PostedForm form, string name, string label)
    {
        var lines = form[name].Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct(StringComparer.Ordinal).ToList();
        if (lines.Count > MostItems || lines.Exists(line => line.Length > LongestItem))
        {
            form.Errors.Add(name, $"{label} : au plus {MostItems} lignes de {LongestItem} caractères.");
        }

        return lines;
    }

    private static List<string> ReadCertificates(PostedForm form, string name, string label)
    {
        var codes = new List<string>();
        foreach (var line in ReadLines(form, name, label))
        {
            var certificate = Certificates.All.FirstOrDefault(one => string.Equals(one.Label, line, StringComparison.OrdinalIgnoreCase)) ?? Certificates.FromWriting(line);
            if (certificate is null)
            {
                form.Errors.Add(name, $"{label} : « {line} » n’est pas dans le catalogue. Écrire par exemple « Permis B » ou « CACES R482 A », une ligne par certificat.");
            }
            else if (!codes.Contains(certificate.Code))
            {
                codes.Add(certificate.Code);
            }
        }

        return codes;
    }
}
