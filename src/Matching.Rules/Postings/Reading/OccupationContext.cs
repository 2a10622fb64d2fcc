using System.Text.RegularExpressions;

namespace Matching.Rules.Postings.Reading;

/// <summary>
/// "Agent d'entretien" may mow lawns or wash floors: a title that says no trade is read with the tasks of the text. Each trade has the words
/// of its tasks and the words to add to the title.
/// </summary>
internal static partial class OccupationContext
{
    private const int LeastTasks = 2;

    private static readonly (Regex Tasks, string Title)[] Trades =
    [
        (GreenSpaces(), "agent d'entretien des espaces verts"),
        (Nature(), "agent d'entretien des espaces naturels"),
        (Buildings(), "agent d'entretien du bâtiment"),
        (Cleaning(), "agent de propreté de locaux"),
        (Homes(), "aide à domicile"),
        (Catering(), "agent de restauration collective"),
        (Sorting(), "agent de tri des déchets"),
        (Reuse(), "agent valoriste du réemploi"),
        (Streets(), "agent de propreté urbaine"),
        (Warehouse(), "agent logistique"),
        (Production(), "agent de production"),
        (Packing(), "agent de conditionnement"),
        (Laundry(), "agent de blanchisserie"),
        (Works(), "manœuvre bâtiment"),
        (Roads(), "ouvrier VRD"),
    ];

    /// <summary>The proposals, those of the trade of the tasks first when the title names none.</summary>
    public static IReadOnlyList<RomeProposal> Refine(string title, FoldedText text, IReadOnlyList<RomeProposal> occupations, JobProfileContext ctx)
    {
        // A lorry driver of the army drives for no company.
        if (!Army().IsMatch(text.Text))
        {
            occupations = [.. occupations.OrderBy(one => Army().IsMatch(FrenchKey.Of(one.Label)))];
        }

        var words = FrenchKey.Of(title).Split(' ');
        if (!words.All(word => Vague().IsMatch(word)))
        {
            return occupations;
        }

        var best = Trades
            .Select(trade => (trade.Title, Tasks: trade.Tasks.Matches(text.Text).Select(found => found.Value).Distinct(StringComparer.Ordinal).Count()))
            .MaxBy(trade => trade.Tasks);
        if (best.Tasks < LeastTasks)
        {
            return occupations;
        }

        var ofTrade = ctx.MatchTitle(best.Title);
        return [.. ofTrade.Take(2), .. occupations.Where(one => ofTrade.Take(2).All(other => other.Rome != one.Rome))];
    }

    [GeneratedRegex(@"\b(?:armees?|militaires?|defense|caserne|combat)\b", RegexOptions.CultureInvariant)]
    private static partial Regex Army();

    // Words that may stand in the title of any trade.
    [GeneratedRegex(@"^(?:agent|agents|agente|agentes|d|de|des|du|l|la|les|et|en|e|s|ou|ouvrier|ouvriers|ouvriere|ouvrieres|employe|employes|employee|employees|equipier|equipiere|operateur|operateurs|operatrice|salarie|salaries|polyvalent|polyvalents|polyvalente|polyvalentes|entretien|service|services|technique|techniques|aide|qualifie|non|femme|homme|femmes|menage|manoeuvre|manoeuvres|insertion|poste|maintenance|multiservices?|site|sites|production)$", RegexOptions.CultureInvariant)]
    private static partial Regex Vague();

    [GeneratedRegex(@"\b(?:tont\w+|pelouses?|haies?|debroussaill\w+|desherb\w+|massifs?|arbustes?|espaces? verts?|taille des?|arros\w+|feuilles|gazon|plantations?|tondeuse|jardins?|parcs?)\b", RegexOptions.CultureInvariant)]
    private static partial Regex GreenSpaces();

