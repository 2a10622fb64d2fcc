using Matching.Rules;
using Matching.Rules.Markets;
using Matching.Rules.People;
using Matching.Rules.Postings;

namespace Matching.Features.Tests;

/// <summary>A small invented world: three communes on one meridian, a few occupations, and people changed one fact at a time.</summary>
internal static class Invented
{
    public static readonly DateOnly Day = new(2026, 11, 16);

    public static readonly RomeCode Mason = Rome("F1703");
    public static readonly RomeCode Tiler = Rome("F1608");
    public static readonly RomeCode Labourer = Rome("F1704");
    public static readonly RomeCode Cleaner = Rome("K2204");

    public static Occupations Occupations { get; } = new(
        [new(Mason, Mason), new(Tiler, Tiler), new(Labourer, Labourer), new(Cleaner, Cleaner)],
        [(Tiler, Mason)],
        [(Mason, "Monter un mur"), (Mason, "Gâcher un mortier"), (Mason, "Poser un linteau"), (Cleaner, "Vider les corbeilles")]);

    // One hundredth of a degree of latitude is 1.11 km.
    public static Places Places { get; } = new([new("00001", 46.0, 2.0), new("00002", 46.1, 2.0), new("00003", 47.0, 2.0), new("00004", null, null), new("00005", 48.0, 2.0)]);

    public static SkillNumbers Skills { get; } = new();

    public static PersonRows Rows { get; } = new(Occupations, Places, Skills);

    public static PostingTerms Posting { get; } = new(
        "Maçon", Mason, "00001", new DateOnly(2027, 1, 4), new DateOnly(2027, 6, 30), 2_100, Shifts.Jour, WorkContractKind.Cdd, 2,
        [], [], [], [], null, null, [], null, "Monter des murs et poser des linteaux");

    public static Person Person { get; } = new(
        PersonId.New(), OrganizationId.New(), "R1", new Identity("Durand", "Alix", new DateOnly(1990, 5, 1), Sex.F, null, null, "00100"),
        new WorkProfile("00001", [Mason], [], [], [], null, null, Day, 35, Shifts.Jour, new Mobility(TransportMode.Voiture, 30, null), [], null),
        new EligibilityFacts(new DateOnly(1990, 5, 1), new StructureSituation(OrganizationKind.FranceTravail), null, null, new DateOnly(2024, 1, 1), null,
            [new DeclaredCriterion("DELD", null)], [new SeenProof("DELD", Day)]),
        Day, Day);

    public static PostingContext Context(PostingTerms? posting = null, IReadOnlyDictionary<Guid, byte>? live = null) =>
        new(posting ?? Posting, Day, Occupations, Places, Skills, live ?? new Dictionary<Guid, byte>());

    public static Person With(Func<WorkProfile, WorkProfile> change) => Person with { Id = PersonId.New(), Work = change(Person.Work) };

    public static RankerModel Model { get; } = RankerModel.Read(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "ranker-1.0.0-expert.json")));

    public static RomeCode Rome(string text) => RomeCode.TryParse(text, out var code) ? code : throw new ArgumentException(text);
}
