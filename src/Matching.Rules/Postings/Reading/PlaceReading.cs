using System.Buffers;
using System.Text.RegularExpressions;

namespace Matching.Rules.Postings.Reading;

/// <summary>
/// The commune of the post: a name beside its postal code or its département, a name after words of place, or a name that stands alone
/// between two marks. A name inside a sentence is not enough: many communes bear common words.
/// </summary>
internal static partial class PlaceReading
{
    private const int LongestName = 7;
    private const int NearPostalCode = 60;

    // Of several communes of one name, people mean the large one without saying more.
    private const int LargeTown = 20_000;

    // The name of a city says where, even without a word of place.
    private const int City = 40_000;
    private const int TimesLarger = 5;

    private static readonly SearchValues<char> Marks = SearchValues.Create("\n,;.|():-–—/•\t");

    private sealed record Name(IReadOnlyList<CommuneChoice> Communes, int Start, int Length, int Evidence);

    /// <summary>The commune when one fits; otherwise the communes between which a human must choose.</summary>
    public static (Extracted<CommuneChoice>? Commune, IReadOnlyList<CommuneChoice> Choices) Read(FoldedText text, JobProfileContext ctx)
    {
        var names = Names(text, ctx);
        var best = names.Where(name => name.Evidence > 0).OrderByDescending(name => name.Evidence).ThenBy(name => name.Start).FirstOrDefault();
        IReadOnlyList<CommuneChoice> choices = [];
        foreach (Match code in PostalCode().Matches(text.Text))
        {
            var sharing = ctx.CommunesByPostalCode(Digits(code.Value));
            var named = names.Find(name => Math.Abs(name.Start - code.Index) <= NearPostalCode && Common(name, sharing) is not null);
            if (named is not null && (best is null || named.Evidence >= best.Evidence || best.Evidence < (int)Evidence.PlaceLine))
            {
                return (text.Extract(Common(named, sharing)!, named.Start, named.Length), []);
            }

            if (choices.Count == 0 && !Headquarters().IsMatch(text.Before(code.Index, 80)))
            {
                choices = sharing;
            }
        }

        if (best is not null && One(best.Communes, DepartmentNear(text, best)) is { } commune)
        {
            return (text.Extract(commune, best.Start, best.Length), []);
        }

        return best is not null ? (null, best.Communes)
            : choices.Count == 0 ? (null, [])
            : One(choices, null) is { } only && PostalCode().Match(text.Text) is var where ? (text.Extract(only, where), [])
            : (null, choices);
    }

    private static CommuneChoice? Common(Name name, IReadOnlyList<CommuneChoice> sharing) => name.Communes.FirstOrDefault(one => sharing.Any(other => other.InseeCode == one.InseeCode));

    // The only one, the one of the département, or the large town; arrondissements are parts of their town.
    private static CommuneChoice? One(IReadOnlyList<CommuneChoice> communes, string? department)
    {
        var ofDepartment = department is null ? [] : communes.Where(one => one.InseeCode.StartsWith(department, StringComparison.Ordinal)).ToList();
        if (ofDepartment.Count == 1 || communes.Count == 1)
        {
            return ofDepartment.Count == 1 ? ofDepartment[0] : communes[0];
        }

        var largest = communes.MaxBy(one => one.Population);
        return largest is not null && department is null && largest.Population >= LargeTown
            && communes.All(one => one == largest || one.Population * TimesLarger <= largest.Population || one.Name.StartsWith(largest.Name + " ", StringComparison.Ordinal))
            ? largest
            : null;
    }

    // "Valence (26)", "Saint-Denis (97400)", "37 - Tours".
    private static string? DepartmentNear(FoldedText text, Name name)
    {
        var after = Department().Match(text.Text, name.Start + name.Length);
        if (after.Success && after.Index == name.Start + name.Length)
        {
            var code = Digits(after.Groups["code"].Value);
            return code.StartsWith("97", StringComparison.Ordinal) && code.Length >= 3 ? code[..3] : code[..2].ToUpperInvariant();
        }

        return null;
    }

    private static List<Name> Names(FoldedText text, JobProfileContext ctx)
    {
        var words = Word().Matches(text.Text);
        var found = new List<Name>();
        for (var i = 0; i < words.Count; i++)
        {
            // A name begins with a capital; in a message typed in haste, several words after "à" or "sur" will do. The longest that is known wins.
            var hasCapital = char.IsUpper(text.Original(words[i].Index, 1).FirstOrDefault());
            if (!hasCapital && !(words[i].Length > 2 && AtWords().IsMatch(text.Before(words[i].Index, 10))))
            {
                continue;
            }

            for (var count = Math.Min(LongestName, words.Count - i); count >= 1; count--)
            {
                var last = words[i + count - 1];
                var length = last.Index + last.Length - words[i].Index;
                var name = text.Text.Substring(words[i].Index, length);
                if (name.AsSpan().IndexOfAny('\n', ',', '.') >= 0 || length < 2 || Known(ctx, FrenchKey.OfPlace(name), count) is not { Count: > 0 } named
                    || named.Where(one => SameAccents(text.Original(words[i].Index, length), one.Name)).ToList() is not { Count: > 0 } communes
                    || (!hasCapital && count == 1 && !communes.Exists(one => one.Population >= LargeTown)))
                {
                    continue;
                }

                found.Add(new Name(communes, words[i].Index, length, (int)EvidenceOf(text, words[i].Index, length, hasCapital && communes.Exists(one => one.Population >= City))));
                i += count - 1;
                break;
            }
        }

        return found;
    }

