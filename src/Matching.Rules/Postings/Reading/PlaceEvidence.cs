using System.Buffers;
using System.Text.RegularExpressions;

namespace Matching.Rules.Postings.Reading;

/// <summary>What makes a name the place of the post, the weakest first.</summary>
internal enum PlaceEvidence
{
    None,

    /// <summary>A large town named in passing: "BHNS Valmiron".</summary>
    Passing,

    /// <summary>"de Valmiron".</summary>
    Of,

    /// <summary>"à Valmiron".</summary>
    At,

    /// <summary>Between two marks: "CDI - Valmiron - 35 h".</summary>
    Alone,

    /// <summary>"à", "de" after a building, or its département after it.</summary>
    Building,

    /// <summary>The line speaks of the place of work.</summary>
    PlaceLine,
}

/// <summary>Weighs the words around a name.</summary>
internal static partial class PlaceEvidenceReading
{
    private const int ShortestInPassing = 4;
    private static readonly SearchValues<char> Marks = SearchValues.Create("\n,;.|():-–—/•\t*#");

    public static PlaceEvidence Of(FoldedText text, int start, int length, bool hasDepartment, bool isLarge, bool isContracted)
    {
        var line = text.Text[(text.Text.LastIndexOf('\n', Math.Max(0, start - 1)) + 1)..start];
        if (Headquarters().IsMatch(line) || Street().IsMatch(line) || IsHyphen(text.Text, start + length) || IsHyphen(text.Text, start - 1))
        {
            return PlaceEvidence.None;
        }

        var isCommon = CommonWord().IsMatch(text.Text.AsSpan(start, length));
        var isAlone = StandsAlone(text.Text, start, length) && !isCommon;
        return PlaceLine().IsMatch(line) && (isAlone || hasDepartment || Linked().IsMatch(line)) ? PlaceEvidence.PlaceLine
            : hasDepartment || (Building().IsMatch(line) && Linked().IsMatch(line)) ? PlaceEvidence.Building
            : length < 3 ? PlaceEvidence.None
            : isAlone ? PlaceEvidence.Alone
            : IsAfterAt(line) || (isContracted && !isCommon) ? PlaceEvidence.At
            : OfWords().IsMatch(line) && length > 3 ? PlaceEvidence.Of
            : isLarge && !isCommon && !PlainWord().IsMatch(text.Text.AsSpan(start, length)) && length >= ShortestInPassing && !Person().IsMatch(line) ? PlaceEvidence.Passing
            : PlaceEvidence.None;
    }

    public static bool IsHeadquarters(string before) => Headquarters().IsMatch(before);

    /// <summary>"à", "sur", "près de" end these words.</summary>
    public static bool IsAfterAt(string before) => AtWords().IsMatch(before);

    /// <summary>The département beside a name, as the start of an INSEE code: "Valence (26)", "Saint-Denis (97400)", "Mende, Lozère"; exact when it stands in brackets or after a hyphen.</summary>
    public static (string? Code, bool IsExact) DepartmentAfter(FoldedText text, int end)
    {
        var coded = Code().Match(text.Text, end);
        if (coded.Success && coded.Index == end)
        {
            var digits = coded.Groups["code"].Value.Replace(" ", "", StringComparison.Ordinal);
            return (digits.StartsWith("97", StringComparison.Ordinal) && digits.Length >= 3 ? digits[..3] : digits[..2].ToUpperInvariant(), true);
        }

        var named = BeforeName().Match(text.Text, end);
        if (named.Success && named.Index == end && Departments.StartOf(text.Text[(end + named.Length)..]) is { } code)
        {
            return (code, false);
        }

        var farther = FartherCode().Match(text.Text, end);
        if (farther.Success && farther.Index == end)
        {
            return (farther.Groups["code"].Value.ToUpperInvariant(), true);
        }

        var bare = BareCode().Match(text.Text, end);
        return bare.Success && bare.Index == end ? (bare.Groups["code"].Value.ToUpperInvariant(), false) : (null, false);
    }

    // Marks, or the ends of the line, on both sides; "3e", "cedex" or "(et agglomération)" may follow.
    private static bool StandsAlone(string text, int start, int length)
    {
        var end = start + length;
        if (GenderMark().IsMatch(text.AsSpan(end)))
        {
            return false;
        }

        var follows = Follows().Match(text, end);
        var before = text.AsSpan(0, start).TrimEnd(' ');
        var after = text.AsSpan(follows.Success && follows.Index == end ? end + follows.Length : end).TrimStart(' ');
        return (before.Length == 0 || Marks.Contains(before[^1]) || EndsWithGenders().IsMatch(before)) && (after.Length == 0 || Marks.Contains(after[0]));
    }

    // A hyphen glued to the name joins words: "Saint-Denis" is not "Denis".
    private static bool IsHyphen(string text, int at) =>
        at > 0 && at + 1 < text.Length && text[at] == '-' && char.IsLetter(text[at + 1]) && char.IsLetterOrDigit(text[at - 1]);

    [GeneratedRegex(@"\G\s*(?:cedex\s*\d*\s*)?[(\[-]?\s?(?<=[(\[-]\s?)(?<code>97\d(?:\d\d)?|2[ab]|\d{2}(?: ?\d{3})?)\s?(?=[)\]]|\s|$)(?! ?h)", RegexOptions.CultureInvariant)]
    private static partial Regex Code();

    [GeneratedRegex(@"\G ?(?<code>0[1-9]|[1-8]\d|9[0-5]|2[ab])(?=\s*(?:$|\n|[,;)]|- ))", RegexOptions.CultureInvariant)]
    private static partial Regex BareCode();

