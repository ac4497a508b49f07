using System.Collections.Immutable;

namespace Waxseal.Protocol.Diagnosis.Checks.Certificates;

/// <summary>What a chain of certificates lacks, in words.</summary>
internal static class ChainWords
{
    /// <summary>The faults that a chain was found to have, to follow a colon.</summary>
    public static string Of(ImmutableArray<string> statuses) =>
        string.Join("; ", statuses.Select(Word).Distinct().DefaultIfEmpty("a rule of RFC 5280 §6.1 is broken"));

    // RFC 5280 §6.1.3, §6.1.4: the checks in their order.
    private static string Word(string status) => status switch
    {
        "NotSignatureValid" => "a signature in it is wrong",
        "NotTimeValid" or "NotTimeNested" => "a certificate in it is out of its time",
        "Revoked" or "ExplicitDistrust" => "a certificate in it was withdrawn",
        "InvalidNameConstraints" or "HasNotPermittedNameConstraint" or "HasExcludedNameConstraint" or "HasNotDefinedNameConstraint"
            or "HasNotSupportedNameConstraint" => "a CA in it may not issue for this name",
        "InvalidPolicyConstraints" or "NoIssuanceChainPolicy" => "the certificate policies in it do not fit",
        "InvalidBasicConstraints" => "a certificate that is no CA's has issued another, or more CAs follow each other than one of them allows",
        "NotValidForUsage" => "a certificate in it is for another purpose",
        "InvalidExtension" or "HasNotSupportedCriticalExtension" => "a certificate in it has an extension that is malformed or not known",
        "HasWeakSignature" => "a signature in it is weak",
        "Cyclic" => "it leads in a circle",
        "PartialChain" => "an issuer is missing",
        "UntrustedRoot" => "its root is not trusted",
        _ => "a rule of RFC 5280 §6.1 is broken",
    };
}