    // "Petit-Quevilly" is said for "Le Petit-Quevilly".
    private static IReadOnlyList<CommuneChoice> Known(JobProfileContext ctx, string key, int words) =>
        ctx.CommunesByName(key) is { Count: > 0 } named ? named : words < 2 ? [] : ctx.CommunesByName($"le {key}") is { Count: > 0 } le ? le : ctx.CommunesByName($"la {key}");

    // "Maçon" is not Mâcon: who writes an accent writes the right one. Capitals often go without.
    private static bool SameAccents(string written, string name) =>
        written.All(c => c < 128 || c == '’') || string.Equals(Spaced(written), Spaced(name), StringComparison.OrdinalIgnoreCase);

    private static string Spaced(string name) => name.Replace('-', ' ').Replace('’', '\'').Replace("St ", "Saint ", StringComparison.OrdinalIgnoreCase).Replace("Ste ", "Sainte ", StringComparison.OrdinalIgnoreCase)
        .Replace("œ", "oe", StringComparison.OrdinalIgnoreCase).Replace(" s/ ", " sur ", StringComparison.OrdinalIgnoreCase).Normalize();

    private enum Evidence
    {
        None,

        /// <summary>A city named inside a line: "terrassement Marseille embauche".</summary>
        City,

        /// <summary>"de Valmiron".</summary>
        Of,

        /// <summary>"à Valmiron".</summary>
        At,

        /// <summary>Between two marks: "CDI - Valmiron - 35 h".</summary>
        Alone,

        /// <summary>"à", "de" after a building, or a département after it.</summary>
        Building,

        /// <summary>The line speaks of the place of work.</summary>
        PlaceLine,
    }

    private static Evidence EvidenceOf(FoldedText text, int start, int length, bool isCity)
    {
        var line = text.Text[(text.Text.LastIndexOf('\n', Math.Max(0, start - 1)) + 1)..start];
        if (Headquarters().IsMatch(line))
        {
            return Evidence.None;
        }

        var isAlone = StandsAlone(text.Text, start, length);
        var hasDepartment = Department().Match(text.Text, start + length) is { Success: true } code && code.Index == start + length;
        return PlaceLine().IsMatch(line) && (DirectPlace().IsMatch(line) || (isAlone && !CommonWord().IsMatch(text.Text.AsSpan(start, length))) || hasDepartment || Linked().IsMatch(line)) ? Evidence.PlaceLine
            : hasDepartment || (Building().IsMatch(line) && Linked().IsMatch(line)) ? Evidence.Building
            : length < 3 ? Evidence.None
            : isAlone && !CommonWord().IsMatch(text.Text.AsSpan(start, length)) ? Evidence.Alone
            : AtWords().IsMatch(line) ? Evidence.At
            : OfWords().IsMatch(line) && length > 3 ? Evidence.Of
            : isCity && InsideALine().IsMatch(line) && !CommonWord().IsMatch(text.Text.AsSpan(start, length)) && !IsHyphen(text.Text, start - 1) && !IsHyphen(text.Text, start + length) ? Evidence.City
            : Evidence.None;
    }

    // Marks, or the ends of the line, on both sides; "(et agglomération)" may follow.
    private static bool StandsAlone(string text, int start, int length)
    {
        var before = text.AsSpan(0, start).TrimEnd(' ');
        var after = text.AsSpan(start + length).TrimStart(' ');
        if (GenderMark().IsMatch(text.AsSpan(start + length)))
        {
            return false;
        }

        return (before.Length == 0 || (Marks.Contains(before[^1]) && !IsHyphen(text, start - 1)))
            && (after.Length == 0 || (Marks.Contains(after[0]) && !IsHyphen(text, start + length)) || after.StartsWith("et agglo") || after.StartsWith("et alentours") || after.StartsWith("et environs"));
    }

    // A hyphen glued to the name joins words: "Saint-Denis" is not "Denis".
    private static bool IsHyphen(string text, int at) => at >= 0 && at < text.Length && text[at] == '-' && at + 1 < text.Length && text[at + 1] != ' ';

    private static string Digits(string code) => code.Replace(" ", "", StringComparison.Ordinal);

