namespace Matching.Lab.Worlds;

/// <summary>An invented person: what is true, of which only a part is declared.</summary>
public sealed class TradePerson
{
    public TradePerson(Chance chance)
    {
        ArgumentNullException.ThrowIfNull(chance);
        Group = chance.Happens(0.4);
        Trade = (chance.Share(), chance.Share());
        Wish = chance.Happens(0.6) ? Trade : (chance.Share(), chance.Share());
        Skill = Sigmoid(chance.Normal());
        Months = chance.Happens(0.3) ? 0 : (int)Math.Exp(2.5 + (1.1 * chance.Normal()));
        MonthsSince = (int)(chance.Share() * chance.Share() * 80);
        Stamina = Sigmoid(1.2 * chance.Normal());
        Home = (60 * chance.Share(), 60 * chance.Share());
        Structure = (60 * chance.Share(), 60 * chance.Share());
        Mode = chance.Index(100) switch { < 10 => 1, < 22 => 2, < 60 => 3, < 68 => 4, _ => 5 };
        LimitMinutes = 20 + (int)(45 * Sigmoid(chance.Normal() - (Group ? 0.5 : 0)));
        Shifts = (chance.Happens(0.9) ? 1 : 0) | (chance.Happens(0.6) ? 2 : 0) | (chance.Happens(0.5) ? 4 : 0) | (chance.Happens(0.25) ? 8 : 0) | (chance.Happens(0.3) ? 16 : 0);
        Hours = chance.Happens(Group ? 0.5 : 0.7) ? 35 : 15 + chance.Index(16);
        AvailableIn = chance.Happens(0.6) ? 0 : chance.Index(60);
        Level = Math.Min(5, (int)(Math.Abs(chance.Normal()) * 2));
        French = Math.Clamp(4 + (int)(1.8 * chance.Normal()), 1, 6);
        Needs = (chance.Happens(0.2) ? 1 : 0) | (chance.Happens(0.15) ? 2 : 0) | (chance.Happens(0.1) ? 4 : 0);
        Certificates = (chance.Happens(0.4) ? 1 : 0) | (chance.Happens(0.25) ? 2 : 0) | (chance.Happens(0.2) ? 4 : 0);
        PassDaysLeft = chance.Happens(0.5) ? chance.Index(720) : null;
        Backing = Sigmoid(chance.Normal());
        CheckedDaysAgo = (int)(chance.Share() * 150);
        // Who has less to show tells less, so a gap in the file is not drawn at random.
        Tells = Math.Clamp(0.35 + (0.5 * Skill) + (0.35 * Backing), 0, 1);
    }

    /// <summary>In no feature, as the law wants; held against people by the employers who have a prejudice.</summary>
    public bool Group { get; }

    /// <summary>Two numbers from 0 to 1: near trades have near numbers.</summary>
    public (double X, double Y) Trade { get; }

    public (double X, double Y) Wish { get; }

    public double Skill { get; }

    public int Months { get; }

    public int MonthsSince { get; }

    public double Stamina { get; }

    /// <summary>In kilometres on a square of 60.</summary>
    public (double X, double Y) Home { get; }

    public (double X, double Y) Structure { get; }

    /// <summary>1 on foot, 2 bicycle, 3 public transport, 4 moped, 5 car.</summary>
    public int Mode { get; }

    public int LimitMinutes { get; }

    /// <summary>Bits: day, morning, evening, night, week-end.</summary>
    public int Shifts { get; }

    public int Hours { get; }

    public int AvailableIn { get; }

    public int Level { get; }

    public int French { get; }

    public int Needs { get; }

    public int Certificates { get; }

    public int? PassDaysLeft { get; }

    public double Backing { get; }

    public int CheckedDaysAgo { get; }

    public double Tells { get; }

    internal static double Sigmoid(double value) => 1 / (1 + Math.Exp(-value));
}

/// <summary>An invented posting.</summary>
public sealed class TradePosting
{
    public TradePosting(Chance chance)
    {
        ArgumentNullException.ThrowIfNull(chance);
        Trade = (chance.Share(), chance.Share());
        Site = (60 * chance.Share(), 60 * chance.Share());
        Shifts = chance.Index(100) switch { < 50 => 1, < 70 => 2, < 80 => 1 | 4, < 90 => 8, _ => 1 | 16 };
        Hours = chance.Happens(0.7) ? 35 : 20 + chance.Index(12);
        StartsIn = chance.Index(45);
        Days = 60 + chance.Index(400);
        Level = chance.Happens(0.35) ? 1 + chance.Index(3) : null;
        French = chance.Happens(0.4) ? 2 + chance.Index(4) : null;
        Constraints = (chance.Happens(0.5) ? 1 : 0) | (chance.Happens(0.4) ? 2 : 0) | (chance.Happens(0.3) ? 4 : 0);
        Certificates = (chance.Happens(0.3) ? 1 : 0) | (chance.Happens(0.25) ? 2 : 0);
        AsksSkills = chance.Happens(0.6);
        WishesSkills = chance.Happens(0.4);
    }

    public (double X, double Y) Trade { get; }

    public (double X, double Y) Site { get; }

    public int Shifts { get; }

    public int Hours { get; }

    public int StartsIn { get; }

    public int Days { get; }

    public int? Level { get; }

    public int? French { get; }

    public int Constraints { get; }

    public int Certificates { get; }

    public bool AsksSkills { get; }

    public bool WishesSkills { get; }

    /// <summary>Outside the hours of buses.</summary>
    public bool HasOddHours => (Shifts & ~1) != 0;
}
