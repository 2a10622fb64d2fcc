using System.Numerics;

namespace Matching.Lab.Worlds;

/// <summary>What the file of an invented person shows before a posting, in the codes of the site's criteria; declared with errors and gaps.</summary>
public static class TradeCodes
{
    /// <summary>The criteria that these worlds show: those of anyone before any posting. Invented people follow no training.</summary>
    public static IReadOnlySet<string> Names { get; } = NamesShown(new Chance(0));

    /// <param name="missing">Share of the values that are not told, on average.</param>
    public static Dictionary<string, int> Of(TradePerson person, TradePosting posting, Chance chance, double missing)
    {
        ArgumentNullException.ThrowIfNull(person);
        ArgumentNullException.ThrowIfNull(posting);
        ArgumentNullException.ThrowIfNull(chance);
        bool Told() => !chance.Happens(missing * (1.7 - (1.4 * person.Tells)));
        var codes = new Dictionary<string, int>(StringComparer.Ordinal);
        AddOccupation(codes, person, posting, chance, Told);
        AddSkills(codes, person, posting, chance, Told);
        AddTravel(codes, person, posting, Told);
        AddTime(codes, person, posting, Told);
        codes["level_fit"] = posting.Level is { } level ? Told() ? Requirement(level - person.Level) : 1 : 0;
        codes["lang_fit"] = posting.French is { } french ? Told() ? Requirement(french - person.French - (chance.Happens(0.2) ? 1 : 0)) : 1 : 0;
        codes["adapt_fit"] = Told() ? Math.Min(2, BitOperations.PopCount((uint)(person.Needs & posting.Constraints))) : 0;
        codes["load"] = chance.Index(10) switch { < 6 => 0, < 8 => 1, 8 => 2, _ => 3 };
        return codes;
    }

    private static HashSet<string> NamesShown(Chance chance) => [.. Of(new TradePerson(chance), new TradePosting(chance), chance, 0).Keys];

    private static void AddOccupation(Dictionary<string, int> codes, TradePerson person, TradePosting posting, Chance chance, Func<bool> told)
    {
        // Titles are written loosely: the trade that is read is near the true one.
        (double X, double Y) Read((double X, double Y) trade) => (trade.X + (0.05 * chance.Normal()), trade.Y + (0.05 * chance.Normal()));
        var held = TradeScene.Distance(Read(person.Trade), posting.Trade);
        var wanted = TradeScene.Distance(Read(person.Wish), posting.Trade);
        var isHeldTold = told();
        codes["rome_prox"] = isHeldTold ? Nearness(Math.Min(held, wanted)) : 0;
        codes["rome_wanted"] = told() ? wanted < 0.1 ? 3 : wanted < 0.25 ? 2 : 1 : 0;
        var counts = isHeldTold && person.Months > 0 && held < 0.3;
        var months = (int)(person.Months * chance.Between(0.7, 1.3));
        codes["exp_months"] = !counts ? 0 : months switch { <= 3 => 1, <= 6 => 2, <= 12 => 3, <= 24 => 4, <= 60 => 5, _ => 6 };
        codes["exp_recency"] = !counts ? 0 : person.MonthsSince switch { < 3 => 4, < 12 => 3, < 36 => 2, _ => 1 };
        // Words of a project: they tell the wish, and how well one was helped to write.
        var words = (1.2 * (0.6 - wanted)) + (0.4 * person.Backing) + (0.35 * chance.Normal());
        codes["text_sim"] = told() && words > 0 ? Math.Clamp(1 + (int)(words * 14), 1, 15) : 0;
    }

    private static void AddSkills(Dictionary<string, int> codes, TradePerson person, TradePosting posting, Chance chance, Func<bool> told)
    {
        var knows = told();
        double Share() => Math.Clamp((person.Skill * Math.Exp(-2.5 * TradeScene.Distance(person.Trade, posting.Trade))) + (0.18 * chance.Normal()), 0, 1);
        codes["skill_must"] = !posting.AsksSkills ? 0 : !knows ? 1 : Share() switch { < 0.12 => 2, < 0.3 => 3, < 0.6 => 4, _ => 5 };
        codes["skill_nice"] = !posting.WishesSkills ? 0 : !knows ? 1 : Share() switch { < 0.2 => 2, < 0.55 => 3, _ => 4 };
        codes["skill_near"] = !knows ? 1 : Share() switch { < 0.1 => 2, < 0.2 => 3, < 0.35 => 4, < 0.6 => 5, _ => 6 };
        var lacking = BitOperations.PopCount((uint)(posting.Certificates & ~person.Certificates)) + (told() ? 0 : BitOperations.PopCount((uint)(posting.Certificates & person.Certificates)));
        codes["cert_gap"] = posting.Certificates == 0 ? 0 : Math.Min(3, 1 + lacking);
    }

    private static void AddTravel(Dictionary<string, int> codes, TradePerson person, TradePosting posting, Func<bool> told)
    {
        var km = TradeScene.Distance(person.Home, posting.Site);
        codes["travel_ratio"] = !told() ? 0 : (TradeScene.Minutes(person, posting) / person.LimitMinutes) switch { <= 0.5 => 1, <= 0.75 => 2, <= 1 => 3, <= 1.25 => 4, <= 1.5 => 5, _ => 6 };
        codes["mode_ok"] = person.Mode switch { 1 => km <= 3 ? 2 : 1, 2 => km <= 10 ? 2 : 1, 3 => posting.HasOddHours ? 1 : 2, _ => 2 };
        codes["support_fit"] = TradeScene.Distance(person.Structure, posting.Site) switch { <= 15 => 1, <= 30 => 2, <= 50 => 3, _ => 4 };
    }

    private static void AddTime(Dictionary<string, int> codes, TradePerson person, TradePosting posting, Func<bool> told)
    {
        var shared = person.Shifts & posting.Shifts;
        codes["shift_fit"] = !told() ? 0 : shared == 0 ? 1 : shared == posting.Shifts ? 3 : 2;
        codes["hours_fit"] = !told() ? 0 : Math.Abs(person.Hours - posting.Hours) switch { <= 2 => 4, <= 5 => 3, <= 10 => 2, _ => 1 };
        codes["start_fit"] = !told() ? 0 : (person.AvailableIn - posting.StartsIn) switch { <= 0 => 1, <= 14 => 2, _ => 3 };
        codes["clause_hours_fit"] = person.PassDaysLeft is not { } left ? 0 : (left / (double)posting.Days) switch { < 0.25 => 1, < 0.5 => 2, < 1 => 3, _ => 4 };
        codes["engagement"] = person.CheckedDaysAgo switch { < 30 => 1, < 60 => 2, < 90 => 3, _ => 4 };
    }

    private static int Nearness(double distance) => distance switch { < 0.06 => 6, < 0.12 => 5, < 0.2 => 4, < 0.3 => 3, < 0.42 => 2, _ => 1 };

    private static int Requirement(int lacking) => lacking switch { <= 0 => 4, 1 => 3, _ => 2 };
}
