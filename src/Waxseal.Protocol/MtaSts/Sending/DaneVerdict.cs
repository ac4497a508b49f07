using Waxseal.Protocol.TlsRpt;

namespace Waxseal.Protocol.MtaSts.Sending;

/// <summary>What DANE says about an MX host, as far as MTA-STS has to know (RFC 7672 §2.2).</summary>
public abstract record DaneVerdict
{
    private DaneVerdict() { }

    /// <summary>There are no secure TLSA records, or DANE is not used.</summary>
    public sealed record NotApplicable : DaneVerdict;

    /// <summary>The MX host is authenticated by usable TLSA records.</summary>
    public sealed record Authenticated : DaneVerdict;

    /// <summary>All TLSA records are unusable: TLS is demanded, and nobody is authenticated.</summary>
    public sealed record EncryptOnly : DaneVerdict;

    /// <summary>The MX host does not meet its TLSA records, or they could not be looked up.</summary>
    /// <param name="Type">The result type to report.</param>
    /// <param name="Reason">The failure reason code to go with it, or null.</param>
    public sealed record Failed(ResultType Type, string? Reason = null) : DaneVerdict;
}
