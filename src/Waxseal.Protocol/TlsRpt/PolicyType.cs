namespace Waxseal.Protocol.TlsRpt;

/// <summary>The kinds of policy a report speaks of (RFC 8460 §4.4).</summary>
public enum PolicyType
{
    /// <summary>A word this version does not know.</summary>
    Other,

    /// <summary>TLSA records, DANE.</summary>
    Tlsa,

    /// <summary>An MTA-STS policy.</summary>
    Sts,

    /// <summary>The domain had neither.</summary>
    NoPolicyFound,
}

/// <summary>The wire words of <see cref="PolicyType"/>.</summary>
public static class PolicyTypes
{
    // RFC 8460 §4.4
    private static readonly (PolicyType Type, string Word)[] Words =
    [
        (PolicyType.Tlsa, "tlsa"),
        (PolicyType.Sts, "sts"),
        (PolicyType.NoPolicyFound, "no-policy-found"),
    ];

    /// <summary>The type a word stands for, exactly as the standard writes it; <see cref="PolicyType.Other"/> else.</summary>
    public static PolicyType FromWord(string word) => Array.Find(Words, entry => entry.Word == word).Type;

    /// <summary>The wire word of a type.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The type is <see cref="PolicyType.Other"/>.</exception>
    public static string ToWord(this PolicyType type) =>
        Array.Find(Words, entry => entry.Type == type).Word ?? throw new ArgumentOutOfRangeException(nameof(type));
}
