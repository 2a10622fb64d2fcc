using System.Text.RegularExpressions;
using Matching.Rules.People;

namespace Matching.Rules.Postings.Reading;

/// <summary>Licences and certificates that the text names, required or wished. One named without a word of demand is only wished: a gap must not shut anyone out by accident.</summary>
internal static partial class CertificateReading
{
    // Writings that are also plain words of a job: a certificate only after a word such as "attestation".
    private static readonly HashSet<string> PlainWords = ["echafaudage", "travail en hauteur", "travaux en hauteur", "port du harnais", "hygiene alimentaire", "montage d echafaudage", "echafaudages", "montage d echafaudages", "carte professionnelle"];
    private const int ShortestWriting = 3;

    private static readonly (string[] Words, string Code, bool IsPlain)[] Writings =
        [.. Certificates.All
            .SelectMany(certificate => certificate.Writings.Where(writing => writing.Length >= ShortestWriting).Select(writing => (writing.Split(' '), certificate.Code, PlainWords.Contains(writing))))
            .OrderByDescending(row => row.Item1.Length)];

    // Held to be required by law for these posts (heavy vehicles, private security). The articles were not read at their source: à confirmer.
    // Only the draft is affected; a facilitator confirms it.
    private static readonly (string Occupations, string[] Codes)[] ByLaw =
    [
        ("N41", ["PERMIS_C", "PERMIS_CE", "PERMIS_D", "FIMO"]),
        ("K25", ["CARTE_PRO_CNAPS"]),
    ];

    /// <param name="title">Where the title stands: what its line names is part of the post.</param>
    /// <param name="occupation">The likeliest occupation: what the law asks of it is required as soon as the text names it.</param>
    public static IReadOnlyList<(Extracted<string> Words, bool IsRequired)> Read(FoldedText text, (int Start, int Length)? title, RomeCode? occupation)
    {
        var found = new Dictionary<string, (Extracted<string> Words, Demand Demand)>(StringComparer.Ordinal);
        var asked = ByLaw.FirstOrDefault(row => occupation?.Value.StartsWith(row.Occupations, StringComparison.Ordinal) == true).Codes ?? [];
        foreach (var (code, start, length) in Mentions(text))
        {
            var demand = DemandReading.Of(text, start, length);
            if (demand == Demand.Unsaid && (asked.Contains(code) || (title is { } heading && text.IsSameLine(heading.Start, start))))
            {
                demand = Demand.Required;
            }

            if (demand != Demand.NotAsked && (!found.TryGetValue(code, out var known) || (known.Demand == Demand.Unsaid && demand != Demand.Unsaid)))
            {
                found[code] = (text.Extract(code, start, length), demand);
            }
        }

        return [.. found.Values.OrderBy(one => one.Words.Start).Select(one => (one.Words, one.Demand == Demand.Required))];
    }

    private static IEnumerable<(string Code, int Start, int Length)> Mentions(FoldedText text)
    {
        var words = Word().Matches(text.Text).Where(word => word.Value is not ("cat" or "cats" or "categorie" or "categories" or "n" or "no" or "type" or "ex") && !IsElided(text.Text, word)).ToList();
        for (var i = 0; i < words.Count; i++)
        {
            var (code, count) = At(words, i);
            if (code is null || IsSaidAgain(words, i + count) || (IsPlain(words, i, count) && !IsAttested(text, words[i].Index, words[i + count - 1])))
            {
                continue;
            }

            var last = words[i + count - 1];
            yield return (code, words[i].Index, last.Index + last.Length - words[i].Index);

            // "CACES R489 1B, 3 et 5", "permis B et C": the family is said once.
            var family = words[i].Value is "permis" or "habilitation" or "habilitations" ? words[i].Value
                : code.StartsWith("HAB_ELEC", StringComparison.Ordinal) ? "habilitation"
                : words.Skip(i).Take(count).FirstOrDefault(word => Family().IsMatch(word.Value))?.Value ?? (words[i].Value == "caces" ? "caces" : null);
            if (family is not null && family is not ("permis" or "habilitation"))
            {
                foreach (var later in LaterCategories(text, words, i + count, family))
                {
                    yield return later;
                }
            }

            i += count - 1;
            while (family is not null && NextOfFamily(words, i, family) is { } next)
            {
                i = next.Index;
                yield return (next.Code, words[i].Index, words[i].Length);
            }
        }
    }

    // "CACES nacelle R486 A": the recommendation that follows says which one.
    private static bool IsSaidAgain(List<Match> words, int next) =>
        next < words.Count && Family().IsMatch(words[next].Value) && words[next].Index - (words[next - 1].Index + words[next - 1].Length) <= 2 && !Family().IsMatch(words[next - 1].Value)
        && words[next - 1].Value.Length > 2;

