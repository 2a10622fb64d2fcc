using Matching.Rules.Postings.Reading;

namespace Matching.Web.Platform.Records;

/// <summary>Words of the company's text and what was read in them.</summary>
/// <param name="Field">The form's field, or "attention" for a warning.</param>
/// <param name="Label">What it is, in French, shown beside the words.</param>
public sealed record TextSpan(string Field, string Label, int Start, int Length)
{
    public const string Warning = "attention";

    /// <summary>Every value of a draft with its place, in the order of the text, without overlaps: the first and longest wins.</summary>
    public static IReadOnlyList<TextSpan> Of(PostingDraft draft)
    {
        ArgumentNullException.ThrowIfNull(draft);
        var spans = new List<TextSpan>();
        One("intitule", "intitulé", draft.Title);
        One("commune", "commune", draft.Commune);
        One("debut", "début", draft.StartsOn);
        One("fin", "fin", draft.EndsOn);
        One("duree", "durée", draft.DurationMonths);
        One("heures_hebdo", "heures par semaine", draft.WeeklyMinutes);
        One("contrat", "contrat", draft.Contract);
        One("nombre_postes", "nombre de postes", draft.Posts);
        One("niveau", "niveau exigé", draft.RequiredLevel);
        One("francais", "français exigé", draft.RequiredFrench);
        One("heures_insertion", "heures d’insertion", draft.InsertionHours);
        One("remuneration", "rémunération", draft.Pay);
        One("tuteur", "tuteur ou tutrice", draft.Tutor);
        One("contact", "contact", draft.Contact);
        Many("securite", "sécurité", draft.Safety);
        Many("horaires", "horaires", draft.Shifts);
        Many("certificats_exiges", "certificat exigé", draft.RequiredCertificates);
        Many("certificats_souhaites", "certificat souhaité", draft.WishedCertificates);
        Many("competences", "compétence", draft.RequiredSkills);
        Many("competences_souhaitees", "compétence souhaitée", draft.WishedSkills);
        Many("contraintes", "contrainte", draft.Constraints);
        Many(Warning, "attention", [.. draft.Warnings.Select(warning => warning.Words)]);
        return WithoutOverlaps(spans);

        void One<T>(string field, string label, Extracted<T>? found)
        {
            if (found is not null)
            {
                spans.Add(new TextSpan(field, label, found.Start, found.Length));
            }
        }

        void Many<T>(string field, string label, IReadOnlyList<Extracted<T>> found) => spans.AddRange(found.Select(one => new TextSpan(field, label, one.Start, one.Length)));
    }

    private static List<TextSpan> WithoutOverlaps(List<TextSpan> spans)
    {
        var kept = new List<TextSpan>();
        foreach (var span in spans.OrderBy(one => one.Field == Warning ? 0 : 1).ThenBy(one => one.Start).ThenByDescending(one => one.Length))
        {
            if (span.Length > 0 && !kept.Exists(other => span.Start < other.Start + other.Length && other.Start < span.Start + span.Length))
            {
                kept.Add(span);
            }
        }

        return [.. kept.OrderBy(span => span.Start)];
    }
}
