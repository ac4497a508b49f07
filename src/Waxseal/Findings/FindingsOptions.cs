using Waxseal.Hosting.Configuration;

namespace Waxseal.Findings;

/// <summary>The <c>findings</c> section of the configuration file.</summary>
internal sealed class FindingsOptions : IOptions
{
    /// <summary>How often the store is asked for news.</summary>
    public TimeSpan Every { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How many days back reports are explained.</summary>
    public long Days { get; set; } = 30;

    public static Section<FindingsOptions> Section { get; } = new("findings", "Explains what is stored of each policy domain, and keeps the findings for pages and API.",
    [
        Settings.Time("every", "How often the store is asked for news.", (TimeSpan.FromSeconds(1), TimeSpan.FromHours(1)), o => o.Every, (FindingsOptions o, TimeSpan v) => o.Every = v),
        Settings.Number("days", "So many days back reports are explained.", (7, 90), o => o.Days, (FindingsOptions o, long v) => o.Days = v, "days"),
    ]);

    /// <summary>How long a process explains for all before another may.</summary>
    public TimeSpan TurnLength => TimeSpan.FromMinutes(1) + (2 * Every);

    public IEnumerable<string> Problems() => [];
}
