namespace Waxseal.Protocol.MtaSts;

/// <summary>What a policy asks a sending MTA to do when an MX host does not meet it (RFC 8461 §5).</summary>
public enum StsMode
{
    /// <summary>As if there were no policy; the way to take one back.</summary>
    None,

    /// <summary>Deliver all the same, and report.</summary>
    Testing,

    /// <summary>Do not deliver to that MX host.</summary>
    Enforce,
}

/// <summary>The wire words of <see cref="StsMode"/>.</summary>
public static class StsModes
{
    // RFC 8461 §3.2: sts-policy-mode-value = %s"testing" / %s"enforce" / %s"none"
    private static readonly (StsMode Mode, string Word)[] Words =
    [
        (StsMode.None, "none"),
        (StsMode.Testing, "testing"),
        (StsMode.Enforce, "enforce"),
    ];

    /// <summary>The mode a word stands for, exactly as the standard writes it; null for any other word.</summary>
    public static StsMode? FromWord(string word)
    {
        int index = Array.FindIndex(Words, entry => entry.Word == word);
        return index < 0 ? null : Words[index].Mode;
    }

    /// <summary>The wire word of a mode.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is no mode.</exception>
    public static string ToWord(this StsMode mode) =>
        Array.Find(Words, entry => entry.Mode == mode).Word ?? throw new ArgumentOutOfRangeException(nameof(mode));
}