    [GeneratedRegex(@"\b(?:rivieres?|berges?|sentiers?|zones? humides?|espaces? naturels?|mares?|ripisylve|invasives?|littora\w+|bucheronnage|faucha\w+|faucher|embacles?)\b", RegexOptions.CultureInvariant)]
    private static partial Regex Nature();

    [GeneratedRegex(@"\b(?:plomberie|electricite|serrurerie|menuiserie|peinture|petites? reparations?|depannages?|reparer|maintenance des batiments|remise en etat|second oeuvre|carrelage|revetements?)\b", RegexOptions.CultureInvariant)]
    private static partial Regex Buildings();

    [GeneratedRegex(@"\b(?:bureaux|sanitaires|balay\w+|aspir\w+|depoussier\w+|lavage des sols|sols|poubelles|corbeilles|autolaveuse|mono-?brosse|desinfect\w+|nettoy\w+|locaux|vitres|cages? d'escaliers?|parties communes|halls?)\b", RegexOptions.CultureInvariant)]
    private static partial Regex Cleaning();

    [GeneratedRegex(@"\b(?:domicile|particuliers|personnes? agees?|repassage|courses|menage|linge|preparation des repas|beneficiaires)\b", RegexOptions.CultureInvariant)]
    private static partial Regex Homes();

    [GeneratedRegex(@"\b(?:cuisine|cantine|self|plonge|repas|service en salle|restauration|convives|haccp|plats|vaisselle|epluch\w+)\b", RegexOptions.CultureInvariant)]
    private static partial Regex Catering();

    [GeneratedRegex(@"\b(?:centre de tri|tapis|tri (?:des|manuel|selectif)|dechets|emballages|trier|deee|demantel\w+|recycl\w+|textiles?)\b", RegexOptions.CultureInvariant)]
    private static partial Regex Sorting();

    [GeneratedRegex(@"\b(?:ressourcerie|recyclerie|reemploi|dons|collecte des objets|boutique|valoris\w+|objets|mise en rayon|encombrants)\b", RegexOptions.CultureInvariant)]
    private static partial Regex Reuse();

    [GeneratedRegex(@"\b(?:voirie|trottoirs?|espaces? publics?|rues?|caniveaux|corbeilles de rue|balayeuse|marches? (?:de plein air|forains?)|tags?|graffitis?|desherbage des rues|voie publique)\b", RegexOptions.CultureInvariant)]
    private static partial Regex Streets();

    [GeneratedRegex(@"\b(?:entrepots?|palettes?|commandes|quai|expeditions?|receptions?|stocks?|logistique|colis|picking|chargement|dechargement|inventaires?|transpalette)\b", RegexOptions.CultureInvariant)]
    private static partial Regex Warehouse();

    [GeneratedRegex(@"\b(?:ligne|machines?|assembl\w+|pieces|montage|usine|production|industri\w+|atelier|controle visuel|fabrication)\b", RegexOptions.CultureInvariant)]
    private static partial Regex Production();

    [GeneratedRegex(@"\b(?:conditionn\w+|mise sous (?:pli|film)|etiquet\w+|emball\w+|mise en (?:carton|etui|sachets?)|cartons|coffrets)\b", RegexOptions.CultureInvariant)]
    private static partial Regex Packing();

    [GeneratedRegex(@"\b(?:blanchisserie|draps|linge|calandre|pliage|repass\w+|lingerie|buanderie)\b", RegexOptions.CultureInvariant)]
    private static partial Regex Laundry();

    [GeneratedRegex(@"\b(?:chantiers?|gravats?|cloisons?|demolition|gros oeuvre|batiment|beton|approvisionn\w+|materiaux|curage|piquetage|mortier)\b", RegexOptions.CultureInvariant)]
    private static partial Regex Works();

    [GeneratedRegex(@"\b(?:vrd|bordures|pavage|tranchees?|enrobes?|terrassements?|reseaux|travaux publics|\btp\b|canalisations?|remblai\w*)\b", RegexOptions.CultureInvariant)]
    private static partial Regex Roads();
}
