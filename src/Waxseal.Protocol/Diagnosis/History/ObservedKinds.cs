namespace Waxseal.Protocol.Diagnosis.History;

/// <summary>Tells kinds of observed values in words.</summary>
public static class ObservedKinds
{
    /// <summary>What it is, for people: "the MX records".</summary>
    /// <param name="kind">The kind.</param>
    public static string InWords(this ObservedKind kind) => kind switch
    {
        ObservedKind.StsRecord => "the MTA-STS record",
        ObservedKind.Policy => "the policy",
        ObservedKind.Addresses => "the addresses",
        ObservedKind.Mx => "the MX records",
        ObservedKind.Certificates => "the certificates",
        ObservedKind.Tlsa => "the TLSA records",
        ObservedKind.TlsRptRecord => "the TLS-RPT record",
        ObservedKind.Signing => "the DS record",
        ObservedKind.Ttl => "the TTL",
        ObservedKind.NegativeTtl => "the negative TTL",
        _ => "the serial of the zone",
    };
}
