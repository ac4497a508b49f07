using System.Collections.Immutable;

namespace Waxseal.Net.Dns.Validation.Chain;

/// <summary>What a zone says about a name below it, when it is asked for DS records.</summary>
internal abstract record Delegation
{
    private Delegation()
    {
    }

    /// <summary>It is another zone, with keys.</summary>
    /// <param name="Signers">Which keys.</param>
    /// <param name="FirstEnd">When the signature of that ends.</param>
    public sealed record Signed(ImmutableArray<DelegationSigner> Signers, DateTimeOffset? FirstEnd) : Delegation;

    /// <summary>It is a name of the same zone.</summary>
    public sealed record Same : Delegation;

    /// <summary>It does not exist, so no name below it is another zone.</summary>
    public sealed record Nothing : Delegation;

    /// <summary>The chain ends here.</summary>
    /// <param name="Verdict">Why.</param>
    public sealed record Over(ChainVerdict Verdict) : Delegation;
}
