using Matching.Rules.Postings;
using Matching.Rules.Postings.Reading;

namespace Matching.Rules.Tests.Postings;

/// <summary>A small invented world for the reader: a few communes and no matcher of titles.</summary>
internal static class Reader
{
    public static readonly DateOnly Day = new(2026, 11, 16);

    private static readonly CommuneChoice[] Communes =
    [
        new("00001", "Valmiron", ["00100", "00105"]),
        new("00002", "Port-Ivrette", ["00110"]),
        new("00003", "Castelbruze", ["00120"]),
        new("00004", "Merolles", ["00130"]),
        new("00005", "La Fontenaie-sur-Ivrette", ["00140"]),
        new("00006", "La Fontenaie", ["00140"]),
        new("00014", "Saint-Ozille-sur-Ivrette", ["00150"]),
        new("00030", "Sens", ["00160"]),
        new("00031", "Bourgneuf", ["00170"]),
        new("00032", "Bourgneuf", ["00180"]),
    ];

    public static JobProfileContext Context { get; } = new(
        Day,
        title => title.Contains("açon", StringComparison.OrdinalIgnoreCase) ? [new RomeProposal(Rome("F1703"), "Maçon / Maçonne", 0.9)] : [],
        _ => [],
        name => [.. Communes.Where(commune => FrenchKey.OfPlace(commune.Name) == name)],
        code => [.. Communes.Where(commune => commune.PostalCodes.Contains(code))],
        _ => ["Ouvrir une baie et poser un linteau", "Monter un mur en parpaings ou en briques", "Poser un enduit sur une façade", "Couler une dalle ou une chape"]);

    public static PostingDraft Read(string text) => JobProfileReader.Read(text, Context);

    public static RomeCode Rome(string code) => RomeCode.TryParse(code, out var rome) ? rome : throw new ArgumentException(code);
}
