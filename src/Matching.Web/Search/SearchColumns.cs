using System.Globalization;
using Matching.Engine.Columns;
using Matching.Engine.Filters;
using Matching.Rules.Postings;
using Matching.Web.Platform.Reference;

namespace Matching.Web.Search;

/// <summary>The columns of what is searched, for people and postings alike, and the filters people choose among.</summary>
public static class SearchColumns
{
    public const int DomainSlots = 4;

    public static RowSchema Schema { get; } = new(
        ["state", "available"], [new WideGroup("pool", 1), new WideGroup("department", 1), new WideGroup("commune", 1), new WideGroup("domain", DomainSlots)]);

    /// <summary>The great fields of the ROME, by the letter its codes begin with.</summary>
    private static readonly (char Letter, string Label)[] Domains =
    [
        ('A', "Agriculture, espaces verts, animaux"), ('B', "Arts et artisanat d’art"), ('C', "Banque, assurance, immobilier"), ('D', "Commerce et vente"),
        ('E', "Communication et médias"), ('F', "Bâtiment et travaux publics"), ('G', "Hôtellerie, restauration, loisirs"), ('H', "Industrie"),
        ('I', "Installation et maintenance"), ('J', "Santé"), ('K', "Services à la personne et à la collectivité"), ('L', "Spectacle"),
        ('M', "Support à l’entreprise"), ('N', "Transport et logistique"),
    ];

    public static SearchFacet DomainFacet { get; } = new(
        "domaine", "Domaine", [.. Domains.Select(domain => new SearchChoice($"{domain.Letter}", domain.Label, Wide("domain", DomainOf(domain.Letter))))]);

    public static SearchFacet AvailableFacet { get; } = new(
        "disponible", "Disponible",
        [Code("maintenant", "Dès maintenant", "available", 1), Code("un-mois", "D’ici un mois", "available", 2), Code("plus-tard", "Plus tard", "available", 3)]);

    public static SearchFacet StateFacet { get; } = new(
        "etat", "État", [.. PostingSteps.States.Select(row => Code(row.Code, row.Label, "state", 1 + (int)row.State))]);

    public static SearchFacet DepartmentFacet(Communes communes) => new(
        "departement", "Département",
        [.. communes.All.Select(commune => commune.DepartmentCode).Distinct().Order(StringComparer.Ordinal).Select(code => new SearchChoice(code, code, Wide("department", DepartmentOf(code))))]);

    /// <summary>One row; zeros are "not known".</summary>
    public static Row<TFacts> Row<TFacts>(Guid id, int state, int available, ushort pool, string? department, ushort commune, IEnumerable<RomeCode> occupations, string text, TFacts facts)
    {
        var codes = new byte[Schema.CodeColumns.Count];
        codes[Schema.CodeColumn("state")] = (byte)state;
        codes[Schema.CodeColumn("available")] = (byte)available;
        var wide = new ushort[Schema.SlotCount];
        wide[Schema.Slots("pool").Start.Value] = pool;
        wide[Schema.Slots("department").Start.Value] = DepartmentOf(department);
        wide[Schema.Slots("commune").Start.Value] = commune;
        var slot = Schema.Slots("domain").Start.Value;
        foreach (var domain in occupations.Select(rome => DomainOf(rome.Value[0])).Where(domain => domain > 0).Distinct().Take(DomainSlots))
        {
            wide[slot++] = domain;
        }

        return new Row<TFacts>(id, codes, wide, [], text, facts);
    }

    private static ushort DomainOf(char letter) => letter is >= 'A' and <= 'Z' ? (ushort)(1 + letter - 'A') : (ushort)0;

    /// <summary>One more than the code, since 0 is "not known"; the two of Corsica come after.</summary>
    private static ushort DepartmentOf(string? code) => code switch
    {
        null => 0,
        "2A" => 1101,
        "2B" => 1102,
        _ => ushort.TryParse(code, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? (ushort)(number + 1) : (ushort)0,
    };

    private static SearchChoice Code(string code, string label, string column, int value) => new(code, label, Filter.CodeIn(code, column, 1UL << value));

    private static Filter Wide(string group, ushort value)
    {
        var wanted = new bool[value + 1];
        wanted[value] = value > 0;
        return Filter.WideAny($"{group} {value}", group, wanted);
    }
}

/// <summary>A filter that people see, with its values in the order shown.</summary>
public sealed record SearchFacet(string Key, string Label, IReadOnlyList<SearchChoice> Choices);

public sealed record SearchChoice(string Code, string Label, Filter Filter);
