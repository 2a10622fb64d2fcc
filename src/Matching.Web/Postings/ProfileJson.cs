using Matching.Rules.People;
using Matching.Rules.Postings;
using Matching.Rules.Postings.Reading;

namespace Matching.Web.Postings;

/// <summary>The JSON of the verb <c>analyser</c>. Each single value is {valeur, extrait, position}, null when the text does not say it; lists hold codes or labels.</summary>
public static class ProfileJson
{
    private static readonly (Shifts Value, string Code)[] ShiftCodes =
    [
        (Shifts.Jour, "JOUR"), (Shifts.Matin, "MATIN"), (Shifts.Soir, "SOIR"), (Shifts.Nuit, "NUIT"), (Shifts.WeekEnd, "WEEKEND"),
    ];

    public static object Of(IReadOnlyList<PostingDraft> drafts)
    {
        ArgumentNullException.ThrowIfNull(drafts);
        return new
        {
            offres = drafts.Select(Offer),
            alertes = Warnings(drafts).Select(warning => new
            {
                type = warning.Kind == WarningKind.Interdit ? "interdit" : "excluant",
                extrait = warning.Words.Value,
                motif = $"{warning.Rule.Sentence} Écrire plutôt : « {warning.Instead} »",
            }),
        };
    }

    /// <summary>Each warning once, though what is common to several posts is read with each.</summary>
    public static IReadOnlyList<PostingWarning> Warnings(IReadOnlyList<PostingDraft> drafts) =>
        [.. drafts.SelectMany(draft => draft.Warnings).DistinctBy(warning => (warning.Rule.Code, warning.Words.Start)).OrderBy(warning => warning.Words.Start)];

    private static object Offer(PostingDraft draft) => new
    {
        intitule = Found(draft, draft.Title, title => title),
        rome = draft.Occupations.Select(one => new { code = one.Rome.Value, libelle = one.Label, confiance = one.Confidence }),
        commune_insee = Found(draft, draft.Commune, commune => commune.InseeCode),
        debut = Found(draft, draft.StartsOn, day => day),
        fin = Found(draft, draft.EndsOn, day => day),
        heures_hebdo = Found(draft, draft.WeeklyMinutes, minutes => Math.Round(minutes / 60.0, 2)),
        contrat = Found(draft, draft.Contract, kind => kind.Code()),
        nombre_postes = Found(draft, draft.Posts, posts => posts),
        certificats_exiges = Codes(draft.RequiredCertificates),
        certificats_souhaites = Codes(draft.WishedCertificates),
        horaires = Hours(draft),
        competences = draft.RequiredSkills.Concat(draft.WishedSkills).Select(skill => skill.Value).Distinct(StringComparer.Ordinal),
        heures_insertion = Found(draft, draft.InsertionHours, hours => hours),
    };

    // A rotation stands for the hours that it implies.
    public static IEnumerable<string> Hours(PostingDraft draft)
    {
        var shifts = draft.Shifts.Where(one => !draft.Rhythms.Any(rhythm => rhythm.Start == one.Start)).ToList();
        return ShiftCodes.Where(row => shifts.Exists(one => one.Value.HasFlag(row.Value))).Select(row => row.Code)
            .Concat(draft.Rhythms.Select(one => one.Value)).Distinct(StringComparer.Ordinal);
    }

    private static IEnumerable<string> Codes(IReadOnlyList<Extracted<string>> found) => found.Select(one => one.Value).Distinct(StringComparer.Ordinal);

    private static object? Found<T, TShown>(PostingDraft draft, Extracted<T>? found, Func<T, TShown> show) =>
        found is null ? null : new { valeur = show(found.Value), extrait = found.Words(draft.Text), position = found.Start };
}