    [GeneratedRegex(@"(?<![\d ]\d|\d)\d{5}(?!\d| ?\d)|(?<![\d.,]|\d )\d{2} \d{3}(?= [a-z]{3,})(?! ?(?:h|heures?|euros?|km|k)\b)", RegexOptions.CultureInvariant)]
    private static partial Regex PostalCode();

    [GeneratedRegex(@"\G\s*(?:cedex\s*\d*\s*)?[(\[-]?\s?(?<=[(\[-]\s?)(?<code>97\d(?:\d\d)?|2[ab]|\d{2}(?: ?\d{3})?)\s?(?=[)\]]|\s|$)(?! ?h)", RegexOptions.CultureInvariant)]
    private static partial Regex Department();

    [GeneratedRegex(@"[a-z0-9]+", RegexOptions.CultureInvariant)]
    private static partial Regex Word();

    [GeneratedRegex(@"^\s?\((?:e|ne|se|te|trice|rice|euse|ere|h ?/|f ?/|s)|^\s?/\s?[a-z]+(?:e|euse|trice)\b|^ ?[hf] ?/ ?[hf]\b", RegexOptions.CultureInvariant)]
    private static partial Regex GenderMark();

    [GeneratedRegex(@"\b(?:lieux?|sites?|adresse|secteur|commune|ville|localisation|prise de poste|chantiers?|base a|basee? (?:a|sur)|poste (?:base|situe)|situee? a|depart|depot|plateforme|agence|localite|affectation)\b", RegexOptions.CultureInvariant)]
    private static partial Regex PlaceLine();

    [GeneratedRegex(@"\b(?:lycee|college|ecoles?|mairie|groupe scolaire|hopital|clinique|gare|residence|maison|salle|stade|gymnase|entrepot|zone|za|zi|rue|avenue|ccas|cuisine centrale|foyer|ehpad|atelier|boutique|centre(?:-ville)?|restaurant|ressourcerie|dechet+erie|garage|immeubles?|ligne|communaute|agglomeration|metropole|commune|ville|departement|autour|logements)\b[^.\n]*$", RegexOptions.CultureInvariant)]
    private static partial Regex Building();

    // Just before the name: what makes it a place.
    [GeneratedRegex(@"(?:^|[\s(:'’-])(?:a|au|aux|en|sur|pres de|vers|de|d'|dans|autour de|:)\s*(?:la\s+|le\s+|les\s+|l')?$", RegexOptions.CultureInvariant)]
    private static partial Regex Linked();

    [GeneratedRegex(@"(?:^|[\s(])(?:a|sur|pres de|vers|autour de)\s+(?:la\s+|le\s+|les\s+)?$", RegexOptions.CultureInvariant)]
    private static partial Regex AtWords();

    // "secteur Saint-Brieuc": nothing stands between the word of place and the name.
    [GeneratedRegex(@"\b(?:lieux?|sites?|secteurs?|commune|ville|localisation|base|depot|plateforme|agence|localite|affectation)\s*(?:de |d'|:)?\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex DirectPlace();

    // Words stand before it in its line, and it is not the name of a street, of a firm or of a person.
    [GeneratedRegex(@"[a-z0-9)][ :,]+$(?<!\b(?:rue|avenue|boulevard|place|quai|cours|route|chemin|allee|impasse|universite|groupe|societe|ets|etablissements|sarl|sas|association|cabinet|m|mme|monsieur|madame|cite|pont|porte|banque|credit|radio|clinique|lycee|college|ecole) )(?<!\bde )(?<!-)", RegexOptions.CultureInvariant)]
    private static partial Regex InsideALine();

    [GeneratedRegex(@"(?:^|\s)(?:de\s+|d')$", RegexOptions.CultureInvariant)]
    private static partial Regex OfWords();

    // Communes that bear a word of the trade, written without its accent in headings: they need a preposition or a code.
    [GeneratedRegex(@"^(?:aire|allons|aucun|avion|avril|bains|bar|bio|bois|bonnes?|bras|bus|campagne|cars|celles?|centres|champs|change|charge|charron|chemin|cheminot|chevillard|chevrier|confort|contre|corps|courant|cours|coutures?|cultures?|degre|devise|ecole|engins|ens|eps|faux|fille|force|frais|grand|gras|hommes|jardin|ligne|linge|long|macon|maire|maisons|marches|marin|mars|mer|mere|montagne|moyen|murs|peintre|piano|place|plan|plats|pont|port|publier|riviere|routes?|routier|rue|sales|salles|sens|servant|seuil|simple|son|tendu|termes|vers|vert|ville|vitre|vue)$", RegexOptions.CultureInvariant)]
    private static partial Regex CommonWord();

    [GeneratedRegex(@"\b(?:siege(?: social)?|tribunal|rcs|filiale|groupe base|originaire|siret|maison mere|facturation)\b[^.\n]*$", RegexOptions.CultureInvariant)]
    private static partial Regex Headquarters();
}
