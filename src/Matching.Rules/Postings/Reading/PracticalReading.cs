using System.Text.RegularExpressions;

namespace Matching.Rules.Postings.Reading;

/// <summary>What surrounds the work: pay, who tutors, whom to call, safety. Kept in the company's own words; nothing is computed from them.</summary>
internal static partial class PracticalReading
{
    private const int LongestWords = 120;
    private const string Instead = "(contact : le facilitateur)";

    private static readonly (Regex Pattern, string Label)[] SafetyPoints =
    [
        (Equipment(), "Équipements de protection (EPI)"),
        (Asbestos(), "Présence d’amiante possible"),
        (Lead(), "Présence de plomb possible"),
        (Chemicals(), "Produits chimiques ou phytosanitaires"),
        (Electricity(), "Risque électrique"),
        (Traffic(), "Travail sous circulation"),
        (Confined(), "Espaces confinés"),
        (Height(), "Travail en hauteur"),
        (Machines(), "Machines et outils coupants"),
        (SafetyBriefing(), "Accueil sécurité"),
    ];

    /// <summary>The amount, or what it follows ("SMIC", "selon convention"), as written.</summary>
    public static Extracted<string>? ReadPay(FoldedText text) => First(text, Announced(), "pay") ?? First(text, Amount(), "pay") ?? First(text, Scale(), "pay");

    /// <summary>The words that name the tutor or the technical supervisor.</summary>
    public static Extracted<string>? ReadTutor(FoldedText text) => First(text, Tutor(), "who");

    /// <summary>A person, an address or a number to answer to.</summary>
    public static Extracted<string>? ReadContact(FoldedText text) => First(text, Contact(), "who") ?? First(text, Address(), "who") ?? First(text, Telephone(), "who");

    /// <summary>One entry for each point of safety that the text raises.</summary>
    public static IReadOnlyList<Extracted<string>> ReadSafety(FoldedText text) =>
        [.. SafetyPoints.Select(point => (point.Label, Found: point.Pattern.Match(text.Text)))
            .Where(point => point.Found.Success && !Without().IsMatch(text.Before(point.Found.Index, 12)))
            .Select(point => text.Extract(point.Label, point.Found))
            .OrderBy(found => found.Start)];

    /// <summary>
    /// The text as structures read it: without the addresses and numbers of the company, which has one contact, the facilitator.
    /// </summary>
    public static string WithoutContacts(string text, Extracted<string>? contact)
    {
        var source = contact is null ? text : text.Remove(contact.Start, contact.Length).Insert(contact.Start, Instead);
        var folded = new FoldedText(source);
        foreach (var found in Address().Matches(folded.Text).Concat(Telephone().Matches(folded.Text)).OrderByDescending(found => found.Index))
        {
            var place = folded.Extract(0, found);
            source = source.Remove(place.Start, place.Length).Insert(place.Start, Instead);
        }

        return source;
    }

    private static Extracted<string>? First(FoldedText text, Regex pattern, string group)
    {
        if (pattern.Match(text.Text) is not { Success: true } found)
        {
            return null;
        }

        var words = found.Groups[group];
        var length = Math.Min(words.Length, LongestWords);
        var kept = text.Text.AsSpan(words.Index, length).TrimEnd(" .,;:-").Length;
        return kept == 0 ? null : text.Extract(text.Original(words.Index, kept).Trim(), words.Index, kept);
    }

    [GeneratedRegex(@"\b(?:salaire|remuneration|taux horaire|pay[ee] ?)(?: (?:brute?|propose[e]?|horaire|mensuel(?:le)?|indicati(?:f|ve)))*\s*:\s*(?<pay>[^\n]{2,120})", RegexOptions.CultureInvariant)]
    private static partial Regex Announced();

    [GeneratedRegex(
        @"(?<pay>(?:\d{1,2}(?:[.,]\d{1,2})?\s?(?:a|-|/)\s?)?(?<![\d.,])\d{1,2}(?:[.,]\d{1,2})?\s?(?:€|euros?)\s?(?:bruts?|nets?)?\s?(?:/\s?h(?:eure)?\b|de l'heure|l'heure|par heure|brut/h\b|horaires?)"
        + @"|(?:(?:\d ?\d{3}|\d{4})\s?(?:€|euros?)?\s?(?:a|-)\s?)?(?<![\d.,])(?:\d ?\d{3}|\d{4})(?:[.,]\d{2})?\s?(?:€|euros?)\s?(?:bruts?|nets?)?(?:\s?(?:/\s?mois|par mois|mensuels?|bruts? mensuels?))?(?= |\b|\n|$))",
        RegexOptions.CultureInvariant)]
    private static partial Regex Amount();