    // "Saint-Quentin Fallavier (38)": the name goes on before its département.
    [GeneratedRegex(@"\G(?:[ -][a-z']+){1,4} ?\((?<code>\d{2}|2[ab])(?:\d{3})?\)", RegexOptions.CultureInvariant)]
    private static partial Regex FartherCode();

    [GeneratedRegex(@"\G\s?(?:[(,/-]\s?|,? ?(?:en|dans (?:le|la|les|l'))\s)(?:departement (?:du |de (?:la |l')?|des )?)?", RegexOptions.CultureInvariant)]
    private static partial Regex BeforeName();

    [GeneratedRegex(@"\G ?(?:\(?\d{1,2} ?(?:e|er|eme|nd)\b(?: ?arr(?:ondissement|dt)?\b\.?)?\)?|cedex(?: \d{1,2})?\b|(?:centre|metropole|agglomeration|agglo|nord|sud|est|ouest)\b|(?:et|ou) (?:agglo\w*|alentours|environs|sa region|peripherie)\b[^\n,;.|()]{0,20})", RegexOptions.CultureInvariant)]
    private static partial Regex Follows();

    [GeneratedRegex(@"(?:\b[hfm]\s?/\s?[hf]\)?|\bhf)$", RegexOptions.CultureInvariant)]
    private static partial Regex EndsWithGenders();

    [GeneratedRegex(@"^\s?\((?:e|ne|se|te|trice|rice|euse|ere|h ?/|f ?/|s)|^\s?/\s?[a-z]+(?:e|euse|trice)\b|^ ?[hf] ?/ ?[hf]\b", RegexOptions.CultureInvariant)]
    private static partial Regex GenderMark();

    [GeneratedRegex(@"\b(?:lieux?|sites?|adresse|secteur|commune|ville|localisation|prise de poste|chantiers?|base a|basee? (?:a|sur)|poste (?:base|situe)|situee? a|depart|depot|plateforme|agence|localite|affectation)\b", RegexOptions.CultureInvariant)]
    private static partial Regex PlaceLine();

    [GeneratedRegex(@"\b(?:lycee|college|ecoles?|mairie|groupe scolaire|hopital|clinique|gare|residence|maison|salle|stade|gymnase|entrepot|zone|za|zi|rue|avenue|ccas|cuisine centrale|foyer|ehpad|atelier|boutique|centre(?:-ville)?|restaurant|ressourcerie|dechet+erie|garage|immeubles?|ligne|communaute|agglomeration|metropole|commune|ville|departement|autour|logements)\b[^.\n]*$", RegexOptions.CultureInvariant)]
    private static partial Regex Building();

    // Just before the name: what makes it a place.
    [GeneratedRegex(@"(?:^|[\s(:'’-])(?:a|au|aux|en|sur|pres de|vers|de|d'|du|dans|autour de|pour|:|secteur|sites?|commune|ville|agence|depot|chantiers?|zone|localisation|lieu)\s*(?:la\s+|le\s+|les\s+|l')?$", RegexOptions.CultureInvariant)]
    private static partial Regex Linked();

    [GeneratedRegex(@"(?:^|[\s(])(?:a|sur|pres de|vers|autour de)\s+(?:la\s+|le\s+|les\s+)?$", RegexOptions.CultureInvariant)]
    private static partial Regex AtWords();

    [GeneratedRegex(@"(?:^|\s)(?:de\s+|d')$", RegexOptions.CultureInvariant)]
    private static partial Regex OfWords();

    // "rue de Nantes" and "place de Verdun" are in any town.
    [GeneratedRegex(@"\b(?:rue|avenue|av|boulevard|bd|route|rte|place|quai|chemin|allees?|cours|impasse|faubourg|porte|square|pont|rocade|ligne|universite|groupe|societe|ets|etablissements|sarl|sas|association|cabinet|banque|credit|radio)\.?\s+(?:de\s+(?:la\s+|l')?|du\s+|d'|des\s+)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Street();

    [GeneratedRegex(@"\b(?:m|mr|mme|mlle|monsieur|madame|contact|tuteur|tutrice|referent\w*|responsable|signe|cordialement|cdlt|bts|cap|bac|normes?|type)\b[\s.:]*(?:[a-z-]+\s)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Person();

    // Communes that bear a word of the trade, written without its accent in headings: they need a preposition or a code.
    [GeneratedRegex(@"^(?:aire|allons|aucun|avion|avril|bains|bar|bio|bois|bonnes?|bras|bus|campagne|carbon|cars|celles?|centres|champs|change|charge|charron|chasse|chemin|cheminot|chevillard|chevrier|confort|contre|corps|courant|cours|coutures?|cultures?|degre|devise|ecole|engins|ens|eps|essarts|faux|fille|force|frais|grand|gras|hommes|jardin|ligne|linge|long|macon|maire|maisons|marches|marin|mars|mer|mere|montagne|morne|moyen|murs|peintre|piano|place|plan|plats|pont|port|publier|riviere|routes?|routier|rue|ruelle|sales|salles|sens|servant|seuil|simple|son|tendu|termes|vallons|vers|vert|ville|vitre|voisins|vue)$", RegexOptions.CultureInvariant)]
    private static partial Regex CommonWord();

    // Large towns that are plain words too: not in passing.
    [GeneratedRegex(@"^(?:cannes|chateau|colombes|drancy|francois|lens|lorient|martin|marquis|massy|nice|orange|port|sens|tampon|tours|valence|vienne)$", RegexOptions.CultureInvariant)]
    private static partial Regex PlainWord();

    [GeneratedRegex(@"\b(?:siege(?: social)?|tribunal|rcs|filiale|groupe base|originaire|siret|maison mere|facturation)\b[^.\n]*$", RegexOptions.CultureInvariant)]
    private static partial Regex Headquarters();
}
