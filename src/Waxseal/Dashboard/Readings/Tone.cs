namespace Waxseal.Dashboard.Readings;

/// <summary>How something stands, in a word and a colour.</summary>
/// <param name="Colour">The class of the style: good, info, warning, error or none.</param>
/// <param name="Word">The word, for those who see no colour.</param>
internal sealed record Tone(string Colour, string Word)
{
    public static Tone Fine { get; } = new("good", "fine");

    public static Tone Broken { get; } = new("error", "broken");

    public static Tone NeedsLook { get; } = new("warning", "needs a look");

    /// <summary>Sessions failed within a week, of a fault that is over.</summary>
    public static Tone Mended { get; } = new("info", "mended");

    public static Tone Unknown { get; } = new("none", "no reports");

    /// <summary>The tone of a finding.</summary>
    public static Tone OfFinding(string severity, string state, bool isGone) => (severity, state) switch
    {
        _ when isGone => new("none", "gone"),
        (_, "over") => new("none", "over"),
        ("error", _) => new("error", "error"),
        ("warning", _) => new("warning", "warning"),
        _ => new("info", "remark"),
    };
}
