namespace Waxseal.Protocol.Diagnosis.Facts;

/// <summary>What our own validation of an answer found, zone by zone from the top (RFC 4035 §5).</summary>
/// <param name="Name">The name.</param>
/// <param name="Type">The type.</param>
/// <param name="State">What it comes to.</param>
/// <param name="Zone">The zone in which the chain breaks or ends; the zone of the name when it holds.</param>
/// <param name="Break">What breaks it; null when it does not break.</param>
/// <param name="Detail">More of it in a sentence, with key tags and dates; empty when it holds.</param>
public sealed record ValidationFacts(
    string Name, string Type, ValidationState State, string Zone, ValidationBreak? Break, string Detail)
{
    /// <summary>When the first signature of the chain ends; null when there is none.</summary>
    public DateTimeOffset? FirstSignatureEnd { get; init; }
}

/// <summary>The security states of RFC 4035 §4.3.</summary>
public enum ValidationState
{
    /// <summary>A chain of signatures leads from the trust anchor to the answer.</summary>
    Secure,

    /// <summary>It is proven that no chain is to be expected.</summary>
    Insecure,

    /// <summary>There ought to be a chain, and it is broken.</summary>
    Bogus,

    /// <summary>It cannot be told: DNS did not give what is needed.</summary>
    Indeterminate,
}

/// <summary>What breaks a chain of signatures.</summary>
public enum ValidationBreak
{
    /// <summary>A DS record names a key that the zone does not have (RFC 4035 §5.2).</summary>
    DsWithoutKey,

    /// <summary>The zone ought to be signed, and gives no DNSKEY records.</summary>
    NoKeys,

    /// <summary>There is no signature over the records (RFC 4035 §5.3.1).</summary>
    NoSignature,

    /// <summary>The signature's time is over (RFC 4035 §5.3.1).</summary>
    SignatureExpired,

    /// <summary>The signature's time has not come yet.</summary>
    SignatureNotYetValid,

    /// <summary>The signature is made with a key that the zone does not have.</summary>
    UnknownKey,

    /// <summary>The signature does not fit the records (RFC 4035 §5.3.3).</summary>
    SignatureWrong,

    /// <summary>It is not proven that the records do not exist (RFC 4035 §5.4, RFC 5155 §8).</summary>
    NoDenial,

    /// <summary>The algorithms are ones that this program cannot check.</summary>
    UnknownAlgorithm,
}
