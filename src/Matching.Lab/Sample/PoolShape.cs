namespace Matching.Lab.Sample;

/// <summary>
/// What the pool of a kind of structure looks like: how many people, their ages (shares of 17–25, 26–39, 40–49, 50–63),
/// and the trades it works in (weights by family). Plausible orders of size, chosen for the samples; not statistics.
/// </summary>
public sealed record PoolShape(int People, double[] AgeShares, IReadOnlyDictionary<string, double> Families)
{
    private static readonly Dictionary<string, double> AllTrades = new()
    {
        ["espaces verts"] = 9,
        ["bâtiment"] = 11,
        ["second œuvre"] = 13,
        ["informatique"] = 7,
        ["bureau"] = 7,
        ["logistique"] = 13,
        ["transport"] = 7,
        ["propreté"] = 13,
        ["déchets"] = 5,
        ["restauration"] = 8,
        ["accueil et sécurité"] = 5,
        ["commerce"] = 5,
        ["aide à domicile"] = 4,
        ["industrie"] = 5,
    };

    public static readonly IReadOnlyDictionary<string, PoolShape> Of = new Dictionary<string, PoolShape>
    {
        ["EI"] = new(110, [20, 38, 24, 18], Trades(("second œuvre", 40), ("bâtiment", 35), ("propreté", 15), ("déchets", 10))),
        ["ETTI"] = new(170, [26, 40, 20, 14], Trades(("informatique", 24), ("logistique", 26), ("bâtiment", 18), ("second œuvre", 14), ("transport", 8), ("propreté", 6), ("industrie", 4))),
        ["AI"] = new(180, [8, 32, 30, 30], Trades(("propreté", 34), ("aide à domicile", 22), ("espaces verts", 16), ("restauration", 12), ("second œuvre", 8), ("logistique", 8))),
        ["ACI"] = new(150, [20, 36, 24, 20], Trades(("espaces verts", 60), ("déchets", 16), ("bâtiment", 12), ("industrie", 8), ("restauration", 4))),
        ["EITI"] = new(40, [14, 46, 24, 16], Trades(("second œuvre", 34), ("transport", 26), ("espaces verts", 20), ("propreté", 20))),
        ["GEIQ"] = new(80, [54, 36, 8, 2], Trades(("bâtiment", 52), ("second œuvre", 48))),
        ["EA"] = new(70, [8, 32, 30, 30], Trades(("industrie", 24), ("déchets", 20), ("bureau", 18), ("espaces verts", 16), ("propreté", 12), ("informatique", 10))),
        ["FT"] = new(520, [10, 31, 25, 34], AllTrades),
        ["ML"] = new(280, [100, 0, 0, 0], AllTrades),
        ["CAP_EMPLOI"] = new(130, [6, 30, 30, 34], AllTrades),
        ["DEPT"] = new(160, [4, 46, 29, 21], AllTrades),
        ["PLIE"] = new(110, [14, 40, 26, 20], AllTrades),
    };

    /// <summary>Share of women by family: trades are not mixed in life, and the pools must show it to the people who watch over it.</summary>
    public static readonly IReadOnlyDictionary<string, double> WomenShare = new Dictionary<string, double>
    {
        ["espaces verts"] = 0.20,
        ["bâtiment"] = 0.10,
        ["second œuvre"] = 0.16,
        ["informatique"] = 0.28,
        ["bureau"] = 0.72,
        ["logistique"] = 0.33,
        ["transport"] = 0.20,
        ["propreté"] = 0.68,
        ["déchets"] = 0.30,
        ["restauration"] = 0.55,
        ["accueil et sécurité"] = 0.34,
        ["commerce"] = 0.64,
        ["aide à domicile"] = 0.86,
        ["industrie"] = 0.46,
    };

    /// <summary>Occupations that many people look for; the others weigh 1.</summary>
    public static readonly IReadOnlyDictionary<string, double> Wanted = new Dictionary<string, double>
    {
        ["A1202"] = 3,
        ["A1203"] = 3,
        ["F1703"] = 2.5,
        ["F1704"] = 3,
        ["F1606"] = 4,
        ["I1401"] = 4,
        ["K2204"] = 2,
        ["K2205"] = 3,
        ["N1103"] = 3,
        ["N1105"] = 2.5,
        ["N4105"] = 4,
        ["M1602"] = 2,
        ["G1607"] = 2,
    };

    private static Dictionary<string, double> Trades(params (string Family, double Weight)[] trades) =>
        trades.ToDictionary(t => t.Family, t => t.Weight);
}
