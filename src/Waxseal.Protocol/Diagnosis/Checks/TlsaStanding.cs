using System.Collections.Immutable;

namespace Waxseal.Protocol.Diagnosis.Checks;

/// <summary>The TLSA records of an MX host, held against the certificates that it sends now.</summary>
/// <param name="MxHost">The MX host.</param>
/// <param name="Name">The name at which the records stand.</param>
/// <param name="Rollover">What they say of the next change of key.</param>
/// <param name="Records">Each record, in the order it came.</param>
public sealed record TlsaStanding(string MxHost, string Name, TlsaRollover Rollover, ImmutableArray<TlsaRecordStanding> Records);

/// <summary>One TLSA record, held against the certificates.</summary>
/// <param name="Record">The record as in a zone file.</param>
/// <param name="Fits">What it fits.</param>
public sealed record TlsaRecordStanding(string Record, TlsaFit Fits);

/// <summary>What a TLSA record fits.</summary>
public enum TlsaFit
{
    /// <summary>No certificate was seen to hold it against.</summary>
    Unknown,

    /// <summary>The certificate of the MX host.</summary>
    Leaf,

    /// <summary>The certificate of an issuer in its chain (usage 2).</summary>
    Issuer,

    /// <summary>Nothing that is sent: it is for the next key, or for one that is over.</summary>
    Nothing,

    /// <summary>It cannot be used by any sender.</summary>
    Unusable,
}

/// <summary>What the TLSA records of an MX host say of the next change of its key (RFC 7671 §8).</summary>
public enum TlsaRollover
{
    /// <summary>No certificate was seen.</summary>
    Unknown,

    /// <summary>None fits what is sent now.</summary>
    NoneFits,

    /// <summary>All fit what is sent now; before the key changes the next one has to be published (RFC 7671 §8.1).</summary>
    Current,

    /// <summary>One fits what is sent now, and another stands ready for the next key, or was left over from the one before.</summary>
    CurrentAndOther,

    /// <summary>An issuer is named, so that keys of the MX host may change while it stays (RFC 7671 §5.2).</summary>
    Issuer,
}