    // "CACES R489 cat. 3 exigé, cat. 1A serait un plus": a category said later in the sentence, before another family.
    private static IEnumerable<(string Code, int Start, int Length)> LaterCategories(FoldedText text, List<Match> words, int next, string family)
    {
        var from = words[next - 1].Index + words[next - 1].Length;
        var end = text.SentenceAround(from, 0).End;
        var other = words.Skip(next).FirstOrDefault(word => Family().IsMatch(word.Value) || word.Value == "caces");
        foreach (Match later in Category().Matches(text.Text[from..Math.Max(from, Math.Min(end, other?.Index ?? end))]))
        {
            if (Certificates.FromWriting($"{family} {later.Groups["category"].Value}") is { } certificate)
            {
                yield return (certificate.Code, from + later.Index, later.Length);
            }
        }
    }

    // "d'une habilitation" is no permis D.
    private static bool IsElided(string text, Match word) => word.Length == 1 && word.Index + 1 < text.Length && text[word.Index + 1] == '\'';

    // A plain word is a certificate after or before "attestation", or in a list of certificates that are asked for.
    private static bool IsAttested(FoldedText text, int start, Match last)
    {
        var end = last.Index + last.Length;
        var (first, stop) = text.SentenceAround(start, end - start);
        var isWholeLine = text.Text[first..start].All(c => !char.IsLetterOrDigit(c)) && text.Text[end..stop].All(c => !char.IsLetterOrDigit(c));
        return (isWholeLine && DemandReading.Of(text, start, end - start) is Demand.Required or Demand.Wished) || AttestedBefore().IsMatch(text.Before(start, 30)) || AttestedAfter().IsMatch(text.Text[end..stop])
            || (OtherCertificate().IsMatch(text.Text[first..stop]) && DemandReading.Of(text, start, end - start) is Demand.Required or Demand.Wished);
    }

    private static (int Index, string Code)? NextOfFamily(List<Match> words, int i, string family)
    {
        var next = i + 1 < words.Count && words[i + 1].Value is "et" or "ou" ? i + 2 : i + 1;
        return next < words.Count && words[next].Length <= 3 && words[next].Index - words[i].Index < 12
            && Certificates.FromWriting($"{family} {words[next].Value}") is { } certificate
            ? (next, certificate.Code)
            : null;
    }

    private static (string? Code, int Count) At(List<Match> words, int i)
    {
        foreach (var (writing, code, _) in Writings)
        {
            if (Matches(words, i, writing))
            {
                return (code, writing.Length);
            }
        }

        return (null, 0);
    }

    private static bool IsPlain(List<Match> words, int i, int count) => Writings.Any(row => row.IsPlain && row.Words.Length == count && Matches(words, i, row.Words));

    private static bool Matches(List<Match> words, int i, string[] writing)
    {
        if (i + writing.Length > words.Count)
        {
            return false;
        }

        for (var j = 0; j < writing.Length; j++)
        {
            if (words[i + j].Value != writing[j])
            {
                return false;
            }
        }

        return true;
    }

    [GeneratedRegex(@"^\s*[:(]?\s*(?:attestation|formation|habilitation|certificat\w*)\s+(?:est\s+)?(?:a jour|valide|obligatoire|exige|requis|indispensable|imperati|necessaire|souhait|apprec)|^\s*(?:a jour|valide)", RegexOptions.CultureInvariant)]
    private static partial Regex AttestedAfter();

    [GeneratedRegex(@"\b(?:caces|permis|sst|aipr|habilitation\w*|r4\d\d|certiphyto|ssiap)\b", RegexOptions.CultureInvariant)]
    private static partial Regex OtherCertificate();

    [GeneratedRegex(@"\bcat(?:egorie)?s?\.?\s?(?<category>[a-g]?\d?[ab]?)\b", RegexOptions.CultureInvariant)]
    private static partial Regex Category();

    // "r482a" is the recommendation and its category.
    [GeneratedRegex(@"r\d{3}|[a-z0-9]+", RegexOptions.CultureInvariant)]
    private static partial Regex Word();

    [GeneratedRegex(@"^r\d{3}$", RegexOptions.CultureInvariant)]
    private static partial Regex Family();

    [GeneratedRegex(@"(?:attestation|habilitation|formation|certificat\w*|aptitude|stage)\s*(?:au |a la |a |de |d'|en |aux )?$", RegexOptions.CultureInvariant)]
    private static partial Regex AttestedBefore();
}
