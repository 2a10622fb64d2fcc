namespace Matching.Web.Platform;

/// <summary>The only reader of the clock: days are French days (Europe/Paris), instants are UTC.</summary>
public sealed class FrenchCalendar(TimeProvider clock)
{
    private static readonly TimeZoneInfo Paris = TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris");

    /// <summary>The day it is in Paris.</summary>
    public DateOnly Today => DayOf(clock.GetUtcNow());

    /// <summary>The instant, UTC, cut to the microsecond: what both databases keep, so that a stored instant reads back equal.</summary>
    public DateTimeOffset Now
    {
        get
        {
            var now = clock.GetUtcNow();
            return new DateTimeOffset(now.UtcTicks - (now.UtcTicks % TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);
        }
    }

    /// <summary>The Paris day of an instant.</summary>
    public static DateOnly DayOf(DateTimeOffset instant) => DateOnly.FromDateTime(InParis(instant).DateTime);

    /// <summary>The first instant of a Paris day, UTC.</summary>
    public static DateTimeOffset StartOf(DateOnly day) => new(TimeZoneInfo.ConvertTimeToUtc(day.ToDateTime(TimeOnly.MinValue), Paris), TimeSpan.Zero);

    /// <summary>The instant on a Paris clock, to show to people.</summary>
    public static DateTimeOffset InParis(DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, Paris);
}
