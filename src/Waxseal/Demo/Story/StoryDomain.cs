using System.Collections.Immutable;
using System.Globalization;

namespace Waxseal.Demo.Story;

/// <summary>A policy domain of the story. Days are counted backwards: 1 is yesterday. What changes, changes early in the morning.</summary>
/// <param name="name">Its name.</param>
/// <param name="today">The UTC day on which the story is told.</param>
internal abstract class StoryDomain(string name, DateOnly today)
{
    /// <summary>So many days the story is long.</summary>
    public const int Days = 30;

    private const double WeekendShare = 0.45;

    public string Name => name;

    /// <summary>Those who send mail to it, with their sessions on an average working day.</summary>
    public abstract ImmutableArray<(Sender Sender, double Sessions)> Senders { get; }

    /// <summary>What it publishes on a day.</summary>
    public abstract Publication PublishedOn(int ago);

    /// <summary>How a sender fails on a day; null when all goes well.</summary>
    public virtual Trouble? TroubleOf(Sender sender, int ago) => null;

    /// <summary>Whether a sender sends reports on a day.</summary>
    public virtual bool Reports(Sender sender, int ago) => true;

    /// <summary>The sessions of a sender on a day: always the same for the same day of the story, fewer on weekends.</summary>
    public long SessionsOf(Sender sender, int ago)
    {
        double average = Senders.First(entry => entry.Sender == sender).Sessions;
        bool isWeekend = DayOf(ago).DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;
        int seed = name.Aggregate(ago * 31, (sum, letter) => (sum * 31 + letter) & 0xFFFFFF) + (7919 * Sender.All.IndexOf(sender));
        return (long)Math.Round(average * (isWeekend ? WeekendShare : 1) * (0.75 + (0.5 * new Random(seed).NextDouble())));
    }

    /// <summary>The UTC day that was so many days ago.</summary>
    public DateOnly DayOf(int ago) => today.AddDays(-ago);

    /// <summary>A time on the day that was so many days ago.</summary>
    protected DateTimeOffset TimeOn(int ago, double hour) => new DateTimeOffset(DayOf(ago).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero).AddHours(hour);

    /// <summary>The id of a record that was published on a day.</summary>
    protected string IdOf(int ago) => DayOf(ago).ToString("yyyyMMdd'T'050000", CultureInfo.InvariantCulture);
}
