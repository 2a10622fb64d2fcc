using System.Text.RegularExpressions;

namespace Matching.Rules.Postings.Reading;

/// <summary>How strongly a text asks for something.</summary>
internal enum Demand
{
    /// <summary>The text says that it is not asked: "pas de permis demandé".</summary>
    NotAsked,
    Wished,
    Required,

    /// <summary>Named, without a word that says how much it matters.</summary>
    Unsaid,
}

/// <summary>Finds, around a mention, the nearest word that says whether it is required or wished.</summary>
internal static partial class DemandReading
{
    private const int HeadingLines = 6;

    public static Demand Of(FoldedText text, int start, int length)
    {
        var (first, last) = text.SentenceAround(start, length);
        if (NotAsked().IsMatch(text.Text[first..start]) || Provided().IsMatch(text.Text[(start + length)..last]))
        {
            return Demand.NotAsked;
        }

        return Nearest(text.Text, first, last, start, start + length) ?? FromHeading(text.Text, first) ?? Demand.Unsaid;
    }

    private static Demand? Nearest(string text, int first, int last, int start, int end)
    {
        Demand? nearest = null;
        var distance = int.MaxValue;
        foreach (Match cue in Cue().Matches(text[first..last]))
        {
            var (from, to) = (first + cue.Index, first + cue.Index + cue.Length);
            var away = from >= end ? from - end : start >= to ? start - to : 0;

            // The word after counts first: "permis B exigé, CACES souhaité".
            if ((from >= end ? away : away + 1) < distance)
            {
                distance = from >= end ? away : away + 1;
                nearest = cue.Groups["wished"].Success ? Demand.Wished : Demand.Required;
            }
        }

        return nearest;
    }

    // A list under "Souhaités :" or "Exigé :": the nearest line above that ends with a colon.
    private static Demand? FromHeading(string text, int sentenceStart)
    {
        var above = text[..sentenceStart].Split('\n');
        foreach (var line in above.Reverse().Take(HeadingLines))
        {
            if (line.TrimEnd().EndsWith(':'))
            {
                return Nearest(line, 0, line.Length, line.Length, line.Length);
            }
        }

        return null;
    }

    [GeneratedRegex(
        @"\b(?:(?<wished>(?:ser(?:a|ait|aient|ont) |est |sont )?(?:souhait\w*|appreci\w*|un (?:gros |vrai )?plus|atouts?|ideal\w*|de preference|prefer\w*|bienvenue?s?|si possible|facultati\w*|optionnel\w*|conseill\w*|(?:pas|non|n'est pas) (?:obligatoire|exige|indispensable|necessaire|requis|imperati)\w*))"
        + @"|(?<required>exig\w*|obligatoire\w*|indispensable\w*|imperati\w*|requis\w*|necessaires?|titulaires? d\w*|titulaires?\b|vous (?:avez|possedez|detenez|disposez)|(?:en )?possession d\w*|pre-?requis|conditions?(?: d'acces| requises?)?\s*:|conditions? (?:d'acces|requises?)|il faut|vous devez|devr\w+ (?:avoir|posseder|detenir)|doi(?:t|vent) (?:avoir|posseder|detenir|etre)|(?:nous )?demand\w+|muni\w*|en cours de validite|a jour\b|valides?\b))",
        RegexOptions.CultureInvariant)]
    private static partial Regex Cue();

    // "CACES fourni par nos soins": the employer gives it, nobody must hold it.
    [GeneratedRegex(@"^[^,;:]{0,12}\b(?:(?:est |sont |sera |seront )?(?:fournis?|finance[es]{0,2}|passe[es]{0,2}|assure[es]{0,2}|pris(?:es?)? en charge|offerte?s?|delivre[es]{0,2}) par|a passer avec nous|par nos soins)\b", RegexOptions.CultureInvariant)]
    private static partial Regex Provided();

    [GeneratedRegex(@"\b(?:pas (?:besoin )?(?:de|d')|aucune?|sans|ni)\s*(?:\w+\s+){0,2}$", RegexOptions.CultureInvariant)]
    private static partial Regex NotAsked();
}
