using System.Numerics;

namespace Matching.Lab.Worlds;

/// <summary>Invented people and postings, seen through the criteria of the site; what is true of them is more, and other, than what is declared.</summary>
public sealed class TradeScene : IScene
{
    private const int People = 3000;

    // On foot, bicycle, public transport, moped, car: minutes before leaving, then a minute for so many kilometres.
    private static readonly (double Before, double KmPerMinute)[] Speeds = [(0, 0.075), (2, 0.22), (14, 0.38), (4, 0.55), (6, 0.75)];

    private readonly TradePerson[] people;
    private readonly double missing;

    public TradeScene(WorldFamily family, Chance chance, IReadOnlyList<FeatureSpec> features)
    {
        ArgumentNullException.ThrowIfNull(family);
        missing = family.Missing;
        Features = [.. features.Where(feature => TradeCodes.Names.Contains(feature.Name))];
        people = [.. Enumerable.Range(0, People).Select(_ => new TradePerson(chance))];
    }

    public IReadOnlyList<FeatureSpec> Features { get; }

    public Scenery Draw(Chance chance, int rows)
    {
        ArgumentNullException.ThrowIfNull(chance);
        var posting = new TradePosting(chance);

        // Pools hold more people of near trades than of far ones.
        var numbers = chance.Sample(People, 4 * rows).OrderBy(at => Distance(people[at].Wish, posting.Trade) + chance.Between(0, 1.2)).Take(rows).ToArray();
        var shown = Array.ConvertAll(numbers, at => people[at]);
        return new Scenery(
            [.. shown.Select(person => TruthOf(person, posting, chance))],
            [.. shown.Select(person => CodesOf(person, posting, chance))],
            [.. shown.Select(person => person.Group)],
            posting.HasOddHours,
            numbers);
    }

    public static double Distance((double X, double Y) one, (double X, double Y) other) => Math.Sqrt(((one.X - other.X) * (one.X - other.X)) + ((one.Y - other.Y) * (one.Y - other.Y)));

    public static double Minutes(TradePerson person, TradePosting posting)
    {
        ArgumentNullException.ThrowIfNull(person);
        ArgumentNullException.ThrowIfNull(posting);
        var (before, speed) = Speeds[person.Mode - 1];
        return before + (Distance(person.Home, posting.Site) / speed);
    }

    private static double[] TruthOf(TradePerson person, TradePosting posting, Chance chance)
    {
        var near = Math.Exp(-3.5 * Distance(person.Trade, posting.Trade));
        var practice = 1 - Math.Exp(-person.Months / 18.0 * Math.Exp(-person.MonthsSince / 40.0));
        var craft = near * (0.35 + (0.35 * person.Skill) + (0.3 * practice));
        var will = (0.55 * Math.Exp(-3 * Distance(person.Wish, posting.Trade))) + (0.45 * TradePerson.Sigmoid(1.5 * chance.Normal()));
        // Waiting, traffic, a lift shared: the real minutes are not the estimated ones.
        var minutes = Minutes(person, posting) * Math.Exp(0.25 * chance.Normal()) * (person.Mode == 3 && posting.HasOddHours ? 1.8 : 1);
        var reach = TradePerson.Sigmoid((person.LimitMinutes - minutes) / 9);
        var shifts = BitOperations.PopCount((uint)(person.Shifts & posting.Shifts)) / (double)BitOperations.PopCount((uint)posting.Shifts);
        var late = Math.Max(0, person.AvailableIn - posting.StartsIn);
        var hours = (0.2 + (0.8 * shifts)) * Math.Exp(-Math.Abs(person.Hours - posting.Hours) / 14.0) * Math.Exp(-late / 25.0);
        var lacking = BitOperations.PopCount((uint)(posting.Certificates & ~person.Certificates));
        var level = Math.Max(0, (posting.Level ?? 0) - person.Level);
        var french = Math.Max(0, (posting.French ?? 0) - person.French);
        var papers = Math.Exp(-(0.5 * lacking) - (0.45 * level) - (0.6 * french));
        var body = Math.Exp(-BitOperations.PopCount((uint)(person.Needs & posting.Constraints)) * chance.Between(0.2, 1.6));
        var backing = (0.5 * person.Backing) + (0.5 * Math.Exp(-Distance(person.Structure, posting.Site) / 25));
        var stamina = person.Stamina * (person.PassDaysLeft is { } left ? 0.6 + (0.4 * Math.Min(1, left / (double)posting.Days)) : 0.9);
        return [craft, will, reach, hours, papers, body, backing, stamina];
    }

    private byte[] CodesOf(TradePerson person, TradePosting posting, Chance chance)
    {
        var codes = TradeCodes.Of(person, posting, chance, missing);
        return [.. Features.Select(feature => (byte)Math.Min(codes[feature.Name], feature.Bins - 1))];
    }
}