    [GeneratedRegex(@"\b(?<pay>(?:paye au |base )?smic(?: horaire)?(?: ?\+ ?\d{1,2} ?%)?|(?:salaire|remuneration|paye?) selon [^\n.,;]{3,60}|selon (?:la )?(?:grille|convention)[^\n.,;]{0,60})", RegexOptions.CultureInvariant)]
    private static partial Regex Scale();

    [GeneratedRegex(@"(?<who>\b(?:tuteurs?|tutrices?|tutorat|maitre d'apprentissage|encadrant\w*(?: technique\w*)?|referent\w* (?:technique|de chantier))\b[^\n.;]{0,120})", RegexOptions.CultureInvariant)]
    private static partial Regex Tutor();

    [GeneratedRegex(@"\b(?:contacts?|contacter|interlocut(?:eur|rice)|renseignements?|candidature a|cv a|responsable du recrutement)\s*(?::|aupres de|est)\s*(?<who>[^\n;]{3,120})", RegexOptions.CultureInvariant)]
    private static partial Regex Contact();

    [GeneratedRegex(@"(?<who>[a-z0-9][a-z0-9._+-]*@[a-z0-9-]+(?:\.[a-z0-9-]+)+)", RegexOptions.CultureInvariant)]
    private static partial Regex Address();

    [GeneratedRegex(@"(?<!\d)(?<who>(?:\+33 ?|0)[1-9](?:[ .-]?\d\d){4})(?!\d)", RegexOptions.CultureInvariant)]
    private static partial Regex Telephone();

    [GeneratedRegex(@"\b(?:epi|equipements? de protection(?: individuelle)?|chaussures? de securite|chaussures?,? casque|casques?|gants|gilets?|harnais|masques?|lunettes de protection|protections? auditives?)\b", RegexOptions.CultureInvariant)]
    private static partial Regex Equipment();

    [GeneratedRegex(@"\b(?:amiante|desamiantage|ss3|ss4)\b", RegexOptions.CultureInvariant)]
    private static partial Regex Asbestos();

    [GeneratedRegex(@"\b(?:peintures? au plomb|presence de plomb|plomb)\b(?!erie)", RegexOptions.CultureInvariant)]
    private static partial Regex Lead();

    [GeneratedRegex(@"\bproduits? (?:chimiques?|dangereux|phytosanitaires?|phyto|irritants?|corrosifs?)\b", RegexOptions.CultureInvariant)]
    private static partial Regex Chemicals();

    [GeneratedRegex(@"\b(?:risques? electriques?|sous tension|voisinage de reseaux electriques)\b", RegexOptions.CultureInvariant)]
    private static partial Regex Electricity();

    [GeneratedRegex(@"\b(?:sous circulation|bords? de (?:route|voie|chaussee)s?|circulation ferroviaire|voies circulees)\b", RegexOptions.CultureInvariant)]
    private static partial Regex Traffic();

    [GeneratedRegex(@"\b(?:espaces? confines?|catec)\b", RegexOptions.CultureInvariant)]
    private static partial Regex Confined();

    [GeneratedRegex(@"\b(?:travail en hauteur|travaux en hauteur|en hauteur|echafaudages?|nacelles?|toitures?)\b", RegexOptions.CultureInvariant)]
    private static partial Regex Height();

    [GeneratedRegex(@"\b(?:tronconneuses?|debroussailleuses?|meuleuses?|disqueuses?|scies? (?:circulaires?|a ruban)|machines? dangereuses?)\b", RegexOptions.CultureInvariant)]
    private static partial Regex Machines();

    [GeneratedRegex(@"\b(?:accueil securite|quart d'heure securite|formation (?:a la )?securite|plan de prevention|ppsps|carte (?:d'identification )?btp)\b", RegexOptions.CultureInvariant)]
    private static partial Regex SafetyBriefing();

    [GeneratedRegex(@"\b(?:pas de|sans|aucun|aucune|hors)\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex Without();
}
