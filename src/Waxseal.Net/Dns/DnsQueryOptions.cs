namespace Waxseal.Net.Dns;

/// <summary>How a question is asked.</summary>
public sealed record DnsQueryOptions
{
    /// <summary>As a validating resolver is asked: it is to look further, and to say whether it has validated.</summary>
    public static readonly DnsQueryOptions ToResolver = new() { AsksResolver = true };

    /// <summary>As an authoritative name server is asked: about its own zones.</summary>
    public static readonly DnsQueryOptions ToAuthority = new();

    /// <summary>Whether the server is to look further (RD) and to say whether it validated (AD, RFC 6840 §5.7).</summary>
    public bool AsksResolver { get; init; }

    /// <summary>Whether the server is to give the data even when it is bogus (CD, RFC 4035 §3.2.2).</summary>
    public bool ChecksItself { get; init; }

    /// <summary>Whether EDNS with DO is used.</summary>
    public bool UsesEdns { get; init; } = true;

    /// <summary>Whether the letters of the name are sent in a case by chance, which the answer has to repeat.</summary>
    public bool MixesCase { get; init; } = true;
}
