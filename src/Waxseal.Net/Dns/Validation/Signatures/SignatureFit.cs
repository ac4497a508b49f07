namespace Waxseal.Net.Dns.Validation.Signatures;

/// <summary>Whether a signature fits what is signed.</summary>
internal enum SignatureFit
{
    /// <summary>It does not, or the key is malformed.</summary>
    Wrong,

    /// <summary>It does.</summary>
    Fits,

    /// <summary>It cannot be told here: the program or the system does not have the algorithm.</summary>
    Unknown,
}
